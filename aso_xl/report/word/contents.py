r"""The table of contents: a field of Word's, filled with what Word would put there but for pages.

Word prints the page numbers when it renews the field (F9, or when printing). Asking it to do so at
opening (``w:dirty``, ``w:updateFields``) makes it put a question that staff cannot answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any, Final

from docx.oxml.ns import qn
from lxml import etree

from ...office.part_xml import parsed
from ..base.bookmark_writer import BookmarkWriter
from ..content.style_names import CONTENTS_ENTRY
from ..markup import attribute, field, gap, paragraph, run, standalone

_FIELD: Final = re.compile(r'\s*TOC \\o "1-(\d)"')
_ANY: Final = re.compile(r"\s*TOC\s")
_LEVELS: Final = ("Heading 1", "Heading 2")
_PREFIX: Final = "_Toc"
"""How Word's own bookmarks of headings begin."""

_START, _NAME = qn("w:bookmarkStart"), qn("w:name")
_LOOK, _CODE, _INSTRUCTION = qn("w:pPr"), qn("w:instrText"), qn("w:instr")
_TEXTUAL: Final = (qn("w:t"), qn("w:tab"), qn("w:br"))


@dataclass(frozen=True)
class _Heading:
    level: int
    bookmark: str
    text: str


def contents_field(depth: int, style_id: str) -> str:
    """Return the paragraph of a field without entries yet."""
    return gap(style_id, field(rf'TOC \o "1-{depth}" \h \z \u', ""))


def fill(
    body: Any, fields: Iterable[Any], styles: Mapping[str, str], marks: BookmarkWriter
) -> None:
    """Fill the contents fields without entries with all headings, staff's own among them.

    The fields are all w:instrText and w:fldSimple of the body; styles are name → id.
    """
    looks = [styles[name] for name in CONTENTS_ENTRY if name in styles]
    empty = {code: depth for code in fields if (depth := _depth_if_empty(code))}
    headings = list(_headings(body, styles, marks)) if empty else []
    for code, depth in empty.items():
        shown = (each for each in headings if each.level <= min(depth, len(looks)))
        _put(code, [_entry(each, looks[each.level - 1]) for each in shown])


def clear(fields: Iterable[Any]) -> bool:
    """Take the entries out of the contents fields, so that `fill` fills them anew.

    Return False, with nothing changed, if one is another program's or has page numbers, which Word
    alone knows.
    """
    found = [code for code in fields if _ANY.match(code.text or code.get(_INSTRUCTION) or "")]
    spans = [_span(code) for code in found]
    has_pages = any(len(list(p.iter(_CODE))) > (p is span[0]) for span in spans for p in span)
    if has_pages or not all(_FIELD.match(code.text or "") for code in found):
        return False
    for first, *others in spans:
        if others:
            runs = [r for r in first.iterchildren(qn("w:r")) if r.find(qn("w:t")) is None]
            others[-1].find(_LOOK).addnext(runs[0])
            for before, run_ in pairwise(runs):
                before.addnext(run_)
            for paragraph_ in (first, *others[:-1]):
                paragraph_.getparent().remove(paragraph_)
    return True


def _span(code: Any) -> list[Any]:
    """Return the paragraphs from the one in which a field begins to the one in which it ends."""
    first = _around(code)
    span = []
    for each in (first, *first.itersiblings(qn("w:p"))):
        span.append(each)
        if any(c.get(qn("w:fldCharType")) == "end" for c in each.iter(qn("w:fldChar"))):
            break
    return span


def _depth_if_empty(code: Any) -> int:
    """Return the depth of a contents field that ends where it begins; 0 for all others."""
    found = _FIELD.match(code.text or "")
    if not found:
        return 0
    kinds = [each.get(qn("w:fldCharType")) for each in _around(code).iter(qn("w:fldChar"))]
    return int(found[1]) if kinds == ["begin", "separate", "end"] else 0


def _put(code: Any, entries: list[Any]) -> None:
    """Put the entries before the paragraph in which a field ends; it begins in the first."""
    last = _around(code)
    for entry in entries:
        last.addprevious(entry)
    if entries:
        for each in reversed(last.findall(qn("w:r"))[:-1]):
            entries[0].find(_LOOK).addnext(each)


def _entry(heading: _Heading, style_id: str) -> Any:
    anchor = attribute(heading.bookmark)
    link = f'<w:hyperlink w:anchor="{anchor}" w:history="1">{run(heading.text)}</w:hyperlink>'
    return parsed(standalone(paragraph(style_id, link)))


def _headings(body: Any, styles: Mapping[str, str], marks: BookmarkWriter) -> Iterator[_Heading]:
    """Yield the headings of the body; those without a bookmark get one."""
    levels = {styles[name]: level for level, name in enumerate(_LEVELS, 1)}
    taken = {mark.get(_NAME) for mark in body.iter(_START)}
    free = (name for n in count(1) if (name := f"{_PREFIX}{n:09}") not in taken)
    for each in body.iterchildren(qn("w:p")):
        text = " ".join("".join(t.text or " " for t in each.iter(*_TEXTUAL)).split())
        if (level := levels.get(_style(each))) and text:
            yield _Heading(level, _bookmark(each) or _marked(each, next(free), marks), text)


def _style(paragraph_: Any) -> str:
    style = paragraph_.find(f"{_LOOK}/{qn('w:pStyle')}")
    return "" if style is None else style.get(qn("w:val"), "")


def _bookmark(heading: Any) -> str:
    names = (mark.get(_NAME, "") for mark in heading.iterchildren(_START))
    return next((name for name in names if name.startswith(_PREFIX)), "")


def _marked(heading: Any, name: str, marks: BookmarkWriter) -> str:
    number = {qn("w:id"): str(marks.new_id())}
    heading.find(_LOOK).addnext(etree.Element(_START, {**number, _NAME: name}))
    heading.append(etree.Element(qn("w:bookmarkEnd"), number))
    return name


def _around(element: Any) -> Any:
    return next(element.iterancestors(qn("w:p")))
