"""A definition, whichever way it is written: packaged, TOML, or a definition workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from ..errors import DefinitionError, Finding
from ..strategies import definition as toml
from ..strategies.definition import Definition, examine_tables
from ..strategies.definition_text import tables_of as toml_tables
from . import sheets
from .book import Book, BookRow, Found
from .cell_values import text_of
from .doubts import doubts
from .from_tables import book_of
from .read import read_file
from .to_tables import Tables, tables_of

SUFFIX: Final = ".xlsx"
_ENDINGS: Final = (".xlsx", ".xlsm")
_KEY_BEHIND: Final = re.compile(r"(?<=[^\x00-\x7f])\([a-z_]+\)")
"""A key in brackets behind its word: 評価年度(rounds)."""
_YEAR: Final = re.compile(r"[RHS][0-9]+(?= は)")
_KEYS: Final = re.compile(r"\b[a-z][a-z_0-9]*\b")


@dataclass
class Examined:
    """A definition as far as it could be read, what is wrong in it, and it as a book.

    Only where nothing is wrong does the definition stand for what was written. ``doubts`` are no
    hindrance.
    """

    definition: Definition
    found: list[Found]
    doubts: list[Found] = field(default_factory=list)
    tables: Tables = field(default_factory=Tables)
    book: Book = field(default_factory=Book)
    is_workbook: bool = False


def is_workbook(name: str) -> bool:
    """Return whether ``name`` means a workbook rather than ``third``, ``second`` or a TOML file."""
    return name not in toml.PACKAGED and Path(name).suffix.lower() in _ENDINGS


def examine(name: str) -> Examined:
    """Return the definition called ``third`` or ``second``, or the one in the file ``name``.

    Raise DefinitionError or WorkbookError for a file that cannot be read at all.
    """
    return examine_book(Path(name)) if is_workbook(name) else _examine_toml(name)


def load(name: str) -> Examined:
    """Return a definition with nothing wrong in it.

    Raise DefinitionError with all findings, each at its cell or entry.
    """
    examined = examine(name)
    if examined.found:
        source = toml.path_of(name).name
        lines = (Finding(source, _place(each), each.message) for each in examined.found)
        raise DefinitionError(findings=lines)
    return examined


def _place(found: Found) -> str:
    cell = " ".join(filter(None, (found.sheet, found.cell)))
    return " ".join(filter(None, (cell, f"({found.entry})" if cell else found.entry)))


def _examine_toml(name: str) -> Examined:
    path = toml.path_of(name)
    raw = toml_tables(path)
    entries, repairs = raw.pop("entries", {}), raw.pop("repairs", [])
    definition, findings = examine_tables(raw, entries, path.name)
    found = [Found(None, None, each.entry, each.message) for each in findings]
    tables = Tables(raw, entries, repairs)
    book = Book() if found else book_of(raw, entries, repairs)
    doubtful = [
        Found(None, None, each.entry, each.message, each.code) for each in doubts(definition.plan)
    ]
    return Examined(definition, found, doubtful, tables, book)


def examine_book(path: Path) -> Examined:
    """Return the definition in a definition workbook, every finding at its cell."""
    read = read_file(path)
    tables = tables_of(read.book)
    definition, findings = examine_tables(tables.raw, tables.entries, path.name)
    found = [*read.found, *tables.found, *_blanks(read.book)]
    places = {(each.sheet, each.cell) for each in found if each.cell}
    missing = {each.sheet for each in read.found if each.cell is None}
    unread = {_row_number(each) for each in tables.found if each.sheet == sheets.INDICATORS}
    for each in (_located(tables, finding) for finding in findings):
        follows = each.sheet == sheets.INDICATORS and _row_number(each) in unread
        if (each.sheet, each.cell) in places or each.sheet in missing:
            continue  # it follows from what is said there already
        if follows and each.message.startswith(("「判定方法」", "「目標値」")):
            continue  # so does this, from a figure of the row that could not be read
        if not (each.sheet is None and found):
            found.append(each)
    doubtful = [
        replace(_located(tables, Finding(path.name, each.entry, each.message)), code=each.code)
        for each in doubts(definition.plan)
    ]
    return Examined(definition, _ordered(found), doubtful, tables, read.book, is_workbook=True)


def _row_number(found: Found) -> str:
    return (found.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _blanks(book: Book) -> Iterator[Found]:
    """Yield what of 総合戦略 must be written and is not."""
    for row in sheets.PLAN_ROWS:
        entry = book.plan.get(row.key)
        if row.is_needed and entry and entry.is_blank:
            yield Found(sheets.PLAN, entry.cell, row.head, f"書いてください。{row.prompt}")


def _located(tables: Tables, finding: Finding) -> Found:
    """Return a finding of the parser at its cell, in the words of the sheet."""
    title, row, rest = _row_of(tables, finding.entry)
    if row is None:
        return Found(title, None, title or "", _in_excel(finding.message))
    heads = _heads(title)
    keys = [key for key in (*_KEYS.findall(rest), *_KEYS.findall(finding.message)) if key in heads]
    message = _KEY_BEHIND.sub("", _in_excel(finding.message))
    message = _KEYS.sub(lambda found: f"「{heads.get(found[0], found[0])}」", message)
    message = re.sub(r"」\([^()]*\)|」 (?=[ぁ-ん])", "」", message)
    if "回書かれています" in message and "id" in heads:
        keys = ["id"]
    cell = (row[_cell_key(title, keys[0])].cell if keys else "") or _first(row, *keys)
    if year := _YEAR.match(finding.message):
        cell = row[sheets.TARGET_OF + year[0]].cell or cell
    about = heads[keys[0]] if finding.entry.startswith("[") and keys else finding.entry
    if title == sheets.INDICATORS and row["id"].is_blank and not row["name"].is_blank:
        about = text_of(row["name"])  # the sheet does not show the number that it was given
    return Found(title, cell or None, "" if about.startswith("[") else about, message)


def _in_excel(message: str) -> str:
    """Return a message of the parser without what is TOML's way of writing."""
    for written, typed in _WAYS:
        message = message.replace(written, typed)
    return message


