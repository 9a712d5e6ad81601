"""How a sheet of a goal opens: what stays while it is scrolled, and where the cursor stands."""

from __future__ import annotations

from typing import Final, NamedTuple

from .canvas import Canvas

ROOM: Final = 357.0
"""Points of rows that the smallest screen (1366×768) shows at 100 %."""

_ABOVE: Final = 2


class Pane(NamedTuple):
    """How many rows and columns are frozen."""

    rows: int
    columns: int


def open_at(canvas: Canvas, pane: Pane, cell: tuple[int, int]) -> None:
    """Have the sheet open with the cell selected and in view, at 100 %."""
    sheet, (row, column) = canvas.sheet, cell
    down_to = sum(canvas.height(number) for number in range(row + 1))
    top = pane.rows if down_to <= ROOM else max(pane.rows, row - _ABOVE)
    sheet.freeze_panes(pane.rows, pane.columns, top, pane.columns)
    sheet.set_selection(row, column, row, column)
