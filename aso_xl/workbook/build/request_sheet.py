"""Drawing お願い, the first sheet of a department's workbook: who, what, until when, where to.

It names only what is in the workbook. What is still blank is counted by formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name

from ...domain import words
from ...domain.numerals import FiscalYear
from ...domain.slip import CONFIRMED, STATE
from ..handout import Handout
from ..layout import REQUEST, SLIP
from .content import Contents
from .page import A4, page, title
from .paper import Rows
from .request_items import CellLink, Item, items_of
from .styles import DOUBT, GOOD, Styles, height
from .table_places import Places

DONE: Final = "入力済み"
_ID, _NAME, _BEFORE, _LINK, _STATE = 14, 40, 16, 12, 12
"""Widths of the columns; there are as many links as the row with most cells to fill in has."""

_UPRIGHT: Final = 122
"""Characters that an upright page has room for at a readable size."""

_WORDS: Final = ("指標", "施策", "基本目標")
_SQUARES: Final = 20
_SENDER: Final = "このブックを送ってきた課(事務局)"
"""Who is asked and gets the workbook back, where 設定 names nobody."""


@dataclass(frozen=True)
class Left:
    """How much is still blank: the formula that counts it from any sheet, and how much it is now."""

    formula: str
    count: int

    @property
    def shown(self) -> str:
        """Return what stands there until it is calculated."""
        return f"{words.BLANK} {self.count}"


@dataclass(frozen=True)
class _Part:
    """Items of a kind, and the first of their rows."""

    word: str
    top: int
    items: Sequence[Item]

    def count(self, state: str, sheet: str = "") -> str:
        """Return the formula of how many of them are still to be done."""
        rows = f"{sheet}${state}${self.top + 1}:${state}${self.top + len(self.items)}"
        return f'COUNTIF({rows},"<>{DONE}")'

    @property
    def blank(self) -> int:
        return sum(item.is_blank for item in self.items)


def draw(sheet: Any, styles: Styles, contents: Contents, handout: Handout, places: Places) -> Left:
    """Draw the sheet, when the tables to which it leads are drawn; return how much is left to type."""
    kinds = items_of(contents, places, handout.round)
    items = [item for each in kinds for item in each]
    links = max((len(item.links) for item in items), default=1)
    widths = (_ID, _NAME, _BEFORE, *(_LINK,) * links, _STATE)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, styles("plain"))
    round_ = FiscalYear.parse(handout.round)
    title(sheet, styles, contents, f"{round_.label}の評価　入力のお願い", 2)
    lines = _Lines(Rows(sheet), styles, widths)
    row = lines.about(_who(contents, handout), 3)
    count_row, row = row, row + 2
    row = lines.section("お願いすること", row + 1)
    row = lines.about(_steps(contents, handout, kinds[1]), row)
    sheet.write_url(row - 2, 0, f"internal:'{SLIP}'!B7", styles("label_link"), _CONFIRM)
    header = lines.section(f"入力していただくもの　{_asked(*map(len, kinds))}", row + 1)
    lines.heads(header, (*_HEADS, _before_head(contents, round_)), links)
    parts, top = [], header + 1
    for word, own in zip(_WORDS, kinds, strict=True):
        parts.append(_Part(word, top, own))
        top += len(own)
    for at, item in enumerate(items, start=header + 1):
        lines.rows.set(at, height([(item.name, _NAME)]) + 3)
        _item(sheet, styles, item, at, len(widths) - 1)
    last, state = header + len(items), len(widths) - 1
    left = _count(lines, count_row, [part for part in parts if part.items], state)
    _colour(sheet, styles, (header + 1, state, last, state))
    is_upright = sum(widths) <= _UPRIGHT
    page(sheet, contents, REQUEST, landscape=not is_upright)
    lines.rows.print_to(last, header, widths, A4.upright if is_upright else A4)
    return left


@dataclass(frozen=True)
class _Lines:
    """The sheet with its rows, looks and columns, while it is drawn."""

    rows: Rows
    styles: Styles
    widths: Sequence[float]

    @property
    def last(self) -> int:
        return len(self.widths) - 1

    def about(self, lines: Sequence[tuple[str, str]], row: int) -> int:
        """Write lines of a label and a text over the other columns; return the next row."""
        for label, text in lines:
            self.rows.set(row, height([(text, sum(self.widths[1:]))]) + 5)
            self.rows.sheet.write_string(row, 0, label, self.styles("label"))
            self.rows.sheet.merge_range(row, 1, row, self.last, text, self.styles("text"))
            row += 1
        return row

    def section(self, text: str, row: int) -> int:
        """Write a heading over all columns; return the next row."""
        for column in range(len(self.widths)):
            self.rows.sheet.write_blank(row, column, None, self.styles("section"))
        self.rows.sheet.write_string(row, 0, f"■ {text}", self.styles("section"))
        return row + 1

    def heads(self, row: int, first: Sequence[str], links: int) -> None:
        """Write the headings; that of the links stands over all of them."""
        sheet, look = self.rows.sheet, self.styles("head")
        for column, head in enumerate(first):
            sheet.write_string(row, column, head, look)
        at = len(first)
        if links > 1:
            sheet.merge_range(row, at, row, at + links - 1, _WHERE, look)
        else:
            sheet.write_string(row, at, _WHERE, look)
        sheet.write_string(row, self.last, _STATE_HEAD, look)


_HEADS: Final = ("番号", "指標・施策")
_WHERE, _STATE_HEAD = "入力するところ", "状況"
_CONFIRM: Final = f"3 {SLIP}"


def _who(contents: Contents, handout: Handout) -> Sequence[tuple[str, str]]:
    own = contents.settings
    return (
        ("担当課", handout.department),
        ("評価年度", FiscalYear.parse(handout.round).label),
        ("提出期限", handout.deadline or "送付のときの連絡のとおり"),
        ("問い合わせ先", own.contact or _SENDER),
        ("返送先", own.send_to or _SENDER),
    )


def _steps(
    contents: Contents, handout: Handout, measures: Sequence[Item]
) -> Sequence[tuple[str, str]]:
    texts = "施策には、その年度の取組などの文章を書きます。" if measures else ""
    send_to = contents.settings.send_to
    back = f"{send_to} へ" if send_to else "送ってきた課へ"
    until = f"{handout.deadline}までに" if handout.deadline else "期限までに"
    return (
        (
            "1 入力する",
            f"下の一覧の「{_WHERE}」を押し、色のついた欄に{handout.round}の値と備考を入力します。{texts}",
        ),
        (
            "2 確かめる",
            f"この上の「{words.BLANK}」が 0 になったことと、入力欄の横の判定を確かめます。"
            "数字がないときは 未公表・集計中・対象外 と入力します。",
        ),
        (
            _CONFIRM,
            f"課長に確かめてもらい、「{SLIP}」の{STATE}を「{CONFIRMED}」にして、確認者と確認日を書きます。",
        ),
        (
            "4 返送する",
            f"保存して、{until}、{back}返送します。ファイル名は変わってもかまいません。",
        ),
    )


def _asked(*numbers: int) -> str:
    """Return 「指標10・施策3」, without what is none."""
    found = zip(_WORDS, numbers, strict=True)
    return "・".join(f"{word}{number}" for word, number in found if number)


def _before_head(contents: Contents, round_: FiscalYear) -> str:
    """Return what heads the values of the year before: those of the baseline in the first round."""
    before = round_ + -1
    return f"前年({before})" if before in contents.plan.rounds else "基準値"


def _item(sheet: Any, styles: Styles, item: Item, row: int, state: int) -> None:
    sheet.write_string(row, 0, item.id, styles("id"))
    sheet.write_string(row, 1, item.name, styles("text"))
    if isinstance(item.before, CellLink):
        _link(sheet, styles, row, 2, item.before)
    else:
        sheet.write_string(row, 2, item.before, styles("centre", shrink=True))
    for column in range(3, state):
        sheet.write_blank(row, column, None, styles("centre"))
    for column, link in enumerate(item.links, start=3):
        _link(sheet, styles, row, column, link)
    blanks = ",".join(f"LEN(TRIM({cell}))=0" for cell in item.blanks)
    formula = f'=IFERROR(IF(OR({blanks}),"{words.BLANK}","{DONE}"),"{words.DOUBTFUL}")'
    shown = words.BLANK if item.is_blank else DONE
    sheet.write_formula(row, state, formula, styles("verdict"), shown)


def _link(sheet: Any, styles: Styles, row: int, column: int, link: CellLink) -> None:
    look, place = styles("cell_link"), f"{link.sheet} {link.cell}"
    url = f"internal:'{link.sheet}'!{link.cell}"
    sheet.write_url(row, column, url, look, link.word, place)


def _count(lines: _Lines, row: int, parts: Sequence[_Part], column: int) -> Left:
    """Write how much is still blank, in all and by kind, and how far it is; all of it live."""
    sheet, styles, state = lines.rows.sheet, lines.styles, xl_col_to_name(column)
    counts = [part.count(state) for part in parts]
    left, all_ = f"({'+'.join(counts)})", sum(len(part.items) for part in parts)
    blank, done = sum(part.blank for part in parts), f"({all_}-{'-'.join(counts)})"
    big, look = styles("text", bold=True, font_size=14), styles("text")
    each = '&"・"&'.join(f'"{p.word} "&{c}' for p, c in zip(parts, counts, strict=True))
    lines.rows.set(row, 28)
    sheet.write_string(row, 0, "残り", styles("label"))
    sheet.write_formula(row, 1, f'="{words.BLANK} "&{left}', big, f"{words.BLANK} {blank}")
    sheet.merge_range(row, 2, row, lines.last, "", look)
    shown = "・".join(f"{part.word} {part.blank}" for part in parts)
    sheet.write_formula(row, 2, f"={each}", look, shown)
    lines.rows.set(row + 1, 22)
    sheet.write_string(row + 1, 0, "進み具合", styles("label"))
    sheet.merge_range(row + 1, 1, row + 1, lines.last, "", look)
    full = f"INT({_SQUARES}*{done}/{all_})" if all_ else str(_SQUARES)
    bar = f'=REPT("■",{full})&REPT("□",{_SQUARES}-{full})&"　{DONE} "&{done}&"/{all_}"'
    squares = _SQUARES * (all_ - blank) // all_ if all_ else _SQUARES
    shown = "■" * squares + "□" * (_SQUARES - squares) + f"　{DONE} {all_ - blank}/{all_}"
    sheet.write_formula(row + 1, 1, bar, look, shown)
    elsewhere = "+".join(part.count(state, f"'{REQUEST}'!") for part in parts)
    return Left(f"({elsewhere})", blank)


def _colour(sheet: Any, styles: Styles, area: tuple[int, int, int, int]) -> None:
    for word, look in ((words.BLANK, DOUBT), (words.DOUBTFUL, DOUBT), (DONE, GOOD)):
        options = {"type": "cell", "criteria": "==", "value": f'"{word}"'}
        sheet.conditional_format(*area, {**options, "format": styles.conditional(look)})
