"""What is wrong with a single figure."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import (
    FRACTIONAL_COUNT,
    NEGATIVE,
    NOT_A_RANK,
    OVER_100,
    PERCENT_FRACTION,
    TOO_MANY_DECIMALS,
)
from ..figures import EnteredFigure
from ..numerals import decimals_of, plain
from ..plan import Indicator
from ..rule import Rule
from .issue import Issue, issue


def check(figure: EnteredFigure) -> Iterator[Issue]:
    """Yield the findings on one cell: how it was read, then whether the indicator allows it."""
    reading, at = figure.reading, (figure.cell, figure.indicator, figure.round)
    if figure.cell.flaw and figure.cell.flaw != reading.kind:
        yield issue(figure.cell.flaw, *at)
    if reading.kind:
        better = {} if reading.better is None else {"better": plain(reading.better)}
        yield issue(reading.kind, *at, **better)
    value = figure.value
    if value is None or reading.kind == PERCENT_FRACTION:
        return
    indicator, shown = figure.indicator, figure.show(value)
    if _is_rank(indicator) and (value < 1 or decimals_of(value)):
        yield issue(NOT_A_RANK, *at, value=shown)
    elif value < 0 and not indicator.signed:
        yield issue(NEGATIVE, *at, value=shown)
    elif indicator.is_count and decimals_of(value):
        yield issue(FRACTIONAL_COUNT, *at, value=shown)
    elif indicator.is_percentage and value > 100 and not indicator.over_100:
        yield issue(OVER_100, *at, value=shown)
    elif decimals_of(value) > indicator.decimals:
        digits = f"小数第{indicator.decimals}位まで" if indicator.decimals else "整数"
        yield issue(TOO_MANY_DECIMALS, *at, value=shown, digits=digits)


def _is_rank(indicator: Indicator) -> bool:
    return indicator.is_rank or indicator.rule is Rule.WITHIN
