"""Targets that are to be kept (維持): met from the beginning, and lost when the values go on falling."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .numerals import FiscalYear
from .plan import Indicator


@dataclass(frozen=True)
class Fall:
    """A straight line that misses the target in its ``year``, though the newest value meets it.

    It leads from the baseline through the newest value, exact: ``slope`` a year, ``value`` in
    ``year``, in the indicator's unit.
    """

    slope: Fraction
    year: FiscalYear
    value: Fraction


def fall_of(indicator: Indicator, value: Decimal, year: FiscalYear) -> Fall | None:
    """Return where the values lead if they go on as from the baseline to ``value`` of ``year``.

    None if the target is met that way, is not one to be kept, or its year is not yet to come.
    """
    start, end = indicator.baseline_year, indicator.target_year
    if not indicator.is_kept or indicator.baseline is None or indicator.target is None:
        return None
    if start is None or end is None or not start < year < end:
        return None
    slope = (Fraction(value) - Fraction(indicator.baseline)) / (year - start)
    reached = Fraction(value) + slope * (end - year)
    if indicator.rule.is_met(reached, Fraction(indicator.target)):
        return None
    return Fall(slope, end, reached)
