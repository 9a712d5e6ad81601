"""What the formula cells of a merged master show before Excel calculates them (Protected View)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..domain.achievement import Achievement
from ..domain.fields import DEPARTMENT
from ..domain.ledger import Area, Ledger
from ..domain.numerals import from_float
from ..domain.plan import KIND_LABELS
from ..domain.steps import by_round
from ..domain.summary import Count, GoalSummary, Summary, summarize
from ..domain.words import NONE
from ..office.addresses import address_of
from ..workbook.build import rounds_table, summary_grades, together_table
from ..workbook.build.indicator_table import shown_words
from ..workbook.build.summary_sheet import DENOMINATOR, HEADS, RATE, counted
from ..workbook.layout import (
    COUNTS_TABLE,
    GRADES_TABLE,
    HEADLINE_COUNTS_TABLE,
    HEADLINE_GRADES_TABLE,
    ROUNDS_HEADS,
    ROUNDS_TABLE,
    TOGETHER_HEADS,
    table_name,
)
from ..workbook.read.file.package import Package
from ..workbook.read.file.workbook_file import FileSheet, sheets_of
from ..workbook.write.writing import Cached
from .cell_values import value_of


def cached(ledger: Ledger, package: Package) -> Iterator[Cached]:
    """Yield what the formulas on the goals' sheets and on 集計 show for the ledger's values.

    Only cells that hold a formula, and on the goals' sheets only those that show something else.
    """
    sheets = {sheet.title: sheet for sheet in sheets_of(package)}
    summary = summarize(ledger.plan, ledger.actuals, ledger.settings.round, ledger.settings)
    for achievement in summary.achievements.values():
        yield from _row(ledger, achievement)
    yield from _departments(ledger)
    for name, kind in ((COUNTS_TABLE, "kpi"), (HEADLINE_COUNTS_TABLE, "headline")):
        counts = [getattr(goal, kind) for goal in summary.goals]
        rows = [_cells(count) for count in (*counts, _whole(summary, kind))]
        yield from _table(ledger.areas.get(name), rows, len(HEADS), sheets)
    yield from _rounds(ledger, summary, sheets)
    if ledger.plan.grades:
        yield from _grades(ledger, summary, sheets)
    for goal in summary.goals if ledger.plan.together else ():
        yield from _together(ledger, goal, sheets)


def cached_rounds(ledger: Ledger, package: Package) -> Iterator[Cached]:
    """Yield what 集計 shows of every round, for the records and the values of the ledger."""
    sheets = {sheet.title: sheet for sheet in sheets_of(package)}
    summary = summarize(ledger.plan, ledger.actuals, ledger.settings.round, ledger.settings)
    yield from _rounds(ledger, summary, sheets)


def _rounds(ledger: Ledger, summary: Summary, sheets: Mapping[str, FileSheet]) -> Iterator[Cached]:
    rows = [rounds_table.shown(step) for step in by_round(ledger, summary).values()]
    yield from _table(ledger.areas.get(ROUNDS_TABLE), rows, len(ROUNDS_HEADS), sheets)


def _row(ledger: Ledger, achievement: Achievement) -> Iterator[Cached]:
    row = ledger.rows.get(achievement.indicator.id)
    for field, word in shown_words(achievement).items():
        cell = row.cells.get(field) if row else None
        if cell is None or not cell.is_formula:
            continue
        value, now = _typed(word), value_of(cell.value)
        if value != ("" if now is None else now):
            yield Cached(cell.sheet, cell.address, value)


def _departments(ledger: Ledger) -> Iterator[Cached]:
    """Yield what the goals' sheets show of 担当割."""
    for id_, cell in ledger.shown_departments.items():
        row = ledger.row(id_)
        value = row.cells[DEPARTMENT].text if row else ""
        if value != cell.text:
            yield Cached(cell.sheet, cell.address, value)


def _whole(summary: Summary, kind: str) -> Count:
    return summary.kpi if kind == "kpi" else summary.headline


def _grades(ledger: Ledger, summary: Summary, sheets: Mapping[str, FileSheet]) -> Iterator[Cached]:
    """Yield how many have each grade of the plan."""
    width = len(summary_grades.heads(ledger.plan))
    for name, kind in ((GRADES_TABLE, "kpi"), (HEADLINE_GRADES_TABLE, "headline")):
        counts = [getattr(goal, kind) for goal in summary.goals]
        rows = [
            dict(enumerate(map(Decimal, summary_grades.numbers(count)), start=summary_grades.FIRST))
            for count in (*counts, _whole(summary, kind))
        ]
        yield from _table(ledger.areas.get(name), rows, width, sheets)


def _together(
    ledger: Ledger, goal: GoalSummary, sheets: Mapping[str, FileSheet]
) -> Iterator[Cached]:
    """Yield what several values that are one indicator come to."""
    for kind in KIND_LABELS:
        groups = together_table.groups(ledger.plan, goal, kind)
        rows = [words for group in groups for words in together_table.shown_words(group)]
        area = ledger.areas.get(table_name(f"{kind}_together", goal.goal.number))
        yield from _table(area, rows, len(TOGETHER_HEADS), sheets)


def _table(
    area: Area | None,
    rows: Sequence[Mapping[int, str | Decimal]],
    width: int,
    sheets: Mapping[str, FileSheet],
) -> Iterator[Cached]:
    """Yield the formula cells of a table by their place in a row, if it is as it was built."""
    if area is None:
        return
    size = (area.last_row - area.first_row, area.last_column - area.first_column + 1)
    if size != (len(rows), width):
        return
    sheet = sheets.get(area.sheet)
    formulas = sheet.formula_cells() if sheet else frozenset()
    for row, cells in enumerate(rows, start=area.first_row + 1):
        for offset, value in cells.items():
            place = address_of(row, area.first_column + offset)
            if place in formulas:
                yield Cached(area.sheet, place, value)


def _cells(count: Count) -> dict[int, str | Decimal]:
    shown = dict(enumerate(map(Decimal, counted(count)), start=3))
    return {
        **shown,
        DENOMINATOR: Decimal(count.total),
        RATE: NONE if count.rate is None else count.rate,
    }


def _typed(word: Any) -> str | Decimal:
    """Return a shown word or number; one beyond what a cell can show is as if undefined."""
    if isinstance(word, str):
        return word
    return from_float(float(word)) if math.isfinite(float(word)) else NONE