def _row_of(tables: Tables, entry: str) -> tuple[str | None, BookRow | None, str]:
    """Return sheet and row of an entry, and what of the entry names a value in the row."""
    words = entry.split(" ")
    for size in range(len(words), 0, -1):
        if found := tables.places.get(" ".join(words[:size])):
            return found[0], found[1], " ".join(words[size:])
    kind = next((title for mark, title in _KINDS.items() if entry.startswith(mark)), None)
    return kind, None, ""


_WAYS: Final = (
    ('["R8", "R11"] のように', "R8～R11 のように"),
    ('"R8" のように', "R8 のように"),
    ("引用符の中に半角数字で", "半角の数字で"),
    ('"1241.55"', "1241.55"),
    ('"budget"', "budget"),
    ('["…", "…"] のように', "「、」で区切って"),
)
_KINDS: Final = {
    "[plan]": sheets.PLAN,
    "[[goals]]": sheets.GOALS,
    "[[relations]]": sheets.RELATIONS,
    "[[grades]]": sheets.GRADES,
    "[[fields]]": sheets.FIELDS,
    "[entries": sheets.ENTRIES,
    "指標": sheets.INDICATORS,
}
_ALSO: Final[dict[str, dict[str, str]]] = {
    sheets.GOALS: {"title": "名称", "number": "番号", "kpi_counts": "KPIの項目数"},
    sheets.RELATIONS: {"id": "指標", "part": "指標"},
    sheets.INDICATORS: {"targets": "年度の目標"},
    sheets.PLAN: {"departments": sheets.DEPARTMENTS},
}
_CELLS: Final[dict[tuple[str, str], str]] = {
    (sheets.GOALS, "title"): "name",
    (sheets.GOALS, "number"): "goal",
    (sheets.GOALS, "kpi_counts"): "total",
    (sheets.RELATIONS, "id"): "ids",
    (sheets.RELATIONS, "part"): "ids",
}


def _heads(title: str | None) -> dict[str, str]:
    columns = sheets.PLAN_ROWS if title == sheets.PLAN else sheets.COLUMNS.get(title or "", ())
    return {**{c.key: c.head for c in columns}, **_ALSO.get(title or "", {})}


def _cell_key(title: str | None, key: str) -> str:
    return _CELLS.get((title or "", key), key)


def _first(row: BookRow, *keys: str) -> str:
    """Return the cell by which a row is shown: its first target by round where these are meant."""
    yearly = [key for key in row.cells if key.startswith(sheets.TARGET_OF)]
    wanted = [key for key in yearly if "targets" in keys and not row[key].is_blank]
    for key in (*wanted, "name", "id"):
        if row[key].cell:
            return row[key].cell
    return next((entry.cell for entry in row.cells.values() if entry.cell), "")


def _ordered(found: list[Found]) -> list[Found]:
    """Return findings in the order of the sheets, each once."""
    order: list[Any] = [None, *sheets.SHEETS, sheets.ENTRIES, sheets.REPAIRS]
    return sorted(dict.fromkeys(found), key=lambda each: order.index(each.sheet))
