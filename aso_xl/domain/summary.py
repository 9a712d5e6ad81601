"""Counting per goal and overall. Rates are exact, and cut or rounded as the plan says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from .achievement import Achievement, Result, judge_all
from .numerals import FiscalYear
from .plan import USUAL, Actual, Goal, Judging, Kind, Mark, Plan, Rounding
from .progress import percent
from .revising import as_of
from .settings import Settings
from .together import once, together


def rate(achieved: int, total: int, rounding: Rounding = "truncate") -> Decimal | None:
    """Return achieved ÷ total in percent to one decimal (4/11 is 36.3, half up 36.4); None for 0."""
    return percent(Fraction(achieved, total), rounding) if total else None


@dataclass(frozen=True)
class Count:
    """How many indicators count as what.

    ``total`` is the denominator of the rate: without 対象外, and without 未公表 and 集計中 when the
    setting 分母から除く is on. ``pending`` of the ``unpublished`` are 集計中, ``earlier`` of the
    judged ones were judged by an earlier value, ``kept`` of the achieved ones are targets to be
    kept before their year. ``grades`` are those of the plan, the best first, with how many have
    each; empty for a plan without grades.
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
    rounding: Rounding = "truncate"
    grades: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        counted = self.achieved + self.missed + self.blank
        return counted if self.exclude_unpublished else counted + self.unpublished

    @property
    def not_achieved(self) -> int:
        """Return how many of the denominator are 達成以外."""
        return self.total - self.achieved

    @property
    def rate(self) -> Decimal | None:
        return rate(self.achieved, self.total, self.rounding)

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
            self.rounding if self.rounding != "truncate" else other.rounding,
            {
                name: self.grades.get(name, 0) + other.grades.get(name, 0)
                for name in (*self.grades, *(n for n in other.grades if n not in self.grades))
            },
        )


def count(
    achievements: Iterable[Achievement],
    *,
    exclude_unpublished: bool = False,
    how: Judging = USUAL,
) -> Count:
    """Return the count of some achievements, in a plan that judges as ``how`` says."""
    found = list(achievements)
    by_result = Counter(a.result for a in found)
    by_grade = Counter(a.plan_grade for a in found)
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
        how.rounding,
        {grade.name: by_grade[grade.name] for grade in how.grades},
    )


@dataclass(frozen=True)
class GoalSummary:
    """One goal's counts, for its 数値目標 and its KPIs.

    ``again`` are the ids that are counted with an earlier one of the same kind, ``together`` the
    indicators of several values by the id of the first.
    """

    goal: Goal
    headlines: tuple[Achievement, ...]
    kpis: tuple[Achievement, ...]
    headline: Count
    kpi: Count
    again: frozenset[str] = frozenset()
    together: Mapping[str, Achievement] = field(default_factory=dict)

    @property
    def once(self) -> tuple[Achievement, ...]:
        """Return the 数値目標 and the KPIs as they are counted, each in its first place."""
        return (*self.counted(self.headlines), *self.counted(self.kpis))

    def counted(self, achievements: Iterable[Achievement]) -> list[Achievement]:
        """Return some of the goal's achievements as they are counted: each figure once, and what is
        one indicator of several values as one.
        """
        return once(achievements, self.again, self.together)


@dataclass(frozen=True)
class Summary:
    """The whole evaluation of one round.

    ``same`` are ids of figures that stand under several numbers, of whatever kind and goal;
    ``together`` the indicators of several values, by the id of the first; ``how`` is how the plan
    judges.
    """

    round: FiscalYear
    goals: tuple[GoalSummary, ...]
    achievements: Mapping[str, Achievement]
    same: tuple[tuple[str, ...], ...] = ()
    together: Mapping[str, Achievement] = field(default_factory=dict)
    how: Judging = USUAL

    @property
    def listed(self) -> Mapping[str, Achievement]:
        """Return the achievements by id; the first of several values stands for all of them."""
        return {**self.achievements, **self.together}

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
    plan = as_of(plan, round_)
    achievements = judge_all(plan, actuals, round_, settings)
    joint = together(plan, achievements)
    goals = tuple(_goal(plan, goal, achievements, joint, settings) for goal in plan.goals)
    return Summary(round_, goals, achievements, plan.same_figures(), joint, plan.judging)


def _goal(
    plan: Plan,
    goal: Goal,
    achievements: Mapping[str, Achievement],
    joint: Mapping[str, Achievement],
    settings: Settings,
) -> GoalSummary:
    def counted(kind: Kind, listed: tuple[Achievement, ...]) -> Count:
        return count(
            once(listed, plan.repeats(goal, kind), joint),
            exclude_unpublished=settings.exclude_unpublished,
            how=plan.judging,
        )

    headlines = tuple(achievements[i.id] for i in goal.headlines)
    kpis = tuple(achievements[i.id] for i in goal.kpis)
    kpi = counted("kpi", kpis)
    if goal.kpi_counts:
        published = goal.kpi_counts
        kpi = replace(
            count((), how=plan.judging),
            achieved=published.achieved,
            missed=published.total - published.achieved,
        )
    return GoalSummary(
        goal,
        headlines,
        kpis,
        counted("headline", headlines),
        kpi,
        plan.repeats(goal, "headline") | plan.repeats(goal, "kpi"),
        {id_: each for id_, each in joint.items() if each.indicator.goal == goal.number},
    )
