"""What staff choose in the sheet 設定."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from .numerals import FiscalYear, format_number

SAMPLE_WORDS: Final = "記入例(架空の値)"
"""What stands on every sheet and document made from made-up figures."""


@dataclass(frozen=True)
class Pace:
    """Names and thresholds of the pace words; thresholds are shares of the elapsed share."""

    on_track: str = "順調"
    slow: str = "やや遅れ"
    late: str = "遅れ"
    on_track_share: Decimal = Decimal(1)
    slow_share: Decimal = Decimal("0.5")

    def describe(self) -> str:
        """Return the sentence printed under a table that uses the words."""
        return (
            f"進み具合は、進捗率を評価年度までの経過割合と比べたものです"
            f"({self.on_track}: 経過割合の{_percent(self.on_track_share)}以上、"
            f"{self.slow}: {_percent(self.slow_share)}以上、{self.late}: それ未満)。"
        )


def _percent(share: Decimal) -> str:
    return format_number(share * 100, 0, "%")


class ReportKind(StrEnum):
    """Which document a report is, as chosen in 設定."""

    VERIFICATION = "検証"
    ANNUAL = "年次評価"
    DIGEST = "概要版"
    DEPARTMENTS = "担当課別"


class Courses(StrEnum):
    """Which indicators a report shows as a course over the rounds."""

    HEADLINES = "数値目標"
    ALL = "すべて"
    NONE = "付けない"


@dataclass(frozen=True)
class Settings:
    """One workbook's settings. ``paragraphs`` are the report's opening paragraphs, blanks kept.

    ``near_percent`` is the progress from which a missed target counts as near, in percent.
    """

    round: FiscalYear
    exclude_unpublished: bool = False
    use_earlier: bool = True
    pace: Pace = Pace()
    departments: tuple[str, ...] = ()
    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    appendix_heading: str = "資料 指標の達成状況一覧"
    base_document: str = ""
    stated_kpi_total: int | None = None
    sample: bool = False
    kind: ReportKind = ReportKind.VERIFICATION
    near_percent: Decimal = Decimal(80)
    courses: Courses = Courses.HEADLINES
