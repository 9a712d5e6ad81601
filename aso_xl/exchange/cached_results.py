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
from ..domain.summary import Count, Summary, summarize
from ..domain.words import NONE
from ..office.addresses import address_of
from ..workbook.build.indicator_table import shown_words
from ..workbook.build.summary_sheet import DENOMINATOR, HEADS, RATE, counted
from ..workbook.layout import COUNTS_TABLE, HEADLINE_COUNTS_TABLE
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
        if area := ledger.areas.get(name):
            counts = [getattr(goal, kind) for goal in summary.goals]
            yield from _counts(area, [*counts, _whole(summary, kind)], sheets)


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


def _counts(
    area: Area, counts: Sequence[Count], sheets: Mapping[str, FileSheet]
) -> Iterator[Cached]:
    """Yield the cells of one table of counts, if it is as it was built (it is protected)."""
    size = (area.last_row - area.first_row, area.last_column - area.first_column + 1)
    if size != (len(counts), len(HEADS)):
        return
    sheet = sheets.get(area.sheet)
    formulas = sheet.formula_cells() if sheet else frozenset()
    for row, count in enumerate(counts, start=area.first_row + 1):
        for offset, value in _cells(count).items():
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
