"""Charts of an edited document: figures, workbook and alternative text change, looks and place stay."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from lxml import etree

from ...domain.numerals import plain
from ...domain.words import NONE
from ...office.document_faults import fault_of
from ...office.part_xml import parsed
from ..charts.chart_part import chart_xml
from ..charts.document_parts import book_of, renew_chart_part
from ..charts.drawing import DATA_RELATION, EMU_PER_MM
from ..charts.embedded_workbook import chart_book
from ..charts.renewal import PrintedChart, differences, printed, shown_by, with_figures_of
from ..content.blocks import Chart
from ..content.printed import Place
from ..markup import clean
from .bookmark_index import Bookmark
from .changes import Change
from .edited_document import OpenedDocument
from .element_names import Element

_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def chart_link(opened: OpenedDocument, mark: Bookmark) -> str:
    """Return the id of the relation to the chart in a place; "" if none stands there any more."""
    drawn = _drawn(mark)
    link = "" if drawn is None else drawn.get(_LINK, "")
    return link if opened.links.get(link, "") in opened.package else ""


def renew_chart(
    opened: OpenedDocument, mark: Bookmark, chart: Chart, place: Place
) -> Iterator[Change]:
    """Renew the chart in a place, where its figures or those of its workbook are out of date.

    One that nobody has restyled, or of which the figures cannot be told from its looks, is drawn
    anew in the same place, in its new height unless staff have changed that. Its alternative text
    is staff's as long as the figures are right; LibreOffice loses it.
    """
    link = chart_link(opened, mark)
    if not link:
        return
    part, old = opened.links[link], opened.memory.get(place.name)
    shown = _shown(opened.package[part])
    is_right = _is_right(opened, part, shown, chart)
    if not is_right or not _description(mark):
        _describe(mark, chart)
    height = old.height if old and _height(mark) == old.height else 0
    if not is_right or height not in (0, chart.height):
        _redraw(opened, part, chart, height, is_readable=shown is not None)
        _set_height(mark, chart.height if height else 0)
    if not is_right:
        yield Change(place.name, place.label, *_in_words(shown, chart))


def _redraw(
    opened: OpenedDocument, part: str, chart: Chart, height: int, *, is_readable: bool
) -> None:
    """Renew a chart's part; ``height`` is the one in which it was drawn, 0 if nobody knows."""
    is_ours = bool(height) and _is_as_drawn(opened.package[part], replace(chart, height=height))
    if is_ours or not is_readable or not renew_chart_part(opened.package, part, chart):
        opened.package[part] = chart_xml(chart, DATA_RELATION).encode()
        renew_chart_part(opened.package, part, chart)


def _drawn(mark: Bookmark) -> Element | None:
    elements = (*mark.shown, *mark.paragraphs)
    return next((found for each in elements for found in each.iter(f"{_C}chart")), None)


def _shown(part: bytes) -> PrintedChart | None:
    try:
        return printed(part)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _is_as_drawn(part: bytes, chart: Chart) -> bool:
    """Return whether a chart looks as it was drawn, with whatever figures."""
    try:
        drawn = with_figures_of(part, chart)
    except (etree.XMLSyntaxError, ValueError):
        return False
    own = chart_xml(drawn, DATA_RELATION).encode() if drawn else b""
    return own == part or bool(drawn and _canonical(own) == _canonical(part))


def _canonical(part: bytes) -> bytes:
    return etree.tostring(parsed(part), method="c14n")


def _is_right(opened: OpenedDocument, part: str, shown: PrintedChart | None, chart: Chart) -> bool:
    return bool(shown and _same(shown, shown_by(chart))) and _book_is_right(opened, part, chart)


def _same(shown: PrintedChart, wanted: PrintedChart) -> bool:
    """Return whether two charts show the same, in whatever order staff put the series."""
    return shown.categories == wanted.categories and _by_name(shown) == _by_name(wanted)


def _by_name(shown: PrintedChart) -> list[tuple[str, str]]:
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
        if fault_of(book):
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet = load_workbook(io.BytesIO(book), data_only=True).worksheets[0]
    except Exception:  # a damaged workbook fails in ways that openpyxl does not name
        return None
    rows = [tuple(_value(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if any(value is not None for value in row)]


def _value(cell: object) -> object:
    return f"{cell:.15g}" if isinstance(cell, int | float) else cell


def _frames(mark: Bookmark) -> Iterable[Element]:
    drawn = _drawn(mark)
    return () if drawn is None else drawn.iterancestors(f"{_WP}inline", f"{_WP}anchor")


def _description(mark: Bookmark) -> str:
    found = (each.get("descr") or "" for f in _frames(mark) for each in f.iter(f"{_WP}docPr"))
    return "".join(found)


def _describe(mark: Bookmark, chart: Chart) -> None:
    for frame in _frames(mark):
        for properties in frame.iterchildren(f"{_WP}docPr"):
            properties.set("descr", " ".join(clean(chart.description).split()))


def _extents(mark: Bookmark) -> Iterator[Element]:
    for frame in _frames(mark):
        yield from frame.iterchildren(f"{_WP}extent")


def _height(mark: Bookmark) -> int:
    """Return the height of a chart in mm; 0 if it is not stated."""
    return next((round(int(e.get("cy") or 0) / EMU_PER_MM) for e in _extents(mark)), 0)


def _set_height(mark: Bookmark, height: int) -> None:
    """Give a chart a height in mm; 0 leaves its own."""
    for extent in _extents(mark) if height else ():
        extent.set("cy", str(height * EMU_PER_MM))


def _in_words(shown: PrintedChart | None, chart: Chart) -> tuple[str, str]:
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
    return "、".join(f"{c} {s} {plain(v) or NONE}" for c, s, v in values)
