"""Drawing 提出票 in a department's workbook: its chief says there that what is typed may be used."""

from __future__ import annotations

from typing import Any, Final

from ...domain import words
from ...domain.setting_declaration import Date, Setting
from ...domain.slip import CONFIRMED, STATE, TYPING, rows
from ..handout import Handout
from ..layout import REQUEST, SLIP, SLIP_HEADS, SLIP_TABLE
from .content import Contents
from .page import A4, page, table, title
from .paper import Rows
from .request_sheet import Left
from .settings_sheet import setting_rule
from .styles import DOUBT, GOOD, Styles, height

_WIDTHS: Final = (22, 46, 58)
_HEADS: Final = 5
"""The row of the headings; what is left to type stands above."""

_LEFT: Final = 3
_SHORT, _LONG = 30, 90
_DAY: Final = 'yyyy"-"mm"-"dd'
_READY, _UNSIGNED, _NOT_READY = (
    "このまま返送できます",
    "確認者と確認日を書いてください",
    f"{words.BLANK}があります",
)
_NOT_CONFIRMED: Final = "課長の確認を受けてください"


def draw(sheet: Any, styles: Styles, contents: Contents, handout: Handout, left: Left) -> None:
    """Draw the sheet: what is still blank, live, and the rows that are filled in before sending."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, styles("plain"))
    title(sheet, styles, contents, f"{SLIP}　{handout.round} {handout.department}", 2)
    heights = Rows(sheet)
    settings = [row.setting for row in rows()]
    first = _HEADS + 1
    by, on = (f"$B${first + 1 + number}" for number in (1, 2))
    _progress(heights, styles, left, f"$B${first + 1}", f'OR({by}="",{on}="")')
    table(sheet, styles, _HEADS, 0, len(settings), SLIP_TABLE, SLIP_HEADS)
    for row, setting in enumerate(settings, start=first):
        heights.set(row, _LONG if setting.long else _tall(setting))
        _row(sheet, styles, row, setting, contents)
    sheet.set_selection(first, 1, first, 1)
    page(sheet, contents, SLIP)
    heights.print_to(first + len(settings) - 1, _HEADS, _WIDTHS, A4)


def _tall(setting: Setting) -> float:
    return max(_SHORT, height([(setting.help, _WIDTHS[2])]))


def _progress(rows: Rows, styles: Styles, left: Left, state: str, unsigned: str) -> None:
    """Write how much is blank, with a link to where, and what is to be done next."""
    sheet = rows.sheet
    rows.set(_LEFT, _SHORT)
    sheet.write_url(_LEFT, 0, f"internal:'{REQUEST}'!A1", styles("label_link"), "残り")
    look = styles("text", bold=True, font_size=12)
    sheet.write_formula(_LEFT, 1, f'="{words.BLANK} "&{left.formula}', look, left.shown)
    confirmed = f'IF({state}="{CONFIRMED}",IF({unsigned},"{_UNSIGNED}","{_READY}")'
    todo = f'=IF({left.formula}>0,"{_NOT_READY}",{confirmed},"{_NOT_CONFIRMED}"))'
    shown = _NOT_READY if left.count else _NOT_CONFIRMED
    sheet.write_formula(_LEFT, 2, todo, styles("verdict"), shown)
    for word, colours in ((_READY, GOOD), (_UNSIGNED, DOUBT), (_NOT_READY, DOUBT)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"'}
        area = (_LEFT, 2, _LEFT, 2)
        sheet.conditional_format(*area, {**rule, "format": styles.conditional(colours)})


def _row(sheet: Any, styles: Styles, row: int, setting: Setting, contents: Contents) -> None:
    sheet.write_string(row, 0, setting.key, styles("label"))
    look = styles("input", num_format=_DAY if isinstance(setting.kind, Date) else "@")
    if setting.key == STATE:
        sheet.write_string(row, 1, TYPING, look)
    else:
        sheet.write_blank(row, 1, None, look)
    sheet.write_string(row, 2, setting.help, styles("text", font_color="#404040"))
    sheet.data_validation(row, 1, row, 1, setting_rule(setting, contents.plan))
