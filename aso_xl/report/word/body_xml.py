"""Blocks → the body of a Word document: paragraphs and tables as WordprocessingML."""

from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from ..base.bookmark_writer import BookmarkWriter
from ..content import style_names as names
from ..content.blocks import (
    Block,
    Chart,
    DataTable,
    Document,
    EvaluationTable,
    Figure,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    Reference,
    Section,
    TableOfContents,
    Text,
)
from ..markup import clean, gap, paragraph, run
from .captions import CHART, TABLE, caption, reference
from .contents import contents_field
from .table_xml import Frame, data_table, evaluation_table

_TABLE_START: Final = "<w:tbl>"
_MARK_START, _MARK_END = "<w:bookmarkStart", "<w:bookmarkEnd"


def styles_used(document: Document) -> dict[str, str]:
    """Return name → kind of every style that the document needs, always with the fixed ones."""
    used = dict(names.REQUIRED)
    for block in document.blocks():
        for style in _styles(block):
            used.setdefault(style, "paragraph")
    return used


def body_xml(sections: Iterable[Section], frame: Frame, *, at_top: bool = False) -> list[str]:
    """Return all blocks of sections, one string for each paragraph and table.

    ``at_top`` says that they start a page anyway. Raise ValueError for a name that stands twice,
    and if a table row does not fit its columns.
    """
    return list(_parted(_flow(sections, frame, at_top), frame))


def sentence(text: Text, marks: BookmarkWriter) -> str:
    """Return the runs of a text, its figures marked."""
    if isinstance(text, str):
        return run(text)
    return "".join(_piece(piece, marks) for piece in text)


def _styles(block: Block) -> tuple[str, ...]:
    match block:
        case Heading(level=level):
            return (f"Heading {level}",)
        case Paragraph(style=style):
            return (style,)
        case Chart():
            return (names.FIGURE,)
        case TableOfContents(depth=depth):
            return (names.CONTENTS, *names.CONTENTS_ENTRY[:depth])
        case Notes() | EvaluationTable() | DataTable() | PageBreak():
            return ()
        case _:
            assert_never(block)


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
        case Paragraph(text, look, name):
            marked = frame.marks.around(name, sentence(text, frame.marks))
            yield paragraph(style[look], marked, new_page=new_page)
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
            yield from _chart(block, frame, new_page, keep=keep)
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


def _chart(chart: Chart, frame: Frame, new_page: bool, *, keep: bool) -> Iterator[str]:
    style = frame.styles
    drawing = f"<w:r>{frame.draw(chart, frame.width)}</w:r>"
    marked = frame.marks.around(chart.name, drawing)
    yield paragraph(style[names.FIGURE], marked, keep=bool(chart.caption), new_page=new_page)
    if chart.caption:
        numbered = caption(CHART, chart.caption, chart.name, frame.marks)
        yield paragraph(style[names.CAPTION], numbered, keep=keep)


def _piece(piece: str | Figure | Reference, marks: BookmarkWriter) -> str:
    match piece:
        case Figure(name, text):
            return marks.around(name, run(text))
        case Reference(name):
            return reference(name)
        case str():
            return run(piece)
        case _:
            assert_never(piece)


def _parted(parts: Iterable[str], frame: Frame) -> Iterator[str]:
    """Yield the parts with a gap after each table that another, a longer mark or nothing follows.

    Word joins tables that touch, and wants a paragraph at the end of the body. LibreOffice loses
    bookmarks over several paragraphs that begin right after a table.
    """
    after_table = False
    for part in parts:
        is_table = part.startswith(_TABLE_START)
        if after_table and (is_table or part.count(_MARK_START) > part.count(_MARK_END)):
            yield _gap(frame)
        yield part
        after_table = is_table
    if after_table:
        yield _gap(frame)


def _gap(frame: Frame, *, new_page: bool = False) -> str:
    return gap(frame.styles[names.NOTE], new_page=new_page)
