"""Charts in a document that python-docx holds."""

from __future__ import annotations

from typing import Final

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part

from ..blocks import Chart
from ..markup import W, attribute
from .book import chart_book
from .space import chart_xml

CHART_PARTS: Final = "/word/charts/chart%d.xml"
BOOK_PARTS: Final = "/word/embeddings/Microsoft_Excel_Sheet%d.xlsx"
DATA_RELATION: Final = "rId1"
_EMU_PER_MM: Final = 36000
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def attach(word: WordDocument, chart: Chart) -> str:
    """Add the chart and its workbook to the package; return the id of the document's relation."""
    package = word.part.package
    name = package.next_partname(CHART_PARTS)
    part = Part(name, CONTENT_TYPE.DML_CHART, chart_xml(chart, DATA_RELATION).encode(), package)
    relation = word.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    name = package.next_partname(BOOK_PARTS)
    book = Part(name, CONTENT_TYPE.SML_SHEET, chart_book(chart), package)
    part.load_rel(RELATIONSHIP_TYPE.PACKAGE, book, DATA_RELATION)
    return relation


def drawing_xml(chart: Chart, relation_id: str, number: int, width_emu: int) -> str:
    """Return the w:drawing, in line with the text, that shows an attached chart.

    ``number`` must be the only such in the document; the width is in EMU (36,000 a mm). It stands
    within a run and declares its own prefixes.
    """
    size = f'cx="{width_emu}" cy="{chart.height * _EMU_PER_MM}"'
    text = attribute(chart.description)
    return (
        f'<w:drawing xmlns:w="{W}"><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing"'
        ' distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="グラフ {number}" descr="{text}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main">'
        f'<a:graphicData uri="{_DRAWING}/chart"><c:chart xmlns:c="{_DRAWING}/chart"'
        f' xmlns:r="{_OFFICE}" r:id="{relation_id}"/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing>"
    )
