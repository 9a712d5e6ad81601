"""An open workbook as the readers see it: its sheets, and the Excel tables on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ...domain.cells import CellValue
from ...domain.ledger import Remark
from .locating import Table, excel_tables
from .port import Sheet


@dataclass(frozen=True)
class OpenBook:
    """A workbook by its name in sentences, its worksheets, and the names of all its sheets.

    ``comments`` reads the comments; of a workbook that is open in Excel they are not asked.
    """

    name: str
    sheets: Sequence[Sheet]
    sheet_names: tuple[str, ...]
    has_external_links: bool
    comments: Callable[[], Sequence[Remark]] = tuple

    @cached_property
    def tables(self) -> Sequence[Table]:
        """Return every Excel table, on whatever sheet it stands."""
        return excel_tables(self.sheets)

    def sheet(self, title: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.title == title), None)

    def row(self, table: Table, number: int) -> dict[str, CellValue]:
        """Return the values of a table's row by (cleaned) heading."""
        return {head: table.sheet.value(number, column) for head, column in table.columns.items()}
