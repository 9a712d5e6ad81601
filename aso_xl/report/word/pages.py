"""Pages turned to landscape and back within a section of a base document.

A section of Word ends with the paragraph that holds its set-up, so what stands before turned pages
is ended by a copy of the section's own, and so are these; headers and footers go on.
"""

from copy import deepcopy
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.section import Section

from ..base.looks import section_of
from ..markup import gap, standalone

_CONTENT = "./preceding-sibling::*[self::w:p or self::w:tbl or self::w:sdt][1]"


def is_wide(word: WordDocument, anchor: Any) -> bool:
    """Return whether the page on which the anchor stands is a landscape one already."""
    page = Section(section_of(word, anchor), word.part)
    return (page.page_width or 0) > (page.page_height or 0)


def begins_section(anchor: Any) -> bool:
    """Return whether nothing stands before the anchor in its section."""
    before = anchor.xpath(_CONTENT)
    return not before or bool(before[0].xpath("./w:pPr/w:sectPr"))


def end_pages(word: WordDocument, anchor: Any, style_id: str, *, turned: bool = False) -> None:
    """End the pages before the anchor; what follows starts a new page of the section."""
    page = section_of(word, anchor)
    last: Any = parse_xml(standalone(gap(style_id)))
    last.pPr.append(deepcopy(page))
    anchor.addprevious(last)
    if turned:
        turn(word, last)
    following = Section(page, word.part)
    following.start_type = WD_SECTION.NEW_PAGE
    following.different_first_page_header_footer = False
    for numbers in page.iterchildren(qn("w:pgNumType")):
        numbers.attrib.pop(qn("w:start"), None)


def turn(word: WordDocument, anchor: Any) -> None:
    """Turn the pages of the section in which the anchor stands, with the margins kept."""
    page = Section(section_of(word, anchor), word.part)
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
