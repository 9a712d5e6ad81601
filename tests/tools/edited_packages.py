"""Editing a workbook by openpyxl as staff do in Excel, and what a ledger of it holds."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from aso_xl.domain.ledger import Ledger

Edit = Callable[[Workbook], None]
Edited = Callable[[Edit], Ledger]
Figures = dict[str, dict[str, object]]


def figures(ledger: Ledger) -> Figures:
    rounds = [str(r) for r in ledger.plan.rounds]
    return {
        id_: {r: row.cells[r].value for r in rounds if r in row.cells}
        for id_, row in ledger.rows.items()
    }


def texts(ledger: Ledger) -> Figures:
    return {id_: {f: c.value for f, c in r.cells.items()} for id_, r in ledger.measures.items()}


def table(book: Workbook, name: str) -> tuple[Worksheet, Table, tuple[int, int, int, int]]:
    for sheet in book.worksheets:
        if name in sheet.tables:
            left, top, right, bottom = range_boundaries(sheet.tables[name].ref)
            return sheet, sheet.tables[name], (left or 0, top or 0, right or 0, bottom or 0)
    raise KeyError(name)


def row_of(book: Workbook, name: str, id_: str) -> int:
    sheet, _, (left, top, _, bottom) = table(book, name)
    return next(r for r in range(top + 1, bottom + 1) if sheet.cell(r, left).value == id_)


def resize(found: Table, left: int, top: int, right: int, bottom: int) -> None:
    found.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
    if found.autoFilter:
        found.autoFilter.ref = found.ref


def assert_all_found(ledger: Ledger, untouched: Ledger) -> None:
    assert ledger.oddities == ()
    assert figures(ledger) == figures(untouched)
    assert texts(ledger) == texts(untouched)
    assert ledger.settings == untouched.settings
