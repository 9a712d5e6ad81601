"""Plans and ledgers made in code: a whole, correct workbook, and what a test changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from string import ascii_uppercase
from typing import Any

from aso_xl.domain import fields as words
from aso_xl.domain.cells import Cell, CellValue, Row
from aso_xl.domain.checks import Issue, check
from aso_xl.domain.ledger import Ledger, Oddity
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Goal, Indicator, Measure, Plan, Relation
from aso_xl.domain.settings import Settings
from aso_xl.strategies import definition
from aso_xl.strategies import plan_parser as definition_parser

R6, R7, R8, R9, R10, R11 = (FiscalYear(2018 + n) for n in range(6, 12))
ROUNDS = (R7, R8, R9, R10, R11)
DEFINED = (
    words.ID,
    words.NAME,
    words.UNIT,
    words.RULE,
    words.BASELINE_YEAR,
    words.BASELINE,
    words.TARGET_YEAR,
    words.TARGET,
)
FIELDS = (*DEFINED, *map(str, ROUNDS), words.REMARK, words.DEPARTMENT)
COLUMNS = dict(zip(FIELDS, ascii_uppercase, strict=False))
TEXTS = (words.EFFORTS, words.PROBLEMS, words.DIRECTION)
FIRST_ROW = 5

Typed = Mapping[str, Mapping[str, CellValue | Cell]]


@cache
def third() -> Plan:
    """Return the plan of the third term."""
    return definition.load("third").plan


@cache
def second() -> Plan:
    """Return the plan of the second term."""
    return definition.load("second").plan


def indicator(
    baseline: str | None = "94", target: str | None = "120", rule: str = "以上", **more: Any
) -> Indicator:
    """Return a KPI ``1-01-1`` of 人, from R6 to R10, with what ``more`` changes."""
    usual = {
        "id": "1-01-1",
        "goal": 1,
        "kind": "kpi",
        "name": "従事者数",
        "measure": 1,
        "unit": "人",
        "baseline_year": R6 if baseline else None,
        "target_year": R10 if target else None,
    }
    return Indicator(
        **{**usual, **more},
        rule=definition_parser.RULES[rule],
        baseline=Decimal(baseline) if baseline else None,
        target=Decimal(target) if target else None,
    )


def plan_of(*indicators: Indicator, relations: tuple[Relation, ...] = ()) -> Plan:
    """Return a plan of one goal with the KPIs in one 施策; every round, R8 evaluated."""
    goal = Goal(1, "仕事をつくる", measures=(Measure(1, 1, "農業", indicators),))
    period = (R8, R11)
    return Plan("t", "総合戦略", "戦略", "阿蘇市", period, ROUNDS, R8, (goal,), relations)


def stored(value: CellValue = None, **how: Any) -> Cell:
    """Return a cell as stored (``number_format``, ``is_formula``, ``is_error``), to be placed."""
    return Cell("", "", value, **how)


def ledger_of(plan: Plan, typed: Typed | None = None, **changes: Any) -> Ledger:
    """Return a complete workbook of ``plan``: departments, remarks and texts are all written.

    ``typed`` holds what stands in cells by indicator or 施策 id and field (``R8``, ``baseline``).
    """
    typed = typed or {}
    rows, measures, goals = {}, {}, {}
    for goal in plan.goals:
        found = (*goal.headlines, *goal.kpis)
        for number, each in enumerate(found, start=FIRST_ROW):
            rows[each.id] = _row(
                goal, each.id, number, {**_defined(each), **typed.get(each.id, {})}
            )
        for number, measure in enumerate(goal.measures, start=FIRST_ROW + len(found) + 5):
            written = {
                words.ID: measure.id,
                **dict.fromkeys(TEXTS, "文"),
                **typed.get(measure.id, {}),
            }
            measures[measure.id] = _row(goal, measure.id, number, written)
        if words.goal_fields(plan):
            named = {words.ID: goal.id, **typed.get(goal.id, {})}
            goals[goal.id] = _row(goal, goal.id, FIRST_ROW - 2, named)
    settings = Settings(plan.round, departments=("観光課",), heading="検証", paragraphs=("文",))
    cells = {"見出し": Cell("設定", "B7", "検証"), "前文1": Cell("設定", "B8", "文")}
    return replace(Ledger(plan, settings, rows, measures, cells, goals=goals), **changes)


def issues_of(
    plan: Plan, typed: Typed | None = None, *oddities: Oddity, round_: FiscalYear = R8
) -> tuple[Issue, ...]:
    """Return what the checks find in the ledger of these cells."""
    return check(ledger_of(plan, typed, oddities=oddities), round_)


def places(issues: tuple[Issue, ...], *without: str) -> list[tuple[str, str | None]]:
    """Return (code, cell) of each issue, leaving out some codes."""
    return [(i.code, i.cell) for i in issues if i.code not in without]


def plausible(plan: Plan, round_: FiscalYear = R8) -> dict[str, dict[str, CellValue]]:
    """Return a correct figure per indicator: the baseline, repeated up to the round."""
    rounds = [str(r) for r in plan.rounds if r <= round_]
    return {
        i.id: dict.fromkeys(rounds, "達成" if i.rule.is_typed else _float(i.baseline))
        for i in plan.indicators()
    }


def _defined(each: Indicator) -> dict[str, CellValue]:
    return {
        words.ID: each.id,
        words.NAME: each.name,
        words.UNIT: each.unit,
        words.RULE: each.rule.label,
        words.BASELINE_YEAR: str(each.baseline_year) if each.baseline_year else None,
        words.BASELINE: _float(each.baseline),
        words.TARGET_YEAR: str(each.target_year) if each.target_year else None,
        words.TARGET: _float(each.target),
        words.REMARK: "記録の集計",
        words.DEPARTMENT: "観光課",
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _row(goal: Goal, id_: str, number: int, values: Mapping[str, CellValue | Cell]) -> Row:
    sheet = f"基本目標{goal.number}"
    fields = (
        dict(COLUMNS) if words.NAME in values else dict(zip(values, ascii_uppercase, strict=False))
    )
    more = (field for field in values if field not in fields)
    fields |= dict(zip(more, ascii_uppercase[len(fields) :], strict=False))
    cells = {}
    for field, column in fields.items():
        value = values.get(field)
        cell = value if isinstance(value, Cell) else Cell(sheet, "", value)
        cells[field] = replace(cell, sheet=sheet, address=f"{column}{number}")
    return Row(id_, sheet, number, cells)
