"""What an evaluation means to those who act on it: what changed, what is near, what is late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from .achievement import JUDGED, Achievement, Result
from .numerals import FiscalYear
from .plan import Indicator, Judging, Plan
from .settings import PaceLevel, Settings
from .shown import show_gap, show_written, way_of
from .summary import Count, GoalSummary, Summary, count, rate
from .together import OUTSIDE

NEAR_GAP: Final = 5
"""How many percent of the target may be missing where progress is undefined."""


@dataclass(frozen=True)
class CountChange:
    """The counts, before and now, of what was judged in both rounds: as many items in each.

    ``shifts`` are the items.
    """

    before: Count
    now: Count
    shifts: tuple[Shift, ...] = ()

    @property
    def total(self) -> int:
        return self.now.total

    @property
    def achieved(self) -> int:
        return self.now.achieved - self.before.achieved

    @property
    def points(self) -> Decimal | None:
        """Return how the rate changed, in points between the rates as printed; None without one."""
        if self.before.rate is None or self.now.rate is None:
            return None
        return self.now.rate - self.before.rate


@dataclass(frozen=True)
class Shift:
    """An indicator that became 達成, or is 達成 no longer."""

    before: Achievement
    now: Achievement


@dataclass(frozen=True)
class Changes:
    """What changed since the ``round`` before, of what was judged in both; each figure once.

    ``goals`` are the KPIs by goal; a goal of which nothing was judged in both rounds, or only
    counts were published, is left out. ``kpi`` and ``headline`` are those of all goals, None where
    there are none to compare. ``gained`` became 達成, ``lost`` were and are not, both in the plan's
    order. ``blanks`` are the figures that were not entered in the round before.
    """

    round: FiscalYear
    goals: Mapping[int, CountChange]
    kpi: CountChange | None
    headline: CountChange | None
    gained: tuple[Shift, ...]
    lost: tuple[Shift, ...]
    blanks: tuple[Achievement, ...]

    @property
    def blank(self) -> int:
        """Return how many figures were not entered in the round before."""
        return len(self.blanks)


def round_before(plan: Plan, round_: FiscalYear) -> FiscalYear | None:
    """Return the evaluation before this one; None for the first of the plan's period."""
    rounds = (each for each in plan.rounds if plan.period[0] <= each < round_)
    return max(rounds, default=None)


def changes(before: Summary | None, now: Summary) -> Changes | None:
    """Return what changed; None if there was no round before or nothing was judged in both."""
    if before is None:
        return None
    found = {
        id_: Shift(before.listed[id_], a) for id_, a in now.listed.items() if id_ in before.listed
    }
    shifts = {id_: s for id_, s in found.items() if _is_judged(s.before) and _is_judged(s.now)}
    if not shifts:
        return None
    goals = {
        goal.goal.number: change
        for goal in now.goals
        if not goal.goal.kpi_counts and (change := _change(goal, goal.kpis, shifts, now.how))
    }
    headlines = [_change(goal, goal.headlines, shifts, now.how) for goal in now.goals]
    listed = [replace(shifts[a.indicator.id], now=a) for a in once(now, shifts)]
    return Changes(
        before.round,
        goals,
        _all_of(goals.values()),
        _all_of(filter(None, headlines)),
        tuple(s for s in listed if _is_done(s.now) and not _is_done(s.before)),
        tuple(s for s in listed if _is_done(s.before) and not _is_done(s.now)),
        tuple(a for g in before.goals for a in g.once if a.result is Result.BLANK),
    )


