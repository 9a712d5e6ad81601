"""How large blocks come out in the packaged looks, in millimetres: for what must fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Final, assert_never
from unicodedata import east_asian_width

from ..blocks import (
    Block,
    Chart,
    DataTable,
    EvaluationTable,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Reference,
    TableCell,
    TableColumn,
    TableOfContents,
    Text,
)

TEXT_WIDTH: Final = 163.0
_EM: Final = {"heading": 5.0, "text": 3.71, "cell": 3.18, "note": 3.0}
"""Widths of a full-width letter."""

_TEXT_LINE, _CELL_LINE, _HEAD_LINE = 6.5, 4.3, 6.8
_AROUND: Final = {Chart: 10.0, DataTable: 8.6, Notes: 1.5}
_AROUND_HEADING: Final = {1: 9.4, 2: 5.2, 3: 5.5}
_CELL_PADDING: Final = 1.2
_TABLE_PADDING: Final = 2.1


def height_of(blocks: Iterable[Block]) -> float:
    """Return the height of blocks one below the other, rather too much than too little."""
    return sum(map(_height, blocks))


def _height(block: Block) -> float:
    around = _AROUND.get(type(block), 0.0)
    match block:
        case Heading(text, level):
            return _AROUND_HEADING[level] + _HEAD_LINE * _lines(text, TEXT_WIDTH, "heading")
        case Paragraph(text):
            return _TEXT_LINE * _lines("　" + _plain(text), TEXT_WIDTH, "text")
        case Notes(lines):
            return around + _CELL_LINE * sum(_lines(line, TEXT_WIDTH, "note") for line in lines)
        case DataTable():
            head = tuple(TableCell(column.title) for column in block.columns)
            return around + sum(_row(row, block.columns) for row in (head, *block.rows))
        case Chart():
            return around + block.height
        case EvaluationTable() | Picture() | TableOfContents() | PageBreak():
            return 0.0
        case _:
            assert_never(block)


def cell_width(line: str) -> float:
    """Return how wide a column must be so that a line in one of its cells does not break."""
    return _TABLE_PADDING + _EM["cell"] * _letters(line)


def _row(row: Sequence[TableCell], columns: Sequence[TableColumn]) -> float:
    share = TEXT_WIDTH / sum(column.width for column in columns)
    lines = (
        _lines(cell.text, column.width * share - _TABLE_PADDING, "cell")
        for cell, column in zip(row, columns, strict=True)
    )
    return _CELL_PADDING + _CELL_LINE * max(lines, default=1)


def _lines(text: str, width: float, look: str) -> int:
    """Return how many lines a text takes; where it breaks, a letter less fits on a line."""
    room = width / _EM[look]
    return sum(
        1 if letters <= room else ceil(letters / max(1.0, room - 1))
        for letters in map(_letters, text.split("\n"))
    )


def _letters(text: str) -> float:
    """Return the width of a text in full-width letters."""
    return sum(1.0 if east_asian_width(letter) in "WFA" else 0.56 for letter in text)


def _plain(text: Text) -> str:
    if isinstance(text, str):
        return text
    return "".join(
        part if isinstance(part, str) else "図 10" if isinstance(part, Reference) else part.text
        for part in text
    )
