"""Sheets copied, tables renamed and dropped, as Excel and other programs do it."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet


def copy_sheet(book: Workbook, title: str, *, tables: bool = True) -> Worksheet:
    """Return 「title (2)」 with the cells and, under numbered names as Excel has it, the tables."""
    source = book[title]
    made = book.create_sheet(f"{title} (2)")
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None:
                made.cell(cell.row, cell.column).value = cell.value
                made.cell(cell.row, cell.column).data_type = cell.data_type
    for table in list(source.tables.values()) if tables else ():
        name = f"{table.displayName}{19 + len(made.tables)}"
        made.add_table(Table(displayName=name, ref=table.ref))
    return made


def drop_tables(book: Workbook) -> None:
    """Leave plain ranges, as Google Sheets, Numbers and PhpSpreadsheet do."""
    for sheet in book.worksheets:
        for name in list(sheet.tables):
            del sheet.tables[name]


def rename_tables(book: Workbook) -> None:
    """Give every table a name that says nothing."""
    number = 0
    for sheet in book.worksheets:
        for name in list(sheet.tables):
            number += 1
            table = sheet.tables.pop(name)
            table.name = table.displayName = f"Table{number}"
            sheet.add_table(table)
