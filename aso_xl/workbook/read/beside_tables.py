"""What stands in a workbook outside our tables: our own titles and help, and what people wrote."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from ...domain.cells import Cell
from ...domain.ledger import Remark
from ..layout import STAMP
from .identifying import Identified
from .locating import Table, rows_below
from .open_book import OpenBook

MOST: Final = 2000
"""Cells that are looked at: what is mentioned afterwards is far less."""


def beside(
    opened: OpenBook, identified: Identified, columns_of_their_own: list[Cell]
) -> tuple[Remark, ...]:
    """Return the comments, and the filled cells outside our tables but for formulas.

    ``columns_of_their_own`` are cells inside our tables, in columns that staff put there.
    """
    cells = chain(columns_of_their_own, _outside(opened, identified))
    written = (Remark(cell.sheet, cell.address, cell.text) for cell in cells)
    return (*opened.comments(), *islice(written, MOST))


def _outside(opened: OpenBook, identified: Identified) -> Iterator[Cell]:
    doubles = (table for tables in identified.doubles.values() for table in tables)
    ours = (*identified.tables.values(), *doubles)
    for sheet in opened.sheets:
        if sheet.title == STAMP:
            continue
        here = [_read(table, identified) for table in ours if table.sheet is sheet]
        for row, values in sheet.filled_rows():
            for column, value in values.items():
                if value is None or any(
                    left <= column <= right and row in rows for left, right, rows in here
                ):
                    continue
                cell = sheet.cell(row, column)
                if cell.text and not cell.is_formula and not cell.is_error:
                    yield cell


def _read(table: Table, identified: Identified) -> tuple[int, int, frozenset[int]]:
    """Return the columns of a table, and the rows that are read or noticed as belonging to it."""
    below = rows_below(table, identified.all) if table.name else ()
    rows = frozenset((table.header_row, *table.rows(), *below))
    return table.first_column, table.last_column, rows
