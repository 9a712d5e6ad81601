"""Drawing 集計: counts and rates per goal with live formulas, and charts of what the sheets show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain import words
from ...domain.plan import KIND_LABELS, Goal, Kind, Rounding
from ...domain.summary import Count, GoalSummary
from ..cross_check import cross_check_rows
from ..layout import (
    COUNT_WORDS,
    COUNTS_TABLE,
    CROSS_CHECK_HEADS,
    CROSS_CHECK_TABLE,
    HEADLINE_COUNTS_TABLE,
    SUMMARY,
    SUMMARY_HEADS,
    table_name,
)
from . import formulas, rounds_table, summary_grades, together_table
from .content import Contents
from .course_block import TITLE_PIXELS, CourseBlock
from .page import A3, page, title
from .progress_block import ProgressBlock
from .styles import Styles
from .summary_charts import Drawn, counts_chart, course_chart, progress_chart, rounds_chart

WORDS: Final = COUNT_WORDS
HEADS: Final = SUMMARY_HEADS
WIDTHS: Final = (11, 48, 9, 9, 9, 9, 9, 9, 9, 9, 10)
DENOMINATOR, RATE = 2, 10

ROW_PIXELS: Final = 20
SECTION_PIXELS: Final = 28

PAGE_PIXELS: Final = 1480
"""The height of an upright A3 page that is as wide as the tables."""

_GAP: Final = 6
_KINDS: Final[tuple[Kind, ...]] = ("kpi", "headline")
_NOTE_OF_COUNTS: Final[Mapping[Rounding, str]] = {
    "truncate": "項目数は達成率の分母です。対象外は含みません。達成率は小数第2位以下を切り捨てています。",
    "half_up": "項目数は達成率の分母です。対象外は含みません。達成率は小数第2位を四捨五入しています。",
}
_NOTE: Final = (
    "赤い破線の枠の端が目標の100%です。縞の棒は目盛りの外まで続き、数字で示しています。"
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


def summary(book: Any, sheet: Any, styles: Styles, contents: Contents) -> None:
    """Draw the sheet; the goals' sheets stand already, so that formulas can name their tables."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width, styles("plain"))
    title(sheet, styles, contents, "集計", 5)
    text = f"評価年度: {contents.round}"
    sheet.write_formula(2, 0, '="評価年度: "&評価年度', styles("subtitle", bold=True), text)
    row = _block(sheet, styles, contents, 4, "kpi", "■ KPIの達成状況", COUNTS_TABLE)
    totals: dict[Kind, int] = {"kpi": row - 1}
    flow = Flow(sheet, row, row * ROW_PIXELS)
    flow.chart(counts_chart(book, contents, 5, WORDS, 3))
    row = _block(
        sheet, styles, contents, flow.row, "headline", "■ 数値目標の達成状況", HEADLINE_COUNTS_TABLE
    )
    totals["headline"] = row - 1
    sheet.write_string(row, 0, _NOTE_OF_COUNTS[contents.plan.rounding], styles("subtitle"))
    width = len(HEADS)
    if contents.plan.grades:
        row, width = _grades(sheet, styles, contents, row + 2)
    row = _cross_check(sheet, styles, contents, row + 2) + 1
    flow.take(row - flow.row)
    if rounds_table.is_wanted(contents):
        _rounds(book, styles, contents, flow, totals)
    last = draw_charts(book, styles, contents, flow, width)
    sheet.freeze_panes(3, 0)
    page(sheet, contents, SUMMARY, landscape=False, paper=A3)
    flow.print_to(last)


def _rounds(
    book: Any, styles: Styles, contents: Contents, flow: Flow, totals: Mapping[Kind, int]
) -> None:
    """Draw the counts of every round with their chart, whole on a page."""
    drawn = rounds_chart(book, contents, flow.row + 2)
    rows = len(contents.plan.rounds) + 2
    flow.need(SECTION_PIXELS + rows * ROW_PIXELS + drawn.height + 2 * _GAP)
    section(flow.sheet, styles, len(HEADS), flow.row + 1, "■ 年度ごとの達成状況")
    rounds_table.draw(flow.sheet, styles, contents, flow.row + 2, totals)
    flow.take(1 + rows)
    flow.chart(drawn)


def _grades(sheet: Any, styles: Styles, contents: Contents, row: int) -> tuple[int, int]:
    """Draw how many have each grade; return the last row, and how many columns the sheet has."""
    width = max(len(HEADS), len(summary_grades.heads(contents.plan)))
    for column in range(len(HEADS), width):
        sheet.set_column(column, column, WIDTHS[-1], styles("plain"))
    for kind in _KINDS:
        section(sheet, styles, width, row, f"■ {KIND_LABELS[kind]}の評価区分")
        row = summary_grades.draw(sheet, styles, contents, row + 1, kind) + 1
    return row - 2, width


def _block(
    sheet: Any, styles: Styles, contents: Contents, row: int, kind: Kind, heading: str, name: str
) -> int:
    """Draw one table of counts; return the row below it."""
    section(sheet, styles, len(HEADS), row, heading)
    goals = contents.summary.goals
    sheet.set_row(row + 1, 22)
    columns = [{"header": head, "header_format": styles("head")} for head in HEADS]
    options = {"name": name, "style": None, "autofilter": False, "columns": columns}
    first = row + 2
    sheet.add_table(row + 1, 0, first + len(goals), len(HEADS) - 1, options)
    for offset, goal in enumerate(goals):
        _goal_row(sheet, styles, contents, first + offset, kind, goal)
    _total_row(sheet, styles, contents, first, first + len(goals), kind)
    return first + len(goals) + 1


