"""The paragraphs of a base document, wherever they stand, and the text in them.

Word splits text into runs as it likes, so places are looked for in the joined text.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from ..markup import standalone

_PARAGRAPH: Final = qn("w:p")
_TEXT: Final = qn("w:t")
_TABLE: Final = qn("w:tbl")
_TEXT_BOX: Final = qn("w:txbxContent")
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CONTENT: Final = "./*[not(self::w:rPr) and not(self::w:t[not(string())])]"
_NOT_ITS_OWN: Final = (_PARAGRAPH, qn("w:moveFrom"))
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_PAGES: Final = {"default": "", "first": "先頭ページの", "even": "偶数ページの"}
_STORIES: Final = {qn("w:headerReference"): "ヘッダー", qn("w:footerReference"): "フッター"}


@dataclass(frozen=True)
class Spot:
    """A paragraph and where staff find it; ``top`` if nothing but the body is around it.

    A ``shadow`` is the copy of a text box that Word keeps for older programs.
    """

    paragraph: Any
    place: str
    in_body: bool
    top: bool
    shadow: bool


def spots(word: WordDocument) -> Iterator[Spot]:
    """Yield every paragraph of the body, then of headers and footers."""
    yield from _body_spots(word)
    for element, place in _stories(word):
        for paragraph in element.iter(_PARAGRAPH):
            yield _spot(paragraph, place)


def texts(paragraph: Any) -> list[Any]:
    """Return the text elements of the paragraph itself, not of text boxes anchored in it."""
    return [text for text in paragraph.iter(_TEXT) if _belongs(text, paragraph)]


def text_of(paragraph: Any) -> str:
    """Return the joined text of a paragraph, without what a recorded change has removed."""
    return "".join(text.text or "" for text in texts(paragraph))


def put(paragraph: Any, start: int, end: int, value: str) -> None:
    """Put a value into the place of the text from start to end, in the look of its first run."""
    at = 0
    for element in texts(paragraph):
        text = element.text or ""
        left, right = max(start - at, 0), min(end - at, len(text))
        if left < right:
            element.text = text[:left] + value + text[right:]
            element.set(_SPACE, "preserve")
            value = ""
        at += len(text)


def put_marked(paragraph: Any, start: int, end: int, value: str, mark: tuple[str, str]) -> None:
    """Put a value as `put` does, alone in its run between the start and the end of a mark (XML)."""
    put(paragraph, start, end, value)
    at = 0
    for element in texts(paragraph):
        length = len(element.text or "")
        if at <= start < at + length:
            run = _alone(element, start - at, start - at + len(value))
            first, last = parse_xml(standalone(f"<w:p>{mark[0]}{mark[1]}</w:p>"))
            run.addprevious(first)
            run.addnext(last)
            return
        at += length


def _alone(text: Any, left: int, right: int) -> Any:
    """Return the run that holds a piece of a text and nothing else; what was around stands beside."""
    run, whole = text.getparent(), text.text
    at = run.index(text)
    before, after = deepcopy(run), deepcopy(run)
    _keep(before, range(at + 1), at, whole[:left])
    _keep(run, range(at, at + 1), at, whole[left:right])
    _keep(after, range(at, len(after)), at, whole[right:])
    if len(before.xpath(_CONTENT)):
        run.addprevious(before)
    if len(after.xpath(_CONTENT)):
        run.addnext(after)
    return run


def _keep(run: Any, numbers: range, at: int, text: str) -> None:
    """Keep some of a run's children, and its look; the text among them gets another text."""
    run[at].text = text
    run[at].set(_SPACE, "preserve")
    for number, child in enumerate(list(run)):
        if number not in numbers and child.tag != qn("w:rPr"):
            run.remove(child)


def _body_spots(word: WordDocument) -> Iterator[Spot]:
    numbers = {_PARAGRAPH: 0, _TABLE: 0}
    for child in word.element.body:
        place = "本文のコンテンツ コントロール"
        if child.tag in numbers:
            numbers[child.tag] += 1
            kind = "段落目" if child.tag == _PARAGRAPH else "番目の表"
            place = f"本文の{numbers[child.tag]}{kind}"
        for paragraph in child.iter(_PARAGRAPH):
            yield _spot(paragraph, place, child)


def _stories(word: WordDocument) -> Iterator[tuple[Any, str]]:
    """Yield each header and footer once, with the name that staff know it by."""
    seen = set()
    for section in word.element.body.xpath("./w:p/w:pPr/w:sectPr | ./w:sectPr"):
        for reference in section:
            if reference.tag not in _STORIES:
                continue
            part: Any = word.part.related_parts[reference.get(qn("r:id"))]
            if part.partname not in seen:
                seen.add(part.partname)
                yield part.element, _PAGES[reference.get(qn("w:type"))] + _STORIES[reference.tag]


def _spot(paragraph: Any, place: str, child: Any = None) -> Spot:
    """Return the spot of a paragraph in a child of the body, or in a header or footer."""
    above = {ancestor.tag for ancestor in paragraph.iterancestors()}
    if _TEXT_BOX in above:
        place = f"{place}にあるテキストボックス"
    return Spot(paragraph, place, child is not None, paragraph is child, _FALLBACK in above)


def _belongs(text: Any, paragraph: Any) -> bool:
    for ancestor in text.iterancestors():
        if ancestor is paragraph:
            return True
        if ancestor.tag in _NOT_ITS_OWN:
            return False
    return False
