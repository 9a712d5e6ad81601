"""The figures of a ledger: one actual of one indicator in one round, with its cell and reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..achievement import show
from ..entry import Reading, read
from ..ledger import Cell, Ledger
from ..numerals import FiscalYear
from ..plan import Actual, Indicator


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


def figures(ledger: Ledger) -> Iterator[EnteredFigure]:
    """Yield the figure of every cell that stands for an actual, in the plan's order."""
    for indicator in ledger.plan.indicators():
        row = ledger.rows.get(indicator.id)
        for round_ in ledger.plan.rounds if row else ():
            if row and (cell := row.cells.get(str(round_))):
                yield EnteredFigure(indicator, round_, cell, read(cell, indicator))
