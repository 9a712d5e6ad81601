"""A goal's sheets on paper: at 8 points or more, heads repeated, no page with only a few rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from ...domain.settings import SAMPLE_WORDS
from .canvas import Canvas
from .page import PROTECTION, footer
from .styles import pixels

LEAST_SCALE: Final = 0.8
"""The sheets are written in 10 points; on paper nothing is smaller than 8."""

_LEFT, _TOP, _BOTTOM = 0.4, 0.55, 0.6
_INCH, _PIXEL = 72, 0.75
_POOR: Final = 0.25
"""A last page that is filled less than this is not worth a sheet of paper."""


class Paper(NamedTuple):
    """A paper lying on its side: what Excel calls it, its width and height in points."""

    number: int
    width: float
    height: float

    @property
    def room(self) -> tuple[float, float]:
        """Return the points between the margins."""
        return self.width - 2 * _LEFT * _INCH, self.height - (_TOP + _BOTTOM) * _INCH


A4, A3 = Paper(9, 841.9, 595.3), Paper(8, 1190.6, 841.9)


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
    sheet.set_paper(paper.number)
    sheet.set_margins(left=_LEFT, right=_LEFT, top=_TOP, bottom=_BOTTOM)
    sheet.repeat_rows(*heads)
    sheet.set_footer(footer(contents, name))
    if contents.sample:
        sheet.set_header(f"&R&10{SAMPLE_WORDS}")
    points = [pixels(width) * _PIXEL for width in widths]
    across, scale = _across(points, named + 1, paper.room[0])
    if across > 1:
        sheet.repeat_columns(0, named)
    rows = [canvas.height(row) for row in range(canvas.row)]
    down, breaks = _down(rows, heads, paper.room[1], scale)
    sheet.fit_to_pages(across, down)
    sheet.set_h_pagebreaks(breaks)


def _across(points: Sequence[float], first: int, room: float) -> tuple[int, float]:
    """Return how many pages stand side by side, and the scale they are printed at.

    The first columns are repeated on each.
    """
    whole, repeated = sum(points), sum(points[:first])
    if whole * LEAST_SCALE <= room:
        return 1, min(1.0, room / whole)
    rest, space = (whole - repeated) * LEAST_SCALE, room - repeated * LEAST_SCALE
    return max(2, math.ceil(rest / space)), LEAST_SCALE


def _down(
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
