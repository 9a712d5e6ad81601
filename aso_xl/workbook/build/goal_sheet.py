"""Drawing one goal's sheet: 数値目標 and KPI by 施策. It is built to fit a screen of 1,366 pixels."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain.field_declaration import Field, Type
from ...domain.fields import BASELINE, NAME, indicator_fields, target_of
from ...domain.plan import Goal
from ...domain.settings import SAMPLE_WORDS
from ..layout import (
    COUNT_HEADS,
    SUMMARY,
    goal_sheet,
    has_texts,
    measure_sheet,
    rounds_in_view,
    table_name,
)
from . import formulas, indicator_table, together_table
from .canvas import Canvas
from .content import Contents
from .page import A3
from .paper import fit, is_split
from .styles import Styles
from .view import Pane, open_at

FIRST_ROW: Final = 4
HELP: Final = "数字だけを入力します。数字がないときは 未公表・集計中・対象外 と入力します。"
LEGEND: Final = ("入力欄", "評価年度の欄")
TO_MEASURES: Final = "施策の取組・課題・今後の方向を書く"
TO_SUMMARY: Final = "集計へ"
_FROZEN: Final = 3
"""Rows that stay while the sheet is scrolled."""


def draw(book: Any, styles: Styles, contents: Contents, goal: Goal) -> None:
    """Draw the sheet of the goal's indicators."""
    name, fields = goal_sheet(goal), indicator_fields(contents.plan, "kpi")
    canvas = Canvas(book.add_worksheet(name), styles, contents, FIRST_ROW)
    widths = _columns(canvas, fields)
    keys = [field.key for field in fields]
    named = keys.index(NAME)
    _title(canvas, goal, keys, split=is_split(widths, A3, named=named))
    header, cell = _tables(canvas, goal, fields)
    # two tables would fill the screen; Excel shows the headings of the one that is scrolled
    rows = _FROZEN if len(canvas.sheet.tables) > 1 else header + 1
    open_at(canvas, Pane(rows, named + 2), cell)
    fit(canvas, name, widths, (header - 1, header), A3, named=named)
    canvas.sheet.print_area(0, 0, canvas.row - 1, _last_shown(contents, fields))


def _columns(canvas: Canvas, fields: tuple[Field, ...]) -> list[float]:
    """Set the columns' widths; return those of the ones that are shown.

    Of a long plan the rounds that nobody needs now are hidden, and the targets of single rounds:
    評価年度の目標 shows the one that counts. They are no outline group: Excel opens none on a
    protected sheet, while hidden columns can be shown again.
    """
    contents = canvas.contents
    shown = {str(round_) for round_ in rounds_in_view(contents.plan, contents.round)}
    widths = []
    for index, field in enumerate(fields):
        hidden = field.type is Type.ACTUAL and field.key not in shown
        hidden = hidden or field.key in _of_rounds(contents)
        more = {"hidden": True} if hidden else {}
        canvas.sheet.set_column(index, index, field.width, canvas.styles("plain"), more)
        widths += [] if hidden else [field.width]
    return widths


def _of_rounds(contents: Contents) -> set[str]:
    """Return the keys of the columns with the targets of single rounds: the last ones."""
    return {target_of(round_).key for round_ in contents.plan.target_rounds}


def _last_shown(contents: Contents, fields: tuple[Field, ...]) -> int:
    return len(fields) - len(_of_rounds(contents)) - 1


