"""Whose a row is, and which 担当課 has how many indicators of what result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .achievement import Achievement
from .fields import DEPARTMENT
from .ledger import Ledger
from .numerals import is_no_value
from .plan import Indicator, Kind
from .summary import Count, Summary, count
from .text import name_of, one_line
from .together import once
from .words import TOTAL, UNASSIGNED

SEPARATOR: Final = "、"
"""Between departments that are written in one cell."""

_NOBODY: Final = frozenset({UNASSIGNED, "未設定"})
_BETWEEN: Final = re.compile(r"[、､，,／/；;\r\n]")
_MAYBE_BETWEEN: Final = re.compile(r"[・･&＆+＋\s\u3000]+")
"""What also stands within the name of one department (まち・ひと課)."""

_KINDS: Final[tuple[Kind, ...]] = ("headline", "kpi")


@dataclass(frozen=True)
class Department:
    """A 担当課 and its indicators, in the plan's order.

    ``count`` and ``goals`` (by goal number) count 数値目標 and KPIs alike, ``items`` as they are counted.
    """

    name: str
    achievements: tuple[Achievement, ...]
    count: Count
    goals: Mapping[int, Count]
    items: tuple[Achievement, ...]


def names_in(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the departments written in a cell, as 設定 (``known``) spells them; () for none.

    A name that looks the same is the same. A dot or blank parts names only where 設定 knows all.
    """
    spelling = {name_of(name): name for name in known}
    whole = [text] if name_of(text) in spelling else _BETWEEN.split(text)
    names = [name for part in whole for name in _split(name_of(part), spelling)]
    found = (spelling.get(name, name) for name in names if not _is_nobody(name))
    return tuple(dict.fromkeys(found))


def _split(name: str, known: Mapping[str, str]) -> list[str]:
    """Return the known names that the text is made of, 「まち・ひと課」 as one; else the text."""
    dots = list(_MAYBE_BETWEEN.finditer(name))
    starts = [0, *(dot.end() for dot in dots)]
    ends = [*(dot.start() for dot in dots), len(name)]
    longest = 1 + max((len(_MAYBE_BETWEEN.findall(each)) for each in known), default=0)
    before: dict[int, tuple[int, str]] = {0: (0, "")}
    for first, start in enumerate(starts):
        for last in range(first, min(first + longest, len(ends))) if first in before else ():
            part = name[start : ends[last]]
            if not part or part in known:
                before.setdefault(last + 1, (first, part))
    if len(ends) not in before:
        return [name]
    parts, at = [], len(ends)
    while at:
        at, part = before[at]
        parts.append(part)
    return [part for part in reversed(parts) if part]


def _is_nobody(name: str) -> bool:
    return not name or name in _NOBODY or is_no_value(name)


def owners(ledger: Ledger, indicator: Indicator) -> tuple[str, ...]:
    """Return the departments of an indicator; () if none is written."""
    return names_in(_department_of(ledger, indicator) or "", ledger.settings.departments)


def measure_owners(ledger: Ledger, id_: str) -> tuple[str, ...]:
    """Return the departments written in the row of a 施策; () if none is."""
    row = ledger.measures.get(id_)
    written = row.cells[DEPARTMENT].text if row and DEPARTMENT in row.cells else ""
    return names_in(written, ledger.settings.departments)


def asked(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return under whom a row is asked, listed and counted: each of its departments, or 未割当."""
    return names or (UNASSIGNED,)


def joined(names: Iterable[str]) -> str:
    """Return departments as they are printed: 「観光課、農政課」; "" for none."""
    return SEPARATOR.join(names)


def label(names: Iterable[str]) -> str:
    """Return departments as they are printed beside a row; 未割当 for none."""
    return joined(names) or UNASSIGNED


def listed(names: Iterable[str]) -> tuple[str, ...]:
    """Return the list of 設定 without blanks and repetitions, each name as it is shown."""
    spelled: dict[str, str] = {}
    for name in names:
        if not _is_nobody(name_of(name)):
            spelled.setdefault(name_of(name), one_line(name))
    return tuple(spelled.values())


def departments(ledger: Ledger, summary: Summary) -> tuple[Department, ...]:
    """Return the departments in the order of 設定, others after them, 未割当 last.

    An indicator of several departments is in each of them. A figure that stands twice in the same
    goal and kind is counted once, as in the summary; several values that are one indicator count
    where the first one belongs. Goals known by counts only add nothing.
    """
    found: dict[str, list[Achievement]] = {name: [] for name in ledger.settings.departments}
    for achievement in summary.achievements.values():
        for name in asked(owners(ledger, achievement.indicator)):
            found.setdefault(name, []).append(achievement)
    again = repeated(ledger)
    names = sorted((name for name in found if found[name]), key=lambda name: name == UNASSIGNED)

    def counted(achievements: Iterable[Achievement]) -> Count:
        return count(
            achievements,
            exclude_unpublished=ledger.settings.exclude_unpublished,
            how=summary.how,
        )

    return tuple(
        _department(name, found[name], once(found[name], again, summary.together), counted)
        for name in names
    )


def all_departments(summary: Summary) -> Department:
    """Return all indicators as those of one department, 合計: counted as often as in the summary."""
    goals = {
        each.goal.number: each.headline + (Count() if each.goal.kpi_counts else each.kpi)
        for each in summary.goals
        if each.headlines or each.kpis
    }
    return Department(
        TOTAL,
        tuple(summary.achievements.values()),
        sum(goals.values(), Count()),
        goals,
        tuple(each for goal in summary.goals for each in goal.once),
    )


def shared(ledger: Ledger) -> tuple[str, ...]:
    """Return the ids of the indicators that several departments have."""
    return tuple(i.id for i in ledger.plan.indicators() if len(owners(ledger, i)) > 1)


def repeated(ledger: Ledger) -> frozenset[str]:
    """Return the ids that are counted with an earlier one of the same goal and kind."""
    plan = ledger.plan
    return frozenset(id_ for g in plan.goals for kind in _KINDS for id_ in plan.repeats(g, kind))


def _department(
    name: str,
    achievements: list[Achievement],
    once: list[Achievement],
    counted: Callable[[Iterable[Achievement]], Count],
) -> Department:
    by_goal: dict[int, list[Achievement]] = {}
    for achievement in once:
        by_goal.setdefault(achievement.indicator.goal, []).append(achievement)
    goals = {goal: counted(own) for goal, own in by_goal.items()}
    return Department(name, tuple(achievements), counted(once), goals, tuple(once))


def _department_of(ledger: Ledger, indicator: Indicator) -> str | None:
    """Return the 担当課 in the indicator's row; None if none is written there."""
    row = ledger.rows.get(indicator.id)
    if row is None or DEPARTMENT not in row.cells:
        return indicator.department or None
    return row.cells[DEPARTMENT].text or None
