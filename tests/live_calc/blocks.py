"""Blocks of cells over UNO: whole ranges in one call, so that 1,000 rows cost no more calls than 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .uno_bridge import enum, struct
from .values import ERRORS, CellError, Entry, entry, formula_out, moment, must_ask_format

DATES = 2  # sheet.CellFlags.DATETIME
NUMERIC_RESULT, ERROR_RESULT, ANY_RESULT = 1, 4, 7  # sheet.FormulaResult
DATE_KIND, TEXT_KIND = 2, 256  # util.NumberFormat
XL_A1 = 1  # sheet.AddressConvention

Block = list[list[Any]]


def values(document: Any, cells: Any) -> Block:
    """Return what the cells hold: floats, text, datetimes, CellErrors; "" for nothing."""
    rows: Block = [list(row) for row in cells.getDataArray()]
    at = cells.RangeAddress
    if any(isinstance(value, float) for row in rows for value in row):
        for row, column in _places(_dated(document, cells), at):
            rows[row][column] = moment(rows[row][column])
    if any(value is None for row in rows for value in row):
        for row, column in _places(cells.queryFormulaCells(ERROR_RESULT).RangeAddresses, at):
            code = cells.getCellByPosition(column, row).getError()
            rows[row][column] = CellError(ERRORS.get(code, "#VALUE!"))
    return rows


def formulas(document: Any, cells: Any) -> Block:
    """Return formulas as Excel writes them; constants as text."""
    rows: Block = [list(row) for row in cells.getFormulaArray()]
    parser = document.createInstance("com.sun.star.sheet.FormulaParser")
    parser.CompileEnglish, parser.FormulaConvention = True, XL_A1
    areas = cells.queryFormulaCells(ANY_RESULT).RangeAddresses
    for row, column in _places(areas, cells.RangeAddress):
        cell = cells.getCellByPosition(column, row)
        printed = parser.printFormula(cell.getTokens(), cell.CellAddress)
        rows[row][column] = f"={formula_out(printed)}"
    return rows


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
    if _is_mixed(cells, "CellProtection"):
        parts = cells.UniqueCellFormatRanges
        return any(part.CellProtection.IsLocked for part in _each(parts))
    return bool(cells.CellProtection.IsLocked)


def _dated(document: Any, cells: Any) -> Iterator[Any]:
    yield from cells.queryContentCells(DATES).RangeAddresses
    for part in _each(cells.queryFormulaCells(NUMERIC_RESULT)):
        yield from _dated_results(document, part)


def _dated_results(document: Any, part: Any) -> Iterator[Any]:
    if not _is_mixed(part, "NumberFormat"):
        if _kind(document, part) & DATE_KIND:
            yield part.RangeAddress
        return
    for row in range(part.Rows.Count):
        for column in range(part.Columns.Count):
            cell = part.getCellRangeByPosition(column, row, column, row)
            if _kind(document, cell) & DATE_KIND:
                yield cell.RangeAddress


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


def _is_mixed(cells: Any, name: str) -> bool:
    return bool(cells.getPropertyState(name) == enum("beans.PropertyState", "AMBIGUOUS_VALUE"))


def _each(collection: Any) -> Iterator[Any]:
    for index in range(collection.Count):
        yield collection.getByIndex(index)


def _places(areas: Any, within: Any) -> Iterator[tuple[int, int]]:
    """Return row and column, from 0 within the block, of every cell in the areas."""
    for area in areas:
        for row in range(area.StartRow, area.EndRow + 1):
            for column in range(area.StartColumn, area.EndColumn + 1):
                yield row - within.StartRow, column - within.StartColumn
