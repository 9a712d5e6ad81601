"""What of one version of a plan goes on as what in the next (改訂): goals, 施策 and indicators by id.

The rule. Who names a former number (``was``) goes on from it, and nobody else does. Where nobody
names it, the same number is the same thing. What ``was`` said in the version before already is
history. In a 施策 or goal that has another number now, what says nothing itself goes on from the same
place within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property, reduce
from typing import Final

from .numerals import FiscalYear
from .plan import Goal, Indicator, Measure, Plan, goal_id, measure_id

_DIGITS: Final = Context(prec=15)
"""Digits that a cell holds."""

Written = str | Decimal | None
PlanPart = Goal | Measure | Indicator


@dataclass(frozen=True)
class Descent:
    """Something that goes on: its ids before and after, and what its figures are multiplied by."""

    before: str
    after: str
    factor: Fraction = Fraction(1)

    def convert(self, value: Decimal) -> Decimal:
        """Return a figure of before in the unit of after."""
        if self.factor == 1:
            return value
        exact = Fraction(value) * self.factor
        return _DIGITS.divide(Decimal(exact.numerator), Decimal(exact.denominator))

    @property
    def inverted(self) -> Descent:
        """Return the way back."""
        return Descent(self.after, self.before, 1 / self.factor)


@dataclass(frozen=True)
class Lineage:
    """What goes on as what, by id."""

    links: tuple[Descent, ...]

    @cached_property
    def of(self) -> Mapping[str, tuple[Descent, ...]]:
        """Return what comes of each id of before."""
        return _grouped((link.before, link) for link in self.links)

    @cached_property
    def into(self) -> Mapping[str, tuple[Descent, ...]]:
        """Return what goes into each id of after."""
        return _grouped((link.after, link) for link in self.links)

    def alone(self, before: str) -> Descent | None:
        """Return how something goes on as one thing that is nothing else; None where it does not."""
        links = self.of.get(before, ())
        return links[0] if len(links) == 1 and len(self.into[links[0].after]) == 1 else None

    def then(self, later: Lineage) -> Lineage:
        """Return what goes on as what after both."""
        both = (
            Descent(first.before, second.after, first.factor * second.factor)
            for first in self.links
            for second in later.of.get(first.after, ())
        )
        return Lineage(tuple(dict.fromkeys(both)))

    @cached_property
    def inverted(self) -> Lineage:
        """Return the way back."""
        return Lineage(tuple(link.inverted for link in self.links))


@dataclass(frozen=True)
class FormerPlan:
    """An earlier version of a workbook's plan, and what of it went on as what in the next.

    ``text`` is the definition as it was stamped; what followed it holds from ``until`` on, ``at`` says
    when it was revised. ``lost`` are the typed values, by id and field, that going back would not
    bring back by itself: each with what it would bring. ``reason`` says why it was revised.
    """

    plan: Plan
    text: str
    until: FiscalYear
    at: str
    onward: Lineage
    lost: Mapping[str, Mapping[str, tuple[Written, Written]]] = field(default_factory=dict)
    reason: str = ""


def lineage(before: Plan, after: Plan) -> Lineage:
    """Return what of a version goes on as what in the next."""
    return Lineage(tuple(_Linking(before, after).links()))


def unchanged(plan: Plan) -> Lineage:
    """Return the lineage of a plan that stays as it is."""
    return Lineage(tuple(Descent(id_, id_) for id_ in parts(plan)))


def versions_before(former: Sequence[FormerPlan], plan: Plan, now: Plan) -> Sequence[FormerPlan]:
    """Return the versions of a workbook before one of them.

    ``former`` are all that were before that of ``now``, the oldest first. One that was gone back to
    is meant where it stands last.
    """
    if plan.fingerprint == now.fingerprint:
        return former
    places = (n for n, each in enumerate(former) if each.plan.fingerprint == plan.fingerprint)
    return former[: max(places, default=len(former))]


def onward_from(former: Sequence[FormerPlan], earlier: Plan, later: Plan) -> Lineage:
    """Return what of an earlier version goes on as what in a later one.

    ``former`` are the versions of the workbook before the later one, the oldest first.
    """
    if earlier.fingerprint == later.fingerprint:
        return unchanged(later)
    versions = [each.plan.fingerprint for each in former]
    if earlier.fingerprint not in versions:
        return lineage(earlier, later)
    start = len(versions) - 1 - versions[::-1].index(earlier.fingerprint)
    return reduce(Lineage.then, (each.onward for each in former[start:]))


def parts(plan: Plan) -> dict[str, PlanPart]:
    """Return the goals, 施策 and indicators of a plan by id."""
    return {**plan.by_goal, **plan.measures, **plan.by_id}


def _grouped(pairs: Iterable[tuple[str, Descent]]) -> dict[str, tuple[Descent, ...]]:
    groups: dict[str, tuple[Descent, ...]] = {}
    for id_, link in pairs:
        groups[id_] = (*groups.get(id_, ()), link)
    return groups


class _Linking:
    """Finds the links between two versions, the larger parts first."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self.before, self.after = parts(before), parts(after)
        self._moved: dict[str, str] = {}

    def links(self) -> Iterator[Descent]:
        named = {id_: self._named(own) for id_, own in self.after.items()}
        taken = {former for ids in named.values() for former in ids}
        for id_, own in self.after.items():
            former = named[id_]
            if not former and id_ in self.before and id_ not in taken:
                former = (id_,)
            for each in former:
                yield Descent(each, id_, _factor(self.before[each], own))

    def _named(self, own: PlanPart) -> tuple[str, ...]:
        """Return the former ids of something that are new in this version."""
        known = self.before.get(own.id)
        there = [id_ for id_ in own.was if id_ in self.before]
        history = {id_ for each in there if each != own.id for id_ in self.before[each].was}
        history |= {*known.was} if known else set()
        found = tuple(id_ for id_ in there if id_ not in history)
        if not found and not own.was:
            found = tuple(id_ for id_ in (self._implied(own),) if id_ in self.before)
        if len(found) == 1 and found[0] != own.id:
            self._moved[own.id] = found[0]
        return found

    def _implied(self, own: PlanPart) -> str:
        """Return the same place within what its 施策 or goal was before; "" where that is the same."""
        match own:
            case Goal():
                return ""
            case Measure():
                goal = self._goal(own.goal)
                return measure_id(goal, own.number) if goal else ""
        place = own.id.rpartition("-")[2]
        if own.measure is None:
            goal = self._goal(own.goal)
            return f"{goal}-{place}" if goal else ""
        measure = self._moved.get(own.measure_id)
        return f"{measure}-{place}" if measure else ""

    def _goal(self, number: int) -> int | None:
        """Return the number that a goal had before; None where it had the same."""
        before = self.before.get(self._moved.get(goal_id(number), ""))
        return before.number if isinstance(before, Goal) else None


def _factor(before: PlanPart, after: PlanPart) -> Fraction:
    if not (isinstance(before, Indicator) and isinstance(after, Indicator)):
        return Fraction(1)
    is_other = before.unit != after.unit and after.factor is not None
    return Fraction(after.factor) if is_other and after.factor else Fraction(1)
