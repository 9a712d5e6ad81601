"""Drawing the sheet of a goal's 施策: what was done, what is in the way, where it goes.

It is a sheet of its own, so that the texts begin at its first column, with widths for long texts.
What a plan asks of the goal itself stands above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from ...domain.fields import NAME, goal_fields, measure_fields
from ...domain.plan import Goal
from ...domain.settings import SAMPLE_WORDS
from ..layout import (
    REQUEST,
    SUMMARY,
    goal_sheet,
    has_indicators,
    measure_sheet,
    table_name,
)
from . import text_table
from .canvas import Canvas
from .content import Contents
from .page import A4
from .paper import fit
from .styles import Styles
from .text_table import DrawnTexts, TextTable
from .view import Pane, open_at

TITLE: Final = "■ 施策の取組・課題・今後の方向"
TITLE_OF_GOAL: Final = "■ 基本目標について"
FIRST_ROW: Final = 3


def draw(book: Any, styles: Styles, contents: Contents, goal: Goal) -> None:
    """Draw the sheet of the texts of the goal and of its 施策."""
    name, fields = measure_sheet(goal), measure_fields(contents.plan)
    canvas = Canvas(book.add_worksheet(name), styles, contents, FIRST_ROW)
    named = [field.key for field in fields].index(NAME)
    widths = _widths(contents, named)
    for column, width in enumerate(widths):
        canvas.sheet.set_column(column, column, width, styles("plain"))
    _title(canvas, goal, named)
    drawn: list[DrawnTexts] = []
    for table in _tables(contents, goal, named, widths):
        canvas.row += bool(drawn)
        drawn.append(text_table.draw(canvas, table))
    header = drawn[-1].header
    blank = next((table.blank for table in drawn if table.blank), None)
    typed = next((n for n, field in enumerate(fields) if field.is_typed), 0)
    # two tables would fill the screen; Excel shows the headings of the one that is scrolled
    rows = FIRST_ROW if len(drawn) > 1 else header + 1
    open_at(canvas, Pane(rows, named + 1), blank or (header + 1, typed))
    fit(canvas, name, widths, (header - 1, header), A4, named=named)
    canvas.sheet.print_area(0, 0, canvas.row - 1, len(widths) - 1)


def _widths(contents: Contents, named: int) -> list[float]:
    """Return the widths of the columns: those of 施策, and what a goal has more of."""
    fields, of_goal = measure_fields(contents.plan), goal_fields(contents.plan)
    beyond = of_goal[len(fields) - (named - 1) :]
    return [field.width for field in (*fields, *beyond)]


def _tables(
    contents: Contents, goal: Goal, named: int, widths: Sequence[float]
) -> Iterator[TextTable]:
    """Yield the tables of the sheet; the goal's name stands above those of its 施策."""
    if own := goal_fields(contents.plan):
        first = named - 1
        fields = [replace(f, width=w) for f, w in zip(own, widths[first:], strict=False)]
        yield TextTable(TITLE_OF_GOAL, table_name("texts", goal.number), first, fields, (goal,))
    if goal.measures:
        name, fields = table_name("measures", goal.number), [*measure_fields(contents.plan)]
        yield TextTable(TITLE, name, 0, fields, goal.measures)


def _title(canvas: Canvas, goal: Goal, named: int) -> None:
    sheet, style, contents = canvas.sheet, canvas.styles, canvas.contents
    sheet.set_row(0, 27)
    sheet.write_string(0, 0, f"{goal.printed_number}　{goal.title}", style("title"))
    if contents.sample:
        sheet.write_string(0, named + 3, SAMPLE_WORDS, style("sample"))
    sheet.write_string(1, 0, contents.plan.title, style("subtitle"))
    shown, look = f"評価年度: {contents.round}", style("subtitle", bold=True)
    sheet.write_formula(1, named + 2, '="評価年度: "&評価年度', look, shown)
    back = REQUEST if contents.handout else SUMMARY
    sheet.write_url(2, 0, f"internal:'{back}'!A1", style("link"), f"{back}へ")
    if has_indicators(goal):
        own = goal_sheet(goal)
        sheet.write_url(2, 1, f"internal:'{own}'!A1", style("link"), f"{own}の指標へ")
