"""Blocks → the body of a Word document: paragraphs and tables as WordprocessingML."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, assert_never

from aso_xl.report import style_names as names
from aso_xl.report.blocks import (
    Block,
    DataTable,
    Document,
    EvaluationTable,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
)
from aso_xl.report.markup import paragraph, run
from aso_xl.report.table_xml import Frame, data_table, evaluation_table

TURN: Final = "<turn/>"
"""Stands between the parts of portrait pages and those of landscape pages."""

_TABLE_START: Final = "<w:tbl>"


def styles_used(document: Document) -> dict[str, str]:
    """Return name → kind of every style that the document needs, always with the fixed ones."""
    used = dict(names.REQUIRED)
    for block in document.blocks:
        match block:
            case Heading(level=level):
                used.setdefault(f"Heading {level}", "paragraph")
            case Paragraph(style=style):
                used.setdefault(style, "paragraph")
    return used


def body_xml(document: Document, frame: Frame) -> list[str]:
    """Return the banner and all blocks, one string for each paragraph and table."""
    banner = frame.styles[names.BANNER]
    parts = [paragraph(banner, run(line), keep=True) for line in document.banner]
    parts += _flow(document.blocks, frame)
    return list(_parted(parts, frame))


def banner_xml(document: Document, frame: Frame) -> str:
    """Return the paragraph for the headers: all banner lines beside each other."""
    text = "\u3000".join(" ".join(line.split()) for line in document.banner)
    return paragraph(frame.styles[names.HEADER], run(text))


def _flow(blocks: Iterable[Block], frame: Frame) -> Iterator[str]:
    """Yield paragraphs and tables; a page break becomes a property of what follows it.

    A paragraph that holds nothing but the break would leave an empty line on the new page.
    """
    new_page = False
    for block in blocks:
        if isinstance(block, PageBreak):
            new_page = not block.turned
            if block.turned:
                frame = replace(frame, width=frame.turned)
                yield TURN
            continue
        for part in _parts(block, frame, new_page):
            new_page = False
            yield part


def _parts(block: Block, frame: Frame, new_page: bool) -> Iterator[str]:
    style = frame.styles
    match block:
        case Heading(text, level):
            yield paragraph(style[f"Heading {level}"], run(text), new_page=new_page)
        case Paragraph(text, name):
            yield paragraph(style[name], run(text), new_page=new_page)
        case Notes(lines):
            for number, line in enumerate(lines):
                first = new_page and number == 0
                yield paragraph(style[names.NOTE], run(line), new_page=first)
        case EvaluationTable(title):
            table = evaluation_table(block, frame)
            heading = style["Heading 2"]
            yield paragraph(heading, run(title), keep=bool(table), new_page=new_page)
            if table:
                yield table
        case DataTable(caption):
            if caption:
                yield paragraph(style[names.CAPTION], run(caption), keep=True, new_page=new_page)
            elif new_page:
                yield _gap(frame, new_page=True)
            yield data_table(block, frame)
        case PageBreak():
            return
        case _:
            assert_never(block)


def _parted(parts: Iterable[str], frame: Frame) -> Iterator[str]:
    """Yield the parts with a gap after each table that no paragraph follows.

    Word joins tables that touch, and wants a paragraph at the end of the body.
    """
    after_table = False
    for part in parts:
        is_table = part.startswith(_TABLE_START)
        if part == TURN:
            after_table = False
            yield part
            continue
        if after_table and is_table:
            yield _gap(frame)
        yield part
        after_table = is_table
    if after_table:
        yield _gap(frame)


def _gap(frame: Frame, *, new_page: bool = False) -> str:
    """Return a paragraph one point high: it must not push out an empty page of its own."""
    return gap(frame.styles[names.NOTE], new_page=new_page)


def gap(style: str, *, new_page: bool = False) -> str:
    """Return an empty paragraph one point high in the style with this id."""
    page_break = "<w:pageBreakBefore/>" if new_page else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{page_break}'
        '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    )