def _title(canvas: Canvas, goal: Goal, keys: list[str], *, split: bool) -> None:
    """Write what stands above the tables; where the columns are ``split`` over pages, how to type
    stands at the left, else its end would be printed alone on the next page.
    """
    sheet, style, contents = canvas.sheet, canvas.styles, canvas.contents
    sheet.set_row(0, 27)
    sheet.write_string(0, 0, f"{goal.printed_number}　{goal.title}", style("title"))
    if contents.sample:
        sheet.write_string(0, 12, SAMPLE_WORDS, style("sample"))
    sheet.write_string(1, 0, contents.plan.title, style("subtitle"))
    shown, look = f"評価年度: {contents.round}", style("subtitle", bold=True)
    first = keys.index(BASELINE)
    sheet.write_formula(1, first, '="評価年度: "&評価年度', look, shown)
    in_view = rounds_in_view(contents.plan, contents.round)
    at = keys.index(str(in_view[0]))
    for column, (text, name) in enumerate(zip(LEGEND, ("input", "round"), strict=True), start=at):
        sheet.write_string(1, column, text, style(f"legend_{name}"))
    is_hiding = len(in_view) < len(contents.plan.rounds)
    if split and not is_hiding:
        sheet.write_string(2, first, HELP, style("subtitle"))
    else:
        sheet.write_string(1, at + 2, HELP, style("subtitle", indent=1))
    sheet.write_url(2, 0, f"internal:'{SUMMARY}'!A1", style("link"), TO_SUMMARY)
    if has_texts(contents.plan, goal):
        link = f"internal:'{measure_sheet(goal)}'!A1"
        sheet.write_url(2, 1, link, style("link"), TO_MEASURES)
    if is_hiding:
        _say_hidden(canvas, first)


def _say_hidden(canvas: Canvas, column: int) -> None:
    """Say which rounds are shown, and when another one has been chosen since."""
    rounds = canvas.contents.plan.rounds
    in_view = rounds_in_view(canvas.contents.plan, canvas.contents.round)
    first, last = rounds.index(in_view[0]) + 1, rounds.index(in_view[-1]) + 1
    said = f"{in_view[0]}～{in_view[-1]} を表示(ほかの年度の列は「再表示」で開きます)"
    text = (
        f'=IF(OR(評価列<{first},評価列>{last}),"評価年度の列が隠れています。「再表示」で開きます",'
        f'"{said}")'
    )
    canvas.sheet.write_formula(2, column, text, canvas.styles("subtitle"), said)


def _tables(canvas: Canvas, goal: Goal, fields: tuple[Field, ...]) -> tuple[int, tuple[int, int]]:
    """Draw what the goal has; return the heading row that repeats in print, and where to begin:
    the first blank cell of the round, else the round's first.
    """
    drawn: list[indicator_table.DrawnTable] = []
    if goal.headlines:
        drawn.append(indicator_table.draw(canvas, goal, "headline", "■ 数値目標"))
        together_table.draw(canvas, goal, "headline")
    counted = canvas.row
    if goal.kpi_counts:
        _counts(canvas, goal, _last_shown(canvas.contents, fields))
    if goal.kpis:
        drawn.append(indicator_table.draw(canvas, goal, "kpi", "■ 重要業績評価指標(KPI)"))
        together_table.draw(canvas, goal, "kpi")
    if not drawn:
        return counted + 1, (counted + 2, 1)
    asked = [field.key for field in fields].index(str(canvas.contents.round))
    blank = next((table.blank for table in drawn if table.blank), None)
    return drawn[-1].header, blank or (drawn[0].header + 1, asked)


def _counts(canvas: Canvas, goal: Goal, last: int) -> None:
    """Draw the table of published KPI counts, for goals whose KPIs are not listed."""
    contents, style = canvas.contents, canvas.styles
    kpi = contents.summary_of(goal).kpi
    canvas.section("■ 重要業績評価指標(KPI)の達成項目数", 0, last)
    canvas.table(table_name("counts", goal.number), 1, COUNT_HEADS, filters=False, lines=3)
    canvas.write(0, "KPI", style("id"))
    canvas.write(1, kpi.total, style("input_number"))
    canvas.write(2, kpi.achieved, style("input_number"))
    total, achieved = (xl_rowcol_to_cell(canvas.row, column) for column in (1, 2))
    shown = indicator_table.UNDEFINED if kpi.rate is None else float(kpi.rate)
    text = formulas.rate(achieved, total, contents.plan.rounding)
    canvas.sheet.write_formula(canvas.row, 3, text, style("percent"), shown)
    canvas.row += 2
