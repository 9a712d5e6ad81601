"""Finding tables on sheets that staff have sorted, filtered, renamed and moved.

A table is found by its Excel name; where staff turned it into a plain range, by its headings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

SECTION: Final = "■"
_DASH: Final = re.compile(r"(?<=[0-9A-Z])[‐‑‒–—―−ー](?=[0-9A-Z])")

GAP: Final = 30
"""Rows that may be empty before what follows no longer belongs to a table."""


def clean(value: object) -> str:
    """Return a heading or id for comparison: width and dashes folded, without any blanks."""
    text = unicodedata.normalize("NFKC", "" if value is None else str(value))
    return _DASH.sub("-", "".join(text.split()))


@dataclass(frozen=True)
class Table:
    """A located table: its sheet, heading row, data rows, and columns by (cleaned) heading."""

    name: str
    sheet: Worksheet
    header_row: int
    first_column: int
    last_column: int
    last_row: int
    columns: dict[str, int]
    is_filtered: bool = False

    def rows(self) -> range:
        return range(self.header_row + 1, self.last_row + 1)

    def column(self, head: str) -> int | None:
        return self.columns.get(clean(head))

    @property
    def header_address(self) -> str:
        return f"{get_column_letter(self.first_column)}{self.header_row}"


def tables(book: Workbook) -> dict[str, Table]:
    """Return every Excel table of the workbook by name, on whatever sheet it stands."""
    found = {}
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            left, top, right, bottom = _corners(table.ref)
            if None in (left, top, right, bottom):
                continue
            right, bottom = min(right or 0, sheet.max_column), min(bottom or 0, sheet.max_row)
            filters = table.autoFilter
            found[table.displayName] = Table(
                table.displayName,
                sheet,
                int(top or 0),
                int(left or 0),
                int(right or 0),
                int(bottom or 0),
                _columns(sheet, int(top or 0), int(left or 0), int(right or 0)),
                bool(filters and filters.filterColumn),
            )
    return found


def _corners(ref: str | None) -> tuple[int | None, int | None, int | None, int | None]:
    """Return left, top, right and bottom of a range; None where a damaged table has none."""
    try:
        return range_boundaries(ref or "")
    except ValueError:
        return None, None, None, None


def by_headings(book: Workbook, heads: frozenset[str]) -> Iterator[Table]:
    """Yield ranges whose heading row holds all of ``heads``, for tables turned into ranges.

    A range ends before the next heading row or section (■) in its first column, or at a wide gap.
    """
    wanted = frozenset(map(clean, heads))
    for sheet in book.worksheets:
        filled = list(_filled_rows(sheet))
        runs = ((number, _run_of_headings(row, wanted)) for number, row in filled)
        tops = [(number, columns) for number, columns in runs if columns]
        ends = [*(top - 1 for top, _ in tops), sheet.max_row][1:]
        filtered = bool(sheet.auto_filter.filterColumn)
        for (top, columns), end in zip(tops, ends, strict=True):
            left, right = min(columns.values()), max(columns.values())
            sections = _sections(sheet, left)
            end = min([end, *(row - 1 for row in sections if row > top)])
            last = _last_row(top, end, [number for number, _ in filled])
            yield Table("", sheet, top, left, right, last, columns, filtered)


def _sections(sheet: Worksheet, column: int) -> list[int]:
    return [
        row
        for (row, at), cell in sheet._cells.items()
        if at == column and str(cell.value or "").startswith(SECTION)
    ]


def _filled_rows(sheet: Worksheet) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Yield number and values of the rows that have cells.

    ``iter_rows`` would make every cell down to a stray one in the last row of the sheet.
    """
    rows: dict[int, dict[int, object]] = {}
    for (row, column), cell in sheet._cells.items():
        rows.setdefault(row, {})[column] = cell.value
    for row, values in sorted(rows.items()):
        yield row, tuple(values.get(column) for column in range(1, max(values) + 1))


def _last_row(top: int, end: int, filled: list[int]) -> int:
    """Return the last filled row from ``top`` to ``end`` before a wide gap."""
    last = top
    for number in filled:
        if top < number <= end and number - last <= GAP:
            last = number
    return last


def _run_of_headings(row: tuple[object, ...], wanted: frozenset[str]) -> dict[str, int]:
    """Return the first unbroken run of filled cells that holds all wanted headings, by heading."""
    run: dict[str, int] = {}
    for column, value in enumerate((*row, None), start=1):
        if head := clean(value):
            run.setdefault(head, column)
        elif wanted <= run.keys():
            return run
        else:
            run = {}
    return {}


def _columns(sheet: Worksheet, row: int, left: int, right: int) -> dict[str, int]:
    return {
        clean(sheet.cell(row, column).value): column
        for column in range(right, left - 1, -1)
        if sheet.cell(row, column).value is not None
    }


def rows_below(table: Table, others: list[Table]) -> Iterator[int]:
    """Yield rows below the table that hold something in its columns, down to the next heading."""
    tops = {t.header_row for t in others if t.sheet is table.sheet and t is not table}
    for row in range(table.last_row + 1, min(table.last_row + GAP, table.sheet.max_row) + 1):
        cells = [
            table.sheet.cell(row, column).value
            for column in range(table.first_column, table.last_column + 1)
        ]
        if row in tops or str(cells[0] or "").startswith(SECTION):
            return
        if any(value is not None and str(value).strip() for value in cells):
            yield row
