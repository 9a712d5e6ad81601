"""Ledgers of plans in tests/data/plans, as a workbook would hold their entries: without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from paths import PLANS

from aso_xl.domain import settings
from aso_xl.domain.cells import Cell, CellValue, Row
from aso_xl.domain.field_declaration import Field, Type
from aso_xl.domain.fields import (
    fields_of,
    goal_fields,
    indicator_fields,
    is_round,
    measure_fields,
    typed,
)
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.plan import Indicator, Mark, Verdict
from aso_xl.office.addresses import address_of
from aso_xl.strategies import entries as given
from aso_xl.strategies.definition import Definition, load


@cache
def ledger_of_plan(name: str) -> Ledger:
    """Return the ledger of ``name.toml`` with its entries typed in."""
    return ledger_of_definition(load(str(PLANS / f"{name}.toml")))


def ledger_of_definition(definition: Definition) -> Ledger:
    """Return the ledger of a definition with its entries typed in."""
    plan, entries = definition.plan, definition.entries
    texts = {key: str(value) for key, value in entries.get("settings", {}).items()}
    chosen, wrong = settings.read(plan, texts)
    assert not wrong
    rows = {
        each.id: _row(entries, each.id, typed(indicator_fields(plan, each.kind)), each.department)
        for each in plan.indicators()
    }
    measures = {id_: _row(entries, id_, typed(measure_fields(plan))) for id_ in plan.measures}
    goals = {each.id: _row(entries, each.id, typed(goal_fields(plan))) for each in plan.goals}
    return Ledger(plan, chosen, rows, measures, goals=goals if goal_fields(plan) else {})


def whole(ledger: Ledger) -> Ledger:
    """Return the ledger with a cell for every field of every row, each in a place of its own."""

    def filled(rows: Mapping[str, Row], sheet: str) -> dict[str, Row]:
        return {
            id_: replace(row, sheet=sheet, number=number, cells=dict(cells(row, sheet, number)))
            for number, (id_, row) in enumerate(rows.items(), start=1)
        }

    def cells(row: Row, sheet: str, number: int) -> Iterator[tuple[str, Cell]]:
        for column, field in enumerate(fields_of(ledger.plan, row.id), start=1):
            here = row.cells.get(field.key, Cell("", ""))
            yield field.key, replace(here, sheet=sheet, address=address_of(number, column))

    return replace(
        ledger,
        rows=filled(ledger.rows, "指標"),
        measures=filled(ledger.measures, "施策"),
        goals=filled(ledger.goals, "基本目標"),
        setting_cells={
            key: Cell("設定", f"B{number}")
            for number, row in enumerate(settings.rows(), start=1)
            for key in (row.setting.key,)
        },
        count_cells={
            goal.number: (Cell("件数", f"A{goal.number}"), Cell("件数", f"B{goal.number}"))
            for goal in ledger.plan.goals
            if goal.kpi_counts
        },
    )


def filled(ledger: Ledger, seed: int) -> Ledger:
    """Return the ledger with an actual in every round, by a seed: near the target, a mark, or none."""
    random = Random(seed)

    def typed_in(row: Row) -> Row:
        indicator = ledger.plan.by_id[row.id]
        cells = {
            key: replace(cell, value=_typed(random, indicator)) if is_round(key) else cell
            for key, cell in row.cells.items()
        }
        return replace(row, cells=cells)

    return replace(ledger, rows={id_: typed_in(row) for id_, row in ledger.rows.items()})


def _typed(random: Random, indicator: Indicator) -> CellValue:
    if random.random() < 0.2:
        return random.choice((*(mark.value for mark in Mark), None))
    if indicator.rule.is_typed:
        return random.choice([verdict.value for verdict in Verdict])
    target = indicator.target or Decimal(0)
    base = target if indicator.baseline is None else indicator.baseline
    share = Decimal(random.choice((-20, 0, 33, 50, 80, 95, 100, 110, 133))) / 100
    return float(round(base + (target - base) * share, 3))


def _row(entries: Any, id_: str, fields: tuple[Field, ...], department: str = "") -> Row:
    cells = {}
    for column, field in enumerate(fields):
        value = given.given(entries, field, id_)
        if field.type is Type.DEPARTMENTS:
            value = value or department or None
        if value is not None and field.type in (Type.ACTUAL, Type.NUMBER):
            value = float(value) if value.lstrip("-").replace(".", "").isdigit() else value
        cells[field.key] = Cell("表", f"{chr(ord('A') + column)}1", value)
    return Row(id_, "表", 1, cells)
