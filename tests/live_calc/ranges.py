"""Range of the LibreOffice engine: what a macro may ask of cells and do to them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError, base_classes, utils

from . import blocks
from .calls import Counted

if TYPE_CHECKING:
    from .sheets import Sheet

CONTENTS, LOOKS, EVERYTHING = 1 | 2 | 4 | 16, 32 | 64, 1023  # sheet.CellFlags


class Range(Counted, base_classes.Range):
    """Cells, or several areas of them (of which only the number format is asked)."""

    LOCAL = frozenset(
        {"api", "cells", "sheet", "options", "max_cells_per_read", "max_cells_per_write"}
    )

    def __init__(self, sheet: Sheet, cells: Any) -> None:
        self._sheet, self.cells = sheet, cells
        self.options: dict[str, Any] = {}

    @property
    def api(self) -> RangeApi:
        return RangeApi(self)

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @cached_property
    def _at(self) -> Any:
        return self.cells.RangeAddress

    @property
    def row(self) -> int:
        return int(self._at.StartRow) + 1

    @property
    def column(self) -> int:
        return int(self._at.StartColumn) + 1

    @property
    def shape(self) -> tuple[int, int]:
        at = self._at
        return int(at.EndRow - at.StartRow) + 1, int(at.EndColumn - at.StartColumn) + 1

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self.sheet.name, self.row, self.column, *self.shape)

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        (rows, columns), before_row = self.shape, "$" if row_absolute else ""

        def corner(row: int, column: int) -> str:
            return f"{'$' if col_absolute else ''}{utils.col_name(column)}{before_row}{row}"

        text = corner(self.row, self.column)
        if (rows, columns) != (1, 1):
            text += f":{corner(self.row + rows - 1, self.column + columns - 1)}"
        return f"'[{self.sheet.book.name}]{self.sheet.name}'!{text}" if external else text

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            above, left = divmod(row - 1, self.shape[1])
            row, column = above + 1, left + 1
        return self.sheet.range((self.row + row - 1, self.column + column - 1))

    @property
    def raw_value(self) -> blocks.Block:
        return blocks.values(self._sheet.book, self.cells)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._require_unlocked()
        blocks.put(self._document, self.cells, self._block(data))

    @property
    def formula(self) -> str | tuple[tuple[str, ...], ...]:
        rows = blocks.formulas(self.cells)
        return str(rows[0][0]) if len(self) == 1 else tuple(map(tuple, rows))

    @formula.setter
    def formula(self, data: Any) -> None:
        self._require_unlocked()
        blocks.put(self._document, self.cells, self._block(data))

    def clear_contents(self) -> None:
        self._clear(CONTENTS)

    def clear_formats(self) -> None:
        self._clear(LOOKS)

    def clear(self) -> None:
        self._clear(EVERYTHING)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Return the cells' own colour; what a rule colours is asked of ``looks``."""
        own = self.cells.CellBackColor
        return None if own == -1 else (own >> 16 & 255, own >> 8 & 255, own & 255)

    @color.setter
    def color(self, color: tuple[int, int, int] | int | str | None) -> None:
        self._require_unlocked()
        self.cells.CellBackColor = -1 if color is None else _rgb(color)

    @property
    def number_format(self) -> str | None:
        """Return the format; None for different ones, as in Excel."""
        if blocks.is_mixed(self.cells, "NumberFormat"):
            return None
        return str(self._document.NumberFormats.getByKey(self.cells.NumberFormat).FormatString)

    @number_format.setter
    def number_format(self, code: str) -> None:
        self._require_unlocked()
        blocks.set_format(self._document, self.cells, code)

    @property
    def merge_cells(self) -> bool | None:
        """Return whether the cells are merged; None if some are, as in Excel."""
        if not self.cells.getIsMerged():
            return False
        return True if len(self) == 1 else None

    def add_hyperlink(
        self, address: str, text_to_display: str | None = None, screen_tip: str | None = None
    ) -> None:
        self._require_unlocked()
        cell = self.cells.getCellByPosition(0, 0)
        field = self._document.createInstance("com.sun.star.text.TextField.URL")
        field.URL = address.replace("!", ".") if address.startswith("#") else address
        field.Representation = text_to_display or address
        cell.String = ""
        cell.insertTextContent(cell.createTextCursor(), field, False)

    @property
    def hyperlink(self) -> str:
        fields = self.cells.getCellByPosition(0, 0).TextFields
        if fields.Count == 0:
            raise XlwingsError("The cell doesn't seem to contain a hyperlink!")
        return str(fields.getByIndex(0).URL)

    def select(self) -> None:
        self.sheet.activate()
        self._document.CurrentController.select(self.cells)

    def autofit(self, axis: str | None = None) -> None:
        self._require_unlocked()
        if axis in (None, "columns", "c"):
            self.cells.Columns.OptimalWidth = True
        if axis in (None, "rows", "r"):
            self.cells.Rows.OptimalHeight = True

    @property
    def _document(self) -> Any:
        return self._sheet.book.document

    def _block(self, data: Any) -> Sequence[Sequence[Any]]:
        """Return the value for each cell: a single value fills all of them, as in Excel."""
        if isinstance(data, list | tuple):
            return data if isinstance(data[0], list | tuple) else [data]
        return [[data] * self.shape[1]] * self.shape[0]

    def _clear(self, what: int) -> None:
        self._require_unlocked()
        self.cells.clearContents(what)

    def _require_unlocked(self) -> None:
        """Raise as Excel does when a protected sheet holds any of the cells locked.

        LibreOffice itself would refuse some of these changes, make others, and say nothing.
        """
        if self._sheet.is_protected and blocks.has_locked(self.cells):
            where = f"{self._sheet.name}!{self.get_address(False, False, False)}"
            raise XlwingsError(f"The cell or chart you're trying to change is protected: {where}")


class RangeApi(Counted):
    """The part of Excel's Range that macros ask for."""

    def __init__(self, range: Range) -> None:
        self._range = range

    @property
    def Font(self) -> Font:
        return Font(self._range)

    @property
    def Formula(self) -> str | tuple[tuple[str, ...], ...]:
        return self._range.formula

    @Formula.setter
    def Formula(self, block: Sequence[Sequence[Any]]) -> None:
        self._range.formula = block


class Font(Counted):
    """The part of Excel's Font that macros ask for: yes or no of all words, None where some are."""

    def __init__(self, range: Range) -> None:
        self._range = range

    @property
    def Strikethrough(self) -> bool | None:
        return self._marks[0]

    @property
    def Superscript(self) -> bool | None:
        return self._marks[1]

    @property
    def Subscript(self) -> bool | None:
        return self._marks[2]

    @cached_property
    def _marks(self) -> tuple[bool | None, bool | None, bool | None]:
        book = self._range.sheet.book
        found: tuple[bool | None, bool | None, bool | None] = book.app.resident(
            "marks", self._range.cells
        )
        return found


def _rgb(color: Any) -> int:
    """Return a colour as LibreOffice counts it, 0xRRGGBB; Excel's numbers are 0xBBGGRR."""
    if isinstance(color, int):
        color = utils.int_to_rgb(color)
    elif isinstance(color, str):
        color = utils.hex_to_rgb(color)
    red, green, blue = color
    return int(red) << 16 | int(green) << 8 | int(blue)
