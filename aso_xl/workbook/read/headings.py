"""Which column of a table is which field, also where staff wrote its heading in other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ...domain.field import Field, Type
from ...domain.numerals import FiscalYear
from .locating import Table, clean

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


def columns_of(table: Table, fields: Iterable[Field]) -> Columns:
    """Return which column is which.

    A heading that is exactly ours goes before one that means the same: full-width letters and
    blanks, 「R9実績」「令和9年度」 for R9, or other words in brackets. Of two the left one is read.
    """
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
