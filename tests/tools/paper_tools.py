"""Sheets on paper: how wide their columns are, how large they are printed, what is repeated."""

from __future__ import annotations

import re

from openpyxl.utils.cell import column_index_from_string, coordinate_to_tuple
from workbook_tools import MAIN, Xlsx

from aso_xl.workbook.build.page import A3, A4


def pixels(book: Xlsx, sheet: str) -> dict[int, int]:
    """Return the width of the sheet's columns in pixels (Arial 10: 7 a digit); 0 for hidden ones."""
    found: dict[int, int] = {}
    for column in book.sheet(sheet).iter(f"{MAIN}col"):
        wide = 0 if column.get("hidden") else round(float(column.get("width", "0")) * 7)
        for number in range(int(column.get("min", "0")), int(column.get("max", "0")) + 1):
            found[number] = wide
    return found


def printed_columns(book: Xlsx, sheet: str) -> tuple[int, int]:
    """Return the last column and row that are printed: of the print area, else of what there is."""
    for name in book.workbook.iter(f"{MAIN}definedName"):
        text = str(name.text)
        if name.get("name") == "_xlnm.Print_Area" and text.replace("'", "").startswith(f"{sheet}!"):
            right, bottom = re.findall(r":\$([A-Z]+)\$(\d+)", text)[0]
            return column_index_from_string(right), int(bottom)
    last = str(book.sheet(sheet).find(f"{MAIN}dimension").get("ref")).partition(":")[2]
    return coordinate_to_tuple(last)[1], coordinate_to_tuple(last)[0]


def scale_of(book: Xlsx, sheet: str) -> float:
    """Return how large a sheet is printed that is fitted to the width of its pages."""
    setup = book.sheet(sheet).find(f"{MAIN}pageSetup")
    paper = {"8": A3, "9": A4}[setup.get("paperSize")]
    room = (paper if setup.get("orientation") == "landscape" else paper.upright).room
    last, bottom = printed_columns(book, sheet)
    wide = sum(w for n, w in pixels(book, sheet).items() if n <= last) * 0.75
    scale = min(1.0, int(setup.get("fitToWidth", "1")) * room[0] / wide)
    if down := int(setup.get("fitToHeight", "1")):
        rows = book.sheet(sheet).iter(f"{MAIN}row")
        tall = sum(float(r.get("ht", "15")) for r in rows if int(r.get("r", "0")) <= bottom)
        scale = min(scale, down * room[1] / tall)
    return scale


def repeated(book: Xlsx) -> set[str]:
    """Return the sheets that have rows printed on each of their pages."""
    return {
        str(n.text).partition("!")[0].replace("'", "")
        for n in book.workbook.iter(f"{MAIN}definedName")
        if n.get("name") == "_xlnm.Print_Titles"
    }


ONE_PAGE = {"使い方", "集計"}
"""Sheets of several tables, whose pages begin with what stands there."""


def is_readable_on_paper(book: Xlsx) -> None:
    shown = [sheet for sheet in book.sheet_parts if sheet != "_aso_xl"]
    assert {sheet: 10 * scale_of(book, sheet) >= 7.99 for sheet in shown} == dict.fromkeys(
        shown, True
    )
    assert repeated(book) == set(shown) - ONE_PAGE
