"""Making room at a place in a base document without losing what staff have put around it."""

from typing import Any, Final

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from ..markup import standalone
from .text import texts

_GAP: Final = (
    '<w:p><w:pPr><w:snapToGrid w:val="0"/>'
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
)
_BREAK: Final = './/w:br[@w:type="page" or @w:type="column"]'
_PAGE_BREAK_BEFORE: Final = './w:pPr/w:pageBreakBefore[not(@w:val="0" or @w:val="false")]'
_SETUP: Final = "./w:pPr/w:sectPr"
_PICTURE: Final = ".//w:drawing | .//w:pict | .//w:object"
_KEPT: Final = (
    f"{_BREAK} | {_PAGE_BREAK_BEFORE} | {_SETUP} | {_PICTURE}"
    " | .//w:fldChar | .//w:fldSimple | .//w:footnoteReference | .//w:endnoteReference"
)
_BOOKMARKS: Final = ".//w:bookmarkStart | .//w:bookmarkEnd"


def gap() -> Any:
    """Return an empty paragraph one point high."""
    return parse_xml(standalone(_GAP))


def anchor_after(paragraph: Any) -> Any:
    """Return a gap after the paragraph of a place, whose text goes.

    Page breaks and the section's set-up move into the gap if they came after the place.
    """
    anchor = gap()
    paragraph.addnext(anchor)
    for setup in paragraph.xpath(_SETUP):
        anchor.pPr.append(setup)
    for page_break in _trailing_breaks(paragraph):
        anchor.add_r().append(page_break)
    vacate(paragraph)
    return anchor


def vacate(paragraph: Any) -> None:
    """Remove a paragraph's text, and the paragraph too unless something of staff's is in it.

    It also stays after a table, because Word joins tables that touch.
    """
    for text in texts(paragraph):
        text.getparent().remove(text)
    before = paragraph.getprevious()
    after_table = before is not None and before.tag == qn("w:tbl")
    if not after_table and not paragraph.xpath(_KEPT):
        for bookmark in paragraph.xpath(_BOOKMARKS):
            paragraph.addprevious(bookmark)
        paragraph.getparent().remove(paragraph)
    elif not paragraph.xpath(_PICTURE):
        _flatten(paragraph)


def _flatten(paragraph: Any) -> None:
    """Make a paragraph one point high; it still breaks the page and ends the section."""
    flat = gap().pPr
    for page_break in paragraph.xpath(_PAGE_BREAK_BEFORE):
        flat.insert(0, page_break)
    for setup in paragraph.xpath(_SETUP):
        flat.append(setup)
    if paragraph.pPr is not None:
        paragraph.remove(paragraph.pPr)
    paragraph.insert(0, flat)


def _trailing_breaks(paragraph: Any) -> list[Any]:
    order = list(paragraph.iter())
    last = max(map(order.index, texts(paragraph)), default=-1)
    return [each for each in paragraph.xpath(_BREAK) if order.index(each) > last]
