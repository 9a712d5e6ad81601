"""Where the tables of a book that is drawn stand: cells to which other sheets link and refer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell


@dataclass(frozen=True)
class Placed:
    """An Excel table of the book: the name of its sheet, its top left cell, its headings."""

    sheet: str
    row: int
    column: int
    heads: tuple[str, ...]

    def cell(self, index: int, head: str) -> str:
        """Return the address of a cell of the row with that index below the headings."""
        return str(xl_rowcol_to_cell(self.row + 1 + index, self.column + self.heads.index(head)))


@dataclass(frozen=True)
class Places:
    """Every table of a book, once all of them are drawn."""

    book: Any

    @cached_property
    def tables(self) -> Mapping[str, Placed]:
        return {
            table["name"]: _placed(sheet.name, table)
            for sheet in self.book.worksheets()
            for table in sheet.tables
        }


def _placed(sheet: str, table: Mapping[str, Any]) -> Placed:
    row, column = xl_cell_to_rowcol(table["range"].split(":")[0])
    return Placed(sheet, row, column, tuple(each["name"] for each in table["columns"]))
