"""An open workbook as the readers see it: its sheets, and the Excel tables on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..ledger import Area, CellValue
from .locating import Table, tables
from .port import Sheet


@dataclass(frozen=True)
class OpenBook:
    """A workbook by its name in sentences, its worksheets, and the names of all its sheets."""

    name: str
    sheets: Sequence[Sheet]
    sheet_names: tuple[str, ...]
    has_external_links: bool

    @cached_property
    def tables(self) -> dict[str, Table]:
        return tables(self.sheets)

    def sheet(self, title: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.title == title), None)

    def row(self, table: Table, number: int) -> dict[str, CellValue]:
        """Return the values of a table's row by (cleaned) heading."""
        return {head: table.sheet.value(number, column) for head, column in table.columns.items()}

    def areas(self) -> dict[str, Area]:
        """Return where every Excel table stands, by name."""
        return {
            name: Area(t.sheet.title, t.header_row, t.first_column, t.last_row, t.last_column)
            for name, t in self.tables.items()
        }
