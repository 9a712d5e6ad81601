"""The figures of a ledger: one actual of one indicator in one round, with its cell and reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .cells import Cell
from .entry import Reading, read
from .numerals import FiscalYear
from .plan import Actual, Indicator, Plan
from .shown import show


@dataclass(frozen=True)
class EnteredFigure:
    """What stands for an indicator in a round, where, and how it was read."""

    indicator: Indicator
    round: FiscalYear
    cell: Cell
    reading: Reading

    @property
    def actual(self) -> Actual:
        return self.reading.actual

    @property
    def value(self) -> Decimal | None:
        return self.actual.value

    def show(self, value: Decimal) -> str:
        """Return a value of this indicator as printed."""
        return show(self.indicator, value)


Figures = Mapping[str, Mapping[FiscalYear, EnteredFigure]]
"""Figures by indicator id and round, oldest first."""


def figures_of(plan: Plan, cells: Mapping[str, Mapping[str, Cell]]) -> Figures:
    """Return the figure of every cell that stands for an actual, in the plan's order.

    ``cells`` are those of the indicators' rows, by id and field; a round without a cell is left out, and
    one in which nothing is asked.
    """
    return {
        indicator.id: {
            round_: EnteredFigure(indicator, round_, cell, read(cell, indicator))
            for round_ in plan.rounds
            if indicator.is_asked(round_) and (cell := cells.get(indicator.id, {}).get(str(round_)))
        }
        for indicator in plan.indicators()
    }
