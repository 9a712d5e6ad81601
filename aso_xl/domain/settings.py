"""What staff choose in the sheet 設定: every setting is declared here, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import MISSING, dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from typing import Any, Final, assert_never

from .baseline_reasons import BaselineReasons
from .numerals import FiscalYear, format_number
from .plan import Plan
from .setting_declaration import (
    Choice,
    Day,
    Number,
    Percent,
    Reasons,
    Round,
    Setting,
    SettingRow,
    Words,
    row,
    rows_of,
)
from .words import ACHIEVED, COPIED, SAMPLE

SAMPLE_WORDS: Final = SAMPLE
ROUND_KEY: Final = "評価年度"
BASELINE_REASONS_KEY: Final = "基準値の訂正理由"


class PaceLevel(StrEnum):
    """How far an indicator got on its way, from the best to the worst."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    SLOW = "slow"
    LATE = "late"


@dataclass(frozen=True)
class PaceWord:
    """A level and the word in which a workbook says it.

    ``rank`` is its place among the grades of the plan, 1 the best; None for the words of 設定.
    """

    level: PaceLevel
    word: str
    rank: int | None = None


class ReportKind(StrEnum):
    """Which document a report is, as chosen in 設定."""

    VERIFICATION = "検証"
    ANNUAL = "年次評価"
    DIGEST = "概要版"
    DEPARTMENTS = "担当課別"
    MEETING = "会議資料"
    OPINIONS = "意見と対応の一覧"
    AMENDMENTS = "新旧対照表"

    @property
    def is_of_plan(self) -> bool:
        """Return whether it tells of the strategy alone: no figure that is typed stands in it."""
        return self is ReportKind.AMENDMENTS


class Courses(StrEnum):
    """Which indicators a report shows as a course over the rounds."""

    HEADLINES = "数値目標"
    ALL = "すべて"
    NONE = "付けない"


@dataclass(frozen=True)
class Pace:
    """Names and thresholds of the pace words; thresholds are shares of the elapsed share."""

    on_track: str = field(
        default="順調",
        metadata=row(
            Setting(
                "順調の名称",
                "進捗率が経過割合に見合う指標の呼び方です。",
                Words(),
                "順調の名称",
                must=True,
            )
        ),
    )
    slow: str = field(
        default="やや遅れ",
        metadata=row(
            Setting(
                "やや遅れの名称",
                "進捗率が経過割合をやや下回る指標の呼び方です。",
                Words(),
                "やや遅れの名称",
                must=True,
            )
        ),
    )
    late: str = field(
        default="遅れ",
        metadata=row(
            Setting(
                "遅れの名称",
                "進捗率が経過割合を大きく下回る指標の呼び方です。",
                Words(),
                "遅れの名称",
                must=True,
            )
        ),
    )
    on_track_share: Decimal = field(
        default=Decimal(1),
        metadata=row(
            Setting(
                "順調の基準(%)",
                "進捗率が経過割合の何%以上なら順調とするかです。",
                Percent(is_share=True),
                "順調の基準",
                must=True,
            )
        ),
    )
    slow_share: Decimal = field(
        default=Decimal("0.5"),
        metadata=row(
            Setting(
                "やや遅れの基準(%)",
                "進捗率が経過割合の何%以上ならやや遅れとするかです。",
                Percent(is_share=True),
                "やや遅れの基準",
                must=True,
            )
        ),
    )

    def grade(self, level: PaceLevel) -> PaceWord:
        """Return a level with its name."""
        match level:
            case PaceLevel.ACHIEVED:
                return PaceWord(level, ACHIEVED)
            case PaceLevel.ON_TRACK:
                return PaceWord(level, self.on_track)
            case PaceLevel.SLOW:
                return PaceWord(level, self.slow)
            case PaceLevel.LATE:
                return PaceWord(level, self.late)
        assert_never(level)

    def describe(self) -> str:
        """Return the sentence printed under a table that uses the words."""
        return (
            f"進み具合は、進捗率を評価年度までの経過割合と比べたものです"
            f"({self.on_track}: 経過割合の{_percent(self.on_track_share)}以上、"
            f"{self.slow}: {_percent(self.slow_share)}以上、{self.late}: それ未満)。"
        )


def _percent(share: Decimal) -> str:
    return format_number(share * 100, 0, "%")


INCLUDE, EXCLUDE = "分母に含める", "分母から除く"
BLANK_TEXTS, COPIED_TEXTS = "空欄で始める", "前年の文を写す"
EARLIER, NOT_EARLIER = "直近の値で判定する", "判定しない"
NARROW, WIDE = "半角", "全角"


