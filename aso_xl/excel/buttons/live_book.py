"""A workbook that is open in Excel behind the port: each sheet's cells in two calls.

What a block of values cannot tell exactly (dates, currencies, merged or hidden cells, struck-out or
raised words, a table that is a plain range now) raises NotPlain: a saved copy tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from ...domain.cells import Cell, CellValue
from ...office.addresses import Corners, address_of, corners_of
from ...workbook.read.book import ListedTable, OpenBook, shown
from ...workbook.read.tables import GAP

Block = Sequence[Sequence[Any]]
ERRORS: Final = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
}
"""What Excel hands out for a cell in error: the only integers, as its numbers are floats."""

LINKS: Final = (1, 2)
"""Excel's xlExcelLinks and xlOLELinks: the two that a file keeps as external links."""

MARKS: Final = ("Strikethrough", "Superscript", "Subscript")
"""What of a font changes what a cell says."""

MOST_CELLS: Final = 1_000_000
"""A block beyond this is a table stretched over whole columns: its file is read faster."""

_ESCAPED: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot carry as they are: a file spells them out (``_x000D_``)."""


class NotPlain(Exception):
    """The open workbook holds what only a saved copy tells exactly."""


def live_sheets(book: Any) -> list[LiveSheet]:
    """Return the workbook's sheets; they are read when something of them is first asked for.

    Raise NotPlain if some are no worksheets (charts), and so does reading where the values that
    Excel hands out do not tell all.
    """
    sheets = [LiveSheet(sheet) for sheet in book.sheets]
    if book.api.Sheets.Count != len(sheets):
        raise NotPlain
    return sheets


def live_book(book: Any, sheets: Sequence[LiveSheet]) -> OpenBook:
    """Return the open workbook with its sheets."""
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
        if self._is_marked:
            raise NotPlain
        value, formula = self.value(row, column), str(_at(self._formulas, row, column))
        return Cell(
            self.title,
            address_of(row, column),
            value,
            is_formula=formula.startswith("=") and formula != value,
            is_error=type(_at(self._values, row, column)) is int,
        )

    def value(self, row: int, column: int) -> CellValue:
        match _at(self._values, row, column):
            case None | "":
                return None
            case bool() as value:
                return value
            case str() as text if not _ESCAPED.search(text):
                return text
            case float() as number:
                return shown(number)
            case int() as code if code in ERRORS:
                return ERRORS[code]
        raise NotPlain

    def filled_rows(self) -> Iterator[tuple[int, Mapping[int, CellValue]]]:
        """Yield the rows of a sheet without tables, whose block is all of its cells."""
        if self._tables:
            raise NotPlain
        left, top, right, bottom = self._block
        for row in range(top, bottom + 1):
            values = {column: self.value(row, column) for column in range(left, right + 1)}
            if filled := {column: v for column, v in values.items() if v is not None}:
                yield row, filled

    def merged(self, within: Corners) -> Sequence[str]:
        if self._merged is not False and self._range(within).merge_cells is not False:
            raise NotPlain
        return ()

    def hidden_rows(self, within: Corners) -> Sequence[int]:
        if self._hides and self._hides_filled(within):
            raise NotPlain
        return ()

    def number_format(self, address: str) -> str | None:
        """Return the number format that cells share; None for different ones."""
        shared: str | None = self._sheet.range(address).number_format
        return shared

    @cached_property
    def _tables(self) -> tuple[ListedTable, ...]:
        return tuple(
            ListedTable(str(table.display_name), corners_of(table.range.address))
            for table in self._sheet.tables
        )

    @cached_property
    def _block(self) -> Corners:
        """Return the block: all of the tables with what may stand below them, or all cells."""
        if self._tables:
            corners = [table.corners for table in self._tables]
            bottom, right = max(c.bottom for c in corners) + GAP, max(c.right for c in corners)
        else:
            _, _, right, bottom = corners_of(self._sheet.used_range.address)
        if bottom * right > MOST_CELLS:
            raise NotPlain
        return Corners(1, 1, max(right, 2), bottom)

    @cached_property
    def _cells(self) -> Any:
        return self._sheet.range(self._block.address)

    @cached_property
    def _values(self) -> Block:
        values: Block = self._cells.raw_value
        return values

    @cached_property
    def _formulas(self) -> Block:
        formulas: Block = self._cells.formula
        return formulas

    @cached_property
    def _merged(self) -> bool | None:
        """Return whether the block's cells are merged: all, none, or (None) some of them."""
        merged: bool | None = self._cells.merge_cells
        return merged

    @cached_property
    def _is_marked(self) -> bool:
        """Return whether words of the block's cells are struck out, raised or lowered.

        Excel says so of all cells at once: no, yes, or (None) of some of their words.
        """
        font = self._cells.api.Font
        return any(getattr(font, name) is not False for name in MARKS)

    @cached_property
    def _hides(self) -> bool:
        return self._hides_filled(self._block)

    def _hides_filled(self, corners: Corners) -> bool:
        """Return whether filled cells stand in hidden rows.

        Excel counts them: what ``Hidden`` is of rows that are not all hidden is not documented.
        """
        area = corners.address
        return bool(self._sheet.api.Evaluate(f"COUNTA({area})-SUBTOTAL(103,{area})") != 0)

    def _range(self, corners: Corners) -> Any:
        return self._sheet.range(corners.address)


def _at(block: Block, row: int, column: int) -> Any:
    inside = row <= len(block) and column <= len(block[0])
    return block[row - 1][column - 1] if inside else None
