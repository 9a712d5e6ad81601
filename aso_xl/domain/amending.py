"""改訂: what a later version of the strategy says otherwise, clause by clause, and why.

A master knows its earlier versions from the definition, which says what was changed from which round
on, and from the records of confirmed rounds, which keep the plan of their day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .clauses import Clause, clauses_of, lines_of
from .ledger import Ledger
from .numerals import FiscalYear
from .plan import Indicator, Plan
from .revising import as_of


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
    known = {round_: record.plan for round_, record in sorted(ledger.records.items())}
    versions = dict.fromkeys(_revised(ledger.plan), (ledger.plan, ledger.plan))
    followers: list[tuple[FiscalYear | None, Plan]] = [*known.items(), (None, ledger.plan)][1:]
    for (round_, old), (later, new) in zip(known.items(), followers, strict=True):
        if _is_other(old, new, round_):
            named = [r for r in _named(old, new) if round_ < r and r <= (later or r)]
            first, *others = named or [later or max(ledger.settings.round, round_ + 1)]
            versions |= dict.fromkeys(others, (new, new))
            versions[first] = (old, new)
    found = (_revision(since, *both, known) for since, both in sorted(versions.items()))
    return tuple(revision for revision in found if revision.amendments)


def _revised(plan: Plan) -> set[FiscalYear]:
    """Return from which rounds on the definition says changes."""
    return {revision.since for own in plan.indicators() for revision in own.revised}


def _named(old: Plan, new: Plan) -> list[FiscalYear]:
    """Return the rounds that a new definition names for what it changes."""
    begun = {own.since for own in new.indicators() if own.since and not _in(old, own)}
    ended = {own.until + 1 for own in new.indicators() if own.until and _ends_anew(own, old)}
    return sorted(_revised(new) | begun | ended)


def _ends_anew(indicator: Indicator, old: Plan) -> bool:
    """Return whether an earlier version did not say the end of an indicator."""
    return all(each.until != indicator.until for each in _in(old, indicator))


def _in(plan: Plan, indicator: Indicator) -> list[Indicator]:
    """Return as what an indicator stood in an earlier version: by its id, else by those it had."""
    ids = [indicator.id] if indicator.id in plan.by_id else indicator.was
    return [plan.by_id[id_] for id_ in ids if id_ in plan.by_id]


def _is_other(old: Plan, new: Plan, round_: FiscalYear) -> bool:
    """Return whether a definition says something else than one before it, even of its round."""
    both = as_of(old, round_), as_of(new, round_)
    one, other = ({i: lines_of(c, plan) for i, c in clauses_of(plan).items()} for plan in both)
    return one != other or any(own.until and _ends_anew(own, old) for own in new.indicators())


def _revision(
    since: FiscalYear, old: Plan, new: Plan, known: Mapping[FiscalYear, Plan]
) -> PlanRevision:
    before, after = as_of(old, since + -1), as_of(new, since)
    earlier = [plan for round_, plan in known.items() if round_ < since]
    olds, news = dict(clauses_of(before)), dict(clauses_of(after))
    for own in new.indicators():
        is_known = any(_in(plan, own) for plan in earlier)
        if own.since and own.since >= since and not is_known:
            olds.pop(own.id, None)
        if own.since and own.since > since and not is_known:
            news.pop(own.id)
        if own.until and own.until + 1 == since and all(_ends_anew(own, p) for p in earlier):
            news.pop(own.id)
    made = _amendments(olds, news, before, after, since)
    return PlanRevision(since, before, after, tuple(made))


def _amendments(
    olds: Mapping[str, Clause],
    news: Mapping[str, Clause],
    before: Plan,
    after: Plan,
    since: FiscalYear,
) -> Iterator[Amendment]:
    """Yield what differs, in the order of the later version; what ended stands where it stood."""
    came_of = {id_: _came_of(id_, clause, olds) for id_, clause in news.items()}
    gone_on = {old for ids in came_of.values() for old in ids}
    for id_ in _in_order(list(clauses_of(before)), list(clauses_of(after))):
        if id_ not in news and (id_ not in olds or id_ in gone_on):
            continue
        ones, other = [olds[old] for old in came_of.get(id_, (id_,))], news.get(id_)
        how = {"has_statement": [_statement(one) for one in ones] != [_statement(other)]}
        old = tuple(line for one in ones for line in lines_of(one, before, **how))
        new = lines_of(other, after, **how) if other else ()
        if old != new:
            one = next(iter(ones), None)
            yield Amendment(id_, one, other, old, new, _reason(other or one, since))


def _came_of(id_: str, clause: Clause, olds: Mapping[str, Clause]) -> tuple[str, ...]:
    """Return as what a clause stood before: by its id, else by the ids it had; () if it is new."""
    if id_ in olds:
        return (id_,)
    was = () if isinstance(clause, Plan) else clause.was
    return tuple(old for old in was if old in olds)


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


def _reason(clause: Clause | None, since: FiscalYear) -> str:
    revised = clause.revised if isinstance(clause, Indicator) else ()
    return "、".join(each.reason for each in revised if each.since == since and each.reason)