def _usual_kind(plan: Plan) -> str:
    """Return the usual report: a strategy known by its counts only has its table to show."""
    has_kpis = any(goal.kpis for goal in plan.goals)
    return (ReportKind.ANNUAL if has_kpis else ReportKind.VERIFICATION).value


@dataclass(frozen=True)
class Settings:
    """One workbook's settings, in the order of the rows of its sheet 設定; each is declared here.

    The default holds where the row is missing, blank or wrong. ``paragraphs`` are the report's
    opening paragraphs, blanks kept. ``near_percent`` is the progress from which a missed target
    counts as near, in percent.
    """

    round: FiscalYear = field(
        metadata=row(
            Setting(
                ROUND_KEY,
                "評価する年度を選びます。判定・集計・Word文書はこの年度で作られます。",
                Round(),
                ROUND_KEY,
                usual=lambda plan: str(plan.round),
                must=True,
            )
        )
    )
    exclude_unpublished: bool = field(
        default=False,
        metadata=row(
            Setting(
                "未公表の扱い",
                "未公表・集計中のKPIを達成率の分母に含めるかどうかを選びます。対象外は常に除きます。",
                Choice({INCLUDE: False, EXCLUDE: True}),
                "未公表の扱い",
                must=True,
            )
        ),
    )
    use_earlier: bool = field(
        default=True,
        metadata=row(
            Setting(
                "未公表のときの判定",
                "未公表のとき、計画期間内の直近の値で判定するかどうかを選びます。",
                Choice({EARLIER: True, NOT_EARLIER: False}),
                "未公表の判定",
                must=True,
            )
        ),
    )
    pace: Pace = Pace()
    kind: ReportKind = field(
        default=ReportKind.VERIFICATION,
        metadata=row(
            Setting(
                "文書の種類",
                "Word文書の種類です。検証は公表する節、年次評価は会議の資料です。",
                Choice({each.value: each for each in ReportKind}),
                usual=_usual_kind,
                must=True,
                optional=True,
            )
        ),
    )
    heading: str = field(
        default="",
        metadata=row(
            Setting(
                "見出し",
                "Word文書の見出しです。",
                Words(),
                usual=lambda plan: f"{plan.short_title}の検証",
            )
        ),
    )
    paragraphs: tuple[str, ...] = field(
        default=(),
        metadata=row(
            *(
                Setting(
                    key,
                    "Word文書の見出しの下に入る文章です。不要なら空欄にします。",
                    Words(),
                    long=True,
                )
                for key in ("前文1", "前文2", "前文3")
            )
        ),
    )
    appendix_heading: str = field(
        default="資料 指標の達成状況一覧",
        metadata=row(Setting("資料の見出し", "Word文書の資料(指標の一覧)の見出しです。", Words())),
    )
    base_document: str = field(
        default="",
        metadata=row(
            Setting(
                "Word文書のひな形",
                "独自の書式を使うとき、このブックと同じフォルダーに置いたファイル名を書きます。",
                Words(),
            )
        ),
    )
    near_percent: Decimal = field(
        default=Decimal(80),
        metadata=row(
            Setting(
                "あと少しの基準(%)",
                "進捗率が何%以上の未達成の指標を「達成まであと少し」とするかです。",
                Percent(),
                optional=True,
            )
        ),
    )
    courses: Courses = field(
        default=Courses.HEADLINES,
        metadata=row(
            Setting(
                "推移のグラフ",
                "年次評価に、年度ごとの推移のグラフを付ける指標を選びます。",
                Choice({each.value: each for each in Courses}),
                must=True,
                optional=True,
            )
        ),
    )
    wide_brackets: bool = field(
        default=False,
        metadata=row(
            Setting(
                "本文のかっこ",
                "Word文書の文章のかっこを選びます。半角は (例)、全角は（例）です。",
                Choice({NARROW: False, WIDE: True}),
                must=True,
                optional=True,
            )
        ),
    )
    stated_kpi_total: int | None = field(
        default=None,
        metadata=row(
            Setting(
                "本文に書いたKPI項目数",
                "前文にKPIの項目数を書いたときは、その数を入れると、集計と一致するか確かめます。",
                Number(),
                usual=lambda plan: plan.stated_kpi_total,
            )
        ),
    )
    deadline: str = field(
        default="",
        metadata=row(
            Setting(
                "提出期限",
                "各課に配るブックの「お願い」に示す期限です(例: 9月30日(水))。",
                Day(),
                optional=True,
            )
        ),
    )
    return_deadline: str = field(
        default="",
        metadata=row(
            Setting(
                "差戻しの期限",
                "差し戻すブックの「照会」と送付の文に示す、返送の期限です。",
                Day(),
                optional=True,
            )
        ),
    )
    contact: str = field(
        default="",
        metadata=row(
            Setting(
                "問い合わせ先",
                "「お願い」に示します(例: 企画財政課 企画係 内線123)。",
                Words(),
                optional=True,
            )
        ),
    )
    send_to: str = field(
        default="",
        metadata=row(
            Setting(
                "返送先",
                "「お願い」に示します(例: 企画財政課あてのメール、共有フォルダー「提出」)。",
                Words(),
                optional=True,
            )
        ),
    )
    reminder_subject: str = field(
        default="【お願い】総合戦略 {評価年度}の評価の提出について",
        metadata=row(
            Setting(
                "督促の件名",
                "期限を過ぎた課へ送るメールの件名です。{ } の語は「督促の文」と同じです。",
                Words(),
                optional=True,
            )
        ),
    )
    reminder: str = field(
        default=(
            "{担当課} ご担当者様\n"
            "お世話になっております。{総合戦略}の{評価年度}の評価について、{期限}までのご提出を"
            "お願いしております。\n"
            "{状況}\n"
            "お忙しいところ恐れ入りますが、ご確認のうえ、{返送先}へご返送くださいますよう"
            "お願いいたします。行き違いでご提出済みの場合は、ご容赦ください。\n"
            "問い合わせ先: {問い合わせ先}"
        ),
        metadata=row(
            Setting(
                "督促の文",
                "期限を過ぎた課へ送るメールの文です。{担当課}・{総合戦略}・{評価年度}・{期限}・{遅れ}・"
                "{状況}・{返送先}・{問い合わせ先} は、課ごとの内容に置き換わります。",
                Words(),
                long=True,
                optional=True,
            )
        ),
    )
    copies_texts: bool = field(
        default=False,
        metadata=row(
            Setting(
                "次年度の文",
                "次年度へ進むとき、備考や取組などの欄を、空欄で始めるか、前年の文の写し"
                f"({COPIED}と付きます)で始めるかを選びます。",
                Choice({BLANK_TEXTS: False, COPIED_TEXTS: True}),
                must=True,
                optional=True,
            )
        ),
    )
    baseline_reasons: BaselineReasons = field(
        default=(),
        metadata=row(
            Setting(
                BASELINE_REASONS_KEY,
                "基準値が公表後に訂正されたとき(遡及改定など)は、基本目標のシートの基準値を直し、"
                "ここに番号と理由を書きます(例: 1-01-1 県の集計の改定。改行で続けて書けます)。",
                Reasons(),
                optional=True,
            )
        ),
    )
    departments: tuple[str, ...] = ()
    sample: bool = False


