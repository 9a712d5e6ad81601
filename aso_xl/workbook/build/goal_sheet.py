"""Drawing one goal's sheet: 数値目標, KPI by 施策, and the texts of every 施策."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ...domain.fields import indicator_fields
from ...domain.plan import Goal
from ...domain.settings import SAMPLE_WORDS
from ..layout import COUNT_HEADS, SUMMARY, goal_sheet, table_name
from . import formulas, indicator_table, measure_table
from .canvas import Canvas
from .content import Contents
from .page import PROTECTION, footer
from .styles import Styles

FIRST_ROW: Final = 4
HELP: Final = "数字だけを入力します。数字がないときは 未公表・集計中・対象外 と入力します。"


def draw(book: Any, styles: Styles, contents: Contents, goal: Goal) -> None:
    """Draw the goal's sheet and name its print areas: the indicators, and the 施策 below."""
    name = goal_sheet(goal)
    canvas = Canvas(book.add_worksheet(name), styles, contents, FIRST_ROW)
    columns = indicator_fields(contents.plan, "kpi")
    for index, column in enumerate(columns):
        canvas.sheet.set_column(index, index, column.width, styles("plain"))
    _title(canvas, goal)
    header = _tables(canvas, goal, len(columns) - 1)
    areas = [f"$A$1:${xl_col_to_name(len(columns) - 1)}${canvas.row}"]
    if goal.measures:
        first = len(columns) + 1
        link = f"internal:'{name}'!{xl_rowcol_to_cell(canvas.row, first)}"
        canvas.sheet.write_url(2, 2, link, styles("link"), "施策の取組・課題・今後の方向を書く")
        measure_table.repeat_headings(canvas, header, first, link)
        areas.append(measure_table.draw(canvas, goal, first))
    _set_up_page(canvas, name, header)
    printed = ",".join(f"'{name}'!{area}" for area in areas)
    book.define_name(f"'{name}'!_xlnm.Print_Area", f"={printed}")


def _title(canvas: Canvas, goal: Goal) -> None:
    sheet, style, contents = canvas.sheet, canvas.styles, canvas.contents
    sheet.set_row(0, 27)
    sheet.write_string(0, 0, f"基本目標{goal.number}　{goal.title}", style("title"))
    if contents.sample:
        sheet.write_string(0, 8, SAMPLE_WORDS, style("sample"))
    sheet.write_string(1, 0, contents.plan.title, style("subtitle"))
    shown, look = f"評価年度: {contents.round}", style("subtitle", bold=True)
    sheet.write_formula(1, 4, '="評価年度: "&評価年度', look, shown)
    sheet.write_string(1, 9, "入力欄", style("legend_input"))
    sheet.write_string(1, 10, "評価年度の欄", style("legend_round"))
    sheet.write_string(1, 11, HELP, style("subtitle", indent=1))
    sheet.write_url(2, 0, f"internal:'{SUMMARY}'!A1", style("link"), "集計へ")


def _tables(canvas: Canvas, goal: Goal, last: int) -> int:
    """Draw what the goal has; return the heading row that repeats in print."""
    header = FIRST_ROW + 1
    if goal.headlines:
        header = indicator_table.draw(canvas, goal, "headline", "■ 数値目標")
    if goal.kpi_counts:
        _counts(canvas, goal, last)
    if goal.kpis:
        header = indicator_table.draw(canvas, goal, "kpi", "■ 重要業績評価指標(KPI)")
    return header


def _counts(canvas: Canvas, goal: Goal, last: int) -> None:
    """Draw the table of published KPI counts, for goals whose KPIs are not listed."""
    contents, style = canvas.contents, canvas.styles
    kpi = contents.summary.goals[contents.plan.goals.index(goal)].kpi
    canvas.section("■ 重要業績評価指標(KPI)の達成項目数", 0, last)
    canvas.table(table_name("counts", goal.number), 1, COUNT_HEADS)
    canvas.write(0, "KPI", style("id"))
    canvas.write(1, kpi.total, style("input_number"))
    canvas.write(2, kpi.achieved, style("input_number"))
    total, achieved = (xl_rowcol_to_cell(canvas.row, column) for column in (1, 2))
    shown = indicator_table.UNDEFINED if kpi.rate is None else float(kpi.rate)
    text = formulas.rate(achieved, total)
    canvas.sheet.write_formula(canvas.row, 3, text, style("percent"), shown)
    canvas.row += 2


def _set_up_page(canvas: Canvas, name: str, header: int) -> None:
    sheet, contents = canvas.sheet, canvas.contents
    sheet.freeze_panes(3, 3)
    sheet.protect("", PROTECTION)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.55, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header - 1, header)
    sheet.set_footer(footer(contents, name))
    if contents.sample:
        sheet.set_header(f"&R&10{SAMPLE_WORDS}")
    sheet.set_zoom(90)
