"""A small plan that travels: its master, what the departments make of their workbooks, and back."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from paths import TESTS
from workbook_tools import Value, Xlsx

from aso_xl.exchange.cell_values import Key, values_of
from aso_xl.exchange.cell_values import Value as Merged
from aso_xl.exchange.merge_files import MergeResult, merge_files
from aso_xl.exchange.split import Split, split
from aso_xl.strategies import definition
from aso_xl.workbook.build.template import build
from aso_xl.workbook.read.reading import read

PLAN = TESTS / "data" / "sharing.toml"
HEADS = {
    "remark": "備考(要因・出典)",
    "department": "担当課",
    "efforts": "取組",
    "problems": "課題",
    "direction": "今後の方向",
}


@dataclass(frozen=True)
class Town:
    """A master and the folder into which its departments send their workbooks."""

    master: Path
    made: Split
    inbox: Path

    def sent(self, department: str) -> Path:
        """Return the workbook that was made for a department."""
        return next(w.path for w in self.made.workbooks if w.part.department == department)

    def send(self, department: str, edits: dict[tuple[str, str], Value], name: str = "") -> Path:
        """Return the workbook that comes back from a department, with cells typed in."""
        path = self.inbox / (name or self.sent(department).name)
        return typed(self.sent(department), edits, path)

    def merge(self, *places: Path, strict: bool = False) -> MergeResult:
        return merge_files(self.master, places or (self.inbox,), strict=strict)

    def value(self, id_: str, field: str) -> Merged:
        """Return what the master holds now."""
        return values_of(read(self.master))[Key(id_, field)]


@dataclass(frozen=True)
class Made:
    """The small plan's master and its split; shared by the tests, never changed."""

    master: Path
    split: Split


def make(folder: Path) -> Made:
    master = folder / "マスター.xlsx"
    master.write_bytes(build(definition.load(str(PLAN))))
    return Made(master, split(master, deadline="9月30日(水)"))


def town_in(folder: Path, made: Made) -> Town:
    """Return a town in a new folder: a copy of the master, and the workbooks made of it."""
    folder.mkdir(exist_ok=True)
    copy = Path(shutil.copy(made.master, folder / "マスター.xlsx"))
    inbox = folder / "回収"
    inbox.mkdir()
    return Town(copy, made.split, inbox)


def typed(source: Path, edits: dict[tuple[str, str], Value], path: Path) -> Path:
    """Return a copy of a workbook in which cells were typed, found by id and field."""
    book = Xlsx(source)
    for (id_, field), value in edits.items():
        book.put(book.find(id_, HEADS.get(field, field)), value)
    return book.save(path)


def signed(path: Path, **said: Value) -> Path:
    """Fill 提出票 of a workbook (状態, 確認者, 確認日, 連絡事項), as its chief does; return it."""
    book = Xlsx(path)
    for row in book.tables["提出票表"].rows:
        place = slip_cell(book, row)
        key = str(book.value(place[0], book.tables["提出票表"].address("提出票の項目", row)))
        if key in said:
            book.put(place, said[key])
    return book.save(path)


def slip_cell(book: Xlsx, row: int) -> tuple[str, str]:
    table = book.tables["提出票表"]
    return table.sheet, table.address("記入欄", row)


def asked(master: Path, *questions: tuple[str, str]) -> Path:
    """Return the master, in whose 照会 the secretariat wrote (id, question) in the first free rows."""
    book = Xlsx(master)
    table = book.tables["照会表"]
    free = (r for r in table.rows if book.value(table.sheet, table.address("照会事項", r)) is None)
    for (id_, question), row in zip(questions, free, strict=False):
        book.put((table.sheet, table.address("番号", row)), id_)
        book.put((table.sheet, table.address("照会事項", row)), question)
    return book.save(master)


def answer(source: Path, answers: dict[str, str], path: Path) -> Path:
    """Return a copy of a department's workbook in which questions are answered, by number."""
    book = Xlsx(source)
    table = book.tables["照会表"]
    for row in table.rows:
        number = book.value(table.sheet, table.address("照会番号", row))
        if number in answers:
            book.put((table.sheet, table.address("回答", row)), answers[str(number)])
    return book.save(path)


def rename(master: Path, old: str, new: str) -> None:
    """Write another name of a department into 担当割."""
    book = Xlsx(master)
    table = book.tables["担当割表"]
    for row in table.rows:
        place = (table.sheet, table.address("担当課", row))
        if old in (written := str(book.value(*place))):
            book.put(place, written.replace(old, new))
    book.save(master)


def decide(master: Path, *choices: tuple[str, object]) -> None:
    """Fill 採用 and 別の値 of the first rows of 競合, as staff do in Excel."""
    book = Xlsx(master)
    table = book.tables["競合表"]
    for row, (choice, other) in zip(table.rows, choices, strict=False):
        book.put((table.sheet, table.address("採用", row)), choice)
        book.put((table.sheet, table.address("別の値", row)), other)  # type: ignore[arg-type]
    book.save(master)


def sheet_rows(path: Path, name: str) -> list[tuple[object, ...]]:
    """Return the rows of a sheet; where it is one that merging keeps, headings first."""
    rows = [tuple(row) for row in load_workbook(path)[name].iter_rows(values_only=True)]
    heads = (number for number, row in enumerate(rows) if row[0] == "指標")
    return rows[next(heads, 0) :]


def tables_of(path: Path, name: str) -> list[str]:
    return list(load_workbook(path)[name].tables)
