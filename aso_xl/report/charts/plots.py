"""The plot of each kind of chart: its series, its axes, and the room for their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, assert_never
from unicodedata import east_asian_width

from ..content.blocks import Chart, Series
from ..content.scale import AROUND_BARS, Scale, scale_for
from ..markup import escape
from . import cut, looks
from .axes import CATEGORY_AXIS, VALUE_AXIS, Axis, category_axis, value_axis
from .data import categories_xml, name_xml, values_xml
from .label_places import Place, label_places
from .target import target_series

_WIDTH: Final = 165
"""Millimetres that a chart is expected to be wide."""

_COURSE: Final = Decimal("0.84")
"""Share of it that lines are given."""
_EM: Final = Decimal("2.9")
_CROWDED: Final = Decimal("4.0")
_TOP: Final = 3
_ABOVE_LINES, _BELOW_LINES = 8, 7
"""Millimetres for the title of the axis beside the legend, and for the years."""

_COUNT: Final = "0;;"
_PROGRESS: Final = '0.0"%";△0.0"%"'
_GUIDE: Final = "進捗率（赤い破線の枠の端が目標の100%。縞の棒は目盛りの外まで続きます）"
_NOT_FROM_ZERO: Final = "（縦軸は途中から）"
_AXIS_IDS: Final = f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'


def legend(chart: Chart) -> str:
    """Return the c:legend: below bars; over lines, beside the title of their axis."""
    place, layout = "b", ""
    if chart.kind == "course":
        sides = {"x": "0.35", "y": "0", "w": "0.6", "h": f"{Decimal(6) / chart.height:.4f}"}
        places = "".join(f'<c:{side} val="{value}"/>' for side, value in sides.items())
        place = "t"
        layout = (
            '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
            f"{places}</c:manualLayout></c:layout>"
        )
    return (
        f'<c:legend><c:legendPos val="{place}"/>{layout}<c:overlay val="0"/>'
        f"{looks.text(8)}</c:legend>"
    )


def plot_area(chart: Chart) -> str:
    """Return the c:plotArea of a chart."""
    return f"<c:plotArea>{_drawn(chart)}</c:plotArea>"


def _drawn(chart: Chart) -> str:
    match chart.kind:
        case "counts":
            return _counts(chart)
        case "progress":
            return _progress(chart)
        case "course":
            return _course(chart)
        case _:
            assert_never(chart.kind)


def _counts(chart: Chart) -> str:
    """Return stacked bars; their labels say it all, so the value axis is left out."""
    size = _category_size(chart)
    return (
        _beside_categories(chart, below=9)
        + _bars(chart, "stacked", _COUNT, "ctr")
        + category_axis(size, reverse=True)
        + value_axis(Axis(code="0", place="b", cross="max", shown=False))
    )


def _progress(chart: Chart) -> str:
    """Return bars whose labels stand at zero, where they show however long or cut a bar is."""
    scale = scale_for("progress", [v for s in chart.series for v in s.values])
    axis = Axis('0"%";△0"%"', "b", "max", scale, _GUIDE)
    return (
        _beside_categories(chart, below=AROUND_BARS - _TOP)
        + _bars(chart, "clustered", _PROGRESS, "inBase", scale)
        + category_axis(_category_size(chart), reverse=True)
        + value_axis(axis)
    )


def _course(chart: Chart) -> str:
    """Return lines over the rounds, on an axis that fits the values."""
    values = [v for s in chart.series for v in s.values]
    code = value_format(chart.decimals)
    scale = scale_for("course", values, chart.decimals)
    series = "".join(_line(chart, index, code, scale) for index in range(len(chart.series)))
    title = course_title(chart.unit, scale)
    return (
        _layout(Decimal("0.11"), _ABOVE_LINES, _COURSE, _BELOW_LINES, chart.height)
        + '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        + f'{series}<c:marker val="1"/>{_AXIS_IDS}</c:lineChart>'
        + category_axis(8)
        + value_axis(Axis(code, "l", "autoZero", scale, title))
    )


def course_title(unit: str, scale: Scale | None) -> str:
    """Return the title of a course's value axis: the unit, and whether it does not begin at 0."""
    return unit if scale is None or scale.has_zero else unit + _NOT_FROM_ZERO


def value_format(decimals: int) -> str:
    """Return the number format of values: thousands apart, △ for negative, more decimals if any."""
    digits = "#,##0" + (f".{'0' * decimals}##" if decimals else "")
    return f"{digits};△{digits}"


