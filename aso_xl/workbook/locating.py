"""Finding tables on sheets that staff have sorted, filtered, renamed and moved.

A table is found by its Excel name; where staff turned it into a plain range, by its headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from openpyxl.utils import get_column_letter

from ..ledger import CellValue
from ..text import bare
from .port import Corners, Sheet

SECTION: Final = "■"
_DASH: Final = re.compile(r"(?<=[0-9A-Z])[‐‑‒–—―−ー﹣](?=[0-9A-Z])")

GAP: Final = 30
"""Rows that may be empty before what follows no longer belongs to a table."""


def clean(value: object) -> str:
    """Return a heading or id for comparison: width and dashes folded, without any blanks."""
    return "" if value is None else _DASH.sub("-", bare(str(value)))


@dataclass(frozen=True)
class Table:
    """A located table: its sheet, heading row, data rows, and columns by (cleaned) heading.

    Its sheet is asked for nothing before the columns are.
    """

    name: str
    sheet: Sheet
    header_row: int
    first_column: int
    last_column: int
    last_row: int
    is_filtered: bool = False

    @cached_property
    def columns(self) -> Mapping[str, int]:
        return {
            clean(head): column
            for column in range(self.last_column, self.first_column - 1, -1)
            if (head := self.sheet.value(self.header_row, column)) is not None
        }

    def rows(self) -> range:
        """Return the data rows, without those of a stretched table beyond what the sheet holds."""
        return range(self.header_row + 1, min(self.last_row, self.sheet.last_row) + 1)

    def column(self, head: str) -> int | None:
        return self.columns.get(clean(head))

    @property
    def header_address(self) -> str:
        return f"{get_column_letter(self.first_column)}{self.header_row}"

    @property
    def corners(self) -> Corners:
        return Corners(self.first_column, self.header_row, self.last_column, self.last_row)


def tables(sheets: Iterable[Sheet]) -> dict[str, Table]:
    """Return every Excel table of the workbook by name, on whatever sheet it stands."""
    found = {}
    for sheet in sheets:
        for name, (left, top, right, bottom), is_filtered in sheet.tables():
            found[name] = Table(name, sheet, top, left, right, bottom, is_filtered)
    return found


def by_headings(sheets: Iterable[Sheet], heads: frozenset[str]) -> Iterator[Table]:
    """Yield ranges whose heading row holds all of ``heads``, for tables turned into ranges.

    A range ends before the next heading row or section (■) in its first column, or at a wide gap.
    """
    wanted = frozenset(map(clean, heads))
    for sheet in sheets:
        filled = dict(sheet.filled_rows())
        runs = ((number, _run_of_headings(row, wanted)) for number, row in filled.items())
        tops = [(number, columns) for number, columns in runs if columns]
        ends = [*(top - 1 for top, _ in tops), sheet.last_row][1:]
        for (top, columns), end in zip(tops, ends, strict=True):
            left, right = min(columns.values()), max(columns.values())
            end = min([end, *(row - 1 for row in _sections(filled, left) if row > top)])
            last = _last_row(top, end, list(filled))
            yield Table("", sheet, top, left, right, last, sheet.is_filtered)


def _sections(filled: Mapping[int, Mapping[int, CellValue]], column: int) -> list[int]:
    return [
        row for row, values in filled.items() if str(values.get(column) or "").startswith(SECTION)
    ]


def _last_row(top: int, end: int, filled: list[int]) -> int:
    """Return the last filled row from ``top`` to ``end`` before a wide gap."""
    last = top
    for number in filled:
        if top < number <= end and number - last <= GAP:
            last = number
    return last


def _run_of_headings(row: Mapping[int, CellValue], wanted: frozenset[str]) -> dict[str, int]:
    """Return the first unbroken run of filled cells that holds all wanted headings, by heading."""
    run: dict[str, int] = {}
    for column in range(1, max(row) + 2):
        if head := clean(row.get(column)):
            run.setdefault(head, column)
        elif wanted <= run.keys():
            return run
        else:
            run = {}
    return {}


def rows_below(table: Table, others: list[Table]) -> Iterator[int]:
    """Yield rows below the table that hold something in its columns, down to the next heading."""
    tops = {t.header_row for t in others if t.sheet is table.sheet and t is not table}
    for row in range(table.last_row + 1, min(table.last_row + GAP, table.sheet.last_row) + 1):
        values = [
            table.sheet.value(row, column)
            for column in range(table.first_column, table.last_column + 1)
        ]
        if row in tops or str(values[0] or "").startswith(SECTION):
            return
        if any(value is not None and str(value).strip() for value in values):
            yield row
