"""Charts that stand in a document: what they show, and their figures brought up to date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from lxml import etree

from ...domain.numerals import from_float
from ...office.part_xml import parsed, part_of
from ..content.blocks import Chart, Series
from ..content.scale import Scale, scale_for
from ..markup import clean
from . import cut
from .data import GENERAL, categories_xml, name_xml, values_xml
from .plots import course_title
from .target import NAME, literal

Element: TypeAlias = etree._Element

_MOST_POINTS: Final = 10_000
_C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_LITERAL: Final = f"{{{_C}}}val/{{{_C}}}numLit"
_PATTERN: Final = f"{{{_A}}}pattFill"


@dataclass(frozen=True)
class PrintedSeries:
    """A series as a chart shows it; None is a gap. Values are at 15 significant digits."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class PrintedChart:
    """What a chart shows, from its caches: what a reader sees without opening its workbook."""

    categories: tuple[str, ...]
    series: tuple[PrintedSeries, ...]


@dataclass(frozen=True)
class ChartDifference:
    """A value that a chart shows and what it should be; None where either lacks it.

    ``category`` and ``series`` are the names it should stand under, or does where it should not.
    """

    category: str
    series: str
    printed: Decimal | None
    value: Decimal | None


def renew(part_xml: bytes, chart: Chart) -> bytes | None:
    """Return the chart part with the chart's figures and its own looks.

    Categories, values, names and their ranges change, and the ends of an axis that were set for the
    old figures. None if another number of series is shown, or no plot of categories and values:
    such a chart can only be replaced. Raise XMLSyntaxError or ValueError for a damaged part.
    """
    root = parsed(part_xml)
    elements = _series(root)
    if not elements or len(elements) != len(chart.series):
        return None
    _rescale(root, chart, [value for each in elements for value in _values(each)])
    for element, index in zip(elements, _matched(elements, chart), strict=True):
        new = chart.series[index]
        code = element.findtext(f"{_c('val')}//{_c('formatCode')}", GENERAL)
        _put(element, name_xml(index, new.name))
        _put(element, values_xml(index, new.values, code))
        _put(element, categories_xml(chart.categories))
        _cut(element, new, chart)
    for fixed in _targets(root):
        _replace_literal(fixed, len(chart.categories))
    return part_of(root)


def with_figures_of(part_xml: bytes, chart: Chart) -> Chart | None:
    """Return the chart with the figures that a part shows; None if it cannot have been drawn so.

    Raise XMLSyntaxError or ValueError for a damaged part.
    """
    elements = _series(parsed(part_xml))
    if len(elements) != len(chart.series):
        return None
    categories = tuple(text or "" for text in _texts(elements[0].find(_c("cat"))))
    values = [tuple(map(_exact, _texts(element.find(_c("val"))))) for element in elements]
    if any(len(each) != len(categories) for each in values):
        return None
    series = tuple(
        replace(old, name=_name(element), values=own)
        for old, element, own in zip(chart.series, elements, values, strict=True)
    )
    return replace(chart, categories=categories, series=series)


def printed(part_xml: bytes) -> PrintedChart | None:
    """Return what a chart part shows; None without a plot of categories and values.

    Raise XMLSyntaxError or ValueError for a damaged part.
    """
    elements = _series(parsed(part_xml))
    if not elements:
        return None
    texts = max((_texts(element.find(_c("cat"))) for element in elements), key=len)
    return PrintedChart(
        tuple(text or "" for text in texts),
        tuple(PrintedSeries(_name(each), _values(each)) for each in elements),
    )


def shown_by(chart: Chart) -> PrintedChart:
    """Return what a chart that is up to date shows; equal to `printed` of its part."""
    return PrintedChart(
        tuple(map(clean, chart.categories)),
        tuple(
            PrintedSeries(
                clean(s.name), tuple(v if v is None else from_float(float(v)) for v in s.values)
            )
            for s in chart.series
        ),
    )


def differences(shown: PrintedChart, chart: Chart) -> tuple[ChartDifference, ...]:
    """Return which values of a chart are out of date, by category and series, in its order.

    None need differ although categories came, went or moved: `shown_by` tells.
    """
    old, new = _by_place(shown), _by_place(shown_by(chart))
    return tuple(
        ChartDifference(category, series, old.get(place), new.get(place))
        for place in {**new, **old}
        for category, series, _ in (place,)
        if old.get(place) != new.get(place)
    )


def _by_place(shown: PrintedChart) -> dict[tuple[str, str, int], Decimal | None]:
    """Return the values by category and series; namesakes are told apart by their number."""
    found: dict[tuple[str, str, int], Decimal | None] = {}
    for index, category in enumerate(shown.categories):
        for series in shown.series:
            nth = 0
            while (category, series.name, nth) in found:
                nth += 1
            value = series.values[index] if index < len(series.values) else None
            found[category, series.name, nth] = value
    return found


def _c(name: str) -> str:
    return f"{{{_C}}}{name}"


def _series(root: Element) -> list[Element]:
    """Return the series in the order of the legend; none if one is not of categories and values.

    The target, which holds its values itself, is none of them.
    """
    every = root.iterfind(f"{_c('chart')}/{_c('plotArea')}/*/{_c('ser')}")
    found = [series for series in every if not _is_target(series)]
    if any(series.find(_c("val")) is None for series in found):
        return []
    return sorted(found, key=lambda series: int(_val(series.find(_c("order"))) or 0))


