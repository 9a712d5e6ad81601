"""What stands where in a master workbook: sheets, tables, settings, names. Columns are ``fields``.

The builder writes by this and the reader finds by this: tables by headings and ids, columns by
heading, rows by id. Positions are never read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..domain import words
from ..domain.fields import DEPARTMENT_HEAD, goal_fields
from ..domain.numerals import FiscalYear
from ..domain.plan import GOAL_WORD, Goal, Plan
from ..domain.questions import WORD

SCHEMA: Final = 1

REQUEST = "お願い"
"""The first sheet of a department's workbook."""

SLIP, SLIP_TABLE = "提出票", "提出票表"
SLIP_HEADS: Final = ("提出票の項目", "記入欄", "書き方")
"""Of a department's workbook: who answers for what is typed in it."""

GUIDE, SETTINGS, SUMMARY, FINDINGS, STAMP = "使い方", "設定", "集計", "検証結果", "_aso_xl"

SETTINGS_TABLE, DEPARTMENTS_TABLE, FINDINGS_TABLE = "設定表", "担当課表", "検証結果表"
ASSIGNMENTS, ASSIGNMENTS_TABLE = "担当割", "担当割表"
ASSIGNMENT_HEADS: Final = ("番号", "区分", "指標・施策", DEPARTMENT_HEAD, "確認")
SETTING_HEADS: Final = ("項目", "内容", "説明")
FINDING_HEADS: Final = ("重要度", "場所", "指標", "内容", "対処", "照合キー")
FINDING_KEYS, MAX_FINDINGS = "指摘キー", 5000
"""The name of the column that the colours look up, and how many findings it has room for."""
COUNTS_TABLE, HEADLINE_COUNTS_TABLE = "集計_KPI", "集計_数値目標"
QUESTIONS, QUESTIONS_TABLE = WORD, "照会表"
CONFLICTS, CONFLICTS_TABLE = "競合", "競合表"
CHANGES, CHANGES_TABLE = "変更履歴", "変更履歴表"
REJECTED, REJECTED_TABLE = "受け付けなかった変更", "受け付けなかった変更表"
SENT_HEAD, NOW_HEAD, CAME_HEAD, OTHER_HEAD = words.SENT, words.NOW, words.CAME, words.OTHER
CHOICE_HEAD, UNIT_HEAD, SPLIT_HEAD = "採用", "単位", "配布"
BEFORE, BEFORE_TABLE = "前年の記入", "前年の記入表"
BEFORE_HEADS: Final = ("番号", "名称", "項目", "前年の記入")
"""Of a department's workbook: what was written in the round before."""
RECORDS, RECORDS_TABLE = "確定記録", "確定記録表"
REVISION, REVISION_TABLE = "改訂の内容", "改訂の内容表"
LEFT, LEFT_TABLE = "引き継げなかった値", "引き継げなかった値表"
NOTE_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    CONFLICTS_TABLE: (
        *("指標", "項目", "年度", UNIT_HEAD, SENT_HEAD, NOW_HEAD, CAME_HEAD),
        *(CHOICE_HEAD, OTHER_HEAD, "課", "ファイル", SPLIT_HEAD),
    ),
    CHANGES_TABLE: (
        *("日時", "指標", "項目", "年度", "変更前", "変更後", "ファイル", "課", SPLIT_HEAD),
    ),
    REJECTED_TABLE: ("指標", "項目", "年度", UNIT_HEAD, "値", "理由", "課", "ファイル"),
    REVISION_TABLE: (
        *("改訂日時", "適用", "区分", "番号", "名称", "変わった項目", "改訂前", "改訂後"),
        "改訂の理由",
    ),
    LEFT_TABLE: ("改訂日時", "前のシート", "前のセル", "番号", "項目", "年度", "値", "理由"),
}
"""The headings of the tables that merging and revising keep in the master, by table."""
WORDS_BEFORE: Final = {"送付時": SENT_HEAD, "マスター": NOW_HEAD, "提出": CAME_HEAD}
"""What headings and choices of 競合 were called in earlier versions, and are called now."""
CROSS_CHECK_TABLE: Final = "照合表"
CROSS_CHECK_HEADS: Final = ("基本目標", "名称", "項目数", words.ACHIEVED, "達成率", "照合")
COUNT_WORDS: Final = (
    words.ACHIEVED,
    words.MISSED,
    words.BLANK,
    words.DOUBTFUL,
    words.UNPUBLISHED,
    words.PENDING,
    words.EXCLUDED,
)
SUMMARY_HEADS: Final = ("基本目標", "名称", "項目数", *COUNT_WORDS, "達成率")
GRADES_TABLE, HEADLINE_GRADES_TABLE = "集計_KPI区分", "集計_数値目標区分"
ROUNDS_TABLE: Final = "集計_年度"
ROUNDS_HEADS: Final = (
    *("年度", "状態", "KPI", "KPI達成", "KPI達成以外", "KPI達成率"),
    *("数値目標", "数値目標達成", "数値目標達成以外", "数値目標達成率"),
)
"""The counts of every round: the denominator, of it 達成 and the rest, and the rate."""
GRADES_HEADS: Final = ("基本目標", words.GOAL_NAME)
TOGETHER_HEADS: Final = (
    *("内訳番号", "あわせた指標", "内訳の判定", "内訳の評価"),
    *("全体判定", "全体評価"),
)
"""The headings of the table that shows what several values that are one indicator come to."""
COUNT_HEADS: Final = ("区分", "KPI項目数", "目標達成項目数", "達成率")
DEPARTMENT_ROWS: Final = 120
"""Rows of the list of departments: as many as a city has; a longer list makes its table longer."""


