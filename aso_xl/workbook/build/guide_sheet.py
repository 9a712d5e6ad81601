"""Drawing 使い方: the year's work in order, the rules of typing, the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ...actions import TITLE
from ...domain.plan import Mark, Plan
from .. import layout
from ..layout import ASSIGNMENTS, FINDINGS, GUIDE, QUESTIONS, SETTINGS, sheets_of
from . import guide_words
from .content import Contents
from .guide_words import GuideLine
from .page import page, title
from .styles import Styles, height


def draw(book: Any, styles: Styles, contents: Contents) -> None:
    """Draw 使い方: the year's work in order, the rules of typing, the words.

    A department has its own work on the sheet お願い.
    """
    sheet = book.add_worksheet(GUIDE)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, styles("plain"))
    last, text = len(_WIDTHS) - 1, f"{contents.plan.short_title}　評価ブック"
    title(sheet, styles, contents, text, last, align="right")
    row = 3
    for section in _rules(contents.plan) if contents.handout else of_master(contents.plan):
        row = _section(sheet, styles, section, row) + 1
    page(sheet, contents, GUIDE, landscape=False)


def of_master(plan: Plan) -> tuple[GuideSection, ...]:
    """Return what the guide of a plan's master says."""
    return (_year(), _typing(plan), *_rules(plan))


_WIDTHS: Final = (5, 22, 80, 13)


@dataclass(frozen=True)
class GuideSection:
    """A section of the guide; in one with buttons the last column names them."""

    heading: str
    lines: tuple[GuideLine, ...]
    has_buttons: bool = False


def _section(sheet: Any, styles: Styles, section: GuideSection, row: int) -> int:
    for column in range(len(_WIDTHS)):
        sheet.write_blank(row, column, None, styles("section"))
    sheet.write_string(row, 0, section.heading, styles("section"))
    if section.has_buttons:
        sheet.write_string(row, len(_WIDTHS) - 1, "ボタン", styles("section", align="center"))
    last = len(_WIDTHS) - 1
    for number, line in enumerate(section.lines, start=1):
        row += 1
        width = sum(_WIDTHS[2:] if not section.has_buttons else _WIDTHS[2:3])
        sheet.set_row(row, height([(line.text, width)]) + 6)
        sheet.write_string(row, 0, str(number), styles("id"))
        if line.sheet:
            target = f"internal:'{line.sheet}'!A1"
            sheet.write_url(row, 1, target, styles("label_link"), line.label)
        else:
            sheet.write_string(row, 1, line.label, styles("label"))
        if section.has_buttons:
            sheet.write_string(row, 2, line.text, styles("text"))
            sheet.write_string(row, last, line.words, styles("centre", text_wrap=True))
        else:
            sheet.merge_range(row, 2, row, last, line.text, styles("text"))
    return row + 1


def _year() -> GuideSection:
    """Return the secretariat's year, step by step."""
    return GuideSection(
        f"■ 一年の流れ(ボタンは「{TITLE}」タブにあります)",
        (
            GuideLine(
                "設定",
                "評価年度、提出期限、問い合わせ先、返送先、担当課の一覧、Word文書の文章を入れます。",
                SETTINGS,
            ),
            GuideLine(
                "担当割",
                "指標と施策の担当課を入れます。一覧をまとめて貼り付けられます。",
                ASSIGNMENTS,
            ),
            GuideLine(
                "配布",
                "課ごとのブックを、このブックの横の日付のついたフォルダーに作り、各課へ送ります。",
                buttons=("split",),
            ),
            GuideLine(
                "回収",
                "届いたブックを、このブックの横の「提出」フォルダーに入れます。どの課が何件入力したかが一覧になります。",
                buttons=("status",),
            ),
            GuideLine(
                "照会",
                "課に尋ねたいことを「照会」シートに書きます。指摘か照会のある課のブックを、"
                "書き込んだうえで送り返せます。回答は、届いたブックの統合で「照会」に入ります。",
                QUESTIONS,
                buttons=("return",),
            ),
            GuideLine(
                "統合",
                "「提出」フォルダーのブックを取り込みます。食い違いは「競合」シートに並ぶので、どれを採るか決めて、もう一度統合します。",
                buttons=("merge",),
            ),
            GuideLine(
                "確認",
                "指摘の一覧(検証結果)を見て、エラーを直します。基本目標ごとの達成数と達成率を確かめます。",
                FINDINGS,
                ("check", "calculate"),
            ),
            GuideLine(
                "文書",
                "Word文書を、このブックの横の outputs フォルダーに作ります。",
                buttons=("report",),
            ),
            GuideLine(
                "確定",
                "会議の後に評価年度を確定し、値・判定・文を「確定記録」に残します。",
                buttons=("close",),
            ),
            GuideLine(
                "次年度",
                "確定した年度の次の年度へ進みます。前年の文は、欄を選ぶと横に出ます。",
                buttons=("next",),
            ),
        ),
        has_buttons=True,
    )


def _typing(plan: Plan) -> GuideSection:
    """Return where figures are typed and counted."""
    names = [name for goal in plan.goals for name in sheets_of(plan, goal)]
    sheets = [
        GuideLine(
            first if first == last else f"{first}～{last}",
            "色のついた欄に、評価年度の実績値と備考(要因・出典)、施策の取組・課題・今後の方向を"
            "入力します。判定・進捗率は入力と同時に表示されます。",
            first,
        )
        for first, last in (zip(names[:1], names[-1:], strict=True))
    ]
    counts = GuideLine("集計", "基本目標ごとの達成数と達成率です。", layout.SUMMARY)
    return GuideSection("■ 入力するシートと集計", (*sheets, counts))


def _rules(plan: Plan) -> tuple[GuideSection, ...]:
    """Return the rules of typing, and what the words mean in this plan."""
    marks = "・".join(m.value for m in Mark)
    return (
        GuideSection(
            "■ 入力のきまり",
            (
                GuideLine(
                    "数値",
                    "数字だけを入力します。単位は「単位」の列に表示されています。48%は 48 と入力します。",
                ),
                GuideLine("負の数", "-10 と入力すると △10 と表示されます。"),
                GuideLine(
                    marks,
                    "数値がないときに入力します。未公表=まだ公表されていない、集計中=集計している途中、"
                    "対象外=その年度は調査しない。空欄は未入力として扱います。",
                ),
                GuideLine(
                    "公表が遅れる指標", "入力欄を選ぶと、何年前の値を入れるかが表示されます。"
                ),
                GuideLine(
                    "色のない欄",
                    "保護されています(パスワードなし)。並べ替えるときは「校閲」の「シート保護の解除」を選んでください。",
                ),
                *_closed(plan),
            ),
        ),
        GuideSection("■ 用語", tuple(guide_words.of(plan))),
    )


def _closed(plan: Plan) -> Iterator[GuideLine]:
    """Yield what the closed cells are, where there are some."""
    if any(indicator.is_bounded for indicator in plan.indicators()):
        text = "その年度には尋ねない指標です。入力できず、項目数にも数えません。"
        yield GuideLine("灰色の「－」の欄", text)