def _matched(elements: list[Element], chart: Chart) -> list[int]:
    """Return which series of the chart each element shows: of its name, else the next one left."""
    left = list(range(len(chart.series)))
    found: list[int | None] = []
    for element in elements:
        same = [index for index in left if clean(chart.series[index].name) == _name(element)]
        found.append(same[0] if same else None)
        left.remove(same[0]) if same else None
    return [left.pop(0) if index is None else index for index in found]


def _name(series: Element) -> str:
    return "".join(v.text or "" for v in series.iterfind(f"{_c('tx')}//{_c('v')}"))


def _values(series: Element) -> tuple[Decimal | None, ...]:
    return tuple(map(_number, _texts(series.find(_c("val")))))


def _number(text: str | None) -> Decimal | None:
    try:
        value = from_float(float(text or ""))
    except (ValueError, InvalidOperation):
        return None
    return value if value.is_finite() else None


def _exact(text: str | None) -> Decimal | None:
    """Return a number with the digits it is written with, so that it is written so again."""
    return None if _number(text) is None else Decimal(text or "")


def _texts(data: Element | None) -> list[str | None]:
    """Return the cached points of a c:cat or c:val, None where there is none.

    Raise ValueError for a number of points that is none, or that no chart has.
    """
    if data is None:
        return []
    points = {int(p.get("idx", "0")): p.findtext(_c("v")) for p in data.iter(_c("pt"))}
    count = next((int(_val(each) or 0) for each in data.iter(_c("ptCount"))), 0)
    if count > _MOST_POINTS:
        raise ValueError(f"{count} points")
    return [points.get(index) for index in range(count)]


def _val(element: Element | None) -> str:
    return "" if element is None else element.get("val", "")


def _put(series: Element, xml: str) -> None:
    """Put a c:tx, c:cat or c:val in the place of the old one, or where it belongs."""
    new = _element(xml)
    old = series.find(new.tag)
    if old is not None:
        series.replace(old, new)
    elif new.tag == _c("tx"):
        series.insert(2, new)
    else:
        next(series.iterchildren(_c("val"))).addprevious(new)


def _targets(root: Element) -> list[Element]:
    return [series for series in root.iter(_c("ser")) if _is_target(series)]


def _is_target(series: Element) -> bool:
    return series.find(_LITERAL) is not None or _name(series) == NAME


def _replace_literal(series: Element, categories: int) -> None:
    """Let the target reach over all categories."""
    for old in series.findall(_c("cat")):
        series.remove(old)
    _put(series, f"<c:val>{literal(categories)}</c:val>")


def _cut(element: Element, series: Series, chart: Chart) -> None:
    """Have the bars look cut that are so now, and no others; staff's own looks stay."""
    if chart.kind != "progress":
        return
    scale = scale_for(chart.kind, [v for s in chart.series for v in s.values])
    for point in element.findall(_c("dPt")):
        if any(each.get("prst") == cut.STRIPES for each in point.iter(_PATTERN)):
            element.remove(point)
    labels = element.find(_c("dLbls"))
    if labels is None:
        return
    for label in labels.findall(_c("dLbl")):
        if any(each.get("formatCode") == cut.FORMAT for each in label.iter(_c("numFmt"))):
            labels.remove(label)
    for xml, add in (
        (cut.points(series, scale), labels.addprevious),
        (cut.labels(series, scale), None),
    ):
        found = list(_element(f"<c:ser>{xml}</c:ser>"))
        for at, each in enumerate(found):
            add(each) if add else labels.insert(at, each)


def _element(xml: str) -> Element:
    return parsed(xml.replace(">", f' xmlns:c="{_C}" xmlns:a="{_A}">', 1))


def _retitle(root: Element, chart: Chart, old: Scale | None, new: Scale | None) -> None:
    """Let the title of a course's axis say whether it begins at 0, unless it is staff's own."""
    ours = {chart.unit, course_title(chart.unit, old)}
    for text in root.iterfind(f".//{_c('valAx')}/{_c('title')}//{{{_A}}}t"):
        if text.text in ours:
            text.text = course_title(chart.unit, new)


def _rescale(root: Element, chart: Chart, old_values: list[Decimal | None]) -> None:
    """Move the ends of the axes that were fitted to the old values; staff's own stay."""
    old = scale_for(chart.kind, old_values, chart.decimals)
    new = scale_for(chart.kind, [v for s in chart.series for v in s.values], chart.decimals)
    if chart.kind == "course":
        _retitle(root, chart, old, new)
    if old is None or new is None or old == new:
        return
    for axis in root.iter(_c("valAx")):
        ends = [axis.find(f"{_c('scaling')}/{_c(name)}") for name in ("min", "max")]
        if [_number(_val(end)) for end in ends] == [old.low, old.high]:
            _set_scale(axis, old, new)


def _set_scale(axis: Element, old: Scale, new: Scale) -> None:
    for name, before, after in (
        ("min", old.low, new.low),
        ("max", old.high, new.high),
        ("majorUnit", old.step, new.step),
    ):
        for element in axis.iter(_c(name)):
            if _number(_val(element)) == before:
                element.set("val", f"{after:f}")
