"""Which 担当課 has how many indicators of what result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .achievement import Achievement
from .entry import department_of
from .ledger import Ledger
from .plan import Indicator, Kind
from .summary import Count, Summary, count

UNASSIGNED: Final = "未割当"
_BETWEEN: Final = re.compile(r"[、，,／/\n]")
_KINDS: Final[tuple[Kind, ...]] = ("headline", "kpi")


@dataclass(frozen=True)
class Department:
    """A 担当課 (several written in one cell count as one) and its indicators, in the plan's order.

    ``count`` and ``goals`` (by goal number) count 数値目標 and KPIs alike.
    """

    name: str
    achievements: tuple[Achievement, ...]
    count: Count
    goals: Mapping[int, Count]


def departments(ledger: Ledger, summary: Summary) -> tuple[Department, ...]:
    """Return the departments in the order of 設定, others after them, 未割当 last.

    A figure that stands twice in the same goal and kind is counted once, as in the summary, so
    the counts add up to those of its 数値目標 and KPIs. Goals known by counts only add nothing.
    """
    found: dict[str, list[Achievement]] = {name: [] for name in ledger.settings.departments}
    for achievement in summary.achievements.values():
        found.setdefault(_name(ledger, achievement.indicator), []).append(achievement)
    again = repeated(ledger)
    names = sorted((name for name in found if found[name]), key=lambda name: name == UNASSIGNED)
    exclude = ledger.settings.exclude_unpublished
    return tuple(_department(name, found[name], again, exclude=exclude) for name in names)


def repeated(ledger: Ledger) -> frozenset[str]:
    """Return the ids whose figure already stands earlier in the same goal and kind."""
    plan = ledger.plan
    return frozenset(id_ for g in plan.goals for kind in _KINDS for id_ in plan.repeats(g, kind))


def _department(
    name: str, achievements: list[Achievement], again: frozenset[str], *, exclude: bool
) -> Department:
    once = [a for a in achievements if a.indicator.id not in again]
    by_goal: dict[int, list[Achievement]] = {}
    for achievement in once:
        by_goal.setdefault(achievement.indicator.goal, []).append(achievement)
    return Department(
        name,
        tuple(achievements),
        count(once, exclude_unpublished=exclude),
        {goal: count(own, exclude_unpublished=exclude) for goal, own in by_goal.items()},
    )


def _name(ledger: Ledger, indicator: Indicator) -> str:
    """Return the departments as written, with the same mark between them."""
    names = (name.strip() for name in _BETWEEN.split(department_of(ledger, indicator) or ""))
    return "、".join(dict.fromkeys(name for name in names if name)) or UNASSIGNED
