"""A workbook as openpyxl opened it, with what openpyxl leaves out."""

from __future__ import annotations

import io
import warnings
from functools import cached_property
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from ..errors import WorkbookError
from ..ledger import Area, Cell, CellValue
from .locating import Table, tables
from .package import Package, open_package


def open_book(path: Path) -> OpenBook:
    """Return the workbook at ``path``, opened without changing the file.

    Raises WorkbookError, one sentence with the remedy, for what cannot be opened or read.
    """
    package = open_package(path)
    return OpenBook(_load(package), package)


class OpenBook:
    """openpyxl's workbook, its package, its Excel tables, and its cells as the ledger's."""

    def __init__(self, book: Workbook, package: Package) -> None:
        self.book, self.package = book, package
        self._formulas: dict[str, frozenset[str]] = {}

    @cached_property
    def tables(self) -> dict[str, Table]:
        return tables(self.book)

    def cell(self, found: Any) -> Cell:
        """Return an openpyxl cell as the ledger's."""
        sheet = found.parent.title
        if sheet not in self._formulas:
            self._formulas[sheet] = self.package.formula_cells(sheet)
        return Cell(
            sheet,
            found.coordinate,
            found.value,
            found.number_format,
            found.coordinate in self._formulas[sheet],
            found.data_type == "e",
        )

    def row(self, table: Table, number: int) -> dict[str, CellValue]:
        """Return the values of a table's row by (cleaned) heading."""
        return {
            head: self.cell(table.sheet.cell(number, column)).value
            for head, column in table.columns.items()
        }

    def areas(self) -> dict[str, Area]:
        """Return where every Excel table stands, by name."""
        return {
            name: Area(t.sheet.title, t.header_row, t.first_column, t.last_row, t.last_column)
            for name, t in self.tables.items()
        }


def _load(package: Package) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(io.BytesIO(package.data), data_only=True)
        except Exception:  # openpyxl raises whatever its parsers raise
            raise WorkbookError(_damage(package)) from None


def _damage(package: Package) -> str:
    try:
        place = package.malformed_number()
    except Exception:  # the XML itself is broken
        place = None
    if place:
        return (
            f"{package.name} の {place[0]} {place[1]} に保存されている数値が壊れています。"
            "Excel で開いて入力し直し、保存してください。"
        )
    return (
        f"{package.name} は壊れているため読めません。Excel で開いて修復し、保存し直してください。"
    )
