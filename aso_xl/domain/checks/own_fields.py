"""What stands in the fields that a plan adds: what it cannot be, and blanks that are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final, assert_never

from ..catalogue import FIELD_EMPTY, FIELD_NOT_A_NUMBER, NOT_A_CHOICE
from ..cells import Cell, Row
from ..entry import note_of
from ..field_declaration import Field, Type
from ..fields import added
from ..ledger import Ledger
from ..numerals import FiscalYear
from ..plan import FieldPlace, Goal, PlanField
from ..text import bare
from .issue import Issue, issue

OF: Final[Mapping[FieldPlace, str]] = {"goal": "基本目標", "measure": "施策", "indicator": "指標"}


def check(ledger: Ledger, round_: FiscalYear) -> Iterator[Issue]:
    """Yield findings on the plan's own fields, goal by goal; blanks of what is asked in the round."""
    for own in ledger.plan.fields:
        field = added(own)
        for goal in ledger.plan.goals:
            rows = _rows(ledger, own, goal, round_)
            cells = [(row, name, row.cells[own.key]) for row, name in rows if own.key in row.cells]
            for row, name, cell in cells:
                if found := _wrong(field, cell):
                    yield replace(found, indicator=row.id, name=name)
            empty = [cell for _, _, cell in cells if cell.is_blank]
            if field.is_asked and empty:
                yield issue(FIELD_EMPTY, empty[0], label=own.name, of=OF[own.at], count=len(empty))


def _rows(
    ledger: Ledger, field: PlanField, goal: Goal, round_: FiscalYear
) -> Iterator[tuple[Row, str]]:
    """Yield the rows of a goal that have the field, each with the name of what it is of."""
    match field.at:
        case "indicator":
            asked = [i for i in (*goal.headlines, *goal.kpis) if i.is_asked(round_)]
            yield from ((ledger.rows[i.id], i.name) for i in asked if i.id in ledger.rows)
        case "measure":
            found = [m for m in goal.measures if m.id in ledger.measures]
            yield from ((ledger.measures[m.id], m.name) for m in found)
        case "goal":
            if goal.id in ledger.goals:
                yield ledger.goals[goal.id], goal.title
        case _:
            assert_never(field.at)


def _wrong(field: Field, cell: Cell) -> Issue | None:
    """Return what is wrong with what stands in a field; None for nothing."""
    if cell.is_blank:
        return None
    if field.type is Type.CHOICE and bare(cell.text) not in map(bare, field.choices):
        return issue(NOT_A_CHOICE, cell, label=field.word, choices="・".join(field.choices))
    if field.type is Type.NUMBER and not isinstance(note_of(cell, field), Decimal):
        unit = f"(単位は{field.unit})" if field.unit else ""
        return issue(FIELD_NOT_A_NUMBER, cell, label=field.word, unit=unit)
    return None