def _bars(chart: Chart, grouping: str, code: str, place: str, scale: Scale | None = None) -> str:
    """Return a series each; with a scale, bars that it cuts look so, and 100 is the target."""
    series = "".join(
        f"{_head(index, each)}<c:spPr>{looks.BARS[each.look].fill}{looks.BARS[each.look].outline}"
        f'</c:spPr><c:invertIfNegative val="0"/>{cut.points(each, scale)}'
        f"{_labels(looks.BARS[each.look], code, place, cut.labels(each, scale))}"
        f"{_data(chart, index)}</c:ser>"
        for index, each in enumerate(chart.series)
    )
    series += target_series(len(chart.series), len(chart.categories)) if scale else ""
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="40"/><c:overlap val="100"/>{_AXIS_IDS}</c:barChart>'
    )


def _line(chart: Chart, index: int, code: str, scale: Scale | None) -> str:
    series = chart.series[index]
    height = Decimal(chart.height - _ABOVE_LINES - _BELOW_LINES)
    places = label_places(chart, series, scale, _COURSE * _WIDTH, height)
    look = looks.COURSES.get(series.look, looks.OTHER_COURSE)
    marker = (
        f'<c:symbol val="{look.marker}"/><c:size val="{look.size}"/>'
        f"<c:spPr>{looks.solid(look.fill)}{looks.line(look.colour, 1)}</c:spPr>"
    )
    return (
        f"{_head(index, series)}<c:spPr>{look.line}</c:spPr><c:marker>{marker}</c:marker>"
        f"{''.join(_values_at(series, code, look.colour, places))}{_data(chart, index)}"
        '<c:smooth val="0"/></c:ser>'
    )


def _values_at(series: Series, code: str, colour: str, places: Sequence[Place]) -> Iterator[str]:
    """Yield the labels of a line: every actual, of another the last value only, of targets by year
    none: they would stand upon the actuals.
    """
    if series.look == "yearly":
        yield f"<c:dLbls>{looks.SHOW_NONE}</c:dLbls>"
        return
    text = looks.text(8, colour, bold=series.look == "actual", body=looks.ONE_LINE)
    form = f'<c:numFmt formatCode="{escape(code)}" sourceLinked="0"/>{looks.BLANK_PAPER}{text}'
    if series.look == "actual":
        below = "".join(
            f'<c:dLbl><c:idx val="{at}"/>{form}<c:dLblPos val="b"/>{looks.SHOW_VALUE}</c:dLbl>'
            for at, place in enumerate(places)
            if place == "b"
        )
        yield f'<c:dLbls>{below}{form}<c:dLblPos val="t"/>{looks.SHOW_VALUE}</c:dLbls>'
        return
    shown = [index for index, value in enumerate(series.values) if value is not None]
    last = "".join(
        f'<c:dLbl><c:idx val="{index}"/>{form}'
        f'<c:dLblPos val="{"r" if index + 1 == len(series.values) else "b"}"/>{looks.SHOW_VALUE}</c:dLbl>'
        for index in shown[-1:]
    )
    yield f"<c:dLbls>{last}{looks.SHOW_NONE}</c:dLbls>"


def _head(index: int, series: Series) -> str:
    order = f'<c:idx val="{index}"/><c:order val="{index}"/>'
    return f"<c:ser>{order}{name_xml(index, series.name)}"


def _data(chart: Chart, index: int) -> str:
    return categories_xml(chart.categories) + values_xml(index, chart.series[index].values)


def _labels(look: looks.Bar, code: str, place: str, others: str) -> str:
    return (
        f'<c:dLbls>{others}<c:numFmt formatCode="{escape(code)}" sourceLinked="0"/>'
        f"<c:spPr>{look.behind}{looks.NO_LINE}</c:spPr>{looks.text(8, look.ink, bold=True, body=looks.ONE_LINE)}"
        f'<c:dLblPos val="{place}"/>{looks.SHOW_VALUE}</c:dLbls>'
    )


def _category_size(chart: Chart) -> float:
    """Return the points of category labels: smaller where the bars crowd."""
    room = Decimal(chart.height - AROUND_BARS) / max(1, len(chart.categories))
    return 7 if room < _CROWDED else 8


def _beside_categories(chart: Chart, below: int) -> str:
    """Return the layout that leaves room for the categories on the left and ``below`` mm."""
    ems = max((sum(map(_ems, name)) for name in chart.categories), default=Decimal(0))
    share = min(Decimal("0.46"), max(Decimal("0.12"), (ems * _EM + 4) / _WIDTH))
    return _layout(share, _TOP, Decimal("0.97") - share, below, chart.height)


def _ems(character: str) -> Decimal:
    return Decimal(1) if east_asian_width(character) in "WFA" else Decimal("0.6")


def _layout(left: Decimal, top: int, width: Decimal, below: int, height: int) -> str:
    """Return where the plot stands: shares of the width, mm of the height."""
    start = Decimal(top) / height
    rest = max(Decimal("0.2"), 1 - start - Decimal(below) / height)
    sides = zip("xywh", (left, start, width, rest), strict=True)
    places = "".join(f'<c:{side} val="{value:.4f}"/>' for side, value in sides)
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{places}</c:manualLayout></c:layout>'
    )