def _cross_check(sheet: Any, styles: Styles, contents: Contents, row: int) -> int:
    """Draw the table into which the button 集計 writes Python's own counts; return the row below."""
    section(sheet, styles, len(HEADS), row, "■ KPIの照合(「集計」ボタンで更新します)")
    columns = [{"header": head, "header_format": styles("head")} for head in CROSS_CHECK_HEADS]
    options = {"name": CROSS_CHECK_TABLE, "style": None, "autofilter": False, "columns": columns}
    rows = cross_check_rows(contents.summary)
    sheet.add_table(row + 1, 0, row + 1 + len(rows), len(columns) - 1, options)
    for offset, values in enumerate(rows, start=row + 2):
        for column, value in enumerate(values):
            names = {2: "number", 3: "number", 4: "percent"}
            look = styles(names.get(column, "text"), locked=False)
            if isinstance(value, str):
                sheet.write_string(offset, column, value, look)
            else:
                sheet.write_number(offset, column, value, look)
    return row + 2 + len(rows)


def counted(count: Count) -> tuple[int, ...]:
    """Return a count in the order of the columns 達成 … 対象外 (要確認 is none: it was built)."""
    waiting = count.unpublished - count.pending
    return (count.achieved, count.missed, count.blank, 0, waiting, count.pending, count.excluded)


def _goal_row(
    sheet: Any, styles: Styles, contents: Contents, row: int, kind: Kind, summary: GoalSummary
) -> None:
    goal = summary.goal
    count = summary.kpi if kind == "kpi" else summary.headline
    sheet.set_row(row, 20)
    sheet.write_string(row, 0, goal.id, styles("id"))
    sheet.write_string(row, 1, goal.printed_title, styles("label"))
    for index, (text, value) in enumerate(
        zip(_count_formulas(contents, goal, kind), counted(count), strict=True), start=3
    ):
        if text is None:
            sheet.write_number(row, index, 0, styles("number"))
        else:
            sheet.write_formula(row, index, text, styles("number"), value)
    _denominator_and_rate(sheet, styles, row, count)


def _count_formulas(contents: Contents, goal: Goal, kind: Kind) -> list[str | None]:
    if kind == "kpi" and goal.kpi_counts:
        table = table_name("counts", goal.number)
        achieved = f"INDEX({table}[目標達成項目数],1)"
        missed = f"=INDEX({table}[KPI項目数],1)-{achieved}"
        return [f"={achieved}", missed, *[None] * (len(WORDS) - 2)]
    if not (goal.kpis if kind == "kpi" else goal.headlines):
        return [None] * len(WORDS)
    of = together_table.counted(contents, goal, kind)
    return [formulas.tally(of, word) for word in WORDS]


def _denominator_and_rate(
    sheet: Any, styles: Styles, row: int, count: Count, *, bold: bool = False
) -> None:
    at = [xl_rowcol_to_cell(row, column) for column in range(len(HEADS))]
    text = formulas.denominator(f"{at[3]}:{at[6]}", f"{at[7]}:{at[8]}")
    look = styles("number", bold=True) if bold else styles("number")
    sheet.write_formula(row, DENOMINATOR, text, look, count.total)
    shown = words.NONE if count.rate is None else float(count.rate)
    text = formulas.rate(at[3], at[DENOMINATOR], count.rounding)
    sheet.write_formula(row, RATE, text, styles("percent", bold=True), shown)


def _total_row(
    sheet: Any, styles: Styles, contents: Contents, first: int, row: int, kind: Kind
) -> None:
    whole = contents.summary.kpi if kind == "kpi" else contents.summary.headline
    sheet.set_row(row, 20)
    sheet.write_string(row, 0, words.TOTAL, styles("id", bold=True))
    sheet.write_string(row, 1, "", styles("label"))
    for index, value in enumerate(counted(whole), start=3):
        top, bottom = xl_rowcol_to_cell(first, index), xl_rowcol_to_cell(row - 1, index)
        text = f"=SUM({top}:{bottom})"
        sheet.write_formula(row, index, text, styles("number", bold=True), value)
    _denominator_and_rate(sheet, styles, row, whole, bold=True)


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
    block = CourseBlock(contents, flow.row + 1, 0)
    last = max(width, block.last + 1)
    block = replace(block, aside=last + 1)
    if block.choices:
        _course(book, styles, block, flow, width)
    goals = [goal for goal in contents.plan.goals if goal.kpis]
    row, aside = flow.row, block.beyond
    for goal in goals:
        progress = ProgressBlock(contents, goal, row, aside)
        progress.draw(flow.sheet)
        row = progress.last + 1
        drawn = progress_chart(book, progress)
        if goal is goals[0]:
            flow.need(SECTION_PIXELS + ROW_PIXELS + drawn.height + 2 * _GAP)
            section(flow.sheet, styles, width, flow.row, "■ KPIの進捗率")
            flow.sheet.write_string(flow.row + 1, 0, _NOTE, styles("subtitle"))
            flow.take(2)
        flow.chart(drawn)
    return last - 1


def _course(book: Any, styles: Styles, block: CourseBlock, flow: Flow, width: int) -> None:
    drawn = course_chart(book, block)
    flow.need(SECTION_PIXELS + block.rows * ROW_PIXELS + drawn.height)
    heading = "■ 指標の推移(指標を選ぶと変わります。値は値の年度に示します)"
    section(flow.sheet, styles, width, flow.row, heading)
    block.draw(book, flow.sheet, styles)
    flow.take(1 + block.rows)
    flow.used += (1 + block.has_verdicts) * (TITLE_PIXELS - ROW_PIXELS)
    flow.chart(drawn)
