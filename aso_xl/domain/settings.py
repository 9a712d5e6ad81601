"""What staff choose in the sheet 設定."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, assert_never

from .numerals import FiscalYear, format_number
from .words import ACHIEVED, SAMPLE

SAMPLE_WORDS: Final = SAMPLE


class Level(StrEnum):
    """How far an indicator got on its way, from the best to the worst."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    SLOW = "slow"
    LATE = "late"


@dataclass(frozen=True)
class Grade:
    """A level and the word in which a workbook says it."""

    level: Level
    word: str


@dataclass(frozen=True)
class Pace:
    """Names and thresholds of the pace words; thresholds are shares of the elapsed share."""

    on_track: str = "順調"
    slow: str = "やや遅れ"
    late: str = "遅れ"
    on_track_share: Decimal = Decimal(1)
    slow_share: Decimal = Decimal("0.5")

    def grade(self, level: Level) -> Grade:
        """Return a level with its name."""
        match level:
            case Level.ACHIEVED:
                return Grade(level, ACHIEVED)
            case Level.ON_TRACK:
                return Grade(level, self.on_track)
            case Level.SLOW:
                return Grade(level, self.slow)
            case Level.LATE:
                return Grade(level, self.late)
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
