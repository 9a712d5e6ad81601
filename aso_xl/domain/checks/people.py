"""What people still have to write: 担当課, 要因, and the paragraphs of the report."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..achievement import Result, judge
from ..catalogue import (
    DEPARTMENT_MISSING,
    DEPARTMENT_UNKNOWN,
    MEASURE_TEXT_EMPTY,
    PARAGRAPH_EMPTY,
    REMARK_MISSING,
    TEXT_COPIED,
)
from ..cells import Cell, Row
from ..departments import names_in
from ..fields import DEPARTMENT, REMARK, fields_of, measure_fields, notes
from ..figures import Figures
from ..ledger import Ledger
from ..numerals import FiscalYear
from ..plan import Goal, Indicator
from ..settings import keys
from ..words import COPIED
from .issue import Issue, issue

HEADING, OPENING = keys("heading"), keys("paragraphs")


def check(ledger: Ledger, sound: Figures, round_: FiscalYear) -> Iterator[Issue]:
    """Yield what is still to be written for the report of ``round_``.

    Texts belong to the round set in 設定; of another one none is asked for.
    """
    yield from _paragraphs(ledger)
    for indicator in ledger.plan.indicators():
        if row := ledger.rows.get(indicator.id):
            yield from _department(ledger, indicator, row)
            if round_ == ledger.settings.round:
                yield from _remark(ledger, indicator, row, sound, round_)
    if round_ == ledger.settings.round:
        yield from _copied(ledger)
        for goal in ledger.plan.goals:
            yield from _measure_texts(ledger, goal)


def _copied(ledger: Ledger) -> Iterator[Issue]:
    """Yield the texts of the round before that nobody has looked at yet."""
    for row in ledger.every_row():
        for field in notes(fields_of(ledger.plan, row.id)):
            cell = row.cells.get(field.key)
            if cell and cell.text.startswith(COPIED):
                named = ledger.plan.by_id.get(row.id)
                found = issue(TEXT_COPIED, cell, named, label=field.word)
                yield replace(found, indicator=row.id, name=ledger.plan.name_of(row.id))


def _department(ledger: Ledger, indicator: Indicator, row: Row) -> Iterator[Issue]:
    known, cell = ledger.settings.departments, row.cells.get(DEPARTMENT)
    if cell is None:
        return
    names = names_in(cell.text, known)
    if not names:
        # A strategy without any department (as the published second term) asks for none.
        if known:
            yield issue(DEPARTMENT_MISSING, cell, indicator)
        return
    for name in names:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
            hint = f"「{close[0]}」に直すか" if close else "一覧から選び直すか"
            yield issue(DEPARTMENT_UNKNOWN, cell, indicator, value=name, hint=hint)


def _remark(
    ledger: Ledger, indicator: Indicator, row: Row, sound: Figures, round_: FiscalYear
) -> Iterator[Issue]:
    cell = row.cells.get(REMARK)
    if cell is None or not cell.is_blank:
        return
    actuals = {r: figure.actual for r, figure in sound.get(indicator.id, {}).items()}
    how = ledger.plan.judging
    if judge(indicator, actuals, round_, ledger.settings, how).result is Result.MISSED:
        yield issue(REMARK_MISSING, cell, indicator, round_)


def _paragraphs(ledger: Ledger) -> Iterator[Issue]:
    cells = ledger.setting_cells
    if (heading := _first(cells, HEADING)) and not ledger.settings.heading.strip():
        yield issue(PARAGRAPH_EMPTY, heading, label="見出し")
    if (first := _first(cells, OPENING)) and not any(
        text.strip() for text in ledger.settings.paragraphs
    ):
        yield issue(PARAGRAPH_EMPTY, first, label="前文")


def _first(cells: Mapping[str, Cell], keys: tuple[str, ...]) -> Cell | None:
    return next((cells[key] for key in keys if key in cells), None)


def _measure_texts(ledger: Ledger, goal: Goal) -> Iterator[Issue]:
    rows = [row for measure in goal.measures if (row := ledger.measures.get(measure.id))]
    own = {field.key for field in ledger.plan.fields}
    fields = notes(measure_fields(ledger.plan))
    keys = [field.key for field in fields if field.is_asked and field.key not in own]
    texts = [[row.cells[key] for key in keys if key in row.cells] for row in rows]
    empty = [blank[0] for cells in texts if (blank := [c for c in cells if c.is_blank])]
    if empty:
        yield issue(MEASURE_TEXT_EMPTY, empty[0], count=len(empty))
