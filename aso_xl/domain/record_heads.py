"""The headings of the sheet 確定記録, and what its rows are called."""

from __future__ import annotations

from typing import Final

YEAR, KIND, ID, NAME = "年度", "区分", "番号", "名称"
OWNER, UNIT, BASELINE, TARGET, RULE = "担当課", "単位", "基準値", "目標値", "判定方法"
VALUE, RESULT, PROGRESS, PACE = "実績値", "判定", "進捗率", "進み具合"
SENTENCE, WRITTEN = "説明", "記入"
TOTAL, ACHIEVED, RATE = "項目数", "達成", "達成率"
AT, BY, REASON = "確定日時", "確定者", "訂正理由"
HEADS: Final = (
    *(YEAR, KIND, ID, NAME, OWNER, UNIT, BASELINE, TARGET, RULE, VALUE, RESULT, PROGRESS, PACE),
    *(SENTENCE, WRITTEN, TOTAL, ACHIEVED, RATE, AT, BY, REASON),
)
CONFIRMED, REOPENED = "確定", "確定の取り消し"
WHOLE, GOAL, MEASURE, SETTING = "合計", "基本目標", "施策", "設定"
MARK: Final = "照合番号"
"""Before the digits of a record that change with any change of it."""
