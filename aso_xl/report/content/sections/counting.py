"""Of which indicators a number in a document is: told beside the number, gathered only when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from ....domain.achievement import Achievement, Result
from ....domain.plan import Kind
from ....domain.summary import Count, GoalSummary
from ..origins import Items, Number, OfCount

Test = Callable[[Achievement], bool]

RESULTS: Final = {
    "achieved": Result.ACHIEVED,
    "missed": Result.MISSED,
    "blank": Result.BLANK,
    "unpublished": Result.UNPUBLISHED,
    "excluded": Result.EXCLUDED,
}
"""What the counts of results are called in the names of figures."""


def of_count(
    number: Number, goals: Sequence[GoalSummary], count: Count, kind: Kind = "kpi"
) -> OfCount:
    """Return the origin of a number of all the indicators of a kind of some goals."""
    return OfCount(number, partial(_counted, goals, kind), count, _published(goals, kind))


def of_those(
    goals: Sequence[GoalSummary], is_one: Test, count: Count | None = None, kind: Kind = "kpi"
) -> OfCount:
    """Return the origin of the number of those for which a test holds."""
    every = partial(_counted, goals, kind)
    return OfCount("items", partial(chosen, every, is_one), count, _published(goals, kind), every)


def of_result(
    field: str, goals: Sequence[GoalSummary], count: Count, kind: Kind = "kpi"
) -> OfCount:
    """Return the origin of the number of those that have a result: ``achieved``, ``missed``, …"""
    return of_those(goals, partial(has_result, field), count, kind)


def chosen(items: Items, is_one: Test) -> list[Achievement]:
    """Return those of the items for which a test holds."""
    return [each for each in items() if is_one(each)]


def has_result(field: str, achievement: Achievement) -> bool:
    """Return whether an indicator counts as ``achieved``, ``missed``, …"""
    return achievement.result is RESULTS[field]


def has_grade(grade: str | None, achievement: Achievement) -> bool:
    """Return whether an indicator has this grade of the plan; None: none."""
    return achievement.plan_grade == grade


def _counted(goals: Sequence[GoalSummary], kind: Kind) -> Iterator[Achievement]:
    for goal in goals:
        yield from goal.counted(goal.kpis if kind == "kpi" else goal.headlines)


def _published(goals: Sequence[GoalSummary], kind: Kind) -> tuple[GoalSummary, ...]:
    return tuple(goal for goal in goals if kind == "kpi" and goal.goal.kpi_counts)
