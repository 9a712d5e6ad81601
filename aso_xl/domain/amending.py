"""改訂: what a later version of the strategy says otherwise, clause by clause, and why.

A master knows its earlier versions where it was revised; of one that was made from a definition with
revisions in it, the definition says what was changed from which round on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby
from typing import TypeAlias

from .clauses import WHOLE, Clause, clauses_of, lines_of
from .ledger import Ledger
from .lineage import FormerPlan, Lineage, unchanged
from .numerals import FiscalYear
from .plan import Indicator, Plan
from .revising import as_of

_Version: TypeAlias = tuple[Plan, Mapping[str, Clause]]
"""A plan, and what of it is asked."""

_Step: TypeAlias = tuple[FormerPlan, Plan]
"""A version and the one that followed it."""

_Place: TypeAlias = tuple[str, bool]
"""The id of a clause, and whether it is gone: then it is the one that it had at first."""


@dataclass(frozen=True)
class Amendment:
    """A clause before and after, with its lines; None before where it is new, after where it ended.

    Of several that became one, ``before`` is the first, ``old`` has the lines of all. ``reason`` is
    "" where none is given.
    """

    id: str
    before: Clause | None
    after: Clause | None
    old: tuple[str, ...]
    new: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True)
class PlanRevision:
    """What was changed from the round ``since`` on, in the order of the strategy."""

    since: FiscalYear
    before: Plan
    after: Plan
    amendments: tuple[Amendment, ...]


def revision_for(ledger: Ledger, round_: FiscalYear) -> PlanRevision | None:
    """Return the revision that a document of a round tells; None for a plan that never was revised.

    It is the one from the round on; else the first that is to come, else the last one before.
    """
    found = revisions_of(ledger)
    coming = [revision for revision in found if revision.since >= round_]
    return next(iter(coming or found[-1:]), None)


def revisions_of(ledger: Ledger) -> tuple[PlanRevision, ...]:
    """Return every revision that the workbook knows of, the oldest first."""
    said = {each.since for own in ledger.plan.indicators() for each in own.revised}
    found = {since: _said(ledger.plan, since) for since in said}
    found |= {revision.since: revision for revision in _between(ledger)}
    return tuple(found[since] for since in sorted(found) if found[since].amendments)


def _between(ledger: Ledger) -> Iterator[PlanRevision]:
    """Yield what was changed between the versions that the workbook had; those from one round on
    are one revision.
    """
    plans = [*(each.plan for each in ledger.former), ledger.plan]
    steps = zip(ledger.former, plans[1:], strict=True)
    for since, group in groupby(steps, lambda step: step[0].until):
        versions = list(group)
        first, last = versions[0][0].plan, versions[-1][1]
        onward = reduce(Lineage.then, (former.onward for former, _ in versions))
        found = _revision(since, as_of(first, since + -1), as_of(last, since), onward)
        yield _with_reasons(found, _reasons_given(versions, since))


def _with_reasons(revision: PlanRevision, given: Mapping[_Place, Sequence[str]]) -> PlanRevision:
    """Return a revision in which what says no reason itself has the one that was given for all."""
    amendments = tuple(
        replace(each, reason=each.reason or "、".join(dict.fromkeys(given.get(_place(each), ()))))
        for each in revision.amendments
    )
    return replace(revision, amendments=amendments)


def _reasons_given(versions: Sequence[_Step], since: FiscalYear) -> Mapping[_Place, Sequence[str]]:
    """Return the reasons that were given for each step, by what that step changed."""
    reasons: defaultdict[_Place, list[str]] = defaultdict(list)
    onwards = [former.onward for former, _ in versions]
    for at, (former, later) in enumerate(versions):
        if not former.reason:
            continue
        earlier = reduce(Lineage.then, onwards[:at], unchanged(versions[0][0].plan))
        onward = reduce(Lineage.then, onwards[at + 1 :], unchanged(later))
        step = _revision(since, as_of(former.plan, since), as_of(later, since), former.onward)
        for each in step.amendments:
            id_, is_gone = _place(each)
            links = earlier.into.get(id_, ()) if is_gone else onward.of.get(id_, ())
            ids = [link.before if is_gone else link.after for link in links]
            for own in [WHOLE] if id_ == WHOLE else ids:
                reasons[own, is_gone].append(former.reason)
    return reasons


def _place(amendment: Amendment) -> _Place:
    return amendment.id, amendment.after is None


def _said(plan: Plan, since: FiscalYear) -> PlanRevision:
    """Return what a definition says that was changed from a round on.

    What is asked from that round on is new, what was asked up to the one before is gone.
    """

    def then(own: Indicator) -> Indicator:
        return replace(own, until=None) if own.until and own.until + 1 == since else own

    begun = {own.id for own in plan.indicators() if own.since == since}
    links = tuple(link for link in unchanged(plan).links if link.before not in begun)
    before = as_of(plan, since + -1).with_each(then)
    return _revision(since, before, as_of(plan, since), Lineage(links), begun)


def _revision(
    since: FiscalYear, before: Plan, after: Plan, onward: Lineage, begun: Collection[str] = ()
) -> PlanRevision:
    """Return what differs between two versions; ``begun`` was not asked yet in the earlier one."""
    olds = {id_: clause for id_, clause in _asked(before, since).items() if id_ not in begun}
    found = tuple(_amendments(since, (before, olds), (after, _asked(after, since)), onward))
    return PlanRevision(since, before, after, found)


def _amendments(
    since: FiscalYear, old: _Version, new: _Version, by: Lineage
) -> Iterator[Amendment]:
    """Yield what differs, in the order of the later version; what ended stands where it stood."""
    (before, olds), (after, news) = old, new
    came_of = {id_: [link.before for link in by.into.get(id_, ())] for id_ in news}
    came_of[WHOLE] = [WHOLE]
    gone = olds.keys() - {old for ids in came_of.values() for old in ids}

    def amendment(id_: str, ones: list[Clause], other: Clause | None) -> Amendment:
        how = {"has_statement": [_statement(one) for one in ones] != [_statement(other)]}
        was = tuple(line for one in ones for line in lines_of(one, before, **how))
        now = lines_of(other, after, **how) if other else ()
        one = next(iter(ones), None)
        return Amendment(id_, one, other, was, now, reason_of(other, since))

    for id_ in _in_order(list(clauses_of(before)), list(clauses_of(after))):
        if id_ in news:
            found = amendment(id_, [olds[i] for i in came_of[id_] if i in olds], news[id_])
            if found.old != found.new:
                yield found
        if id_ in gone:
            yield amendment(id_, [olds[id_]], None)


def _asked(plan: Plan, since: FiscalYear) -> Mapping[str, Clause]:
    """Return the clauses of a plan without the indicators that are not asked any longer."""
    return {
        id_: clause
        for id_, clause in clauses_of(plan).items()
        if not (isinstance(clause, Indicator) and clause.until and clause.until < since)
    }


def _statement(clause: Clause | None) -> str:
    """Return the sentence that states an indicator; one that stays may speak of the old target."""
    return clause.statement if isinstance(clause, Indicator) else ""


def _in_order(olds: Sequence[str], news: Sequence[str]) -> list[str]:
    """Return all ids in the order of the later version; what only the earlier one has stands behind
    what it stood behind there.
    """
    order = list(news)
    for at, id_ in enumerate(olds):
        if id_ not in news:
            above = olds[at - 1] if at else ""
            order.insert(order.index(above) + 1 if above in order else 0, id_)
    return order


def reason_of(clause: Clause | None, since: FiscalYear) -> str:
    """Return why a clause itself says that it was revised from a round on; "" where it says nothing."""
    revised = clause.revised if isinstance(clause, Indicator) else ()
    return "、".join(each.reason for each in revised if each.since == since and each.reason)