def once(summary: Summary, shifts: Mapping[str, Shift] | None = None) -> list[Achievement]:
    """Return the achievements in the plan's order, each figure once: with all its numbers where it
    is judged alike under them; of ``shifts``, only those, and alike before as well. Several values
    that are one indicator are listed as that.
    """
    again = {id_ for goal in summary.goals for id_ in goal.again}
    numbers = {id_: group for group in summary.same for id_ in group}
    listed: dict[tuple[object, ...], Achievement] = {}
    for id_, achievement in summary.listed.items():
        if shifts is not None and id_ not in shifts:
            continue
        alike: tuple[object, ...] = (numbers.get(id_, id_), *_judged(achievement))
        if shifts is not None:
            alike += _judged(shifts[id_].before)
        if first := listed.get(alike):
            listed[alike] = replace(first, also=(*first.also, achievement.indicator))
        elif id_ not in again:
            listed[alike] = achievement
    return list(listed.values())


def _judged(achievement: Achievement) -> tuple[object, ...]:
    """Return all that a list says of an achievement but number and name."""
    a, indicator = achievement, achievement.indicator
    return (
        *(a.result, a.value, a.mark, a.value_year, a.progress, a.pace, a.grade, a.members),
        *(indicator.rule, a.target, indicator.unit),
    )


def _change(
    goal: GoalSummary,
    achievements: Iterable[Achievement],
    shifts: Mapping[str, Shift],
    how: Judging,
) -> CountChange | None:
    """Return the counts of some of a goal's figures; None where there is nothing to compare."""
    ids = [a.indicator.id for a in achievements]
    pairs = [shifts[id_] for id_ in ids if id_ in shifts and id_ not in goal.again]
    if not pairs:
        return None
    return CountChange(
        count((s.before for s in pairs), how=how),
        count((s.now for s in pairs), how=how),
        tuple(pairs),
    )


def _all_of(changes: Iterable[CountChange]) -> CountChange | None:
    each = list(changes)
    if not each:
        return None
    return CountChange(
        sum((c.before for c in each), Count()),
        sum((c.now for c in each), Count()),
        tuple(shift for change in each for shift in change.shifts),
    )


def other_denominator(count: Count) -> Count | None:
    """Return the count with 未公表 and 集計中 out of the denominator instead of in it, or back in.

    None where nothing is unpublished: there is only one rate.
    """
    if not count.unpublished:
        return None
    return replace(count, exclude_unpublished=not count.exclude_unpublished)


@dataclass(frozen=True)
class Near:
    """An indicator that lacks little: ``missing`` in its unit, exact; 0 exactly at a strict target.

    ``closeness`` is the share of the way done (of the target where progress is undefined).
    ``rate`` is what the KPI rate of its goal would be if this one were achieved as well; None for
    a 数値目標, which no KPI rate counts, unless it is a KPI as well. Of several values that are one
    indicator, every missed one is near: gap and closeness are those of the least close one.
    """

    achievement: Achievement
    missing: Decimal
    closeness: Fraction
    rate: Decimal | None

    @property
    def words(self) -> str:
        """Return what is missing in words: 「あと9人」「あと5人の減少」; of several values, of each."""
        return lacking_words(self.achievement)


def near(summary: Summary, settings: Settings) -> tuple[Near, ...]:
    """Return the missed indicators that lack little, by goal, the nearest first.

    Progress has reached ``settings.near_percent``; where it is undefined, the gap is at most
    `NEAR_GAP` of the target.
    """
    goals = {goal.goal.number: goal for goal in summary.goals}
    found = []
    for achievement in once(summary):
        if least := _least_close(achievement, settings):
            closeness, missing = least
            found.append(Near(achievement, missing, closeness, _rate_with(goals, achievement)))
    order = {number: at for at, number in enumerate(goals)}
    found.sort(key=lambda near: (order[near.achievement.indicator.goal], -near.closeness))
    return tuple(found)


def missing_of(achievement: Achievement) -> Decimal | None:
    """Return how far a missed value is from its target, never negative; None for any other."""
    value, target = achievement.value, achievement.target
    if achievement.result is not Result.MISSED or value is None or target is None:
        return None
    gap = target - value
    return gap if achievement.indicator.rule.asks_for_more else -gap


