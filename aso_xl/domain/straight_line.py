"""Where the values of an indicator lead if they go on as they did: a straight line, no forecast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .numerals import FiscalYear
from .plan import Indicator


@dataclass(frozen=True)
class StraightLine:
    """The line from the ``first`` year's value through the ``newest``; ``value`` is it in ``year``."""

    first: tuple[FiscalYear, Decimal]
    newest: tuple[FiscalYear, Decimal]
    year: FiscalYear
    value: Fraction
    is_met: bool


def may_have_line(indicator: Indicator) -> bool:
    """Return whether a line can be drawn for an indicator once it has values.

    Its target and the year of it are needed. No line is drawn through sums, means or the best of
    several years. Of a target that is to be kept (維持) another line is told, see ``holding``.
    """
    if indicator.rule.is_typed or indicator.aggregate != "latest" or indicator.is_kept:
        return False
    return indicator.target is not None and indicator.target_year is not None


def line_of(indicator: Indicator, values: Mapping[FiscalYear, Decimal]) -> StraightLine | None:
    """Return where some values lead in the target year; None where no line can be drawn.

    A line needs the values of two years, and its end must be yet to come. Where it leaves what the
    indicator can be (below 0, beyond 100%, above the first place) it says nothing.
    """
    target, year = indicator.target, indicator.target_year
    if target is None or year is None or not may_have_line(indicator) or len(values) < 2:
        return None
    first, newest = min(values), max(values)
    if newest >= year:
        return None
    slope = Fraction(values[newest] - values[first]) / (newest - first)
    value = Fraction(values[newest]) + slope * (year - newest)
    if not _is_possible(indicator, value, (*values.values(), target)):
        return None
    is_met = indicator.rule.is_met(value, Fraction(target))
    return StraightLine((first, values[first]), (newest, values[newest]), year, value, is_met)


def _is_possible(indicator: Indicator, value: Fraction, known: Iterable[Decimal]) -> bool:
    """Return whether an indicator can be a value, judged by what it was and is to be."""
    stated = tuple(known)
    if indicator.is_rank and value < 1:
        return False
    if value < 0 <= min(stated):
        return False
    return not (indicator.is_percentage and value > 100 >= max(stated))
