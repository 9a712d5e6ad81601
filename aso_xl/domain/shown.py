"""How values, targets and differences of an indicator are printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final

from .holding import Fall
from .numerals import format_number, written_decimals
from .plan import Indicator, Revision
from .revising import held
from .straight_line import StraightLine

POINTS: Final = "ポイント"
MEAN_DECIMALS: Final = 9
"""Decimals to which a mean is kept, half up: here and in the formulas of the sheets."""
_MORE_OF_A_MEAN: Final = 2
"""Decimals that a printed mean has more than its figures."""


def show(indicator: Indicator, value: Decimal) -> str:
    """Return a value of the indicator as printed, with its unit."""
    return format_number(value, indicator.decimals, indicator.unit, money=indicator.money)


def show_judged(indicator: Indicator, value: Decimal) -> str:
    """Return a judged value as printed.

    A mean has two decimals more than its figures, or as many as tell it from the target.
    """
    if indicator.aggregate != "mean":
        return show(indicator, value)
    target = value if indicator.target is None else indicator.target
    for places in range(indicator.decimals + _MORE_OF_A_MEAN, MEAN_DECIMALS):
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if rounded.compare(target) == value.compare(target):
            return show(indicator, rounded)
    return show(indicator, value)


def show_written(indicator: Indicator, value: Decimal) -> str:
    """Return a baseline or target with just the decimals that the strategy prints (``100%``)."""
    return format_number(value, written_decimals(value), indicator.unit, money=indicator.money)


def show_target(indicator: Indicator) -> str:
    """Return the target as the strategy prints it: ``100人以上``, 延伸; empty if there is none."""
    return indicator.printed_target or show_asked(indicator)


def show_asked(indicator: Indicator) -> str:
    """Return the number that is judged, with its rule: ``79.83歳超``; empty if there is none."""
    if indicator.target is None:
        return ""
    return show_written(indicator, indicator.target) + indicator.rule_label


def show_revisions(indicator: Indicator) -> str:
    """Return the target of the first version and what revisions changed: 「450人以上(R9から430人以上)」.

    Empty where nothing was.
    """
    each = [f"{r.since}から{_shown_as(held(indicator, r.since), r)}" for r in indicator.revised]
    first = indicator.first or indicator
    return f"{show_target(first)}({'、'.join(each)})" if each else ""


def show_revision(indicator: Indicator, revision: Revision) -> str:
    """Return what a revision changed, before and after: 「450人以上→430人以上」."""
    before, after = held(indicator, revision.since + -1), held(indicator, revision.since)
    return f"{_shown_as(before, revision)}→{_shown_as(after, revision)}"


def _shown_as(indicator: Indicator, revision: Revision) -> str:
    """Return of an indicator what a revision changes."""
    words = []
    if revision.target is not None or revision.rule or revision.printed_target:
        words.append(show_target(indicator))
    if revision.target_year:
        words.append(f"目標年度{indicator.target_year}")
    if revision.baseline is not None or revision.baseline_year:
        words.append(f"基準値{show_baseline(indicator)}({indicator.baseline_year})")
    return "・".join(words)


def show_baseline(indicator: Indicator) -> str:
    """Return the baseline as the strategy prints it: ``94人``, 新規; empty if there is none."""
    if indicator.printed_baseline or indicator.baseline is None:
        return indicator.printed_baseline
    return show_written(indicator, indicator.baseline)


def show_places(indicator: Indicator, places: Decimal) -> str:
    """Return a difference of ranks: ``3位分``; its direction is said in words."""
    return format_number(abs(places), indicator.decimals, indicator.unit) + "分"


def show_gap(indicator: Indicator, gap: Decimal) -> str:
    """Return a difference of values; between percentages it is in points, of ranks in places."""
    if indicator.is_rank:
        return show_places(indicator, gap)
    if indicator.is_percentage:
        return format_number(gap, indicator.decimals, POINTS)
    return show(indicator, gap)


def way_of(indicator: Indicator, *, more: bool) -> str:
    """Return the word for values that become more, or less: 増加, 減少; a rank that does so falls."""
    if indicator.is_rank:
        return "下降" if more else "上昇"
    return "増加" if more else "減少"


def fall_words(indicator: Indicator, fall: Fall) -> str:
    """Return where a straight line leads, without a full stop.

    「年に約380人の減少が続くと、R11は約21,650人で、目標に届きません」. The value is rounded away from
    the target, so that a reader sees that it misses.
    """
    size = _about(abs(fall.slope))
    away = -1 if indicator.rule.asks_for_more else 1
    value = away * Decimal(ceil(away * fall.value * 10**indicator.decimals))
    way = way_of(indicator, more=fall.slope > 0)
    return (
        f"年に約{show_gap(indicator, size)}の{way}が続くと、"
        f"{fall.year}は約{show(indicator, value.scaleb(-indicator.decimals))}で、目標に届きません"
    )


def show_end(indicator: Indicator, line: StraightLine) -> str:
    """Return the end of a straight line as printed: 「約118人」, without 約 where it is exact.

    It is rounded to the worse side, or to the better one where it would seem to miss what it meets.
    """
    exact = line.value * 10**indicator.decimals
    ways = (floor, ceil) if indicator.rule.asks_for_more else (ceil, floor)
    ends = [Decimal(way(exact)).scaleb(-indicator.decimals) for way in ways]
    target = indicator.target or Decimal(0)
    end = next((e for e in ends if indicator.rule.is_met(e, target) == line.is_met), ends[0])
    return ("" if Fraction(end) == line.value else "約") + show(indicator, end)


def _about(number: Fraction) -> Decimal:
    """Return a number at two digits, half up."""
    digits = Context(prec=2, rounding=ROUND_HALF_UP)
    about = digits.divide(Decimal(number.numerator), Decimal(number.denominator))
    return Decimal(f"{about:f}")
