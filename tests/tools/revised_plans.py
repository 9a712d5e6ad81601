"""The third strategy as it may be revised, and workbooks that know its earlier version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

import random_revisions
from random_plans import definition_of, raw_plan

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.lineage import FormerPlan, lineage
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Goal, Indicator, Measure, Plan, Revision
from aso_xl.domain.revising import as_of
from aso_xl.domain.settings import Settings
from aso_xl.strategies.definition import load

R8, R9 = map(FiscalYear.parse, ("R8", "R9"))
PLAN = load("third").plan
LOWER = Revision(R9, target=Decimal(110), reason="見込みを改めたため")
Change = Callable[[Indicator], Indicator | None]


def with_kpis(plan: Plan, **changes: Change) -> Plan:
    """Return the plan with some KPIs changed (``k1_01_1``); None takes one out."""
    by_id = {name[1:].replace("_", "-"): change for name, change in changes.items()}

    def kpis(own: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        found = (by_id[kpi.id](kpi) if kpi.id in by_id else kpi for kpi in own)
        return tuple(kpi for kpi in found if kpi)

    def measures(goal: Goal) -> tuple[Measure, ...]:
        return tuple(replace(each, kpis=kpis(each.kpis)) for each in goal.measures)

    return replace(plan, goals=tuple(replace(g, measures=measures(g)) for g in plan.goals))


def revised(*revisions: Revision) -> Change:
    return lambda kpi: replace(kpi, revised=revisions)


def ledger(plan: Plan, round_: FiscalYear = R8, before: Plan | None = None) -> Ledger:
    """Return a workbook of a plan in a round; with ``before`` that was revised from R9 on."""
    now = Ledger(as_of(plan, round_), Settings(round_))
    if before is None:
        return now
    former = FormerPlan(before, "", R9, "2027-03-01 10:00", lineage(before, plan))
    return replace(now, former=(former,))


def random_revision(seed: int) -> tuple[Ledger, Plan, Plan]:
    """Return a workbook whose random plan was revised at random, and both versions."""
    raw, _ = raw_plan(Random(seed))
    old, new = definition_of(seed).plan, random_revisions.revised(raw, seed).plan
    since = Random(seed).choice(old.rounds)
    former = FormerPlan(old, "", since, "2027-03-01 10:00", lineage(old, new))
    return Ledger(new, Settings(new.round), former=(former,)), old, new
