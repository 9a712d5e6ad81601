"""What staff do to an open workbook, each by itself: done in the spreadsheet, nothing saved.

``TYPED`` and ``WRITTEN`` go into cells of figures and remarks. After these and ``SUFFICE`` blocks
of values still tell all; after ``NEED_A_COPY`` they do not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import xlwings

from aso_xl.domain.ledger import Ledger
from aso_xl.office.addresses import place_of

from .blocks import set_format
from .uno_bridge import enum, struct

Edit = Callable[[xlwings.Book, Ledger], None]
Put = Callable[[xlwings.Book, Any], None]
"""Changes one cell (LibreOffice's) of a book."""

GOAL, COUNT, SHARE = "基本目標1", "1-01-1", "4-16-2"
"""A goal's sheet, an indicator on it that counts people, and one that is a percentage."""

CLEAR_ALL: Final = 1023


def sheet(book: xlwings.Book, name: str) -> Any:
    return book.impl.document.Sheets.getByName(name)


def cell(book: xlwings.Book, places: Ledger, id_: str = COUNT, field: str = "R9") -> Any:
    found = places.rows[id_].cells[field]
    return sheet(book, found.sheet).getCellRangeByName(found.address)


def text(typed: str) -> Put:
    return lambda _, at: setattr(at, "String", typed)


def formula(typed: str) -> Put:
    return lambda _, at: setattr(at, "Formula", typed)


def array_formula(typed: str) -> Put:
    return lambda _, at: at.setArrayFormula(typed)


def number(typed: float, code: str = "") -> Put:
    """Return what types a number, with a number format or with the cell's own."""

    def put(book: xlwings.Book, at: Any) -> None:
        if code:
            set_format(book.impl.document, at, code)
        at.Value = typed

    return put


def bold_in_part(_: xlwings.Book, at: Any) -> None:
    at.String = "太字と細字"
    cursor = at.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(2, True)
    cursor.CharWeight = 150.0


def marked_in_part(typed: str, letters: int, **font: Any) -> Put:
    """Return what types text whose first letters have a font of their own."""

    def put(_: xlwings.Book, at: Any) -> None:
        at.String = typed
        cursor = at.createTextCursor()
        cursor.gotoStart(False)
        cursor.goRight(letters, True)
        for name, value in font.items():
            setattr(cursor, name, value)

    return put


def marked(typed: float, **font: Any) -> Put:
    """Return what types a number in a font that says something of it."""

    def put(_: xlwings.Book, at: Any) -> None:
        at.Value = typed
        for name, value in font.items():
            setattr(at, name, value)

    return put


def into(put: Put, id_: str = COUNT, field: str = "R9") -> Edit:
    return lambda book, places: put(book, cell(book, places, id_, field))


def area(book: xlwings.Book, places: Ledger, name: str) -> Any:
    """Return the cells of a table, the heading row included."""
    at = places.areas[name]
    return sheet(book, at.sheet).getCellRangeByPosition(
        at.first_column - 1, at.first_row - 1, at.last_column - 1, at.last_row - 1
    )


def merged(address: str) -> Edit:
    return lambda book, _: sheet(book, GOAL).getCellRangeByName(address).merge(True)


def hidden(kind: str, id_: str = "") -> Edit:
    """Return an edit that hides the indicator's row (without one the second), or a column."""

    def edit(book: xlwings.Book, places: Ledger) -> None:
        index = places.rows[id_].number - 1 if id_ else 1
        getattr(sheet(book, GOAL), kind).getByIndex(index).IsVisible = False

    return edit


def inserted(kind: str, index: int) -> Edit:
    return lambda book, _: getattr(sheet(book, GOAL), kind).insertByIndex(index, 1)


def emptied(book: xlwings.Book, places: Ledger) -> None:
    row = places.rows[COUNT].number - 1
    sheet(book, GOAL).getCellRangeByPosition(0, row, 40, row).clearContents(CLEAR_ALL)


def emptied_at_the_end(book: xlwings.Book, places: Ledger) -> None:
    rows = area(book, places, "施策_1").Rows
    rows.getByIndex(rows.Count - 1).clearContents(CLEAR_ALL)


def moved_column(book: xlwings.Book, places: Ledger) -> None:
    goal, last = sheet(book, GOAL), place_of(places.rows[COUNT].cells["department"].address)[1]
    goal.Columns.insertByIndex(2, 1)
    source = goal.getCellRangeByPosition(last, 0, last, 199).RangeAddress
    goal.moveRange(goal.getCellByPosition(2, 0).CellAddress, source)


def moved_sheet(book: xlwings.Book, _: Ledger) -> None:
    book.impl.document.Sheets.moveByName("基本目標4", 0)


def added_sheet(book: xlwings.Book, _: Ledger) -> None:
    book.impl.document.Sheets.insertNewByName("メモ", 1)
    sheet(book, "メモ").getCellRangeByName("B3").String = "■メモ"


def deleted_sheet(name: str) -> Edit:
    return lambda book, _: book.sheets[name].delete()


def renamed_sheet(book: xlwings.Book, _: Ledger) -> None:
    book.sheets[GOAL].name = "仕事'と\"産業"


def row_below(book: xlwings.Book, places: Ledger) -> None:
    at = places.areas["施策_1"]
    sheet(book, at.sheet).getCellByPosition(at.first_column - 1, at.last_row + 1).String = "1-99"


def resized(name: str, bottom: int) -> Edit:
    """Return an edit that gives a table its last row; below 1: so many more than it has."""

    def edit(book: xlwings.Book, places: Ledger) -> None:
        at, found = places.areas[name], book.sheets[places.areas[name].sheet]
        last = bottom if bottom > 0 else at.last_row - bottom
        corners = (at.first_row, at.first_column), (last, at.last_column)
        found.tables[name].resize(found.range(*corners))

    return edit


def no_table(name: str) -> Edit:
    return lambda book, _: book.impl.document.DatabaseRanges.removeByName(name)


def filtered(book: xlwings.Book, _: Ledger) -> None:
    table = book.impl.document.DatabaseRanges.getByName("KPI_1")
    wanted = struct(
        "sheet.TableFilterField",
        Connection=enum("sheet.FilterConnection", "AND"),
        Field=4,
        Operator=enum("sheet.FilterOperator", "EQUAL"),
        StringValue="以下",
    )
    table.FilterDescriptor.setFilterFields((wanted,))
    table.FilterDescriptor.ContainsHeader = table.AutoFilter = True
    table.refresh()


def share_in_settings(book: xlwings.Book, places: Ledger) -> None:
    found = places.setting_cells["あと少しの基準(%)"]
    number(0.8, "0%")(book, sheet(book, found.sheet).getCellRangeByName(found.address))


TYPED: Final[Mapping[str, Put]] = {
    "text number": text("121"),
    "full-width digits": text("１２１人"),
    "blanks": text("  "),
    "#N/A": formula("=NA()"),
    "#DIV/0!": formula("=1/0"),
    "#REF!": formula("=INDEX(A1:A2;5)"),
    "text like #N/A": text("#N/A"),
    "text like #DIV/0!": text("#DIV/0!"),
    "formula": formula("=60+61"),
    "formula of nothing": formula('=""'),
    "array formula": array_formula("=SUM({1;2}*{3;4})"),
    "text like a formula": text("=1+1"),
    "another workbook's cell": formula("='file:///nowhere/other.xlsx'#$Sheet1.A1"),
    "boolean": number(1, "BOOLEAN"),
    "percent of what is none": number(0.48, "0%"),
    "text format": number(121, "@"),
    **{code: number(121.25, code) for code in ("0.0", "#,##0.00;[Red]-#,##0.00", "0.00E+00")},
    **{code: number(121.25, code) for code in ("# ?/?", '0"％"')},
    **{repr(each): number(each) for each in (1e-300, 1e-7, 0.1 + 0.2, 200 / 3, -0.0, 1e14, 1e17)},
}

WRITTEN: Final[Mapping[str, Put]] = {
    "more than 255": text("長" * 300),
    "more than 8203": text("長" * 9000),
    "as long as can be": text("長" * 32767),
    "line breaks": text("一\n二\n\n三 "),
    "odd characters": text("\u00a0一\u3000\u200b\t二😀_x000D_"),
    "bold in part": bold_in_part,
}

SUFFICE: Final[Mapping[str, Edit]] = {
    "percent in the settings": share_in_settings,
    "merged title": merged("A1:D1"),
    "hidden title": hidden("Rows"),
    "hidden column": hidden("Columns"),
    "row above": inserted("Rows", 1),
    "row inside": inserted("Rows", 12),
    "column inside": inserted("Columns", 3),
    "moved column": moved_column,
    "emptied row": emptied,
    "emptied last row": emptied_at_the_end,
    "row below": row_below,
    "table with empty rows": resized("施策_1", -5),
    "unread table to the last row": resized("検証結果表", 1_048_576),
    "no 検証結果": deleted_sheet("検証結果"),
    "renamed sheet": renamed_sheet,
    "moved sheet": moved_sheet,
    "added sheet": added_sheet,
}

NEED_A_COPY: Final[Mapping[str, Edit]] = {
    "48% typed": into(number(0.48, "0%"), SHARE),
    "date": into(number(45778, "yyyy/m/d")),
    "time": into(number(0.5, "h:mm")),
    "currency": into(number(120, "[$¥-411]#,##0")),
    "control characters": into(text("一\x0b二"), field="remark"),
    "struck digit": into(marked_in_part("35", 1, CharStrikeout=1)),
    "struck words": into(marked_in_part("減った増えた", 3, CharStrikeout=1), field="remark"),
    "raised digit": into(marked_in_part("1120", 1, CharEscapement=33, CharEscapementHeight=58)),
    "lowered digit": into(marked_in_part("1120", 1, CharEscapement=-33, CharEscapementHeight=58)),
    "struck number": into(marked(35, CharStrikeout=1)),
    "merged cells": merged("I11:J11"),
    "hidden row": hidden("Rows", COUNT),
    "filtered table": filtered,
    "table turned into a range": no_table("KPI_1"),
    "settings turned into a range": no_table("設定表"),
    "table to the last row": resized("施策_1", 1_048_576),
    "no sheet of a goal": deleted_sheet("基本目標3"),
}
