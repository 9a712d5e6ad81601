"""What a base document lends to a report: its styles and the width of its pages."""

from collections.abc import Mapping
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.section import Section

_A4_TEXT_WIDTH: Final = 9240
_SOMETHING: Final = ".//w:t[normalize-space()] | .//w:drawing | .//w:pict | .//w:object | .//w:br"


def style_ids(word: WordDocument, wanted: Mapping[str, str]) -> dict[str, str]:
    """Return style name → id for the wanted styles (name → kind) that the document has.

    Names of built-in styles differ in case between programs, so case is ignored.
    """
    present = {
        (style.get(qn("w:type")), name.get(qn("w:val"), "").casefold()): style.get(qn("w:styleId"))
        for style in word.styles.element.iterchildren(qn("w:style"))
        for name in style.iterchildren(qn("w:name"))
    }
    found = {name: present.get((kind, name.casefold())) for name, kind in wanted.items()}
    return {name: style_id for name, style_id in found.items() if style_id}


def section_of(word: WordDocument, anchor: Any = None) -> Any:
    """Return the w:sectPr that sets the page on which the anchor stands; the last for None."""
    last = word.element.body.get_or_add_sectPr()
    if anchor is None:
        return last
    following = anchor.xpath("(. | ./following-sibling::w:p)[w:pPr/w:sectPr][1]/w:pPr/w:sectPr")
    return following[0] if following else last


def text_width(word: WordDocument, anchor: Any = None, *, turned: bool = False) -> int:
    """Return the width between the margins of the anchor's page, in twips; A4's if not stated.

    With `turned`, of the same page with width and height exchanged and the margins kept.
    """
    page = Section(section_of(word, anchor), word.part)
    width = page.page_height if turned else page.page_width
    if width is None or page.left_margin is None or page.right_margin is None:
        return _A4_TEXT_WIDTH
    return (width - page.left_margin - page.right_margin - (page.gutter or 0)) // 635


def ends_section(word: WordDocument, anchor: Any) -> bool:
    """Return whether nothing but empty paragraphs follows the anchor in its section."""
    end = section_of(word, anchor)
    element = anchor
    while end not in element.iter(end.tag):
        element = element.getnext()
        if element.tag == qn("w:tbl") or element.xpath(_SOMETHING):
            return False
    return True
