"""The master that a revision makes: built from the new plan, with everything that was carried over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ..domain.baselines import with_baselines
from ..domain.ledger import Ledger
from ..domain.plan import KpiCounts, Plan
from ..domain.setting_declaration import Reasons
from ..domain.settings import BASELINE_REASONS_KEY, ROUND_KEY, rows
from ..exchange.cell_values import is_number, value_of
from ..exchange.shares import cell_value
from ..exchange.shares import settings as settings_of
from ..strategies.definition import Definition
from ..strategies.entries import DEPARTMENTS_KEY, give
from ..workbook.build.template import build
from .carrying import Carried
from .revised_plan import RevisedPlan


def built(ledger: Ledger, revised: RevisedPlan, carried: Carried) -> bytes:
    """Return the new master with what was typed in its cells; sheets that are kept come later."""
    entries: dict[str, Any] = {}
    for key, value in carried.values.items():
        if key.declared and value is not None:
            give(entries, key.declared, key.id, cell_value(value))
    entries["settings"] = _settings(ledger, revised)
    plan = _drawn(ledger, revised, carried)
    definition = Definition(plan, revised.definition.text, entries)
    return build(definition, sample=ledger.settings.sample, as_typed=True)


def _settings(ledger: Ledger, revised: RevisedPlan) -> dict[str, Any]:
    """Return what stands in 設定; what stood there as of the plan before goes with the new plan."""
    typed = settings_of(ledger)
    for row in rows():
        key, cell = row.setting.key, ledger.setting_cells.get(row.setting.key)
        if cell is not None and not cell.text:
            typed.setdefault(key, None)
        elif cell is not None and row.setting.kind.is_number and is_number(cell.value):
            typed[key] = cell.value
        before = value_of(row.usual(revised.before), text=True)
        if key != ROUND_KEY and key in typed and value_of(typed[key], text=True) == before:
            typed[key] = row.usual(revised.plan)
    if ledger.settings.baseline_reasons:
        typed[BASELINE_REASONS_KEY] = _reasons(ledger, revised)
    typed[DEPARTMENTS_KEY] = list(_departments(ledger, revised))
    return typed


def _baselines(ledger: Ledger, revised: RevisedPlan) -> Iterator[tuple[str, Decimal]]:
    """Yield the corrected baselines, by the ids of now and in their units; the new definition may say
    another one instead.
    """
    for each in ledger.baselines:
        link = revised.lineage.alone(each.id)
        now = revised.plan.by_id.get(link.after) if link else None
        before, after = each.before.value, each.now.value
        if link is None or now is None or before is None or after is None:
            continue
        if now.baseline == link.convert(before):
            yield link.after, link.convert(after)


def _reasons(ledger: Ledger, revised: RevisedPlan) -> str | None:
    """Return why baselines were corrected, by the ids of now; what has no single place keeps its id."""
    links = [
        (revised.lineage.alone(id_), id_, why) for id_, why in ledger.settings.baseline_reasons
    ]
    renumbered = tuple((link.after if link else id_, why) for link, id_, why in links)
    return Reasons().shown(renumbered)


def _departments(ledger: Ledger, revised: RevisedPlan) -> Iterator[str]:
    """Yield the list of 担当課: as it stands, then those that the new plan adds."""
    there = ledger.settings.departments
    yield from there
    passed = {*there, *revised.before.departments}
    yield from (name for name in revised.plan.departments if name not in passed)


def _drawn(ledger: Ledger, revised: RevisedPlan, carried: Carried) -> Plan:
    """Return the plan as its sheets show it: with 担当課 and counts that were typed over it."""
    plan = revised.plan.with_each(
        lambda own: replace(own, department="") if own.id in carried.cleared else own
    )
    plan = with_baselines(plan, dict(_baselines(ledger, revised)))
    typed = {goal.id: goal.kpi_counts for goal in ledger.plan.goals}
    defined = {goal.id: goal.kpi_counts for goal in revised.before.goals}

    def counts(id_: str, now: KpiCounts | None) -> KpiCounts | None:
        links = revised.lineage.into.get(id_, ())
        before = links[0].before if len(links) == 1 else ""
        is_typed = typed.get(before) != defined.get(before)
        return typed[before] if now and is_typed else now

    goals = (replace(goal, kpi_counts=counts(goal.id, goal.kpi_counts)) for goal in plan.goals)
    return replace(plan, goals=tuple(goals))
