"""Bars that reach beyond the axis: striped, and their label says that they go on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..content.blocks import Series
from ..content.scale import Scale
from ..markup import escape
from . import looks

STRIPES: Final = "wdUpDiag"
FORMAT: Final = '0.0"% ≫";"≪ △"0.0"%"'
"""Nothing else in our charts has these: by them re-issuing knows what is of a cut bar."""


def points(series: Series, scale: Scale | None) -> str:
    """Return the c:dPt of every bar that is cut."""
    look = looks.BARS[series.look]
    fill = looks.pattern(STRIPES, look.stripes)
    return "".join(
        f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{fill}{look.outline}</c:spPr></c:dPt>"
        for at in _cut(series, scale)
    )


def labels(series: Series, scale: Scale | None) -> str:
    """Return the c:dLbl of every bar that is cut, on white."""
    text = looks.text(8, looks.INK, bold=True, body=looks.ONE_LINE)
    return "".join(
        f'<c:dLbl><c:idx val="{at}"/><c:numFmt formatCode="{escape(FORMAT)}" sourceLinked="0"/>'
        f'{looks.BLANK_PAPER}{text}<c:dLblPos val="inBase"/>{looks.SHOW_VALUE}</c:dLbl>'
        for at in _cut(series, scale)
    )


def _cut(series: Series, scale: Scale | None) -> Iterator[int]:
    for at, value in enumerate(series.values):
        if scale and scale.cuts(value):
            yield at
