"""What a workbook is built from: a definition with whatever figures and texts come with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from ...domain.achievement import Achievement
from ...strategies.definition import Definition
from ...domain.entry import read
from ...domain.ledger import Cell
from ...domain.numerals import FiscalYear, parse_number
from ...domain.plan import Actual, Indicator, Plan
from ...domain.settings import Courses, Pace, ReportKind, Settings
from ...domain.summary import Summary, summarize
from ..handout import Handout
from ..layout import APPENDIX_KEY, BASE_KEY, COURSES_KEY, EARLIER, EARLIER_KEY, EXCLUDE, HEADING_KEY, INCLUDE, KIND_KEY, LATE_KEY, NEAR_KEY, ON_TRACK_KEY, ON_TRACK_SHARE_KEY, PARAGRAPH_KEYS, ROUND_KEY, SLOW_KEY, SLOW_SHARE_KEY, STATED_KEY, UNPUBLISHED_KEY

Typed = str | float | int | None


@dataclass(frozen=True)
class Contents:
    """The definition, its entries as cell values, and what they come to.

    For a handout the entries are what stands in the master, and go into the cells as they are.
    """

    definition: Definition
    sample: bool = False
    handout: Handout | None = None

    @property
    def plan(self) -> Plan:
        return self.definition.plan

    def entry(self, kind: str, id_: str) -> Any:
        """Return what the entries hold for an id (``actuals``, ``remarks``, …); {} or '' if none."""
        return self.definition.entries.get(kind, {}).get(id_, {})

    def typed(self, indicator: Indicator, round_: FiscalYear) -> Typed:
        """Return the cell value of an actual: a number where it reads as one, else text or None."""
        text = self.entry("actuals", indicator.id)
        text = text.get(str(round_)) if text else None
        if text is None or self.handout:
            return text
        number = parse_number(text, indicator.unit)
        if number is None:
            return str(text)
        return int(number) if number == int(number) else float(number)

    @cached_property
    def actuals(self) -> Mapping[str, dict[FiscalYear, Actual]]:
        return {
            i.id: {r: read(Cell("", "", self.typed(i, r)), i).actual for r in self.plan.rounds}
            for i in self.plan.indicators()
        }

    @cached_property
    def setting_values(self) -> Mapping[str, Typed]:
        """Return the value of every row of 設定, entries over defaults."""
        pace = Pace()
        defaults: dict[str, Typed] = {
            ROUND_KEY: str(self.plan.round),
            UNPUBLISHED_KEY: INCLUDE,
            EARLIER_KEY: EARLIER,
            ON_TRACK_KEY: pace.on_track,
            SLOW_KEY: pace.slow,
            LATE_KEY: pace.late,
            ON_TRACK_SHARE_KEY: int(pace.on_track_share * 100),
            SLOW_SHARE_KEY: int(pace.slow_share * 100),
            KIND_KEY: self._kind.value,
            HEADING_KEY: f"{self.plan.short_title}の検証",
            **dict.fromkeys(PARAGRAPH_KEYS, None),
            APPENDIX_KEY: "資料 指標の達成状況一覧",
            BASE_KEY: None,
            NEAR_KEY: int(Settings(self.plan.round).near_percent),
            COURSES_KEY: Courses.HEADLINES.value,
            STATED_KEY: self.plan.stated_kpi_total,
        }
        given = self.definition.entries.get("settings", {})
        return {key: given.get(key, value) for key, value in defaults.items()}

    @property
    def _kind(self) -> ReportKind:
        """Return the usual report: a strategy known by its counts only has its table to show."""
        has_kpis = any(goal.kpis for goal in self.plan.goals)
        return ReportKind.ANNUAL if has_kpis else ReportKind.VERIFICATION

    @property
    def departments(self) -> tuple[str, ...]:
        given = self.definition.entries.get("settings", {}).get("課")
        return tuple(given) if given else self.plan.departments

    @cached_property
    def round(self) -> FiscalYear:
        return FiscalYear.parse(str(self.setting_values[ROUND_KEY]))

    @cached_property
    def settings(self) -> Settings:
        """Return the settings that the judging needs, for the cached values of the formulas."""
        given = self.setting_values
        shares = [Decimal(str(given[key])) / 100 for key in (ON_TRACK_SHARE_KEY, SLOW_SHARE_KEY)]
        names = [str(given[key]) for key in (ON_TRACK_KEY, SLOW_KEY, LATE_KEY)]
        return Settings(
            self.round,
            exclude_unpublished=given[UNPUBLISHED_KEY] == EXCLUDE,
            use_earlier=given[EARLIER_KEY] == EARLIER,
            pace=Pace(names[0], names[1], names[2], shares[0], shares[1]),
        )

    @cached_property
    def summary(self) -> Summary:
        return summarize(self.plan, self.actuals, self.round, self.settings)

    def achievement(self, indicator: Indicator) -> Achievement:
        return self.summary.achievements[indicator.id]

    def department(self, indicator: Indicator) -> str:
        return str(self.entry("departments", indicator.id) or indicator.department)
