"""What is wrong with a figure in the run of its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from ..catalogue import BLANK, CUMULATIVE_FALLING, FUTURE_ACTUAL, PENDING, SINGLE_TYPED
from ..figures import EnteredFigure, Figures
from ..numerals import FiscalYear
from ..plan import Indicator, Mark
from .issue import Issue, issue
from .outliers import NEAR

HALF: Final = 2
"""A value of one year is at most the total divided by this."""
Run = Mapping[FiscalYear, EnteredFigure]


def check(sound: Figures, round_: FiscalYear) -> Iterator[Issue]:
    """Yield findings on runs of figures that are sound one by one; ``round_`` is evaluated."""
    for run in sound.values():
        for figure in run.values():
            yield from _timing(figure, round_)
            yield from _falling(figure, run)


def _timing(figure: EnteredFigure, round_: FiscalYear) -> Iterator[Issue]:
    at = (figure.cell, figure.indicator, figure.round)
    actual = figure.actual
    if figure.round > round_ and not actual.is_blank and actual.mark is None:
        yield issue(FUTURE_ACTUAL, *at, evaluated=round_)
    if figure.round != round_:
        return
    if actual.is_blank and figure.reading.kind is None:
        yield issue(BLANK, *at)
    elif actual.mark is Mark.PENDING:
        yield issue(PENDING, *at)


def _falling(figure: EnteredFigure, run: Run) -> Iterator[Issue]:
    indicator, value = figure.indicator, figure.value
    if not indicator.cumulative or value is None:
        return
    known = [
        (f.value, f"{round_}の{f.show(f.value)}")
        for round_, f in run.items()
        if round_ < figure.round and f.value is not None
    ][-1:]
    if indicator.baseline is not None:
        known.append((indicator.baseline, f"基準値{figure.show(indicator.baseline)}"))
    for earlier, reference in known:
        if value < earlier:
            at = (figure.cell, indicator, figure.round)
            shown = figure.show(value)
            if _is_single(indicator, value, earlier):
                better = figure.show(earlier + value)
                yield issue(SINGLE_TYPED, *at, value=shown, reference=reference, better=better)
            else:
                yield issue(CUMULATIVE_FALLING, *at, value=shown, reference=reference)
            return


def _is_single(indicator: Indicator, value: Decimal, earlier: Decimal) -> bool:
    """Return whether a value below the earlier total seems to be that of the year alone.

    It is much less than the total, and added to it does not go far beyond the target.
    """
    most = max(earlier, indicator.target or earlier) * NEAR[1]
    return 0 < value * HALF <= earlier and earlier + value <= most
