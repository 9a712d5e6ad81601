"""Sheets on paper: at 8 points or more, heads repeated, no page with only a few rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from .canvas import Canvas
from .page import HEAD_HEIGHT, PROTECTION, TITLE_HEIGHT, Paper, lay
from .styles import pixels

LEAST_SCALE: Final = 0.8
"""The sheets are written in 10 points; on paper nothing is smaller than 8."""

_PIXEL: Final = 0.75
_USUAL: Final = 15.0
_POOR: Final = 0.25
"""A last page that is filled less than this is not worth a sheet of paper."""


def fit(
    canvas: Canvas,
    name: str,
    widths: Sequence[float],
    heads: tuple[int, int],
    paper: Paper,
    *,
    named: int = 1,
) -> None:
    """Set up and protect a goal's sheet: columns of such widths, ``heads`` on every page.

    What would be smaller than 8 points on one page is spread over several, the columns up to that
    of the names (``named``) repeated.
    """
    sheet, contents = canvas.sheet, canvas.contents
    sheet.protect("", PROTECTION)
    sheet.set_landscape()
    lay(sheet, contents, name, paper)
    sheet.repeat_rows(*heads)
    across, scale = _across(points(widths), named + 1, paper.room[0])
    if across > 1:
        sheet.repeat_columns(0, named)
    rows = [canvas.height(row) for row in range(canvas.row)]
    down, breaks = pages_down(rows, heads, paper.room[1], scale)
    sheet.fit_to_pages(across, down)
    sheet.set_h_pagebreaks(breaks)


def is_split(widths: Sequence[float], paper: Paper, *, named: int = 1) -> bool:
    """Return whether ``fit`` spreads columns of such widths over pages side by side."""
    return _across(points(widths), named + 1, paper.room[0])[0] > 1


@dataclass
class Rows:
    """The rows of a sheet whose heights are set, by their numbers; the others are as usual."""

    sheet: Any
    heights: dict[int, float] = field(default_factory=lambda: {0: TITLE_HEIGHT})

    def set(self, row: int, height: float) -> None:
        """Give a row its height in points."""
        self.sheet.set_row(row, height)
        self.heights[row] = height

    def print_to(self, last: int, head: int, widths: Sequence[float], paper: Paper) -> None:
        """Have the rows up to the last printed, one page wide, on pages that are worth it; the row
        ``head``, that of a table's headings, stands on each.
        """
        heights = {**self.heights, head: HEAD_HEIGHT}
        rows = [heights.get(row, _USUAL) for row in range(last + 1)]
        width, height = paper.room
        scale = min(1.0, width / sum(points(widths)))
        down, breaks = pages_down(rows, (head, head), height, scale)
        self.sheet.fit_to_pages(1, down)
        self.sheet.set_h_pagebreaks(breaks)
        self.sheet.repeat_rows(head)
        self.sheet.print_area(0, 0, last, len(widths) - 1)


def points(widths: Sequence[float]) -> list[float]:
    """Return how wide columns of so many characters are on paper."""
    return [pixels(width) * _PIXEL for width in widths]


def _across(columns: Sequence[float], first: int, room: float) -> tuple[int, float]:
    """Return how many pages stand side by side, and the scale they are printed at.

    The first columns are repeated on each. The scale is the largest at which the columns, none
    parted, take no more pages than at the least.
    """
    whole = sum(columns)
    if whole * LEAST_SCALE <= room:
        return 1, min(1.0, room / whole)
    pages = _side_by_side(columns, first, room / LEAST_SCALE)
    percents = range(100, round(100 * LEAST_SCALE), -1)
    larger = (p / 100 for p in percents if _side_by_side(columns, first, 100 * room / p) == pages)
    return pages, next(larger, LEAST_SCALE)


def _side_by_side(columns: Sequence[float], first: int, room: float) -> int:
    """Return on how many pages columns stand, the first ones repeated on each."""
    repeated = sum(columns[:first])
    pages, used = 1, repeated
    for width in columns[first:]:
        if used + width > room and used > repeated:
            pages, used = pages + 1, repeated
        used += width
    return pages


def pages_down(
    rows: Sequence[float], heads: tuple[int, int], room: float, scale: float
) -> tuple[int, list[int]]:
    """Return on how many pages the rows are pressed (0 for as many as they take), and breaks.

    A few rows left over go onto the pages before where they stay large enough; else all pages get
    about as many.
    """
    again = sum(rows[heads[0] : heads[1] + 1])
    first, more = room / scale, room / scale - again
    whole = sum(rows)
    if whole <= first:
        return 0, []
    pages = 1 + math.ceil((whole - first) / more)
    over = whole - first - (pages - 2) * more
    if over >= _POOR * more:
        return 0, []
    fewer = pages - 1
    pressed = fewer * room / (whole + (fewer - 1) * again)
    if pressed >= LEAST_SCALE * 1.02:
        return fewer, []
    return 0, _even(rows, heads[1], pages)


def _even(rows: Sequence[float], header: int, pages: int) -> list[int]:
    """Return the rows before which a page begins, so that all hold about as much."""
    share, found, used = sum(rows) / pages, list[int](), 0.0
    for row, height in enumerate(rows):
        if row > header and used + height > share * (len(found) + 1) and len(found) < pages - 1:
            found.append(row)
        used += height
    return found
