"""下書き and 記入例: what a document says of itself on its first page and in its headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from ...domain.settings import SAMPLE_WORDS
from ...office.part_xml import parsed
from ..content import style_names as names
from ..content.sections.draft_words import DRAFT_WORDS, INTERNAL_WORDS
from ..markup import W, paragraph, run, standalone
from .changes import Change
from .edited_document import OpenedDocument
from .element_names import SECTION, Element, P, R, new, w
from .runs import run_text
from .widths import narrow, same

_BESIDE: Final = "\u3000"
"""Between the lines of a banner in a header."""

_LINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_REFERENCE: Final = w("headerReference")


def renew_banner(opened: OpenedDocument, lines: Sequence[str]) -> Iterator[Change]:
    """Make the banner of a document that of the report, and yield each of the changes."""
    body = [p for p in opened.body.iterchildren(P) if is_banner(_text(p))]
    said = "\n".join(map(_text, body))
    if not same(said, "\n".join(lines)):
        _put(opened, opened.body, body, lines, names.BANNER)
        yield Change("", "文書の先頭の表示", said, "\n".join(lines))
    line = _BESIDE.join(lines)
    if line:
        _add_headers(opened)
    for header in opened.stories("header"):
        own = [p for p in header.iterchildren(P) if is_banner(_text(p))]
        shown = _BESIDE.join(map(_text, own))
        if not same(shown, line):
            _put(opened, header, own, [line] if line else [], names.HEADER)
            yield Change("", "ヘッダーの表示", shown, line)


def says_draft(opened: OpenedDocument) -> bool:
    """Return whether a document says of itself that it is a draft."""
    texts = filter(is_banner, map(_text, opened.body.iterchildren(P)))
    return any(text.startswith(DRAFT_WORDS) for text in texts)


def says_internal(opened: OpenedDocument) -> bool:
    """Return whether a document says of itself that it is an internal edition, with comments."""
    texts = (narrow(_text(each)) for each in opened.body.iterchildren(P))
    return INTERNAL_WORDS in texts


def is_banner(text: str) -> bool:
    """Return whether a paragraph is nothing but banner lines."""
    return all(
        line in (SAMPLE_WORDS, DRAFT_WORDS, INTERNAL_WORDS) or line.startswith(f"{DRAFT_WORDS}(")
        for line in narrow(text).split(_BESIDE)
    )


def _text(paragraph: Element) -> str:
    return "".join(map(run_text, paragraph.iter(R))).strip()


def _put(
    opened: OpenedDocument, parent: Element, old: list[Element], lines: Sequence[str], style: str
) -> None:
    """Put lines in the place of the old ones, else at the top of a body, at the end of a header."""
    look = opened.style(style) or opened.style("normal")
    at = len(parent) if style == names.HEADER else 0
    at = parent.index(old[0]) if old else at
    for element in old:
        parent.remove(element)
    keep = style == names.BANNER
    parent[at:at] = [parsed(standalone(paragraph(look, run(x), keep=keep))) for x in lines]
    if not len(parent):
        parent.append(parsed(standalone(paragraph(look, ""))))


def _add_headers(opened: OpenedDocument) -> None:
    """Give the first section, and so those after it, the headers that it lacks: empty ones."""
    page = next(opened.body.iter(SECTION), None)
    if page is None:
        return
    present = {each.get(w("type")) for each in page.iterchildren(_REFERENCE)}
    wanted = [kind for kind in _kinds(opened) if kind not in present]
    if not wanted:
        return
    part = opened.package.free_name("word/header{}.xml")
    opened.package.set_xml(part, etree.Element(w("hdr"), nsmap={"w": W}))
    opened.package.declare(part, _TYPE)
    link = opened.package.link(opened.part, f"{_LINK}/header", part)
    for kind in wanted:
        reference = new(_REFERENCE, type=kind)
        reference.set(f"{{{_LINK}}}id", link)
        page.insert(0, reference)


def _kinds(opened: OpenedDocument) -> Iterator[str]:
    """Yield the kinds of pages that have headers of their own."""
    yield "default"
    if any(page.find(w("titlePg")) is not None for page in opened.body.iter(SECTION)):
        yield "first"
    for part in opened.part_names("settings"):
        if opened.package.xml(part).find(w("evenAndOddHeaders")) is not None:
            yield "even"
