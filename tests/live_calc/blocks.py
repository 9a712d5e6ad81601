"""Blocks of cells over UNO: whole ranges in one call, so that 1,000 rows cost no more calls than 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .uno_bridge import enum, struct
from .values import CALC_ERRORS, ERRORS, Entry, entry, formula_out, moment, must_ask_format

if TYPE_CHECKING:
    from .books import Book

MOMENT, CURRENCY, TEXT_KIND, LOGICAL = 2 | 4, 8, 256, 1024  # util.NumberFormat
CENT = Decimal("0.0001")

Block = list[list[Any]]


def values(book: Book, cells: Any) -> Block:
    """Return what the cells hold, "" for nothing.

    As Excel does: floats, text, bools, datetimes, Decimals in the format of a currency, and
    integers for errors (``values.ERRORS``).
    """
    block: Block = [list(row) for row in cells.getDataArray()]
    places = [
        (row, column)
        for row, line in enumerate(block)
        for column, value in enumerate(line)
        if not isinstance(value, str)
    ]
    if places:
        kinds = book.app.resident("kinds", book.document, cells, *zip(*places, strict=True))
        for (row, column), kind in zip(places, kinds, strict=True):
            block[row][column] = _excels(block[row][column], kind)
    return block


def _excels(value: Any, kind: int) -> Any:
    """Return a number as Excel hands it out for a number format; ``kind`` below 0 is an error."""
    if kind < 0:
        return ERRORS[CALC_ERRORS.get(-kind, "#VALUE!")]
    if kind & MOMENT:
        return moment(value)
    if kind & LOGICAL:
        return bool(value)
    return Decimal(value).quantize(CENT) if kind & CURRENCY else value


def formulas(cells: Any) -> Block:
    """Return formulas as Excel writes them; constants as text."""
    return [[formula_out(text) for text in row] for row in cells.getFormulaArray()]


def put(document: Any, cells: Any, block: Sequence[Sequence[Any]]) -> None:
    """Write values and formulas in one call, then the formats that dates and the like bring."""
    texts = _text_columns(document, cells, block)
    entries = [[entry(v, text_cell=j in texts) for j, v in enumerate(row)] for row in block]
    cells.setFormulaArray(tuple(tuple(e.text for e in row) for row in entries))
    for row, column, one in _formatted(entries):
        cell = cells.getCellByPosition(column, row)
        if cell.NumberFormat == 0:
            set_format(document, cell, one)


def set_format(document: Any, cells: Any, code: str) -> None:
    """Give the cells an Excel number format."""
    formats, english = document.NumberFormats, struct("lang.Locale", Language="en", Country="US")
    key = formats.queryKey(code, english, False)
    cells.NumberFormat = formats.addNew(code, english) if key == -1 else key


def has_locked(cells: Any) -> bool:
    """Return whether protection of the sheet would keep any of the cells from being changed."""
    if is_mixed(cells, "CellProtection"):
        parts = cells.UniqueCellFormatRanges
        return any(part.CellProtection.IsLocked for part in _each(parts))
    return bool(cells.CellProtection.IsLocked)


def _text_columns(document: Any, cells: Any, block: Sequence[Sequence[Any]]) -> set[int]:
    """Return the columns formatted as text, of those where that makes a difference."""
    asked = {j for row in block for j, value in enumerate(row) if must_ask_format(value)}
    bottom = len(block) - 1
    parts = {j: cells.getCellRangeByPosition(j, 0, j, bottom) for j in asked}
    return {j for j, part in parts.items() if _kind(document, part) & TEXT_KIND}


def _formatted(entries: Sequence[Sequence[Entry]]) -> Iterator[tuple[int, int, str]]:
    for i, row in enumerate(entries):
        for j, one in enumerate(row):
            if one.format:
                yield i, j, one.format


def _kind(document: Any, cells: Any) -> int:
    return int(document.NumberFormats.getByKey(cells.NumberFormat).Type)


def is_mixed(cells: Any, name: str) -> bool:
    return bool(cells.getPropertyState(name) == enum("beans.PropertyState", "AMBIGUOUS_VALUE"))


def _each(collection: Any) -> Iterator[Any]:
    for index in range(collection.Count):
        yield collection.getByIndex(index)
