"""Charts in a document that python-docx holds."""

from __future__ import annotations

import re
from typing import Final

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from ..content.blocks import Chart
from ..markup import W, attribute
from .chart_part import chart_xml
from .embedded_workbook import chart_book

CHART_PARTS: Final = "/word/charts/chart%d.xml"
BOOK_PARTS: Final = "/word/embeddings/Microsoft_Excel_Sheet%d.xlsx"
DATA_RELATION: Final = "rId1"
_FOLDERS: Final = ("/word/charts/", "/word/embeddings/")
_NUMBER: Final = re.compile(r"(\d+)\.\w+$")
EMU_PER_MM: Final = 36000
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def free_number(word: WordDocument) -> int:
    """Return a number from which on no chart and no workbook in the package has one."""
    names = (str(part.partname) for part in word.part.package.iter_parts())
    numbers = (_NUMBER.search(name) for name in names if name.startswith(_FOLDERS))
    return max((int(found[1]) for found in numbers if found), default=0) + 1


def attach(word: WordDocument, chart: Chart, number: int = 0) -> str:
    """Add the chart and its workbook to the package; return the id of the document's relation.

    Its parts get the number, which must be free; without one it is looked for, which takes time in
    proportion to the parts there are.
    """
    package, number = word.part.package, number or free_number(word)
    name = PackURI(CHART_PARTS % number)
    part = Part(name, CONTENT_TYPE.DML_CHART, chart_xml(chart, DATA_RELATION).encode(), package)
    relation = f"rIdChart{number}"
    word.part.load_rel(RELATIONSHIP_TYPE.CHART, part, relation)
    name = PackURI(BOOK_PARTS % number)
    book = Part(name, CONTENT_TYPE.SML_SHEET, chart_book(chart), package)
    part.load_rel(RELATIONSHIP_TYPE.PACKAGE, book, DATA_RELATION)
    return relation


def drawing_xml(chart: Chart, relation_id: str, number: int, width_emu: int) -> str:
    """Return the w:drawing, in line with the text, that shows an attached chart.

    ``number`` must be the only such in the document; the width is in EMU (36,000 a mm). It stands
    within a run and declares its own prefixes.
    """
    size = f'cx="{width_emu}" cy="{chart.height * EMU_PER_MM}"'
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
