"""Drawing the counts of every round on 集計: the confirmed ones of 確定記録, the one of 設定 as judged now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain import words
from ...domain.numerals import FiscalYear
from ...domain.plan import KIND_LABELS, Kind
from ...domain.record_heads import ACHIEVED, CONFIRMED, KIND, NAME, TOTAL, WHOLE, YEAR
from ...domain.steps import Step
from ...domain.summary import Count
from ..layout import ROUNDS_HEADS, ROUNDS_TABLE
from . import formulas, kept_rows
from .content import Contents
from .styles import Styles

STATE: Final = 1
"""The column that says whether the counts are confirmed."""
KIND_COLUMNS: Final[Mapping[Kind, int]] = {"kpi": 2, "headline": 6}
"""Where the four columns of a kind begin: in the denominator, 達成, 達成以外, 達成率."""
CONFIRMED_NOW, JUDGED_NOW = "確定", "いまの判定"
_HEAD_HEIGHT: Final = 30


def is_wanted(contents: Contents) -> bool:
    """Return whether there is something to count over several rounds, in a master."""
    counted = any(goal.headlines or goal.kpis or goal.kpi_counts for goal in contents.plan.goals)
    return counted and len(contents.plan.rounds) > 1 and not contents.handout


def at_first(contents: Contents, round_: FiscalYear) -> dict[int, str | Decimal]:
    """Return what the columns of a round show in a new workbook: none is confirmed."""
    return shown(Step(contents.summary, False) if round_ == contents.round else None)


def shown(step: Step | None) -> dict[int, str | Decimal]:
    """Return what the columns of a round show behind its name; of a round without a count nothing."""
    cells: dict[int, str | Decimal] = dict.fromkeys(range(STATE, len(ROUNDS_HEADS)), "")
    cells[STATE] = words.NONE
    if step:
        cells[STATE] = CONFIRMED_NOW if step.is_confirmed else JUDGED_NOW
        for kind, first in KIND_COLUMNS.items():
            count = step.summary.kpi if kind == "kpi" else step.summary.headline
            cells |= dict(enumerate(_cells(count), start=first))
    return cells


def _cells(count: Count) -> Iterator[str | Decimal]:
    yield Decimal(count.total)
    yield Decimal(count.achieved)
    yield Decimal(count.not_achieved)
    yield words.NONE if count.rate is None else count.rate


def draw(
    sheet: Any, styles: Styles, contents: Contents, row: int, totals: Mapping[Kind, int]
) -> int:
    """Draw the table from its heading row on; return the row below it.

    ``totals`` are the rows of this sheet in which the counts of each kind add up.
    """
    rounds = contents.plan.rounds
    columns = [{"header": head, "header_format": styles("head")} for head in ROUNDS_HEADS]
    options = {"name": ROUNDS_TABLE, "style": None, "autofilter": False, "columns": columns}
    sheet.set_row(row, _HEAD_HEIGHT)
    sheet.add_table(row, 0, row + len(rounds), len(ROUNDS_HEADS) - 1, options)
    for at, round_ in enumerate(rounds, start=row + 1):
        values = at_first(contents, round_)
        sheet.set_row(at, 20)
        sheet.write_string(at, 0, str(round_), styles("id"))
        for column, formula in _row(contents, at, totals).items():
            value = values[column]
            look = styles("percent" if column in _RATES else "number")
            sheet.write_formula(
                at,
                column,
                f"={formula}",
                styles("centre") if column == STATE else look,
                float(value) if isinstance(value, Decimal) else value,
            )
    return row + 1 + len(rounds)


_RATES: Final = frozenset(first + 3 for first in KIND_COLUMNS.values())


def _row(contents: Contents, row: int, totals: Mapping[Kind, int]) -> dict[int, str]:
    """Return the formulas of a row by column."""
    name = xl_rowcol_to_cell(row, 0, col_abs=True)
    is_now = f"{name}=評価年度"
    is_kept = f"{kept_rows.how_many({YEAR: name, KIND: _text(CONFIRMED)})}>0"
    otherwise = f'IF({is_now},"{JUDGED_NOW}","{words.NONE}")'
    found = {STATE: f'IF({is_kept},"{CONFIRMED_NOW}",{otherwise})'}
    for kind, first in KIND_COLUMNS.items():
        where = {YEAR: name, KIND: _text(WHOLE), NAME: _text(KIND_LABELS[kind])}
        for column, head, place in ((first, TOTAL, 2), (first + 1, ACHIEVED, 3)):
            live = xl_rowcol_to_cell(totals[kind], place, row_abs=True, col_abs=True)
            kept = kept_rows.sum_of(head, where)
            state = xl_rowcol_to_cell(row, STATE, col_abs=True)
            now = f'IF({state}="{JUDGED_NOW}",{live},"")'
            found[column] = f'IF({state}="{CONFIRMED_NOW}",{kept},{now})'
        total, achieved = (xl_rowcol_to_cell(row, column) for column in (first, first + 1))
        found[first + 2] = f'IF({total}="","",{total}-{achieved})'
        rate = formulas.rate(achieved, total, contents.plan.rounding).removeprefix("=")
        found[first + 3] = f'IF({total}="","",{rate})'
    return found


def _text(word: str) -> str:
    return f'"{word}"'