def lacking_words(achievement: Achievement) -> str:
    """Return what each missed value of an indicator lacks, in words; "" for none."""
    found = [(a, gap) for a in achievement.parts if (gap := missing_of(a)) is not None]
    words = [(a.indicator.name, missing_words(a.judged_as, gap)) for a, gap in found]
    if not achievement.members:
        return "".join(text for _, text in words)
    return "、".join(f"{name}は{text}" for name, text in words)


def missing_words(indicator: Indicator, missing: Decimal) -> str:
    """Return what an indicator lacks in words; a strict target asks for more than the gap."""
    rises, gap = indicator.rule.asks_for_more, show_gap(indicator, missing)
    way = way_of(indicator, more=rises)
    if not indicator.rule.is_strict:
        return f"あと{gap}" if way == "増加" else f"あと{gap}の{way}"
    if missing == 0 and indicator.printed_target:
        return f"「{indicator.printed_target}」には{way}が必要"
    if missing == 0 and indicator.target is not None:
        asked = f"を{'上' if rises else '下'}回る必要"
        if indicator.is_rank:
            asked = f"{indicator.rule_label}になる必要"
        return f"目標値ちょうど({show_written(indicator, indicator.target)}{asked})"
    return f"あと{gap}を超える{way}"


def _least_close(achievement: Achievement, settings: Settings) -> tuple[Fraction, Decimal] | None:
    """Return closeness and gap of the least close value that is not 達成; None unless all are near."""
    if achievement.result is not Result.MISSED:
        return None
    settled = (Result.ACHIEVED, *OUTSIDE)
    short = [_closeness(a, settings) for a in achievement.parts if a.result not in settled]
    near = [each for each in short if each]
    return min(near) if len(near) == len(short) else None


def _closeness(achievement: Achievement, settings: Settings) -> tuple[Fraction, Decimal] | None:
    """Return how close a missed value is and what it lacks, if that is near; else None."""
    missing, share = missing_of(achievement), achievement.share
    if missing is None:
        return None
    if share is not None:
        return (share, missing) if share * 100 >= Fraction(settings.near_percent) else None
    target = abs(Fraction(achievement.target or 0))
    if Fraction(missing) * 100 > target * NEAR_GAP:
        return None
    return (1 - Fraction(missing) / target if target else Fraction(1)), missing


def _rate_with(goals: Mapping[int, GoalSummary], achievement: Achievement) -> Decimal | None:
    kpi = next((i for i in achievement.indicators if i.kind == "kpi"), None)
    if kpi is None:
        return None
    count = goals[kpi.goal].kpi
    return rate(count.achieved + 1, count.total, count.rounding)


def late(summary: Summary) -> tuple[Achievement, ...]:
    """Return the missed indicators that go slow or late (in the grades of a plan, the lower ones),
    by goal, the latest first, then the least progress first.
    """
    goals = {goal.goal.number: at for at, goal in enumerate(summary.goals)}
    order = {PaceLevel.LATE: 0, PaceLevel.SLOW: 1}
    found = [
        ((goals[a.indicator.goal], order[a.grade.level], _least_progress(a)), a)
        for a in once(summary)
        if _is_missed(a) and a.grade and a.grade.level in order
    ]
    found.sort(key=lambda each: each[0])
    return tuple(achievement for _, achievement in found)


def _least_progress(achievement: Achievement) -> Decimal:
    return min(each.progress or Decimal(0) for each in achievement.parts)


def without_pace(summary: Summary) -> Iterator[Achievement]:
    """Yield the missed indicators for which no pace is defined: nobody else would name them."""
    yield from (a for a in once(summary) if _is_missed(a) and a.grade is None)


def _is_missed(achievement: Achievement) -> bool:
    return achievement.result is Result.MISSED


def _is_judged(achievement: Achievement) -> bool:
    return achievement.result in JUDGED


def _is_done(achievement: Achievement) -> bool:
    return achievement.result is Result.ACHIEVED


def paced(achievements: Iterable[Achievement], level: PaceLevel) -> int:
    """Return how many indicators are at this level."""
    return sum(a.grade is not None and a.grade.level is level for a in achievements)
