"""Charts in a document that is changed part by part, all else staying byte for byte."""

from __future__ import annotations

from typing import Final

from lxml import etree

from ...office.package_copy import PackageCopy
from ..content.blocks import Chart
from .chart_part import chart_xml
from .drawing import BOOK_PARTS, CHART_PARTS, DATA_RELATION
from .embedded_workbook import chart_book
from .renewal import renew

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_BOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHART: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_AFTER: Final = tuple(f"{_C}{name}" for name in ("printSettings", "userShapes", "extLst"))


def add_chart(package: PackageCopy, document_part: str, chart: Chart) -> str:
    """Add a chart and its workbook; return the id of the relation from the document's part."""
    part = package.free_name(CHART_PARTS.strip("/").replace("%d", "{}"))
    package[part] = chart_xml(chart, DATA_RELATION).encode()
    package.declare(part, _CHART)
    _add_book(package, part, chart)
    return package.link(document_part, f"{_OFFICE}/chart", part)


def drop_chart(package: PackageCopy, document_part: str, relation: str) -> None:
    """Take a chart and all that stands behind it out of the package."""
    part = package.links(document_part)[relation][1]
    for link in package.links(part):
        package.drop(part, link)
    package.drop(document_part, relation)


def renew_chart_part(package: PackageCopy, part: str, chart: Chart) -> bool:
    """Renew a chart that stands in the package, and its workbook with it; False if it cannot be.

    Its looks stay. A workbook that is gone, linked from outside or of another kind is made anew.
    Raise XMLSyntaxError for a damaged part.
    """
    xml = renew(package[part], chart)
    if xml is None:
        return False
    package[part] = xml
    book = book_of(package, part)
    if book:
        package[book] = chart_book(chart)
    else:
        _lead_to_book(package, part, _add_book(package, part, chart))
    return True


def book_of(package: PackageCopy, part: str) -> str:
    """Return the part of a chart's workbook; "" if there is none to write into."""
    data = package.xml(part).find(f"{_C}externalData")
    link = None if data is None else package.links(part).get(data.get(f"{{{_OFFICE}}}id", ""))
    return link[1] if link and link[1] in package and link[1].endswith(".xlsx") else ""


def _add_book(package: PackageCopy, part: str, chart: Chart) -> str:
    """Add a workbook to a chart; return the id of the relation."""
    book = package.free_name(BOOK_PARTS.strip("/").replace("%d", "{}"))
    package[book] = chart_book(chart)
    package.declare(book, _BOOK)
    return package.link(part, f"{_OFFICE}/package", book)


def _lead_to_book(package: PackageCopy, part: str, relation: str) -> None:
    """Have a chart name the relation of its workbook."""
    root = package.xml(part)
    data = root.find(f"{_C}externalData")
    if data is None:
        data = etree.Element(f"{_C}externalData")
        etree.SubElement(data, f"{_C}autoUpdate", val="0")
        later = [child for child in root if child.tag in _AFTER]
        root.insert(root.index(later[0]) if later else len(root), data)
    data.set(f"{{{_OFFICE}}}id", relation)
    package.set_xml(part, root)
