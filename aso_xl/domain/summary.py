"""Counting per goal and overall. Rates are truncated with integers, as the published table does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .achievement import Achievement, Result, judge_all, truncated
from .numerals import FiscalYear
from .plan import Actual, Goal, Indicator, Kind, Mark, Plan
from .settings import Settings


def rate(achieved: int, total: int) -> Decimal | None:
    """Return achieved ÷ total in percent, truncated to one decimal (4/11 is 36.3); None for 0."""
    return truncated(Fraction(achieved, total)) if total else None


@dataclass(frozen=True)
class Count:
    """How many indicators count as what.

    ``total`` is the denominator of the rate: without 対象外, and without 未公表 and 集計中 when the
    setting 分母から除く is on. ``pending`` of the ``unpublished`` are 集計中, ``earlier`` of the
    judged ones were judged by an earlier value, ``kept`` of the achieved ones are targets to be
    kept before their year.
    """

    achieved: int = 0
    missed: int = 0
    unpublished: int = 0
    blank: int = 0
    excluded: int = 0
    pending: int = 0
    earlier: int = 0
    kept: int = 0
    exclude_unpublished: bool = False

    @property
    def total(self) -> int:
        counted = self.achieved + self.missed + self.blank
        return counted if self.exclude_unpublished else counted + self.unpublished

    @property
    def rate(self) -> Decimal | None:
        return rate(self.achieved, self.total)

    def __add__(self, other: Count) -> Count:
        return Count(
            self.achieved + other.achieved,
            self.missed + other.missed,
            self.unpublished + other.unpublished,
            self.blank + other.blank,
            self.excluded + other.excluded,
            self.pending + other.pending,
            self.earlier + other.earlier,
            self.kept + other.kept,
            self.exclude_unpublished or other.exclude_unpublished,
        )


def count(achievements: Iterable[Achievement], *, exclude_unpublished: bool = False) -> Count:
    """Return the count of some achievements."""
    found = list(achievements)
    by_result = Counter(a.result for a in found)
    return Count(
        by_result[Result.ACHIEVED],
        by_result[Result.MISSED],
        by_result[Result.UNPUBLISHED],
        by_result[Result.BLANK],
        by_result[Result.EXCLUDED],
        sum(a.mark is Mark.PENDING for a in found),
        sum(a.is_earlier for a in found),
        sum(a.is_kept for a in found),
        exclude_unpublished,
    )


@dataclass(frozen=True)
class GoalSummary:
    """One goal's counts, for its 数値目標 and its KPIs.

    ``again`` are the ids whose figure already stands earlier in the same kind: counted once.
    """

    goal: Goal
    headlines: tuple[Achievement, ...]
    kpis: tuple[Achievement, ...]
    headline: Count
    kpi: Count
    again: frozenset[str] = frozenset()

    @property
    def once(self) -> tuple[Achievement, ...]:
        """Return the 数値目標 and the KPIs, a figure that stands twice only in its first place."""
        return tuple(a for a in (*self.headlines, *self.kpis) if a.indicator.id not in self.again)


@dataclass(frozen=True)
class Summary:
    """The whole evaluation of one round."""

    round: FiscalYear
    goals: tuple[GoalSummary, ...]
    achievements: Mapping[str, Achievement]
    same: tuple[tuple[str, ...], ...] = ()
    """Ids of figures that stand under several numbers, of whatever kind and goal."""

    @property
    def headline(self) -> Count:
        return sum((g.headline for g in self.goals), Count())

    @property
    def kpi(self) -> Count:
        return sum((g.kpi for g in self.goals), Count())


def summarize(
    plan: Plan,
    actuals: Mapping[str, Mapping[FiscalYear, Actual]],
    round_: FiscalYear,
    settings: Settings,
) -> Summary:
    """Return the evaluation of every indicator and goal in ``round_``."""
    achievements = judge_all(plan, actuals, round_, settings)
    goals = tuple(_goal(plan, goal, achievements, settings) for goal in plan.goals)
    return Summary(round_, goals, achievements, plan.same_figures())


def _goal(
    plan: Plan, goal: Goal, achievements: Mapping[str, Achievement], settings: Settings
) -> GoalSummary:
    def counted(kind: Kind, indicators: tuple[Indicator, ...]) -> Count:
        again = plan.repeats(goal, kind)
        once = [i for i in indicators if i.id not in again]
        return count(
            (achievements[i.id] for i in once), exclude_unpublished=settings.exclude_unpublished
        )

    kpi = counted("kpi", goal.kpis)
    if goal.kpi_counts:
        published = goal.kpi_counts
        kpi = Count(published.achieved, published.total - published.achieved)
    return GoalSummary(
        goal,
        tuple(achievements[i.id] for i in goal.headlines),
        tuple(achievements[i.id] for i in goal.kpis),
        counted("headline", goal.headlines),
        kpi,
        plan.repeats(goal, "headline") | plan.repeats(goal, "kpi"),
    )