def rows() -> tuple[SettingRow, ...]:
    """Return the rows of the sheet 設定, in order."""
    return tuple(_rows(Settings, ()))


def _rows(of: type[Any], path: tuple[str, ...]) -> Iterator[SettingRow]:
    for each in fields(of):
        if each.default.__class__ is Pace:
            yield from _rows(Pace, (*path, each.name))
        yield from rows_of(each, path)


def keys(*path: str) -> tuple[str, ...]:
    """Return the keys of the rows in which a setting stands: ``keys("pace", "slow")``."""
    return tuple(row.setting.key for row in rows() if row.path == path)


def value_in(settings: Settings, row: SettingRow) -> Any:
    """Return the value of a row with a name for formulas."""
    return reduce(getattr, row.path, settings)


def read(plan: Plan, texts: Mapping[str, str]) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings of what stands in the cells, by key, and the keys of what is wrong."""
    wrong: list[str] = []
    by_path: dict[tuple[str, ...], list[Any]] = {}
    for each in rows():
        by_path.setdefault(each.path, []).append(_read(each, plan, texts, wrong))
    values: dict[tuple[str, ...], Any] = {
        path: many[0] if len(many) == 1 else tuple(many) for path, many in by_path.items()
    }
    pace = {path[1]: value for path, value in values.items() if len(path) > 1}
    top = {path[0]: value for path, value in values.items() if len(path) == 1}
    return Settings(**top, pace=Pace(**pace)), tuple(wrong)


def _read(row: SettingRow, plan: Plan, texts: Mapping[str, str], wrong: list[str]) -> Any:
    """Return the value of a row, its default where it is missing, blank or wrong."""
    setting, text = row.setting, texts.get(row.setting.key)
    if text:
        with suppress(ValueError):
            return setting.kind.read(text, plan)
    if text or (text is not None and setting.must):
        wrong.append(setting.key)
    return plan.round if row.default is MISSING else row.default
