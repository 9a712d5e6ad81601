"""The plan as it holds in a round: what revisions of the strategy (改訂) have changed by then."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from .numerals import FiscalYear
from .plan import Indicator, Plan, Revision


def as_of(plan: Plan, round_: FiscalYear) -> Plan:
    """Return the plan with every indicator as it holds in ``round_``; the plan itself if none changed."""
    if not any(indicator.revised for indicator in plan.indicators()):
        return plan
    return plan.with_each(lambda indicator: held(indicator, round_))


def held(indicator: Indicator, round_: FiscalYear) -> Indicator:
    """Return the indicator as it holds in ``round_``: what it said at first, revised up to then."""
    first = indicator.first or indicator
    revisions = revisions_until(first, round_)
    return replace(reduce(_revised, revisions, first), first=first) if revisions else first


def revisions_until(indicator: Indicator, round_: FiscalYear) -> tuple[Revision, ...]:
    """Return what was changed up to ``round_``, the oldest first."""
    return tuple(revision for revision in indicator.revised if revision.since <= round_)


def _revised(indicator: Indicator, revision: Revision) -> Indicator:
    return replace(indicator, **revision.changes)
