"""The axes of a chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..content.scale import Scale
from ..markup import escape
from . import looks

CATEGORY_AXIS, VALUE_AXIS = 1001, 1002
_TICKS: Final = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
_AXIS_LINE: Final = f"<c:spPr>{looks.line('404040', 1)}</c:spPr>"


@dataclass(frozen=True)
class Axis:
    """A value axis: number format, side, where it crosses, its ends, its title."""

    code: str
    place: str
    cross: str
    scale: Scale | None = None
    title: str = ""
    shown: bool = True


def category_axis(points: float, *, reverse: bool = False) -> str:
    """Return the axis of the categories, none left out; reversed, the first stands on top."""
    order, place = ("maxMin", "l") if reverse else ("minMax", "b")
    return (
        f'<c:catAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="{order}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{place}"/>'
        f'<c:numFmt formatCode="General" sourceLinked="0"/>{_TICKS}<c:tickLblPos val="low"/>'
        f'{_AXIS_LINE}{looks.text(points)}<c:crossAx val="{VALUE_AXIS}"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="50"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def value_axis(axis: Axis) -> str:
    """Return the axis of the values."""
    ends = steps = ""
    if axis.scale:
        ends = f'<c:max val="{axis.scale.high:f}"/><c:min val="{axis.scale.low:f}"/>'
        steps = f'<c:majorUnit val="{axis.scale.step:f}"/>'
    return (
        f'<c:valAx><c:axId val="{VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>{ends}'
        f'</c:scaling><c:delete val="{int(not axis.shown)}"/><c:axPos val="{axis.place}"/>'
        f"{_lines(axis)}{_title(axis)}"
        f'<c:numFmt formatCode="{escape(axis.code)}" sourceLinked="0"/>{_TICKS}'
        f'<c:tickLblPos val="nextTo"/><c:spPr>{looks.NO_LINE}</c:spPr>{looks.text(8)}'
        f'<c:crossAx val="{CATEGORY_AXIS}"/><c:crosses val="{axis.cross}"/>'
        f'<c:crossBetween val="between"/>{steps}</c:valAx>'
    )


def _lines(axis: Axis) -> str:
    if not axis.shown:
        return ""
    faint = f"<c:spPr>{looks.line(looks.LINE, 0.5)}</c:spPr>"
    return f"<c:majorGridlines>{faint}</c:majorGridlines>"


def _title(axis: Axis) -> str:
    """Return the axis' title, never turned: under a lying axis, above a standing one."""
    if not axis.title:
        return ""
    place = ""
    if axis.place == "l":
        place = (
            '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
            '<c:x val="0.01"/><c:y val="0.01"/></c:manualLayout></c:layout>'
        )
    run = looks.run(8, name="rPr")
    return (
        '<c:title><c:tx><c:rich><a:bodyPr rot="0" vert="horz"/><a:lstStyle/>'
        f"<a:p><a:pPr>{looks.run(8)}</a:pPr><a:r>{run}<a:t>{escape(axis.title)}</a:t></a:r></a:p>"
        f'</c:rich></c:tx>{place}<c:overlay val="0"/></c:title>'
    )
