"""The tables of a workbook, on sheets that staff have sorted, filtered and moved.

A table is an Excel table or, where staff or another program made it a plain range, a heading row
with what stands below it. Which of our tables it is, ``our_tables`` says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from ...domain.cells import CellValue
from ...domain.text import bare
from ...office.addresses import Corners, address_of
from ..layout import WORDS_BEFORE
from .book import Sheet

SECTION: Final = "■"
_DASH: Final = re.compile(r"(?<=[0-9A-Z])[‐‑‒–—―−ー﹣](?=[0-9A-Z])")

GAP: Final = 30
"""Rows that may be empty before what follows no longer belongs to a table."""

LONGEST_HEADING: Final = 40


def clean(value: object) -> str:
    """Return a heading or id for comparison: width and dashes folded, without any blanks."""
    return "" if value is None else _DASH.sub("-", bare(str(value)))


@dataclass(frozen=True)
class Table:
    """A table: its sheet, heading row, data rows, and columns by (cleaned) heading.

    ``name`` is that of the Excel table; a plain range has none. Its sheet is asked for nothing
    before the columns are. Headings of earlier versions count as those of now.
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
            WORDS_BEFORE.get(text := clean(head), text): column
            for column in range(self.last_column, self.first_column - 1, -1)
            if (head := self.sheet.value(self.header_row, column)) is not None
        }

    def rows(self) -> range:
        """Return the data rows, without those of a stretched table beyond what the sheet holds."""
        return range(self.header_row + 1, min(self.last_row, self.sheet.last_row) + 1)

    def column(self, head: str) -> int | None:
        return self.columns.get(clean(head))

    def row(self, number: int) -> dict[str, CellValue]:
        """Return the values of a row by (cleaned) heading."""
        return {head: self.sheet.value(number, column) for head, column in self.columns.items()}

    @property
    def header_address(self) -> str:
        return address_of(self.header_row, self.first_column)

    @property
    def place(self) -> str:
        """Return where the table stands, as staff read it."""
        return f"{self.sheet.title} {self.header_address}"

    @property
    def corners(self) -> Corners:
        return Corners(self.first_column, self.header_row, self.last_column, self.last_row)


def excel_tables(sheets: Iterable[Sheet]) -> list[Table]:
    """Return every Excel table of the workbook, on whatever sheet it stands."""
    return [
        Table(name, sheet, top, left, right, bottom, is_filtered)
        for sheet in sheets
        for name, (left, top, right, bottom), is_filtered in sheet.tables()
    ]


def plain_ranges(
    sheet: Sheet, kinds: Sequence[Collection[str]], known: Sequence[Table]
) -> Iterator[Table]:
    """Yield the plain ranges of a sheet whose heading row holds half of the headings of a kind.

    The sheet is passed over once. A range ends before the next heading row in its columns, before
    a section (■) in its first column, or at a wide gap; ``known`` are the sheet's Excel tables.
    """
    filled = dict(sheet.filled_rows())
    numbers = sorted(filled)
    there = [(table.header_row, table.first_column, table.last_column) for table in known]
    words = frozenset(word for kind in kinds for word in kind)
    tops = [
        (number, left, right)
        for number in numbers
        for left, right in _heading_runs(filled[number], words, kinds)
        if not any(number == top and left <= last and first <= right for top, first, last in there)
    ]
    for top, left, right in tops:
        heads = [
            n for n, first, last in (*tops, *there) if n > top and first <= right and left <= last
        ]
        last = _last_row(top, min(heads, default=sheet.last_row + 1) - 1, numbers, filled, left)
        yield Table("", sheet, top, left, right, last)


def _last_row(
    top: int,
    end: int,
    numbers: Sequence[int],
    filled: Mapping[int, Mapping[int, CellValue]],
    left: int,
) -> int:
    """Return the last filled row from ``top`` to ``end`` before a section or a wide gap."""
    last = top
    for number in numbers:
        if number <= top:
            continue
        if number > end or number - last > GAP or _is_section(filled[number].get(left)):
            break
        last = number
    return last


def _is_section(value: CellValue) -> bool:
    return isinstance(value, str) and value.startswith(SECTION)


def _heading_runs(
    row: Mapping[int, CellValue], words: Collection[str], kinds: Sequence[Collection[str]]
) -> Iterator[tuple[int, int]]:
    """Yield first and last column of every run of filled cells that is a heading row of a kind.

    Two runs with one blank between are one where only both together are: a heading was erased.
    """
    heads = {column: _heading(value) for column, value in row.items() if value is not None}
    if sum(head in words for head in heads.values()) < 1:
        return
    runs: list[list[int]] = []
    for column in sorted(column for column, head in heads.items() if head):
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    at = 0
    while at < len(runs):
        run, after = runs[at], runs[at + 1] if at + 1 < len(runs) else []
        if after and after[0] == run[-1] + 2 and _is_one(heads, run, after, kinds):
            runs[at : at + 2] = [[*run, *after]]
            continue
        if share([heads[column] for column in run], kinds) >= HALF:
            yield run[0], run[-1]
        at += 1


def _is_one(
    heads: Mapping[int, str], run: list[int], after: list[int], kinds: Sequence[Collection[str]]
) -> bool:
    first, second = ([heads[column] for column in columns] for columns in (run, after))
    together = share([*first, *second], kinds)
    return together >= HALF and together > max(share(first, kinds), share(second, kinds))


HALF: Final = 0.5


def share(heads: Collection[str], kinds: Sequence[Collection[str]]) -> float:
    """Return how much of the best fitting kind's headings is there, of 1."""
    there = frozenset(heads)
    return max((len(there & frozenset(kind)) / len(kind) for kind in kinds), default=0.0)


def _heading(value: CellValue) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_HEADING:
        return "" if value is None else "-"
    return _cleaned(value) or ""


@lru_cache(maxsize=4096)
def _cleaned(text: str) -> str:
    return clean(text)


def rows_below(table: Table, others: Iterable[Table]) -> Iterator[int]:
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
