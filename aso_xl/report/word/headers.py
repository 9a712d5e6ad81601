"""The banner on every page: at the top of the body, and in every header a document has."""

from collections.abc import Iterator, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from docx.section import _Header

from ..content import style_names as names
from ..markup import paragraph, run, standalone
from .frame import Frame


def put_banner(word: WordDocument, lines: Sequence[str], frame: Frame) -> None:
    """Put the lines boxed at the top of the body, before whatever stands there."""
    style = frame.styles[names.BANNER]
    for place, line in enumerate(lines):
        word.element.body.insert(place, _element(paragraph(style, run(line), keep=True)))


def mark_headers(word: WordDocument, lines: Sequence[str], frame: Frame) -> None:
    """Add the lines, beside each other, to the header of every kind of page of every section."""
    text = "\u3000".join(" ".join(line.split()) for line in lines)
    xml = paragraph(frame.styles[names.HEADER], run(text))
    relations = word.part.rels.values()
    kept = {r.target_part for r in relations if r.reltype == RELATIONSHIP_TYPE.HEADER}
    marked = set()
    for header in _headers(word):
        part = header.part
        if part in marked:
            continue
        if part not in kept:
            del part.element[:]
        part.element.append(_element(xml))
        marked.add(part)


def _headers(word: WordDocument) -> Iterator[_Header]:
    for section in word.sections:
        yield section.header
        if section.different_first_page_header_footer:
            yield section.first_page_header
        if word.settings.odd_and_even_pages_header_footer:
            yield section.even_page_header


def _element(xml: str) -> Any:
    return parse_xml(standalone(xml))
