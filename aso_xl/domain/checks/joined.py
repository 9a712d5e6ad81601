"""Values that are joined over the rounds: one that is missing, or that is a sum already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from .. import words
from ..catalogue import SUM_TYPED, TERM_OPEN
from ..figures import EnteredFigure, Figures
from ..ledger import Ledger
from ..numerals import FiscalYear
from ..plan import Indicator, Mark
from ..sentences import AGGREGATES
from .issue import Issue, issue

STEADY: Final = 2
"""What a sum grows by each year is at least the first year's value divided by this."""


def check(ledger: Ledger, sound: Figures, round_: FiscalYear) -> Iterator[Issue]:
    """Yield findings on indicators whose values are joined, up to the evaluated round."""
    for indicator in ledger.plan.indicators():
        if indicator.aggregate != "latest":
            run = sound.get(indicator.id, {})
            figures = [figure for each, figure in run.items() if each <= round_]
            yield from _open(figures, round_)
            if indicator.aggregate == "sum":
                rounds = sum(map(indicator.is_asked, ledger.plan.rounds))
                yield from _summed(indicator, figures, rounds)


def _open(figures: Sequence[EnteredFigure], round_: FiscalYear) -> Iterator[Issue]:
    """Yield the earlier rounds that leave the evaluated one unjudged; it itself is named anyway."""
    for figure in figures:
        is_blank = figure.actual.is_blank and figure.reading.kind is None
        if figure.round == round_ or not (is_blank or figure.actual.mark is Mark.PENDING):
            continue
        yield issue(
            TERM_OPEN,
            *(figure.cell, figure.indicator, figure.round),
            word=AGGREGATES[figure.indicator.aggregate],
            round=figure.round,
            state=words.BLANK if is_blank else words.PENDING,
        )


def _summed(indicator: Indicator, figures: Sequence[EnteredFigure], rounds: int) -> Iterator[Issue]:
    """Yield the newest value if it seems to be the sum of all up to it.

    Values that grow steadily, each by about as much as the first, are one sum after the other where
    the newest alone is nearer to what the target asks by then than all of them together.
    """
    known = [(figure, value) for figure in figures if (value := figure.value) is not None]
    values = [value for _, value in known]
    if len(values) < 2 or min(values) <= 0 or indicator.target is None or indicator.target <= 0:
        return
    steps = [after - before for before, after in pairwise(values)]
    if min(steps) * STEADY < values[0]:
        return
    expected = indicator.target * len(values) / rounds
    if _times(values[-1], expected) >= _times(sum(values, Decimal(0)), expected):
        return
    figure, value = known[-1]
    yield issue(
        SUM_TYPED,
        *(figure.cell, indicator, figure.round),
        value=figure.show(value),
        earlier="、".join(f"{f.round} {f.show(v)}" for f, v in known[:-1]),
        better=figure.show(steps[-1]),
    )


def _times(value: Decimal, expected: Decimal) -> Decimal:
    """Return how many times a value is as much as what is expected, or as little."""
    return max(value / expected, expected / value)
