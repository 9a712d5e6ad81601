"""The plan as it holds in a round: what revisions of the strategy (改訂) have changed by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from .numerals import FiscalYear
from .plan import Goal, Indicator, Measure, Plan, Revision


def as_of(plan: Plan, round_: FiscalYear) -> Plan:
    """Return the plan with every indicator as it holds in ``round_``; the plan itself if none changed."""
    if not any(indicator.revised for indicator in plan.indicators()):
        return plan
    return replace(plan, goals=tuple(_goal(goal, round_) for goal in plan.goals))


def held(indicator: Indicator, round_: FiscalYear) -> Indicator:
    """Return the indicator as it holds in ``round_``: what it said at first, revised up to then."""
    first = indicator.first or indicator
    revisions = revisions_until(first, round_)
    return replace(reduce(_revised, revisions, first), first=first) if revisions else first


def revisions_until(indicator: Indicator, round_: FiscalYear) -> tuple[Revision, ...]:
    """Return what was changed up to ``round_``, the oldest first."""
    return tuple(revision for revision in indicator.revised if revision.since <= round_)


def _revised(indicator: Indicator, revision: Revision) -> Indicator:
    return replace(
        indicator,
        baseline=_else(revision.baseline, indicator.baseline),
        baseline_year=revision.baseline_year or indicator.baseline_year,
        target=_else(revision.target, indicator.target),
        target_year=revision.target_year or indicator.target_year,
        rule=revision.rule or indicator.rule,
        printed_target=revision.printed_target or indicator.printed_target,
    )


def _else(value: Decimal | None, before: Decimal | None) -> Decimal | None:
    return before if value is None else value


def _goal(goal: Goal, round_: FiscalYear) -> Goal:
    return replace(
        goal,
        headlines=_all(goal.headlines, round_),
        measures=tuple(_measure(measure, round_) for measure in goal.measures),
        own_kpis=_all(goal.own_kpis, round_),
    )


def _measure(measure: Measure, round_: FiscalYear) -> Measure:
    return replace(measure, kpis=_all(measure.kpis, round_))


def _all(indicators: Iterable[Indicator], round_: FiscalYear) -> tuple[Indicator, ...]:
    return tuple(held(indicator, round_) for indicator in indicators)
