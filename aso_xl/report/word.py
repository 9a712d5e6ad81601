"""Document → .docx in the looks of a base document."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.parser import parse_xml
from docx.section import _Header

from aso_xl.report.base_file import open_base, style_ids, text_width
from aso_xl.report.blocks import Document
from aso_xl.report.body_xml import TURN, banner_xml, body_xml, gap, styles_used
from aso_xl.report.markup import clean, standalone
from aso_xl.report.style_names import NOTE
from aso_xl.report.table_xml import Frame

_PROPERTY_LIMIT: Final = 255


def write(document: Document, target: BinaryIO, base: Path | None = None) -> None:
    """Write the document to a stream, in the looks of `base` or of the packaged base document.

    Nothing is written before all is well. Raise BaseDocumentError if the base cannot be used,
    ValueError if a table row does not fit its columns.
    """
    word = open_base(base)
    styles = style_ids(word, styles_used(document), base)
    frame = Frame(styles, text_width(word), text_width(word, turned=True))
    if document.banner:
        _mark_headers(word, banner_xml(document, frame))
    _fill(word, body_xml(document, frame), frame)
    _describe(word, document)
    word.save(target)


def _fill(word: WordDocument, parts: Iterable[str], frame: Frame) -> None:
    section = word.element.body.get_or_add_sectPr()
    for part in parts:
        if part == TURN:
            _turn(word, frame)
        else:
            section.addprevious(parse_xml(standalone(part)))


def _turn(word: WordDocument, frame: Frame) -> None:
    """End the section here and go on in landscape, with the same headers and footers."""
    end = word.element.body.get_or_add_sectPr()
    last = parse_xml(standalone(gap(frame.styles[NOTE])))
    last[0].append(deepcopy(end))
    end.addprevious(last)
    page = word.sections[-1]
    page.start_type = WD_SECTION.NEW_PAGE
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    page.different_first_page_header_footer = False


def _mark_headers(word: WordDocument, xml: str) -> None:
    for header in _headers(word):
        fresh = header.is_linked_to_previous
        root = header.part.element
        if fresh:
            del root[:]
        root.append(parse_xml(standalone(xml)))


def _headers(word: WordDocument) -> Iterator[_Header]:
    """Yield the header of every kind of page that the document has."""
    section = word.sections[-1]
    yield section.header
    if section.different_first_page_header_footer:
        yield section.first_page_header
    if word.settings.odd_and_even_pages_header_footer:
        yield section.even_page_header


def _describe(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    author = _property(document.author)
    properties.title = _property(document.title)
    properties.author = properties.last_modified_by = author
    properties.keywords = _property(document.keywords)
    properties.language = "ja-JP"
    properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.now(UTC)


def _property(text: str) -> str:
    return " ".join(clean(text).split())[:_PROPERTY_LIMIT]
