"""Full-width brackets in what a document says in sentences, where 設定 wants them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, assert_never

from .blocks import (
    Block,
    Chart,
    DataTable,
    Document,
    EvaluationTable,
    Figure,
    Heading,
    LinkedText,
    NoteLine,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Piece,
    Reference,
    Styled,
    TableOfContents,
    Text,
    Underlined,
)

_WIDE: Final = str.maketrans("()", "（）")


def with_wide_brackets(document: Document) -> Document:
    """Return the document with full-width brackets in headings, paragraphs and notes.

    Tables and charts keep theirs: they are narrow.
    """
    sections = (
        replace(section, blocks=tuple(map(_widened, section.blocks)))
        for section in document.sections
    )
    return replace(document, sections=tuple(sections))


def _widened(block: Block) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=_text(block.text))
        case Heading():
            return replace(block, text=block.text.translate(_WIDE))
        case Notes():
            return replace(block, lines=tuple(map(_line, block.lines)))
        case (
            EvaluationTable() | DataTable() | Chart() | Picture() | TableOfContents() | PageBreak()
        ):
            return block
        case _:
            assert_never(block)


def _line(line: str) -> str:
    wide = line.translate(_WIDE)
    return NoteLine(wide, line.origin) if isinstance(line, NoteLine) else wide


def _text(text: Text) -> Text:
    if isinstance(text, str):
        return text.translate(_WIDE)
    return tuple(map(_part, text))


def _part(part: Piece) -> Piece:
    match part:
        case str():
            return part.translate(_WIDE)
        case Figure() | Styled() | LinkedText() | Underlined():
            return replace(part, text=part.text.translate(_WIDE))
        case Reference():
            return part
        case _:
            assert_never(part)
