"""What stands in a workbook outside our tables: our own titles and help, and what people wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from ...domain.cells import Cell
from ...domain.ledger import Remark
from ..layout import BEFORE, STAMP
from .book import OpenBook
from .our_tables import OurTables
from .tables import Table, rows_below

MOST: Final = 2000
"""Cells that are looked at: what is mentioned afterwards is far less."""


def read_remarks(
    book: OpenBook, ours: OurTables, columns_of_their_own: Sequence[Cell]
) -> tuple[Remark, ...]:
    """Return the comments, and the filled cells outside our tables but for formulas.

    ``columns_of_their_own`` are cells inside our tables, in columns that staff put there.
    """
    cells = chain(columns_of_their_own, _outside(book, ours))
    written = (Remark(cell.sheet, cell.address, cell.text) for cell in cells)
    return (*book.comments(), *islice(written, MOST))


def _outside(book: OpenBook, ours: OurTables) -> Iterator[Cell]:
    copies = (table for tables in ours.copies.values() for table in tables)
    read = (*ours.by_name.values(), *copies)
    for sheet in book.sheets:
        if sheet.title in (STAMP, BEFORE):
            continue
        here = [_part(table, ours) for table in read if table.sheet is sheet]
        for row, values in sheet.filled_rows():
            for column, value in values.items():
                if value is None or any(
                    left <= column <= right and row in rows for left, right, rows in here
                ):
                    continue
                cell = sheet.cell(row, column)
                if cell.text and not cell.is_formula and not cell.is_error:
                    yield cell


def _part(table: Table, ours: OurTables) -> tuple[int, int, frozenset[int]]:
    """Return the columns of a table, and the rows that are read or noticed as belonging to it."""
    below = rows_below(table, ours.every) if table.name else ()
    rows = frozenset((table.header_row, *table.rows(), *below))
    return table.first_column, table.last_column, rows
