"""A small workbook of lists, to be mailed: written by XlsxWriter, text stays text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, NamedTuple

import xlsxwriter

from ..workbook.build.page import MARGINS
from ..workbook.build.styles import Styles, height
from .inbox import readable


class PlaceLink(NamedTuple):
    """A text that leads to a place, as XlsxWriter writes it (``external:表.xlsx#'表'!A1``)."""

    text: str
    target: str


Value = str | int | PlaceLink | None
Row = Sequence[Value]
A4, A3 = 9, 8
_TITLE_HEIGHT: Final = 24
_MOST_LINKS: Final = 60_000
"""Rows with a link: Excel holds no more on a sheet."""


@dataclass(frozen=True)
class List:
    """A sheet: its name, the line under its title, and rows under headings of these widths.

    ``colours`` are those of the words of a column, by its number.
    """

    name: str
    subtitle: str
    heads: Sequence[str]
    widths: Sequence[float]
    rows: Iterable[Row]
    paper: int = A4
    colours: Mapping[int, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)


def write(stream: BinaryIO, *lists: List) -> None:
    """Write a workbook with a sheet per list, which holds its rows as a table under a title."""
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": lists[0].name})
    styles = Styles(book)
    for each in lists:
        _sheet(book, styles, each)
    book.close()


def _sheet(book: Any, styles: Styles, each: List) -> None:
    sheet, rows = book.add_worksheet(each.name), list(each.rows) or [("",) * len(each.heads)]
    for column, width in enumerate(each.widths):
        sheet.set_column(column, column, width, styles("plain"))
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.write_string(0, 0, each.name, styles("title"))
    sheet.write_string(1, 0, readable(each.subtitle), styles("subtitle"))
    columns = [{"header": head, "header_format": styles("head")} for head in each.heads]
    options = {"name": f"{each.name}表", "style": None, "columns": columns}
    sheet.set_row(3, height(zip(each.heads, each.widths, strict=True)))
    sheet.add_table(3, 0, 3 + len(rows), len(each.heads) - 1, options)
    for number, row in enumerate(rows, start=4):
        texts = [(_text(v), w) for v, w in zip(row, each.widths, strict=True)]
        sheet.set_row(number, height(texts))
        for column, value in enumerate(row):
            _cell(sheet, styles, number, column, value)
    for column, colours in each.colours.items():
        for word, look in colours.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"'}
            rule["format"] = styles.conditional(look)
            sheet.conditional_format(4, column, 3 + len(rows), column, rule)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(each.paper)
    sheet.set_margins(**MARGINS)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.set_footer("&R&8&P / &N")


def _cell(sheet: Any, styles: Styles, row: int, column: int, value: Value) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value, styles("number"))
        return
    text = _text(value).encode(errors="replace").decode()
    if isinstance(value, PlaceLink) and row <= _MOST_LINKS:
        sheet.write_url(row, column, value.target, styles("label_link"), text)
    else:
        sheet.write_string(row, column, text, styles("text"))


def _text(value: Value) -> str:
    return value.text if isinstance(value, PlaceLink) else str(value or "")