def goal_sheet(goal: Goal | int) -> str:
    """Return the name a goal's sheet is built with (staff may rename it)."""
    return f"{GOAL_WORD}{goal if isinstance(goal, int) else goal.number}"


def measure_sheet(goal: Goal | int) -> str:
    """Return the name of the sheet on which the texts of a goal and of its 施策 are written."""
    return f"施策{goal if isinstance(goal, int) else goal.number}"


def has_indicators(goal: Goal) -> bool:
    """Return whether something of the goal stands on its sheet; without it there is none."""
    return bool(goal.headlines or goal.kpis or goal.kpi_counts)


def has_texts(plan: Plan, goal: Goal) -> bool:
    """Return whether texts of the goal or of its 施策 are written, on a sheet of their own."""
    return bool(goal.measures or goal_fields(plan))


def sheets_of(plan: Plan, goal: Goal) -> tuple[str, ...]:
    """Return the sheets of a goal that have something on them: its own, and that of its 施策."""
    own = (goal_sheet(goal),) if has_indicators(goal) else ()
    return (*own, measure_sheet(goal)) if has_texts(plan, goal) else own


ROUNDS_IN_VIEW: Final = 6
"""Columns of rounds that a screen has room for."""

_ROUNDS_BEFORE: Final = 3


def rounds_in_view(plan: Plan, round_: FiscalYear) -> tuple[FiscalYear, ...]:
    """Return the rounds whose columns are shown in a round; those of a longer plan are hidden.

    The round itself and the one before it are always among them.
    """
    at = plan.rounds.index(round_)
    last_start = max(0, len(plan.rounds) - ROUNDS_IN_VIEW)
    first = min(max(0, at - _ROUNDS_BEFORE), last_start)
    return plan.rounds[first : first + ROUNDS_IN_VIEW]


def table_name(kind: str, goal: int) -> str:
    """Return the Excel table name of a goal's ``headline``, ``kpi``, ``counts``, ``measures``, of
    its own ``texts``, or of what is counted together.
    """
    words = {
        "headline": "数値目標",
        "kpi": "KPI",
        "counts": "KPI件数",
        "measures": "施策",
        "texts": "基本目標の欄",
        "headline_together": "数値目標のまとめ",
        "kpi_together": "KPIのまとめ",
    }
    return f"{words[kind]}_{goal}"
