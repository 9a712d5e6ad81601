"""What stands where in a master workbook: sheets, tables, columns, settings, names.

The builder writes by this and the reader finds by this: tables by headings and ids, columns by
heading, rows by id. Positions are never read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from ..domain import words
from ..domain.ledger import (
    BASELINE,
    BASELINE_YEAR,
    DEPARTMENT,
    DIRECTION,
    EFFORTS,
    ID,
    MEASURE,
    NAME,
    PROBLEMS,
    REMARK,
    RULE,
    TARGET,
    TARGET_YEAR,
    UNIT,
)
from ..domain.plan import Goal, Kind, Plan
from ..domain.settings import Courses, ReportKind

SCHEMA: Final = 1

GUIDE, SETTINGS, SUMMARY, FINDINGS, STAMP = "使い方", "設定", "集計", "検証結果", "_aso_xl"

SETTINGS_TABLE, DEPARTMENTS_TABLE, FINDINGS_TABLE = "設定表", "担当課表", "検証結果表"
SETTING_HEADS: Final = ("項目", "内容", "説明")
DEPARTMENT_HEAD: Final = "担当課"
FINDING_HEADS: Final = ("重要度", "場所", "指標", "内容", "対処", "照合キー")
COUNTS_TABLE, HEADLINE_COUNTS_TABLE = "集計_KPI", "集計_数値目標"
CONFLICTS, CONFLICTS_TABLE = "競合", "競合表"
CHANGES, CHANGES_TABLE = "変更履歴", "変更履歴表"
REJECTED, REJECTED_TABLE = "受け付けなかった変更", "受け付けなかった変更表"
CHOICE_HEAD, OTHER_HEAD = "採用", "別の値"
NOTE_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    CONFLICTS_TABLE: (
        *("指標", "項目", "年度", "送付時", "マスター", "提出", "課", "ファイル"),
        *(CHOICE_HEAD, OTHER_HEAD, "配布"),
    ),
    CHANGES_TABLE: (
        *("日時", "指標", "項目", "年度", "変更前", "変更後", "ファイル", "課", "配布"),
    ),
    REJECTED_TABLE: ("指標", "項目", "年度", "値", "課", "ファイル", "理由"),
}
"""The headings of the tables that merging keeps in the master, by table."""
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
COUNT_HEADS: Final = ("区分", "KPI項目数", "目標達成項目数", "達成率")
DEPARTMENT_ROWS: Final = 120
"""Rows of the list of departments: as many as a city has; a longer list makes its table longer."""

SOURCE, USED, RESULT, PROGRESS, PACE = "source", "used", "result", "progress", "pace"

INCLUDE, EXCLUDE = "分母に含める", "分母から除く"
EARLIER, NOT_EARLIER = "直近の値で判定する", "判定しない"

ColumnKind = Literal["fixed", "number", "actual", "formula", "input"]


@dataclass(frozen=True)
class Column:
    """A table column: its field in the ledger, its heading, its width in characters."""

    field: str
    head: str
    width: float
    kind: ColumnKind = "fixed"


def indicator_columns(plan: Plan, kind: Kind) -> tuple[Column, ...]:
    """Return the columns of a 数値目標 or KPI table; one per round between target and verdict."""
    second = Column(SOURCE, "資料", 18) if kind == "headline" else Column(MEASURE, "施策", 18)
    return (
        Column(ID, "番号", 7.5),
        second,
        Column(NAME, "指標", 25),
        Column(UNIT, "単位", 6),
        Column(RULE, "判定方法", 8.5),
        Column(BASELINE_YEAR, "基準年度", 8.5),
        Column(BASELINE, "基準値", 13, "number"),
        Column(TARGET_YEAR, "目標年度", 8.5),
        Column(TARGET, "目標値", 13, "number"),
        *(Column(str(r), str(r), 13, "actual") for r in plan.rounds),
        Column(USED, "評価値", 13, "formula"),
        Column(RESULT, "判定", 7.5, "formula"),
        Column(PROGRESS, "進捗率", 10, "formula"),
        Column(PACE, "進み具合", 8.5, "formula"),
        Column(REMARK, "備考(要因・出典)", 28, "input"),
        Column(DEPARTMENT, DEPARTMENT_HEAD, 12, "input"),
    )


MEASURE_COLUMNS: Final = (
    Column(ID, "施策番号", 8.5),
    Column(NAME, "施策名", 24),
    Column(EFFORTS, "取組", 36, "input"),
    Column(PROBLEMS, "課題", 36, "input"),
    Column(DIRECTION, "今後の方向", 36, "input"),
    Column(DEPARTMENT, DEPARTMENT_HEAD, 12, "input"),
)


def goal_sheet(goal: Goal | int) -> str:
    """Return the name a goal's sheet is built with (staff may rename it)."""
    return f"基本目標{goal if isinstance(goal, int) else goal.number}"


