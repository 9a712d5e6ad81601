"""Document → .docx in the looks of a base document."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count, groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Final

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from ..base.bookmark_writer import BookmarkWriter
from ..base.looks import ends_section, section_of, style_ids, text_width
from ..base.open import open_base
from ..base.package import save
from ..base.places import Slot, close_slots, open_slots, printed_sections
from ..content.blocks import Chart, Document, Picture, Section
from ..content.style_names import NOTE
from ..markup import standalone
from . import captions, contents
from .body_xml import body_xml, styles_used
from .frame import Frame
from .headers import mark_headers, put_banner
from .lists import numbering
from .memory import remember
from .pages import begins_section, end_pages, is_wide, turn
from .properties import describe

_EMU: Final = 635
"""Of drawings, in a twip."""


Comments = Mapping[str, Sequence[str]]
"""Lines of comments, by the names of the places that they stand beside."""


def write(
    document: Document,
    target: BinaryIO,
    base: Path | None = None,
    comments: Comments = MappingProxyType({}),
) -> None:
    """Write the document to a stream, in the looks of `base` or of the packaged base document.

    Nothing is written before all is well. Raise BaseDocumentError if the base cannot be used,
    ValueError if a table row does not fit its columns, a name stands twice or is referred to
    without a caption.
    """
    wanted = styles_used(document)
    word = open_base(base, wanted, document)
    marks = BookmarkWriter(_highest(word, "//w:bookmarkStart/@w:id"))
    frame = _frame(word, wanted, marks)
    sections = printed_sections(word)
    slots = open_slots(word, document, marks)
    if document.banner:
        mark_headers(word, document.banner, frame)
    for slot, *following in (slots[number:] for number in range(len(slots))):
        _fill(word, slot, following, frame)
        close_slots(word, [slot])
    put_banner(word, document.banner, frame)
    _compute(word, frame)
    describe(word, document)
    remember(word, document, sections)
    if comments:
        from .comments import add_comments

        add_comments(word, comments)
    save(word, target)


def _fill(word: WordDocument, slot: Slot, following: Sequence[Slot], frame: Frame) -> None:
    """Put the sections of a slot before its anchor, some of them on turned pages."""
    anchor, page = slot.anchor, section_of(word, slot.anchor)
    is_last = all(section_of(word, other.anchor) is not page for other in following)
    is_last = is_last and ends_section(word, anchor)
    groups = [(turned, list(g)) for turned, g in groupby(slot.sections, _turned(word, anchor))]
    for number, (turned, sections) in enumerate(groups, 1):
        at_top = turned or begins_section(anchor)
        here = frame.of_width(text_width(word, anchor, turned=turned))
        parts = body_xml(sections, here, at_top=at_top)
        if turned and parts and not begins_section(anchor):
            end_pages(word, anchor, frame.styles[NOTE])
        for part in parts:
            anchor.addprevious(parse_xml(standalone(part)))
        if turned and parts:
            if is_last and number == len(groups):
                turn(word, anchor)
            else:
                end_pages(word, anchor, frame.styles[NOTE], turned=True)


def _turned(word: WordDocument, anchor: Any) -> Callable[[Section], bool]:
    wide = is_wide(word, anchor)
    return lambda section: section.landscape and not wide


def _compute(word: WordDocument, frame: Frame) -> None:
    """Make the fields show what Word would compute."""
    body = word.element.body
    fields = list(body.iter(qn("w:instrText"), qn("w:fldSimple")))
    captions.number(fields)
    contents.fill(body, fields, frame.styles, frame.marks)


def _frame(word: WordDocument, wanted: Mapping[str, str], marks: BookmarkWriter) -> Frame:
    """Return the frame of a document: what stands outside of its body is added when asked for."""
    numbers = count(_highest(word, "//wp:docPr/@id") + 1)

    def relation(target: str) -> str:
        return word.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def show(picture: Picture, width: int) -> str:
        from .pictures import picture_xml

        return picture_xml(word, picture, next(numbers), width * _EMU)

    draw = _drawing(word, numbers)
    return Frame(style_ids(word, wanted), 0, marks, draw, show, relation, numbering(word))


def _drawing(word: WordDocument, numbers: Iterator[int]) -> Callable[[Chart, int], str]:
    """Return what makes the drawing of a chart as wide as it is told, in twips."""

    @cache
    def parts() -> Iterator[int]:
        from ..charts import free_number

        return count(free_number(word))

    def draw(chart: Chart, width: int) -> str:
        from .. import charts

        relation = charts.attach(word, chart, next(parts()))
        return charts.drawing_xml(chart, relation, next(numbers), width * _EMU)

    return draw


def _highest(word: WordDocument, ids: str) -> int:
    return max(_numbers(word, ids), default=0)


def _numbers(word: WordDocument, ids: str) -> Iterator[int]:
    for part in word.part.package.iter_parts():
        if isinstance(part, XmlPart):
            yield from (int(each) for each in part.element.xpath(ids) if each.isdecimal())
