r"""The table of contents: a field of Word's, filled with what Word would put there but for pages.

Word prints the page numbers when it renews the field (F9, or when printing). Asking it to do so at
opening (``w:dirty``, ``w:updateFields``) makes it put a question that staff cannot answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml

from aso_xl.report.marks import Marks
from aso_xl.report.markup import attribute, field, gap, paragraph, run, standalone
from aso_xl.report.style_names import CONTENTS_ENTRY

_FIELD: Final = re.compile(r'\s*TOC \\o "1-(\d)"')
_LEVELS: Final = ("Heading 1", "Heading 2")
_PREFIX: Final = "_Toc"
"""How Word's own bookmarks of headings begin."""

_START, _NAME = qn("w:bookmarkStart"), qn("w:name")
_TEXTUAL: Final = (qn("w:t"), qn("w:tab"), qn("w:br"))


@dataclass(frozen=True)
class _Heading:
    level: int
    bookmark: str
    text: str


def contents_field(depth: int, style_id: str) -> str:
    """Return the paragraph of a field without entries yet."""
    return gap(style_id, field(rf'TOC \o "1-{depth}" \h \z \u', ""))


def fill(body: Any, fields: Iterable[Any], styles: Mapping[str, str], marks: Marks) -> None:
    """Fill the contents fields without entries with all headings, staff's own among them.

    The fields are all w:instrText and w:fldSimple of the body; styles are name → id.
    """
    looks = [styles[name] for name in CONTENTS_ENTRY if name in styles]
    empty = {code: depth for code in fields if (depth := _depth_if_empty(code))}
    headings = list(_headings(body, styles, marks)) if empty else []
    for code, depth in empty.items():
        shown = (each for each in headings if each.level <= min(depth, len(looks)))
        _put(code, [_entry(each, looks[each.level - 1]) for each in shown])


def _depth_if_empty(code: Any) -> int:
    """Return the depth of a contents field that ends where it begins; 0 for all others."""
    found = _FIELD.match(code.text or "")
    kinds = [each.get(qn("w:fldCharType")) for each in _around(code).iter(qn("w:fldChar"))]
    return int(found[1]) if found and kinds == ["begin", "separate", "end"] else 0


def _put(code: Any, entries: list[Any]) -> None:
    """Put the entries before the paragraph in which a field ends; it begins in the first."""
    last = _around(code)
    for entry in entries:
        last.addprevious(entry)
    if entries:
        for each in reversed(last.r_lst[:-1]):
            entries[0].pPr.addnext(each)


def _entry(heading: _Heading, style_id: str) -> Any:
    anchor = attribute(heading.bookmark)
    link = f'<w:hyperlink w:anchor="{anchor}" w:history="1">{run(heading.text)}</w:hyperlink>'
    return parse_xml(standalone(paragraph(style_id, link)))


def _headings(body: Any, styles: Mapping[str, str], marks: Marks) -> Iterator[_Heading]:
    """Yield the headings of the body; those without a bookmark get one."""
    levels = {styles[name]: level for level, name in enumerate(_LEVELS, 1)}
    taken = {mark.get(_NAME) for mark in body.iter(_START)}
    free = (name for n in count(1) if (name := f"{_PREFIX}{n:09}") not in taken)
    for each in body.iterchildren(qn("w:p")):
        text = " ".join("".join(t.text or " " for t in each.iter(*_TEXTUAL)).split())
        if (level := levels.get(each.style)) and text:
            yield _Heading(level, _bookmark(each) or _marked(each, next(free), marks), text)


def _bookmark(heading: Any) -> str:
    names = (mark.get(_NAME, "") for mark in heading.iterchildren(_START))
    return next((name for name in names if name.startswith(_PREFIX)), "")


def _marked(heading: Any, name: str, marks: Marks) -> str:
    number = {qn("w:id"): str(marks.new_id())}
    heading.pPr.addnext(OxmlElement("w:bookmarkStart", {**number, _NAME: name}))
    heading.append(OxmlElement("w:bookmarkEnd", number))
    return name


def _around(element: Any) -> Any:
    return next(element.iterancestors(qn("w:p")))