def table_name(kind: str, goal: int) -> str:
    """Return the Excel table name of a goal's ``headline``, ``kpi``, ``counts`` or ``measures``."""
    words = {"headline": "数値目標", "kpi": "KPI", "counts": "KPI件数", "measures": "施策"}
    return f"{words[kind]}_{goal}"


@dataclass(frozen=True)
class Setting:
    """A row of the sheet 設定. ``name`` is the defined name formulas use, if any do.

    Workbooks made before there was an ``optional`` row do without it: its default holds.
    """

    key: str
    help: str
    choices: tuple[str, ...] = ()
    name: str = ""
    number: bool = False
    long: bool = False
    optional: bool = False


ROUND_KEY, UNPUBLISHED_KEY, EARLIER_KEY = "評価年度", "未公表の扱い", "未公表のときの判定"
ON_TRACK_KEY, SLOW_KEY, LATE_KEY = "順調の名称", "やや遅れの名称", "遅れの名称"
ON_TRACK_SHARE_KEY, SLOW_SHARE_KEY = "順調の基準(%)", "やや遅れの基準(%)"
HEADING_KEY, APPENDIX_KEY, BASE_KEY = "見出し", "資料の見出し", "Word文書のひな形"
PARAGRAPH_KEYS: Final = ("前文1", "前文2", "前文3")
STATED_KEY: Final = "本文に書いたKPI項目数"
KIND_KEY, NEAR_KEY, COURSES_KEY = "文書の種類", "あと少しの基準(%)", "推移のグラフ"


def settings_rows(plan: Plan) -> tuple[Setting, ...]:
    """Return the rows of the sheet 設定, in order."""
    rounds = tuple(str(r) for r in plan.rounds)
    return (
        Setting(
            ROUND_KEY,
            "評価する年度を選びます。判定・集計・Word文書はこの年度で作られます。",
            rounds,
            "評価年度",
        ),
        Setting(
            UNPUBLISHED_KEY,
            "未公表・集計中のKPIを達成率の分母に含めるかどうかを選びます。対象外は常に除きます。",
            (INCLUDE, EXCLUDE),
            "未公表の扱い",
        ),
        Setting(
            EARLIER_KEY,
            "未公表のとき、計画期間内の直近の値で判定するかどうかを選びます。",
            (EARLIER, NOT_EARLIER),
            "未公表の判定",
        ),
        Setting(ON_TRACK_KEY, "進捗率が経過割合に見合う指標の呼び方です。", (), "順調の名称"),
        Setting(SLOW_KEY, "進捗率が経過割合をやや下回る指標の呼び方です。", (), "やや遅れの名称"),
        Setting(LATE_KEY, "進捗率が経過割合を大きく下回る指標の呼び方です。", (), "遅れの名称"),
        Setting(
            ON_TRACK_SHARE_KEY,
            "進捗率が経過割合の何%以上なら順調とするかです。",
            (),
            "順調の基準",
            True,
        ),
        Setting(
            SLOW_SHARE_KEY,
            "進捗率が経過割合の何%以上ならやや遅れとするかです。",
            (),
            "やや遅れの基準",
            True,
        ),
        Setting(
            KIND_KEY,
            "Word文書の種類です。検証は公表する節、年次評価は会議の資料です。",
            tuple(ReportKind),
            optional=True,
        ),
        Setting(HEADING_KEY, "Word文書の見出しです。"),
        *(
            Setting(key, "Word文書の見出しの下に入る文章です。不要なら空欄にします。", long=True)
            for key in PARAGRAPH_KEYS
        ),
        Setting(APPENDIX_KEY, "Word文書の資料(指標の一覧)の見出しです。"),
        Setting(
            BASE_KEY,
            "独自の書式を使うとき、このブックと同じフォルダーに置いたファイル名を書きます。",
        ),
        Setting(
            NEAR_KEY,
            "進捗率が何%以上の未達成の指標を「達成まであと少し」とするかです。",
            number=True,
            optional=True,
        ),
        Setting(
            COURSES_KEY,
            "年次評価に、年度ごとの推移のグラフを付ける指標を選びます。",
            tuple(Courses),
            optional=True,
        ),
        Setting(
            STATED_KEY,
            "前文にKPIの項目数を書いたときは、その数を入れると、集計と一致するか確かめます。",
            (),
            "",
            True,
        ),
    )
