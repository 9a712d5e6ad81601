"""How far an indicator got: shares, exact, and how they are printed in percent."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from .numerals import FiscalYear
from .plan import Indicator, ProgressKind, Rounding


def percent(share: Fraction, rounding: Rounding = "truncate") -> Decimal:
    """Return ``share`` in percent to one decimal: truncated toward zero, or rounded half up."""
    half = Fraction(1, 2) if rounding == "half_up" else Fraction(0)
    thousandths = int(abs(share) * 1000 + half)
    return Decimal(thousandths if share >= 0 else -thousandths).scaleb(-1)


def progress_share(
    indicator: Indicator, value: Decimal, kind: ProgressKind = "baseline"
) -> Fraction | None:
    """Return the progress of a plan, exact and not capped; None where it is undefined."""
    if kind == "ratio":
        return ratio_share(indicator, value)
    if not indicator.has_progress or indicator.baseline is None or indicator.target is None:
        return None
    base = Fraction(indicator.baseline)
    return (Fraction(value) - base) / (Fraction(indicator.target) - base)


def ratio_share(indicator: Indicator, value: Decimal) -> Fraction | None:
    """Return actual ÷ target, or target ÷ actual where less is better; None where undefined.

    The target must be above zero, and so must the value by which it is divided: a share of
    nothing, or of a value of the other sign, says nothing.
    """
    if not indicator.has_ratio or indicator.target is None:
        return None
    actual, target = Fraction(value), Fraction(indicator.target)
    if indicator.rule.asks_for_more:
        return actual / target
    return target / actual if actual > 0 else None


def elapsed_share(indicator: Indicator, round_: FiscalYear) -> Fraction | None:
    """Return how much of the way from baseline to target has passed, at most 1; None if none has."""
    start, end = indicator.baseline_round, indicator.target_round
    if start is None or end is None or end - start <= 0 or round_ - start <= 0:
        return None
    return min(Fraction(round_ - start, end - start), Fraction(1))
