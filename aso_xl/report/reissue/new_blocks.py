"""Blocks and sentences of a report written anew into an opened document, in its own looks."""

from __future__ import annotations

from itertools import count
from typing import Final

from ...office.part_xml import parsed
from ..base.bookmark_writer import BookmarkWriter
from ..charts.document_parts import add_chart
from ..charts.drawing import drawing_xml
from ..content.blocks import Block, Chart, Document, Section, Text
from ..markup import standalone
from ..word.body_xml import body_xml, styles_used
from ..word.frame import Frame
from ..word.sentences import sentence
from .edited_document import OpenedDocument
from .element_names import ID, P_PR, SECTION, START, Element, w

_EMU: Final = 635
"""Of drawings, in a twip."""

_A4_TEXT_WIDTH: Final = 9240
_DOC_PR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


class Scribe:
    """Writes with ids that nothing in the document has; good until others add to it."""

    def __init__(self, opened: OpenedDocument, document: Document) -> None:
        self._opened = opened
        self.marks = BookmarkWriter(_highest(opened.root, START, ID))
        self._numbers = count(_highest(opened.root, _DOC_PR, "id") + 1)
        wanted = (*styles_used(document), "heading 1", "heading 2")
        self.styles = {name: opened.style(name) or opened.style("normal") for name in wanted}

    def blocks(
        self, blocks: tuple[Block, ...], beside: Element, *, new_page: bool
    ) -> list[Element]:
        """Return the paragraphs and tables of blocks, as wide as the pages beside an element."""
        frame = Frame(self.styles, self._width(beside), self.marks, self._draw)
        parts = body_xml((Section("", blocks, new_page=new_page),), frame)
        return [parsed(standalone(part)) for part in parts]

    def runs(self, text: Text) -> list[Element]:
        """Return the runs, marks and fields of a sentence."""
        whole = f"<w:p>{sentence(text, Frame(self.styles, 0, self.marks))}</w:p>"
        return list(parsed(standalone(whole)))

    def _draw(self, chart: Chart, width: int) -> str:
        relation = add_chart(self._opened.package, self._opened.part, chart)
        return drawing_xml(chart, relation, next(self._numbers), width * _EMU)

    def _width(self, beside: Element) -> int:
        """Return the width between the margins, in twips; A4's if not stated."""
        page = _page(self._opened.body, beside)
        size, margins = (None if page is None else page.find(w(n)) for n in ("pgSz", "pgMar"))
        if size is None or margins is None:
            return _A4_TEXT_WIDTH
        try:
            edges = (int(margins.get(w(side)) or 0) for side in ("left", "right", "gutter"))
            return int(size.get(w("w")) or 0) - sum(edges)
        except ValueError:
            return _A4_TEXT_WIDTH


def _page(body: Element, beside: Element) -> Element | None:
    """Return the set-up of the pages on which an element stands."""
    top = next((e for e in (beside, *beside.iterancestors()) if e.getparent() is body), beside)
    for each in (top, *top.itersiblings()):
        page = each if each.tag == SECTION else each.find(f"{P_PR}/{SECTION}")
        if page is not None:
            return page
    return None


def _highest(root: Element, tag: str, attribute: str) -> int:
    numbers = (element.get(attribute) or "" for element in root.iter(tag))
    return max((int(number) for number in numbers if number.isdecimal()), default=0)
