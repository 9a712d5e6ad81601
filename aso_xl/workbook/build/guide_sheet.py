"""Drawing 使い方: the year's work in order, the rules of typing, the words."""

from __future__ import annotations

from typing import Any

from ...domain.plan import Mark
from .. import layout
from ..layout import FINDINGS, GUIDE, SETTINGS, goal_sheet
from .content import Contents
from .page import page, title
from .styles import Styles


def draw(book: Any, styles: Styles, contents: Contents) -> None:
    """Draw 使い方: the year's work in order, the rules of typing, the words.

    A department has its own work on the sheet お願い.
    """
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 5, styles("plain"))
    sheet.set_column(1, 1, 24, styles("plain"))
    sheet.set_column(2, 2, 88, styles("plain"))
    title(sheet, styles, contents, f"{contents.plan.short_title}　評価ブック", 2)
    row = 3
    sections = _guide_text(contents)
    if contents.handout:
        sections = sections[1:]
    for heading, lines in sections:
        for column in range(3):
            sheet.write_blank(row, column, None, styles("section"))
        sheet.write_string(row, 0, heading, styles("section"))
        row += 1
        for number, (label, text, target) in enumerate(lines, start=1):
            sheet.set_row(row, 16 * (1 + len(text) // 62) + 6)
            sheet.write_string(row, 0, str(number), styles("id"))
            if target:
                sheet.write_url(row, 1, f"internal:'{target}'!A1", styles("label_link"), label)
            else:
                sheet.write_string(row, 1, label, styles("label"))
            sheet.write_string(row, 2, text, styles("text"))
            row += 1
        row += 1
    page(sheet, contents, GUIDE, landscape=False)


GuideLine = tuple[str, str, str]


def _guide_text(contents: Contents) -> list[tuple[str, list[GuideLine]]]:
    marks = "・".join(m.value for m in Mark)
    first = goal_sheet(contents.plan.goals[0])
    last = goal_sheet(contents.plan.goals[-1])
    return [
        (
            "■ 作業の流れ",
            [
                ("設定", "評価年度を選び、担当課の一覧とWord文書の文章を確かめます。", SETTINGS),
                (
                    f"{first}～{last}",
                    "色のついた欄に、評価年度の実績値と備考(要因・出典)を入力します。"
                    "判定・進捗率は入力と同時に表示されます。",
                    first,
                ),
                ("集計", "基本目標ごとの達成数と達成率を確かめます。", layout.SUMMARY),
                (
                    "検証結果",
                    "入力チェックの結果が一覧になります。エラーを直してから文書を作ります。",
                    FINDINGS,
                ),
                ("Word文書の作成", "検証の表と資料を、Word文書として作ります。", ""),
            ],
        ),
        (
            "■ 入力のきまり",
            [
                (
                    "数値",
                    "数字だけを入力します。単位は自動で表示されます。48%は 48 と入力します。",
                    "",
                ),
                ("負の数", "-10 と入力すると △10 と表示されます。", ""),
                (
                    marks,
                    "数値がないときに入力します。未公表=まだ公表されていない、集計中=集計している途中、"
                    "対象外=その年度は調査しない。空欄は未入力として扱います。",
                    "",
                ),
                ("公表が遅れる指標", "入力欄を選ぶと、何年前の値を入れるかが表示されます。", ""),
                (
                    "色のない欄",
                    "保護されています(パスワードなし)。並べ替えるときは「校閲」の「シート保護の解除」を選んでください。",
                    "",
                ),
            ],
        ),
        (
            "■ 用語",
            [
                (
                    "判定",
                    "評価年度の値が目標値を満たすかどうかです。途中の年度も最終の目標値で判定します。",
                    "",
                ),
                (
                    "進捗率",
                    "(実績値−基準値)÷(目標値−基準値)です。小数第2位以下は切り捨てます。",
                    "",
                ),
                ("進み具合", "進捗率を、目標年度までの経過割合と比べたものです。", ""),
                ("達成率", "達成したKPIの数÷KPIの項目数です。小数第2位以下は切り捨てます。", ""),
            ],
        ),
    ]
