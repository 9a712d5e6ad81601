"""Blocks → the body of a Word document: paragraphs and tables as WordprocessingML."""

from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from ..content import style_names as names
from ..content.blocks import (
    Block,
    Chart,
    DataTable,
    Document,
    EvaluationTable,
    Heading,
    LinkedText,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Section,
    Styled,
    TableOfContents,
    Text,
)
from ..markup import clean, gap, paragraph, run
from .captions import CHART, TABLE, caption
from .contents import contents_field
from .frame import Frame
from .sentences import sentence
from .table_xml import data_table, evaluation_table

_TABLE_START: Final = "<w:tbl>"
_MARK_START, _MARK_END = "<w:bookmarkStart", "<w:bookmarkEnd"


def styles_used(document: Document) -> dict[str, str]:
    """Return name → kind of every style that the document needs, always with the fixed ones."""
    used = dict(names.REQUIRED)
    for block in document.blocks():
        for style, kind in _styles(block):
            used.setdefault(style, kind)
    return used


def body_xml(sections: Iterable[Section], frame: Frame, *, at_top: bool = False) -> list[str]:
    """Return all blocks of sections, one string for each paragraph and table.

    ``at_top`` says that they start a page anyway. Raise ValueError for a name that stands twice,
    and if a table row does not fit its columns.
    """
    return list(_parted(_flow(sections, frame, at_top), frame))


def _styles(block: Block) -> Iterator[tuple[str, str]]:
    """Yield name and kind of the styles of a block that not every document has."""
    match block:
        case Heading(level=level):
            yield f"Heading {level}", "paragraph"
        case Paragraph(text=text, style=style):
            yield style, "paragraph"
            yield from _styles_in(text)
        case Chart() | Picture():
            yield names.FIGURE, "paragraph"
        case TableOfContents(depth=depth):
            for style in (names.CONTENTS, *names.CONTENTS_ENTRY[:depth]):
                yield style, "paragraph"
        case DataTable():
            yield from _styles_in(tuple(p for row in block.rows for c in row for p in c.pieces))
        case Notes() | EvaluationTable() | PageBreak():
            return
        case _:
            assert_never(block)


def _styles_in(text: Text) -> Iterator[tuple[str, str]]:
    for piece in () if isinstance(text, str) else text:
        if isinstance(piece, Styled):
            yield piece.style, "character"
        if isinstance(piece, LinkedText):
            yield names.LINK, "character"


def _flow(sections: Iterable[Section], frame: Frame, at_top: bool) -> Iterator[str]:
    """Yield paragraphs and tables; a page break becomes a property of what follows it.

    A paragraph that holds nothing but the break would leave an empty line on the new page.
    """
    new_page = False
    for section in sections:
        new_page |= section.new_page
        for block, following in zip(section.blocks, (*section.blocks[1:], None), strict=False):
            if isinstance(block, PageBreak):
                new_page = True
                continue
            keep = isinstance(following, Notes) and bool(following.lines)
            for part in _parts(block, frame, new_page and not at_top, keep=keep):
                new_page = at_top = False
                yield part


def _parts(block: Block, frame: Frame, new_page: bool, *, keep: bool) -> Iterator[str]:
    """Yield the paragraphs and tables of a block; ``keep`` the end of one with the notes below."""
    style = frame.styles
    match block:
        case Heading(text, level, name):
            marked = frame.marks.around(name, run(text))
            yield paragraph(style[f"Heading {level}"], marked, new_page=new_page)
        case Paragraph(text, look, name, numbers):
            marked = frame.marks.around(name, sentence(text, frame))
            item = frame.number(numbers) if numbers else 0
            yield paragraph(style[look], marked, new_page=new_page, item=item)
        case Notes():
            yield from _notes(block, frame, new_page)
        case EvaluationTable(title):
            table = evaluation_table(block, frame, keep=keep)
            heading = style["Heading 2"]
            yield paragraph(heading, run(title), keep=bool(table), new_page=new_page)
            if table:
                yield table
        case DataTable():
            yield from _listing(block, frame, new_page, keep=keep)
        case Chart():
            drawing = frame.draw(block, frame.width)
            yield from _drawn(drawing, block.caption, block.name, frame, new_page, keep=keep)
        case Picture(caption=below):
            drawing = frame.show(block, frame.width)
            yield from _drawn(drawing, below, "", frame, new_page, keep=keep)
        case TableOfContents(title, depth):
            yield paragraph(style[names.CONTENTS], run(title), keep=True, new_page=new_page)
            yield contents_field(depth, style[names.CONTENTS_ENTRY[0]])
        case PageBreak():
            return
        case _:
            assert_never(block)


def _notes(notes: Notes, frame: Frame, new_page: bool) -> Iterator[str]:
    style = frame.styles[names.NOTE]
    start, end = frame.marks.pair(notes.name) if notes.name else ("", "")
    if not notes.lines:
        if notes.name:
            yield gap(style, start + end, new_page=new_page)
        return
    lines = [run(line) for text in notes.lines for line in clean(text).split("\n")]
    lines[0] = start + lines[0]
    lines[-1] += end
    for number, line in enumerate(lines):
        last = number + 1 == len(lines)
        yield paragraph(style, line, keep=not last, new_page=new_page and number == 0)


def _listing(table: DataTable, frame: Frame, new_page: bool, *, keep: bool) -> Iterator[str]:
    if table.caption:
        numbered = caption(TABLE, table.caption, table.name, frame.marks)
        style = frame.styles[names.CAPTION]
        yield paragraph(style, numbered, keep=True, new_page=new_page)
    elif new_page:
        yield _gap(frame, new_page=True)
    yield data_table(table, frame, keep=keep)


def _drawn(
    drawing: str, below: str, name: str, frame: Frame, new_page: bool, *, keep: bool
) -> Iterator[str]:
    style = frame.styles
    marked = frame.marks.around(name, f"<w:r>{drawing}</w:r>")
    yield paragraph(style[names.FIGURE], marked, keep=bool(below), new_page=new_page)
    if below:
        numbered = caption(CHART, below, name, frame.marks)
        yield paragraph(style[names.CAPTION], numbered, keep=keep)


def _parted(parts: Iterable[str], frame: Frame) -> Iterator[str]:
    """Yield the parts with a gap after each table that another, a longer mark or nothing follows.

    Word joins tables that touch, and wants a paragraph at the end of the body. LibreOffice loses
    bookmarks over several paragraphs that begin right after a table.
    """
    after_table = False
    for part in parts:
        is_table = part.startswith(_TABLE_START)
        if after_table and (is_table or part.count(_MARK_START) > part.count(_MARK_END)):
            yield _gap(frame, keep=not is_table)
        yield part
        after_table = is_table
    if after_table:
        yield _gap(frame)


def _gap(frame: Frame, *, keep: bool = False, new_page: bool = False) -> str:
    return gap(frame.styles[names.NOTE], keep=keep, new_page=new_page)
