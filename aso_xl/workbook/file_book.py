"""A workbook file behind the port: openpyxl, with what openpyxl leaves out."""

from __future__ import annotations

import io
import warnings
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ..errors import WorkbookError
from ..ledger import Cell, CellValue
from .open_book import OpenBook
from .package import Package, open_package
from .port import Corners, ListedTable, shown


def open_book(path: Path) -> OpenBook:
    """Return the workbook at ``path``, opened without changing the file.

    Raises WorkbookError, one sentence with the remedy, for what cannot be opened or read.
    """
    package = open_package(path)
    book = _load(package)
    sheets = [FileSheet(sheet, package) for sheet in book.worksheets]
    return OpenBook(package.name, sheets, tuple(book.sheetnames), package.has_external_links)


class FileSheet:
    """A sheet as openpyxl read it, with its formula cells, which openpyxl drops for the values."""

    def __init__(self, sheet: Worksheet, package: Package) -> None:
        self._sheet, self._package = sheet, package
        self._cells: dict[tuple[int, int], Any] = sheet._cells
        self.title = sheet.title

    @cached_property
    def last_row(self) -> int:
        return self._sheet.max_row

    @property
    def is_filtered(self) -> bool:
        return bool(self._sheet.auto_filter.filterColumn)

    def tables(self) -> list[ListedTable]:
        """Return the tables; one whose range is damaged is left out.

        Columns beyond what the sheet holds are no columns of a table.
        """
        listed = []
        for table in self._sheet.tables.values():
            if corners := _corners(table.ref):
                corners = corners._replace(right=min(corners.right, self._sheet.max_column))
                filters = table.autoFilter
                is_filtered = bool(filters and filters.filterColumn)
                listed.append(ListedTable(table.displayName, corners, is_filtered))
        return listed

    def cell(self, row: int, column: int) -> Cell:
        address = f"{get_column_letter(column)}{row}"
        found = self._cells.get((row, column))
        if found is None:
            return Cell(self.title, address)
        return Cell(
            self.title,
            address,
            _value(found),
            found.number_format,
            address in self._formulas,
            found.data_type == "e",
        )

    def value(self, row: int, column: int) -> CellValue:
        found = self._cells.get((row, column))
        return None if found is None else _value(found)

    def filled_rows(self) -> Iterator[tuple[int, Mapping[int, CellValue]]]:
        """Yield the rows that have cells.

        ``iter_rows`` would make every cell down to a stray one in the last row of the sheet.
        """
        rows: dict[int, dict[int, CellValue]] = {}
        for (row, column), cell in self._cells.items():
            rows.setdefault(row, {})[column] = _value(cell)
        yield from sorted(rows.items())

    def merged(self, within: Corners) -> list[str]:
        return [
            merged.coord
            for merged in self._sheet.merged_cells.ranges
            if merged.min_row <= within.bottom
            and merged.max_row >= within.top
            and merged.min_col <= within.right
            and merged.max_col >= within.left
        ]

    def hidden_rows(self, within: Corners) -> Collection[int]:
        rows = self._sheet.row_dimensions
        return {n for n in range(within.top, within.bottom + 1) if n in rows and rows[n].hidden}

    @cached_property
    def _formulas(self) -> frozenset[str]:
        return self._package.formula_cells(self.title)


def _value(cell: Any) -> CellValue:
    """Return a cell's value; empty text is none, as no spreadsheet tells them apart."""
    match cell.value:
        case bool() as value:
            return value
        case int() | float() as number:
            return shown(number)
        case "":
            return None
    other: CellValue = cell.value
    return other


def _corners(ref: str | None) -> Corners | None:
    """Return the corners of a range; None where a damaged table has none."""
    try:
        left, top, right, bottom = range_boundaries(ref or "")
    except ValueError:
        return None
    if left is None or top is None or right is None or bottom is None:
        return None
    return Corners(left, top, right, bottom)


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
