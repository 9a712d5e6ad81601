"""Charts of an edited document: figures, workbook and alternative text change, looks and place stay."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from lxml import etree

from ...numerals import plain
from ..blocks import Chart
from ..charts.book import chart_book
from ..charts.drawing import DATA_RELATION
from ..charts.packaged import book_of, renew_chart_part
from ..charts.renewal import Printed, differences, printed, shown_by
from ..charts.space import chart_xml
from ..markup import clean
from .changes import Change
from .marks import Mark
from .opened import OpenedDocument, refuse_bomb
from .printed import Place
from .tags import Element

_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NO_VALUE: Final = "－"


def chart_part(opened: OpenedDocument, mark: Mark) -> str:
    """Return the part of the chart that stands in a place; "" if none does any more."""
    drawn = _drawn(mark)
    link = None if drawn is None else opened.links.get(drawn.get(_LINK, ""))
    return link if link and link in opened.package else ""


def renew_chart(opened: OpenedDocument, mark: Mark, chart: Chart, place: Place) -> Iterator[Change]:
    """Renew the chart in a place, where its figures or those of its workbook are out of date.

    A chart of which the figures cannot be told from its looks is made anew in the same place. Its
    alternative text is staff's as long as the figures are right.
    """
    part = chart_part(opened, mark)
    if not part:
        return
    shown = _shown(opened.package[part])
    if shown and _same(shown, shown_by(chart)) and _book_is_right(opened, part, chart):
        return
    if shown is None or not renew_chart_part(opened.package, part, chart):
        opened.package[part] = chart_xml(chart, DATA_RELATION).encode()
        renew_chart_part(opened.package, part, chart)
    _describe(mark, chart)
    yield Change(place.name, place.label, *_told(shown, chart))


def _drawn(mark: Mark) -> Element | None:
    elements = (*mark.shown, *mark.paragraphs)
    return next((found for each in elements for found in each.iter(f"{_C}chart")), None)


def _shown(part: bytes) -> Printed | None:
    try:
        return printed(part)
    except etree.XMLSyntaxError:
        return None


def _same(shown: Printed, wanted: Printed) -> bool:
    """Return whether two charts show the same, in whatever order staff put the series."""
    return shown.categories == wanted.categories and _by_name(shown) == _by_name(wanted)


def _by_name(shown: Printed) -> list[tuple[str, str]]:
    return sorted((series.name, str(series.values)) for series in shown.series)


def _book_is_right(opened: OpenedDocument, part: str, chart: Chart) -> bool:
    """Return whether the chart's workbook holds its figures, whichever program saved it."""
    name = book_of(opened.package, part)
    if not name:
        return False
    data, wanted = opened.package[name], chart_book(chart)
    return data == wanted or _cells(data) == _cells(wanted)


def _cells(book: bytes) -> list[tuple[object, ...]] | None:
    """Return what stands on the first sheet of a workbook; None if it cannot be read."""
    from openpyxl import load_workbook

    try:
        refuse_bomb(book)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet = load_workbook(io.BytesIO(book), data_only=True).worksheets[0]
    except Exception:  # a damaged workbook fails in ways that openpyxl does not name
        return None
    rows = [tuple(_value(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if any(value is not None for value in row)]


def _value(cell: object) -> object:
    return f"{cell:.15g}" if isinstance(cell, int | float) else cell


def _describe(mark: Mark, chart: Chart) -> None:
    drawn = _drawn(mark)
    frames = () if drawn is None else drawn.iterancestors(f"{_WP}inline", f"{_WP}anchor")
    for frame in frames:
        for properties in frame.iterchildren(f"{_WP}docPr"):
            properties.set("descr", " ".join(clean(chart.description).split()))


def _told(shown: Printed | None, chart: Chart) -> tuple[str, str]:
    """Return what a chart showed and what it shows now, as far as they differ."""
    if shown is None:
        return "(読み取れないグラフ)", "作り直したグラフ"
    found = differences(shown, chart)
    if found:
        return (
            _listed((d.category, d.series, d.printed) for d in found),
            _listed((d.category, d.series, d.value) for d in found),
        )
    if shown.categories != shown_by(chart).categories:
        return "、".join(shown.categories), "、".join(chart.categories)
    return "グラフのデータ(古い)", "グラフのデータ(新しい)"


def _listed(values: Iterable[tuple[str, str, Decimal | None]]) -> str:
    return "、".join(f"{c} {s} {plain(v) or _NO_VALUE}" for c, s, v in values)
