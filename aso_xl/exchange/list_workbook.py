"""A small workbook of one list, to be mailed: written by XlsxWriter, text stays text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import xlsxwriter

from ..workbook.build.styles import Styles
from .inbox import readable

Row = Sequence[str | int | None]


def write(
    stream: BinaryIO,
    name: str,
    subtitle: str,
    heads: Sequence[str],
    widths: Sequence[float],
    rows: Iterable[Row],
) -> None:
    """Write a workbook whose one sheet ``name`` holds the rows as a table under a title."""
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    styles, sheet = Styles(book), book.add_worksheet(name)
    found = list(rows) or [("",) * len(heads)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, styles("plain"))
    sheet.write_string(0, 0, name, styles("title"))
    sheet.write_string(1, 0, readable(subtitle), styles("subtitle"))
    columns = [{"header": head, "header_format": styles("head")} for head in heads]
    options = {"name": f"{name}表", "style": None, "columns": columns}
    sheet.add_table(3, 0, 3 + len(found), len(heads) - 1, options)
    for number, row in enumerate(found, start=4):
        for column, value in enumerate(row):
            _cell(sheet, styles, number, column, value)
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R&8&P / &N")
    book.close()


def _cell(sheet: Any, styles: Styles, row: int, column: int, value: str | int | None) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value, styles("number"))
    else:
        sheet.write_string(
            row, column, (value or "").encode(errors="replace").decode(), styles("text")
        )
