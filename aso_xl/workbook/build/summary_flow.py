"""Placing the charts of 集計 below each other, and its pages in print."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from .content import Contents
from .course_block import FIRST, ROWS, CourseBlock
from .styles import Styles
from .summary_charts import Drawn, course_chart, progress_chart

ROW_PIXELS: Final = 20
SECTION_PIXELS: Final = 28

PAGE_PIXELS: Final = 1480
"""The height of an upright A4 page that is as wide as the tables."""

_GAP: Final = 8
_NOTE: Final = (
    "破線の 100% が目標です。目盛りの外に出る棒は途中で切り、数字で示しています。"
    "棒と数字のない指標は、進捗率が 0% か、まだ計算できないもの(－)です。"
)


@dataclass
class Flow:
    """A sheet that is filled downwards: the next free row, the pixels used on the page so far."""

    sheet: Any
    row: int
    used: int = 0
    breaks: list[int] = field(default_factory=list)

    def need(self, pixels: int) -> None:
        """Begin a page unless so much still fits on this one."""
        if self.used and self.used + pixels > PAGE_PIXELS:
            self.breaks.append(self.row)
            self.used = 0

    def take(self, rows: int) -> None:
        """Go on below some rows."""
        self.row += rows
        self.used += rows * ROW_PIXELS

    def chart(self, drawn: Drawn) -> None:
        """Place a chart, whole on its page."""
        self.need(drawn.height + 2 * _GAP)
        told = {"description": drawn.description, "y_offset": _GAP}
        self.sheet.insert_chart(self.row, 0, drawn.chart, told)
        self.take(-(-(drawn.height + 2 * _GAP) // ROW_PIXELS))

    def print_to(self, last_column: int) -> None:
        """Have the sheet printed down to the last row used, with the breaks."""
        self.sheet.set_h_pagebreaks(self.breaks)
        self.sheet.print_area(0, 0, self.row - 1, last_column)


def section(sheet: Any, styles: Styles, width: int, row: int, heading: str) -> None:
    """Write a section's heading over ``width`` columns."""
    sheet.set_row(row, 21)
    for column in range(width):
        sheet.write_blank(row, column, None, styles("section"))
    sheet.write_string(row, 0, heading, styles("section"))


def draw_charts(book: Any, styles: Styles, contents: Contents, flow: Flow, width: int) -> int:
    """Draw the course of an indicator and the progress of every goal's KPIs, where there are any.

    Return the last column that is printed.
    """
    last = max(width, FIRST + len(contents.plan.rounds))
    block = CourseBlock(contents, flow.row + 1, last + 1)
    if block.choices:
        _course(book, styles, block, flow, width)
    goals = [goal for goal in contents.plan.goals if goal.kpis]
    for goal in goals:
        drawn = progress_chart(book, contents, goal)
        if goal is goals[0]:
            flow.need(SECTION_PIXELS + ROW_PIXELS + drawn.height + 2 * _GAP)
            section(flow.sheet, styles, width, flow.row, "■ KPIの進捗率")
            flow.sheet.write_string(flow.row + 1, 0, _NOTE, styles("subtitle"))
            flow.take(2)
        flow.chart(drawn)
    return last - 1


def _course(book: Any, styles: Styles, block: CourseBlock, flow: Flow, width: int) -> None:
    drawn = course_chart(book, block)
    flow.need(SECTION_PIXELS + ROWS * ROW_PIXELS + drawn.height)
    heading = "■ 指標の推移(指標を選ぶと、表とグラフが変わります)"
    section(flow.sheet, styles, width, flow.row, heading)
    block.draw(book, flow.sheet, styles)
    flow.take(1 + ROWS)
    flow.chart(drawn)
