"""How far the axes of a chart reach, and how high it must be to be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final, assert_never

from .blocks import ChartKind

AROUND_BARS: Final = 18
"""Millimetres above and below the bars: ticks, axis title, legend."""

_PITCH: Final = Decimal("4.0")
_LEAST, _PAGE = 36, 220
_STEPS: Final = tuple(map(Decimal, ("1", "2", "5", "10")))
_TICKS: Final = 5
_PADDING: Final = Decimal("0.18")


@dataclass(frozen=True)
class Scale:
    """The ends of a value axis and the step between its lines."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def has_zero(self) -> bool:
        """Return whether lengths and slopes on it compare as the values do."""
        return self.low <= 0 <= self.high

    def cuts(self, value: Decimal | None) -> bool:
        """Return whether the bar of a value reaches beyond the axis."""
        return value is not None and not self.low <= value <= self.high


def height_for(categories: int) -> int:
    """Return the height in mm of a bar chart: each bar readable, at most a page (220 mm)."""
    return max(_LEAST, min(_PAGE, AROUND_BARS + round(_PITCH * categories)))


def scale_for(kind: ChartKind, values: Iterable[Decimal | None], decimals: int = 0) -> Scale | None:
    """Return how far the value axis reaches for these values; None where Word may choose.

    Progress always runs to 150 %, and to −100 % once something fell behind its baseline, so that
    charts of several goals compare and one outlier does not flatten the rest; longer bars are cut.
    """
    known = [value for value in values if value is not None]
    match kind:
        case "counts":
            return None
        case "progress":
            low = -100 if any(value < 0 for value in known) else 0
            return Scale(Decimal(low), Decimal(150), Decimal(50))
        case "course":
            return _around(known, decimals) if known else None
        case _:
            assert_never(kind)


def _around(values: list[Decimal], decimals: int) -> Scale:
    """Return round limits with some room on both sides; below 0 only if a value is."""
    low, high = min(values), max(values)
    room = (high - low) * _PADDING or abs(high) / 10 or Decimal(1)
    step = max(_round_step((high - low + 2 * room) / _TICKS), Decimal(1).scaleb(-decimals))
    bottom = ((low - room) / step).to_integral_value(ROUND_FLOOR) * step
    top = ((high + room) / step).to_integral_value(ROUND_CEILING) * step
    return Scale(max(bottom, Decimal(0)) if low >= 0 else bottom, top, step)


def _round_step(size: Decimal) -> Decimal:
    """Return 1, 2 or 5 times a power of ten, at least ``size``."""
    power = Decimal(1).scaleb(size.adjusted())
    return next(step * power for step in _STEPS if step * power >= size)
