"""What is wrong with a single figure."""

from __future__ import annotations

from collections.abc import Iterator

from ..numerals import decimals_of, plain
from .figures import Figure
from .issue import Issue, issue


def check(figure: Figure) -> Iterator[Issue]:
    """Yield the findings on one cell: how it was read, then whether the indicator allows it."""
    reading, at = figure.reading, (figure.cell, figure.indicator, figure.round)
    if figure.cell.flaw and figure.cell.flaw != reading.code:
        yield issue(figure.cell.flaw, *at)
    if reading.code:
        yield issue(reading.code, *at, better=plain(reading.better))
    value = figure.value
    if value is None or reading.code == "percent-fraction":
        return
    indicator, shown = figure.indicator, figure.show(value)
    if value < 0 and not indicator.signed:
        yield issue("negative", *at, value=shown)
    elif indicator.is_count and decimals_of(value):
        yield issue("fractional-count", *at, value=shown)
    elif indicator.is_percentage and value > 100 and not indicator.over_100:
        yield issue("over-100", *at, value=shown)
    elif decimals_of(value) > indicator.decimals:
        yield issue("too-many-decimals", *at, value=shown, decimals=indicator.decimals)
