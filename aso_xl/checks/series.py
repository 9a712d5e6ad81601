"""What is wrong with a figure in the run of its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..numerals import FiscalYear
from ..plan import Mark
from .figures import Figure, Figures
from .issue import Issue, issue

Run = Mapping[FiscalYear, Figure]

FAR = 5
"""How many times beyond all known values a figure must lie to be taken for a slip of digits."""
NEAR = (Decimal("0.8"), Decimal("1.25"))
"""How near to the known values it must come when the digits are put right."""
SMALL = 10
"""Counts below this jump tenfold without anything being wrong."""


def check(sound: Figures, round_: FiscalYear) -> Iterator[Issue]:
    """Yield findings on runs of figures that are sound one by one; ``round_`` is evaluated."""
    for run in sound.values():
        for figure in run.values():
            yield from _timing(figure, round_)
            yield from _digits(figure, run)
            yield from _falling(figure, run)


def _timing(figure: Figure, round_: FiscalYear) -> Iterator[Issue]:
    at = (figure.cell, figure.indicator, figure.round)
    actual = figure.actual
    if figure.round > round_ and not actual.is_blank and actual.mark is None:
        yield issue("future-actual", *at, evaluated=round_)
    if figure.round != round_:
        return
    if actual.is_blank and figure.reading.code is None:
        yield issue("blank", *at)
    elif actual.mark is Mark.PENDING:
        yield issue("pending", *at)


def _digits(figure: Figure, run: Run) -> Iterator[Issue]:
    value, indicator = figure.value, figure.indicator
    if value is None or value <= 0 or _is_on_the_way(figure):
        return
    others = [f.value for f in run.values() if f is not figure]
    known = [v for v in (indicator.baseline, indicator.target, *others) if v is not None and v > 0]
    if len(known) < 2 or (indicator.is_count and min(value, max(known)) < SMALL):
        return
    meant = slipped_from(value, min(known), max(known))
    if meant is not None:
        meant = meant.quantize(Decimal(1)) if indicator.is_count else meant
        at = (figure.cell, indicator, figure.round)
        yield issue("digit-slip", *at, value=figure.show(value), better=figure.show(meant))


def _is_on_the_way(figure: Figure) -> bool:
    start, end, value = figure.indicator.baseline, figure.indicator.target, figure.value
    if start is None or end is None or value is None:
        return False
    return min(start, end) <= value <= max(start, end)


def slipped_from(value: Decimal, low: Decimal, high: Decimal) -> Decimal | None:
    """Return what ``value`` was meant to be if digits slipped, else None. All are positive.

    Known values lie from ``low`` to ``high``. A slip lies far outside, and comes back among them
    when divided by a power of ten: growth from 227 to 1,000 is none, 500 beside 36 and 60 is.
    """
    if low <= value * FAR and value <= high * FAR:
        return None
    for places in range(1, 9):
        meant = value.scaleb(-places if value > high else places)
        if low * NEAR[0] <= meant <= high * NEAR[1]:
            return meant
    return None


def _falling(figure: Figure, run: Run) -> Iterator[Issue]:
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
            yield issue("cumulative-falling", *at, value=figure.show(value), reference=reference)
            return
