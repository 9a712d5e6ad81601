"""Drawing 設定: the choices of a workbook and the list of departments."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain import settings
from ...domain.fields import DEPARTMENT_HEAD
from ...domain.plan import Plan
from ...domain.setting_declaration import Setting
from ..layout import DEPARTMENT_ROWS, DEPARTMENTS_TABLE, SETTING_HEADS, SETTINGS, SETTINGS_TABLE
from .content import Contents
from .page import A4, locked, page, table, title
from .paper import Rows
from .styles import Styles, height

SPARE_ROWS: Final = 20
PRINTED_SPARE: Final = 2
"""Rows without a department that are printed: not all that is empty."""

_WIDTHS: Final = (26, 64, 62)
_LONG, _SHORT, _NAME = 66, 22, 18
_HEADS: Final = 3
"""The row of the headings, repeated on every page."""


def draw(book: Any, styles: Styles, contents: Contents) -> None:
    """Draw 設定: the table of settings, and beside it the list of departments."""
    sheet = book.add_worksheet(SETTINGS)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, styles("plain"))
    title(sheet, styles, contents, "設定", 2)
    rows = [row.setting for row in settings.rows()]
    table(sheet, styles, _HEADS, 0, len(rows), SETTINGS_TABLE, SETTING_HEADS)
    heights = Rows(sheet)
    for row, setting in enumerate(rows, start=_HEADS + 1):
        heights.set(row, _tall(setting, contents))
        _setting(book, sheet, styles, contents, row, setting)
    last = _departments(book, heights, styles, contents, len(rows) + 5)
    sheet.freeze_panes(_HEADS + 1, 1)
    page(sheet, contents, SETTINGS)
    heights.print_to(last, _HEADS, _WIDTHS, A4)


def _tall(setting: Setting, contents: Contents) -> float:
    """Return the height of a row: what its help needs, of a long text what that needs too."""
    helped = height([(setting.help, _WIDTHS[2])])
    if not setting.long:
        return max(_SHORT, helped)
    value = str(contents.setting_values[setting.key] or "")
    return max(_LONG, helped, height([(value, _WIDTHS[1])]))


def _departments(book: Any, rows: Rows, styles: Styles, contents: Contents, row: int) -> int:
    """Draw the list, with room to grow; return the last row to print: not all that is empty."""
    sheet = rows.sheet
    sheet.write_string(row, 0, "■ 担当課の一覧", styles("section"))
    sheet.write_string(
        row, 1, "担当課の欄で選べる名前です。増えたときは下に書き足します。", styles("subtitle")
    )
    names = list(contents.departments)
    names += [""] * max(SPARE_ROWS, DEPARTMENT_ROWS - len(names))
    table(sheet, styles, row + 1, 0, len(names), DEPARTMENTS_TABLE, (DEPARTMENT_HEAD,))
    first = row + 2
    look = styles("input", **locked(contents))
    for index, name in enumerate(names):
        rows.set(first + index, _NAME)
        if name:
            sheet.write_string(first + index, 0, name, look)
        else:
            sheet.write_blank(first + index, 0, None, look)
    top = f"'{SETTINGS}'!$A${first + 1}"
    filled = f"MAX(1,COUNTA({top}:$A${first + len(names)}))"
    book.define_name("担当課一覧", f"=OFFSET({top},0,0,{filled},1)")
    return first + len(contents.departments) + PRINTED_SPARE - 1


def _setting(
    book: Any, sheet: Any, styles: Styles, contents: Contents, row: int, setting: Setting
) -> None:
    value = contents.setting_values[setting.key]
    sheet.write_string(row, 0, setting.key, styles("label"))
    sheet.write_string(row, 2, setting.help, styles("text", font_color="#404040"))
    shown = "General" if setting.kind.is_number else "@"
    look = styles("input", align="left", num_format=shown, **locked(contents))
    if value is None:
        sheet.write_blank(row, 1, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, 1, value, look)
    else:
        sheet.write_number(row, 1, value, look)
    if setting.name:
        place = xl_rowcol_to_cell(row, 1, row_abs=True, col_abs=True)
        book.define_name(setting.name, f"='{SETTINGS}'!{place}")
    sheet.data_validation(row, 1, row, 1, setting_rule(setting, contents.plan))


def setting_rule(setting: Setting, plan: Plan) -> dict[str, Any]:
    """Return what may be typed in the cell of a setting, and what Excel says beside it."""
    rule: dict[str, Any] = {"input_title": setting.key[:32], "input_message": setting.help}
    if choices := setting.kind.choices(plan):
        rule |= {
            "validate": "list",
            "source": list(choices),
            "error_title": "選択肢にありません",
            "error_message": "一覧から選んでください。",
        }
    elif setting.kind.is_number:
        rule |= {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_title": "数値ではありません",
            "error_message": "0以上の数字を入力してください。",
        }
    else:
        rule |= {"validate": "any"}
    return rule
