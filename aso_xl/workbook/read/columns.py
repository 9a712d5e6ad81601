"""Which column of a table is which field, also where staff wrote its heading in other words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ...domain.field_declaration import Field, Type
from ...domain.fields import ID
from ...domain.numerals import FiscalYear
from .tables import Table, clean

_OF_ACTUALS: Final = re.compile(r"(?:の?実績値?|値)$")
_IN_BRACKETS: Final = re.compile(r"[(\[【〔].*?[)\]】〕]")
_OF_YEARS: Final = re.compile(r"[(\[【〔](?:実績値?|\d{4}(?:年度?)?)[)\]】〕]")


@dataclass(frozen=True)
class Columns:
    """The columns of a table: ``at`` by field, ``renamed`` those whose heading says it otherwise.

    ``missing`` are the columns that the table does not have, ``doubled`` those that mean a field
    which another column has already, ``others`` all the rest, by column number.
    """

    at: Mapping[str, int]
    renamed: Mapping[str, str]
    missing: tuple[Field, ...]
    doubled: Mapping[int, str]
    others: Mapping[int, str]


def columns_of(table: Table, fields: Iterable[Field], ids: Collection[str]) -> Columns:
    """Return which column is which.

    A heading that is exactly ours goes before one that means the same: full-width letters and
    blanks, 「R9実績」「令和9年度」 for R9, or other words in brackets. Of two the left one is read.
    The column of the ids, if its heading is lost, is the one that holds most of ``ids``.
    """
    by_heading = _by_heading(table, fields)
    column = None if ID in by_heading.at else id_column(table, ids)
    if column is None:
        return by_heading
    return replace(
        by_heading,
        at={ID: column, **by_heading.at},
        renamed={ID: by_heading.others.get(column, ""), **by_heading.renamed},
        missing=tuple(field for field in by_heading.missing if field.key != ID),
        others={n: text for n, text in by_heading.others.items() if n != column},
    )


def id_column(table: Table, known: Collection[str]) -> int | None:
    """Return the column that holds most of the known ids; None where none does."""
    hits = {
        column: sum(clean(table.sheet.value(row, column)) in known for row in table.rows())
        for column in range(table.first_column, table.last_column + 1)
    }
    best = max(hits, key=lambda column: hits[column], default=None)
    return best if best is not None and hits[best] else None


def _by_heading(table: Table, fields: Iterable[Field]) -> Columns:
    wanted = {clean(field.head): field for field in fields}
    meant = {_meaning(field.head): field for field in wanted.values()}
    at: dict[str, int] = {}
    renamed: dict[str, str] = {}
    rest: dict[int, str] = {}
    for number in range(table.first_column, table.last_column + 1):
        head = table.sheet.value(table.header_row, number)
        text = "" if head is None else str(head).strip()
        field = wanted.get(clean(text))
        if field and field.key not in at:
            at[field.key] = number
        else:
            rest[number] = text
    doubled: dict[int, str] = {}
    for number, text in list(rest.items()):
        field = meant.get(_meaning(text)) if text else None
        if field is None:
            continue
        if field.key not in at:
            at[field.key], renamed[field.key] = number, text
        elif field.type is Type.ACTUAL or clean(text) == clean(field.head):
            doubled[number] = field.head
        else:
            continue
        del rest[number]
    missing = tuple(field for field in wanted.values() if field.key not in at)
    return Columns(at, renamed, missing, doubled, rest)


def _meaning(head: str) -> str:
    """Return a heading without what makes no other column of it."""
    text = clean(head)
    bare = _IN_BRACKETS.sub("", text) or text
    if year := _year(_OF_ACTUALS.sub("", _OF_YEARS.sub("", text))):
        return year
    return text if _year(bare) else bare  # 「R9(目標)」 is no column of actuals


def _year(text: str) -> str:
    """Return the year as its column is headed; empty where the text is none."""
    try:
        return str(FiscalYear.parse(text))
    except ValueError:
        return ""
