"""A workbook that is open in Excel behind the port: each sheet's cells in two calls.

What a block of values cannot tell exactly (dates, currencies, merged or hidden cells, a table that
is a plain range now) raises NotPlain: a saved copy tells it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from openpyxl.utils.cell import get_column_letter, range_boundaries

from ..ledger import Cell, CellValue
from ..workbook.locating import GAP
from ..workbook.open_book import OpenBook
from ..workbook.port import Corners, ListedTable

Block = list[Sequence[Any]]
ERRORS: Final = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
LINKS: Final = (1, 2)
"""Excel's xlExcelLinks and xlOLELinks: the two that a file keeps as external links."""

MOST_CELLS: Final = 1_000_000
"""A block beyond this is a table stretched over whole columns: its file is read faster."""

_WHOLE: Final = 10**15
"""Below it a whole number is written without an exponent, and so read as an integer from a file."""


class NotPlain(Exception):
    """The open workbook holds what only a saved copy tells exactly."""


def live_book(book: Any) -> OpenBook:
    """Return the open workbook; its sheets are read when something of them is first asked for.

    Reading raises NotPlain where the values that Excel hands out do not tell all.
    """
    sheets = [LiveSheet(sheet) for sheet in book.sheets]
    linked = any(book.api.LinkSources(kind) for kind in LINKS)
    return OpenBook(f"「{book.name}」", sheets, tuple(sheet.title for sheet in sheets), linked)


class LiveSheet:
    """An xlwings sheet: its tables, and the block of cells down to a little below them."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self.title = str(sheet.name)

    @cached_property
    def last_row(self) -> int:
        return len(self._values)

    @property
    def is_filtered(self) -> bool:
        raise NotPlain

    def tables(self) -> Sequence[ListedTable]:
        return self._tables

    def cell(self, row: int, column: int) -> Cell:
        value, formula = self.value(row, column), _at(self._formulas, row, column)
        return Cell(
            self.title,
            f"{get_column_letter(column)}{row}",
            value,
            is_formula=str(formula).startswith("=") and formula != value,
            is_error=value in ERRORS and _at(self._without_errors, row, column) is None,
        )

    def value(self, row: int, column: int) -> CellValue:
        match _at(self._values, row, column):
            case None | bool() | str() as value:
                return value
            case float() as number:
                return int(number) if number.is_integer() and abs(number) < _WHOLE else number
        raise NotPlain

    def filled_rows(self) -> Iterator[tuple[int, Mapping[int, CellValue]]]:
        raise NotPlain

    def merged(self, within: Corners) -> Sequence[str]:
        if self._merged is not False and self._range(within).merge_cells is not False:
            raise NotPlain
        return ()

    def hidden_rows(self, within: Corners) -> Sequence[int]:
        if self._hidden is not False and self._range(within).api.EntireRow.Hidden is not False:
            raise NotPlain
        return ()

    @cached_property
    def _tables(self) -> tuple[ListedTable, ...]:
        return tuple(
            ListedTable(str(table.display_name), _corners(table.range.address))
            for table in self._sheet.tables
        )

    @cached_property
    def _cells(self) -> Any:
        """Return the block: all of the tables with what may stand below them, or all cells."""
        if self._tables:
            corners = [table.corners for table in self._tables]
            bottom, right = max(c.bottom for c in corners) + GAP, max(c.right for c in corners)
        else:
            _, _, right, bottom = _corners(self._sheet.used_range.address)
        if bottom * right > MOST_CELLS:
            raise NotPlain
        return self._range(Corners(1, 1, max(right, 2), bottom))

    @cached_property
    def _values(self) -> Block:
        return list(self._cells.options(ndim=2, err_to_str=True).value)

    @cached_property
    def _without_errors(self) -> Block:
        """Return the values with None for errors, which tells them from text that looks alike."""
        return list(self._cells.options(ndim=2, err_to_str=False).value)

    @cached_property
    def _formulas(self) -> Block:
        return list(self._cells.formula)

    @cached_property
    def _merged(self) -> bool | None:
        """Return whether the block's cells are merged: all, none, or (None) some of them."""
        found: bool | None = self._cells.merge_cells
        return found

    @cached_property
    def _hidden(self) -> bool | None:
        found: bool | None = self._cells.api.EntireRow.Hidden
        return found

    def _range(self, corners: Corners) -> Any:
        left, top, right, bottom = corners
        address = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        return self._sheet.range(address)


def _corners(address: str) -> Corners:
    left, top, right, bottom = range_boundaries(address)
    return Corners(left or 1, top or 1, right or 1, bottom or 1)


def _at(block: Block, row: int, column: int) -> Any:
    inside = row <= len(block) and column <= len(block[0])
    return block[row - 1][column - 1] if inside else None
