"""基準値の訂正: baselines that were published otherwise, typed over those of the definition.

A baseline on a goal's sheet that differs from the definition holds where a reason is given for it: in
設定, or in the row of the indicator in 確定記録. Without one it is a change of the definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from .cells import Cell, Row
from .fields import BASELINE
from .numerals import from_float, parse_number
from .plan import Actual, Indicator, Plan
from .record import Correction


def corrected(
    plan: Plan, rows: Mapping[str, Row], reasons: Mapping[str, str]
) -> tuple[Plan, tuple[Correction, ...]]:
    """Return the plan with the baselines that were corrected, and these; ``reasons`` are by id.

    One that a revision of the strategy (改訂) sets is not typed: its definition says it.
    """
    found = {}
    for id_, reason in reasons.items():
        own, row = plan.by_id.get(id_), rows.get(id_)
        cell = row.cells.get(BASELINE) if row else None
        if own is None or own.baseline is None or cell is None or _is_revised(own):
            continue
        value = number_of(cell, own)
        if value is not None and value != own.baseline:
            found[id_] = Correction(id_, None, Actual(own.baseline), Actual(value), reason)
    if not found:
        return plan, ()
    return with_baselines(plan, {id_: each.now.value for id_, each in found.items()}), tuple(
        found.values()
    )


def with_baselines(plan: Plan, baselines: Mapping[str, Decimal | None]) -> Plan:
    """Return the plan with some baselines in place of its own."""

    def own(indicator: Indicator) -> Indicator:
        value = baselines.get(indicator.id)
        return indicator if value is None else replace(indicator, baseline=value)

    return plan.with_each(own) if baselines else plan


def number_of(cell: Cell, indicator: Indicator) -> Decimal | None:
    """Return the number that a cell of the definition shows; None for anything else."""
    match cell.value:
        case bool():
            return None
        case int(value):
            return Decimal(value)
        case float(value):
            return from_float(value)
        case str(text):
            return parse_number(text, indicator.unit)
    return None


def _is_revised(indicator: Indicator) -> bool:
    return any(revision.baseline is not None for revision in indicator.revised)
