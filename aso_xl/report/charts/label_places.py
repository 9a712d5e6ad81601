"""Where the values of a course stand: above their points, or below where a line would cross them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, Literal

from ..content.blocks import Chart, Series
from ..content.scale import Scale

Place = Literal["t", "b"]

_NEAR, _FAR = Decimal("1.2"), Decimal("5.2")
"""Millimetres from a point to the near and the far edge of its label."""
_DIGIT: Final = Decimal("1.7")
"""Width of a digit in millimetres."""


def label_places(
    chart: Chart, series: Series, scale: Scale | None, width: Decimal, height: Decimal
) -> tuple[Place, ...]:
    """Return the place of each value of a series, on a plot of so many millimetres."""
    if scale is None or scale.high == scale.low:
        return tuple("t" for _ in series.values)
    per_unit = height / (scale.high - scale.low)
    spacing = width / max(1, len(series.values))
    others = [each.values for each in chart.series if each is not series]
    return tuple(
        _place(at, value, series.values, others, scale, per_unit, spacing)
        for at, value in enumerate(series.values)
    )


def _place(
    at: int,
    value: Decimal | None,
    own: Sequence[Decimal | None],
    others: Sequence[Sequence[Decimal | None]],
    scale: Scale,
    per_unit: Decimal,
    spacing: Decimal,
) -> Place:
    if value is None:
        return "t"
    half = _DIGIT * len(f"{value:,}") / 2
    lines = [
        *_crossing(at, value, others, per_unit),
        *_leaving(at, value, own, per_unit, spacing, half),
    ]
    above = sum(_NEAR <= high <= _FAR or low <= _NEAR <= high for low, high in lines)
    below = sum(-_FAR <= low <= -_NEAR or low <= -_NEAR <= high for low, high in lines)
    has_room = (value - scale.low) * per_unit >= _FAR
    return "b" if above > below and has_room else "t"


def _crossing(
    at: int, value: Decimal, others: Sequence[Sequence[Decimal | None]], per_unit: Decimal
) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield where other lines pass a point: so many millimetres above it."""
    for values in others:
        if (other := values[at]) is not None:
            rise = (other - value) * per_unit
            yield rise, rise


def _leaving(
    at: int,
    value: Decimal,
    own: Sequence[Decimal | None],
    per_unit: Decimal,
    spacing: Decimal,
    half: Decimal,
) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield how far the line itself rises or falls beside a point, as far as its label reaches."""
    for beside in (at - 1, at + 1):
        if 0 <= beside < len(own) and (other := own[beside]) is not None:
            rise = (other - value) * per_unit * min(Decimal(1), half / spacing)
            yield min(rise, Decimal(0)), max(rise, Decimal(0))
