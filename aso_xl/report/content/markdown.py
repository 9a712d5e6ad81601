"""The pages of ``docs/`` as blocks of a document: the part of Markdown in which they are written.

Headings, paragraphs, tables, lists (with what stands below an item), lines to be typed, pictures;
within a line **strong**, `typed` and [links](…). Anything else stands as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Final
from unicodedata import east_asian_width

from .blocks import (
    Block,
    DataTable,
    Heading,
    LinkedText,
    Paragraph,
    Picture,
    Piece,
    Styled,
    TableCell,
    TableColumn,
)
from .style_names import CODE, EXAMPLE, GUIDE_TEXT, ITEM, NUMBERED, STRONG, TITLE

_INLINE: Final = re.compile(
    r"\*\*(?P<strong>.+?)\*\*|`(?P<code>[^`]+)`|\[(?P<text>(?:[^\]`]|`[^`]*`)+)\]\((?P<target>[^)]+)\)"
)
_PICTURE: Final = re.compile(r"!\[(?P<text>[^\]]*)\]\((?P<source>[^)]+)\)")
_HEADING: Final = re.compile(r"(#+) (.*)")
_NUMBERED: Final = re.compile(r"\d+\. +")
_ITEM: Final = re.compile(r"- +")
_CELL: Final = re.compile(r"(?<!\\)\|")
_NO_SLUG: Final = re.compile(r"[^\w\- ]")
_WIDEST, _NARROWEST = 64, 8
"""Letters that a column is given room for, at most and at least."""


@dataclass(frozen=True)
class Page:
    """A page: its text, where its links lead ("" for nowhere) and the images it shows."""

    text: str
    link: Callable[[str], str]
    image: Callable[[str], bytes]


def title_of(text: str) -> str:
    """Return the title of a page: its first heading."""
    return next(found[2] for line in text.splitlines() if (found := _HEADING.fullmatch(line)))


def blocks_of(page: Page) -> tuple[Block, ...]:
    """Return the blocks of a page. Raise ValueError for a link to a heading that is not there."""
    return tuple(_PageReader(page).blocks(page.text.splitlines()))


def slug(heading: str) -> str:
    """Return the name under which other places lead to a heading."""
    return _NO_SLUG.sub("", heading.lower()).replace(" ", "-")


class _PageReader:
    def __init__(self, page: Page) -> None:
        self.page = page
        heads = [found[2] for line in page.text.splitlines() if (found := _HEADING.fullmatch(line))]
        self.anchors = {slug(head): f"head_{n}" for n, head in enumerate(heads)}
        self.lists = count(1)
        self.heading = ""

    def blocks(self, lines: Sequence[str]) -> Iterator[Block]:
        at = 0
        while at < len(lines):
            line = lines[at]
            end = at + 1
            if line.startswith("```"):
                end = next(n for n in range(at + 1, len(lines)) if lines[n].startswith("```")) + 1
                yield Paragraph("\n".join(lines[at + 1 : end - 1]), EXAMPLE)
            elif found := _HEADING.fullmatch(line):
                yield self._heading(len(found[1]), found[2])
            elif line.startswith("|"):
                end = _end(lines, at, lambda each: each.startswith("|"))
                yield from self._table(lines[at:end])
            elif found := _PICTURE.fullmatch(line.strip()):
                yield self._picture(found)
            elif kind := next((kind for kind in (_NUMBERED, _ITEM) if kind.match(line)), None):
                end = _end(lines, at, partial(_is_in_list, kind), over_blanks=True)
                yield from self._list(kind, lines[at:end])
            elif line.strip():
                end = _end(lines, at, _is_text)
                yield Paragraph(self._sentence(_joined(lines[at:end])), GUIDE_TEXT)
            at = end

    def _heading(self, level: int, text: str) -> Block:
        self.heading = _plain(text)
        if level == 1:
            return Paragraph(self.heading, TITLE)
        return Heading(self.heading, level - 1, self.anchors[slug(text)])

    def _picture(self, found: re.Match[str]) -> Picture:
        return Picture(self.page.image(found["source"]), found["text"], f"{found['text']}の図")

    def _list(self, kind: re.Pattern[str], lines: Sequence[str]) -> Iterator[Block]:
        """Yield the items of a list, each with what stands below it."""
        numbers = f"list_{next(self.lists)}" if kind is _NUMBERED else ""
        starts = [n for n, line in enumerate(lines) if kind.match(line)]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            first, below = kind.sub("", lines[start], count=1), lines[start + 1 : end]
            style = NUMBERED if numbers else ITEM
            yield Paragraph(self._sentence(first), style, numbers=numbers)
            yield from self.blocks(_outdented(below))

    def _table(self, lines: Sequence[str]) -> Iterator[Block]:
        head, _, *body = ([cell.strip() for cell in _cells(line)] for line in lines)
        pictures = [found for row in body for cell in row if (found := _PICTURE.fullmatch(cell))]
        if pictures:
            yield from map(self._picture, pictures)
            return
        rows = tuple(tuple(self._cell(cell) for cell in row) for row in body)
        titles = [_plain(title) for title in head]
        described = f"「{self.heading}」の表。{len(titles)}列、{len(rows)}行。"
        yield DataTable("", _columns(titles, rows), rows, described)

    def _cell(self, text: str) -> TableCell:
        pieces = self._sentence(text)
        if isinstance(pieces, str):
            return TableCell(pieces)
        return TableCell(_plain(text), pieces=pieces)

    def _sentence(self, text: str) -> str | tuple[Piece, ...]:
        pieces = tuple(piece for piece in self._pieces(text) if piece != "")
        return "".join(map(str, pieces)) if all(isinstance(p, str) for p in pieces) else pieces

    def _pieces(self, text: str) -> Iterator[Piece]:
        at = 0
        for found in _INLINE.finditer(text):
            yield text[at : found.start()]
            at = found.end()
            if found["strong"]:
                yield Styled(_plain(found["strong"]), STRONG)
            elif found["code"]:
                yield Styled(found["code"], CODE)
            else:
                yield self._link(_plain(found["text"]), found["target"])
        yield text[at:]

    def _link(self, text: str, target: str) -> Piece:
        if target.startswith("#"):
            if target[1:] not in self.anchors:
                raise ValueError(f"no heading: {target!r}")
            return LinkedText(text, f"#{self.anchors[target[1:]]}")
        leads = self.page.link(target)
        return LinkedText(text, leads) if leads else text


def _joined(lines: Sequence[str]) -> str:
    return "".join(line.strip() for line in lines)


def _plain(text: str) -> str:
    """Return what a line says, without its marks."""
    return _INLINE.sub(lambda m: _plain(m["strong"] or m["text"] or "") or m["code"] or "", text)


def _cells(line: str) -> list[str]:
    return [cell.replace("\\|", "|") for cell in _CELL.split(line.strip().strip("|"))]


def _end(
    lines: Sequence[str], start: int, belongs: Callable[[str], bool], *, over_blanks: bool = False
) -> int:
    """Return the end of the lines that belong together from a line on."""
    end = start + 1
    for at in range(start + 1, len(lines)):
        if belongs(lines[at]):
            end = at + 1
        elif lines[at].strip() or not over_blanks:
            break
    return end


def _is_text(line: str) -> bool:
    begins_other = line.startswith(("|", "```", "#", "![")) or _NUMBERED.match(line)
    return bool(line.strip()) and not begins_other and not _ITEM.match(line)


def _is_in_list(kind: re.Pattern[str], line: str) -> bool:
    is_below = line.startswith("  ") and bool(line.strip())
    return is_below or bool(kind.match(line))


def _outdented(lines: Sequence[str]) -> list[str]:
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return [line[min(indents) :] if line.strip() else "" for line in lines] if indents else []


def _columns(titles: Sequence[str], rows: Sequence[Sequence[TableCell]]) -> tuple[TableColumn, ...]:
    """Return the columns, each with room for its longest text within bounds."""
    texts = [[title, *(row[n].text for row in rows)] for n, title in enumerate(titles)]
    widths = (max(map(_letters, each)) for each in texts)
    return tuple(
        TableColumn(title, min(max(width, _NARROWEST), _WIDEST) + 2)
        for title, width in zip(titles, widths, strict=True)
    )


def _letters(text: str) -> int:
    """Return the width of a text in half-width letters."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)
