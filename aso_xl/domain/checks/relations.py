"""What does not agree between figures. A comparison is open while any figure is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from ..catalogue import DERIVED_MISMATCH, PART_EXCEEDS_WHOLE, SAME_MISMATCH, STATED_TOTAL_MISMATCH
from ..figures import EnteredFigure, Figures
from ..ledger import Ledger
from ..numerals import FiscalYear
from ..plan import Derived, Part, Plan, Relation, Same, Together
from ..settings import keys
from .issue import Issue, issue

STATED_TOTAL = keys("stated_kpi_total")[0]


def check(ledger: Ledger, sound: Figures) -> Iterator[Issue]:
    """Yield disagreements in every round, between figures that are sound one by one."""
    for relation in ledger.plan.relations:
        for round_ in ledger.plan.rounds:
            yield from _compare(relation, sound, round_)
    yield from _stated_total(ledger)


def _compare(relation: Relation, sound: Figures, round_: FiscalYear) -> Iterator[Issue]:
    match relation:
        case Derived():
            yield from _derived(relation, sound, round_)
        case Same():
            yield from _same(relation, sound, round_)
        case Part():
            yield from _part(relation, sound, round_)
        case Together():
            return  # its values may differ: only how they count is said
        case _:
            assert_never(relation)


def _figure(sound: Figures, id_: str, round_: FiscalYear) -> tuple[EnteredFigure, Decimal] | None:
    figure = sound.get(id_, {}).get(round_)
    return (figure, figure.value) if figure and figure.value is not None else None


def _derived(relation: Derived, sound: Figures, round_: FiscalYear) -> Iterator[Issue]:
    found = _figure(sound, relation.id, round_)
    plus = [_figure(sound, id_, round_) for id_ in relation.plus]
    minus = [_figure(sound, id_, round_) for id_ in relation.minus]
    if not found:
        return
    terms, expected = "", Decimal(0)
    for sign, term in [(1, t) for t in plus] + [(-1, t) for t in minus]:
        if not term:
            return
        expected += sign * term[1]
        terms += f"{'+' if sign > 0 else '−'}{term[0].show(term[1])}"
    figure, value = found
    if value != expected:
        yield issue(
            DERIVED_MISMATCH,
            *(figure.cell, figure.indicator, round_),
            value=figure.show(value),
            expected=figure.show(expected),
            formula=terms.removeprefix("+"),
        )


def _same(relation: Same, sound: Figures, round_: FiscalYear) -> Iterator[Issue]:
    known = [found for id_ in relation.ids if (found := _figure(sound, id_, round_))]
    for figure, value in known[1:]:
        first, expected = known[0]
        if value != expected:
            yield issue(
                SAME_MISMATCH,
                *(figure.cell, figure.indicator, round_),
                value=figure.show(value),
                expected=first.show(expected),
                other=f"{first.indicator.id}({first.cell.sheet} {first.cell.address})",
            )


def _part(relation: Part, sound: Figures, round_: FiscalYear) -> Iterator[Issue]:
    part, whole = (_figure(sound, id_, round_) for id_ in (relation.part, relation.whole))
    if part and whole and part[1] > whole[1]:
        figure, value = part
        yield issue(
            PART_EXCEEDS_WHOLE,
            *(figure.cell, figure.indicator, round_),
            part=figure.indicator.name,
            value=figure.show(value),
            whole=whole[0].indicator.name,
            expected=whole[0].show(whole[1]),
        )


def kpi_total(plan: Plan) -> int:
    """Return how many KPIs the goals have together, published counts included."""
    return sum(
        goal.kpi_counts.total
        if goal.kpi_counts
        else len(goal.kpis) - len(plan.repeats(goal, "kpi"))
        for goal in plan.goals
    )


def _stated_total(ledger: Ledger) -> Iterator[Issue]:
    cell = ledger.setting_cells.get(STATED_TOTAL)
    stated = ledger.settings.stated_kpi_total if cell else ledger.plan.stated_kpi_total
    expected = kpi_total(ledger.plan)
    if stated is not None and stated != expected:
        found = issue(STATED_TOTAL_MISMATCH, cell, value=stated, expected=expected)
        yield replace(found, value=str(stated))
