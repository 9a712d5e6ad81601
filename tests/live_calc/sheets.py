"""Sheets of the LibreOffice engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import NoSuchObjectError, XlwingsError, base_classes, utils

from .calls import Counted
from .ranges import Range
from .tables import Names, Tables

if TYPE_CHECKING:
    from .books import Book


LONGEST_ADDRESS = 255
HIDDEN_CELLS = re.compile(r"COUNTA\((?P<area>[A-Z]+\d+:[A-Z]+\d+)\)-SUBTOTAL\(103,(?P=area)\)")


class Sheets(Counted, base_classes.Sheets):
    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def api(self) -> Any:
        return self._book.document.Sheets

    @property
    def active(self) -> Sheet:
        return Sheet(self._book, self._book.document.CurrentController.ActiveSheet)

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self._book, self.api.getByName(n)) for n in self.api.ElementNames])

    def __contains__(self, name: str) -> bool:
        return bool(self.api.hasByName(name))

    def __call__(self, key: str | int) -> Sheet:
        if isinstance(key, int):
            return Sheet(self._book, self.api.getByIndex(key - 1))
        if not self.api.hasByName(key):
            raise NoSuchObjectError(f"Sheet {key} doesn't exist.")
        return Sheet(self._book, self.api.getByName(key))

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        at = before.index - 1 if before else after.index if after else 0
        taken = set(self.api.ElementNames)
        name = name or next(n for i in range(1, 999) if (n := f"Sheet{i}") not in taken)
        self.api.insertNewByName(name, at)
        made = self(name)
        made.activate()
        return made


class Sheet(Counted, base_classes.Sheet):
    LOCAL = frozenset({"api", "book", "tables", "names", "is_protected"})

    def __init__(self, book: Book, cells: Any) -> None:
        self._book, self._cells = book, cells

    @property
    def api(self) -> SheetApi:
        return SheetApi(self)

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        return str(self._cells.Name)

    @name.setter
    def name(self, name: str) -> None:
        self._cells.Name = name

    @property
    def index(self) -> int:
        return int(self._cells.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        return bool(self._cells.IsVisible)

    @visible.setter
    def visible(self, visible: bool) -> None:
        self._cells.IsVisible = bool(visible)

    @property
    def is_protected(self) -> bool:
        return bool(self._cells.isProtected())

    @property
    def cells(self) -> Range:
        return Range(self, self._cells)

    @property
    def names(self) -> Names:
        return Names(self._book)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def used_range(self) -> Range:
        cursor = self._cells.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        cursor.gotoStartOfUsedArea(False)
        start = cursor.RangeAddress
        return self._range(start.StartRow, start.StartColumn, end.EndRow, end.EndColumn)

    def range(self, first: Any, last: Any = None) -> Range:
        """Return a range by address, by name, or by corners: (row, column) from 1, or ranges."""
        if isinstance(first, str) and "," in first:
            return Range(self, self._several(first.split(",")))
        if isinstance(first, str):
            one, two = utils.a1_to_tuples(first)
            if one is None:
                found: Range = self._book.names(first).refers_to_range
                return found
            first, last = one, two
        top, left, *_ = _corners(first)
        *_, bottom, right = _corners(last or first)
        rows, columns = sorted((top, bottom)), sorted((left, right))
        return self._range(rows[0] - 1, columns[0] - 1, rows[1] - 1, columns[1] - 1)

    def _several(self, addresses: list[str]) -> Any:
        """Return several areas as one, which can be asked for what they have in common."""
        if len(",".join(addresses)) > LONGEST_ADDRESS:
            raise XlwingsError("Excel takes no address of more than 255 characters.")
        areas = self._book.document.createInstance("com.sun.star.sheet.SheetCellRanges")
        places = (self._cells.getCellRangeByName(each).RangeAddress for each in addresses)
        areas.addRangeAddresses(tuple(places), False)
        return areas

    def _range(self, top: int, left: int, bottom: int, right: int) -> Range:
        return Range(self, self._cells.getCellRangeByPosition(left, top, right, bottom))

    def activate(self) -> None:
        self._book.document.CurrentController.ActiveSheet = self._cells

    def select(self) -> None:
        self.activate()

    def clear(self) -> None:
        self.cells.clear()

    def clear_contents(self) -> None:
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        self.cells.clear_formats()

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    def delete(self) -> None:
        self._book.document.Sheets.removeByName(self._cells.Name)


def _corners(where: Any) -> tuple[int, int, int, int]:
    """Return top, left, bottom, right (from 1) of a range or of a (row, column)."""
    if isinstance(where, Range):
        (rows, columns), row, column = where.shape, where.row, where.column
        return row, column, row + rows - 1, column + columns - 1
    return where[0], where[1], where[0], where[1]


class SheetApi(Counted):
    """The part of Excel's Worksheet that macros ask for."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def ProtectContents(self) -> bool:
        return self._sheet.is_protected

    def Evaluate(self, Name: str) -> float:
        """Return how many filled cells stand in hidden rows, of which ``SUBTOTAL`` takes no notice.

        Raises NotImplementedError for any other formula.
        """
        found = HIDDEN_CELLS.fullmatch(Name)
        if found is None:
            raise NotImplementedError(Name)
        cells = self._sheet.range(found["area"]).cells
        first = cells.RangeAddress.StartRow
        areas = cells.queryVisibleCells().RangeAddresses
        seen = {row for area in areas for row in range(area.StartRow, area.EndRow + 1)}
        rows = enumerate(cells.getFormulaArray(), start=first)
        return float(sum(bool(text) for row, texts in rows if row not in seen for text in texts))

    def Protect(self, Password: str = "") -> None:
        self._sheet.cells.cells.protect(Password)

    def Unprotect(self, Password: str = "") -> None:
        self._sheet.cells.cells.unprotect(Password)
