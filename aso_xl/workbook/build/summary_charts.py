"""The charts of 集計: what was achieved, how far each KPI got, the course of one indicator.

Bars and lines differ in lightness, pattern and marker, never in colour alone. The cells may hold
other figures tomorrow, so no axis is fitted to those of today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from ...domain import words
from ...domain.fields import NAME, indicator_fields
from ...domain.plan import KIND_LABELS, Goal, Kind
from ..layout import SUMMARY, goal_sheet, table_name
from .content import Contents
from .course_block import FIRST, HEAD, NUMBERS, TEXT, TITLE, UNIT, CourseBlock
from .progress_block import HIGH, LOW, ProgressBlock
from .rounds_table import KIND_COLUMNS, at_first
from .styles import NAVY

INK, GREY, PALE, RED = "#262626", "#7F7F7F", "#D9D9D9", "#9C1C12"
WIDTH: Final = 1040
"""Pixels: all columns of the tables."""

_BAR: Final = 17
_SOLID: Final = {"color": GREY, "width": 0.75}


def _patterned(name: str) -> Mapping[str, Any]:
    return {"pattern": {"pattern": name, "fg_color": GREY, "bg_color": "#FFFFFF"}, "border": _SOLID}


LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    words.ACHIEVED: {"fill": {"color": NAVY}, "border": {"color": NAVY}},
    words.MISSED: {"fill": {"color": "#F6D5B8"}, "border": {"color": "#8C5A2B", "width": 0.75}},
    words.BLANK: {"fill": {"color": "#FFFFFF"}, "border": {**_SOLID, "dash_type": "square_dot"}},
    words.DOUBTFUL: _patterned("large_grid"),
    words.UNPUBLISHED: _patterned("light_upward_diagonal"),
    words.PENDING: _patterned("light_horizontal"),
    words.EXCLUDED: _patterned("percent_10"),
}

LIGHT_INK: Final[Mapping[str, str]] = {words.ACHIEVED: "#FFFFFF"}
"""What is written on bars that are dark."""


@dataclass(frozen=True)
class Drawn:
    """A chart with its height in pixels and its alternative text."""

    chart: Any
    height: int
    description: str


def counts_chart(
    book: Any, contents: Contents, head: int, shown: Sequence[str], first: int
) -> Drawn:
    """Return stacked bars over a table of counts: ``head`` is its heading row, ``first`` the column
    of the first word.
    """
    goals = contents.plan.goals
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    rows = head + 1, head + len(goals)
    for column, word in enumerate(shown, start=first):
        chart.add_series(
            {
                "name": [SUMMARY, head, column],
                "categories": [SUMMARY, rows[0], 0, rows[1], 0],
                "values": [SUMMARY, rows[0], column, rows[1], column],
                "overlap": 100,
                **_count_look(word),
            }
        )
    chart.set_y_axis({"reverse": True, "major_tick_mark": "none", "num_font": {"size": 9}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    told = f"基本目標ごとのKPIの項目数を、{'・'.join(shown)}に分けて積み上げた横棒グラフ"
    return _sized(chart, 50 + 32 * len(goals), told)


def rounds_chart(book: Any, contents: Contents, head: int) -> Drawn:
    """Return stacked bars over the table of every round, whose heading row is ``head``."""
    kind: Kind = "kpi" if any(g.kpis or g.kpi_counts for g in contents.plan.goals) else "headline"
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    rows = head + 1, head + len(contents.plan.rounds)
    looks = (words.ACHIEVED, words.MISSED)
    first = [at_first(contents, round_) for round_ in contents.plan.rounds]
    for column, word in enumerate(looks, start=KIND_COLUMNS[kind] + 1):
        counts = [None if cells[column] == "" else cells[column] for cells in first]
        chart.add_series(
            {
                "name": [SUMMARY, head, column],
                "categories": [SUMMARY, rows[0], 0, rows[1], 0],
                "values": [SUMMARY, rows[0], column, rows[1], column],
                "values_data": counts,
                "overlap": 100,
                **_count_look(word),
            }
        )
    chart.set_y_axis({"reverse": True, "major_tick_mark": "none", "num_font": {"size": 9}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    told = (
        f"年度ごとに、{KIND_LABELS[kind]}の項目数を、{words.ACHIEVED}と{words.NOT_ACHIEVED}に分けて"
        "積み上げた横棒グラフ"
    )
    return _sized(chart, 50 + 24 * len(contents.plan.rounds), told)


def _count_look(word: str) -> dict[str, Any]:
    """Return how the bars of a word look; 0 has no label, and labels on patterns stand on white."""
    labels: dict[str, Any] = {
        "value": True,
        "position": "center",
        "num_format": "0;;",
        "font": {"bold": True, "size": 9, "color": LIGHT_INK.get(word, INK)},
    }
    if "pattern" in LOOKS[word]:
        labels["fill"] = {"color": "#FFFFFF"}
    return {"gap": 40, **LOOKS[word], "data_labels": labels}


def progress_chart(book: Any, block: ProgressBlock) -> Drawn:
    """Return the progress of a goal's KPIs: bars, striped where cut, and the target as a frame."""
    chart, goal = book.add_chart({"type": "bar"}), block.goal
    for column, (name, look) in enumerate(_PROGRESS_LOOKS.items(), start=block.column):
        values = [None if value == "" else value for value in block.values[column - block.column]]
        chart.add_series(
            {
                "name": name,
                "categories": _names(book, block),
                "values": [SUMMARY, block.row, column, block.last, column],
                "values_data": values,
                "gap": 40,
                "overlap": 100,
                **look,
            }
        )
    chart.set_y_axis(_INDICATOR_AXIS)
    chart.set_x_axis(_PERCENT_AXIS)
    chart.show_hidden_data()
    title = f"{goal.printed_number}　{goal.title}"
    chart.set_legend({"position": "bottom", "font": {"size": 8}})
    height = 80 + _BAR * len(goal.kpis)
    place = {"x": 0.01, "y": 8 / height}
    chart.set_title({"name": title, "name_font": {"size": 10.5}, "layout": place})
    plot = {"x": 0.31, "y": 30 / height, "width": 0.66, "height": 1 - 80 / height}
    chart.set_plotarea({"layout": plot})
    told = (
        f"基本目標{goal.number}のKPIごとの進捗率を示す横棒グラフ。目標の100%は破線の枠。"
        "目盛りの外まで続く棒は縞"
    )
    return _sized(chart, height, told)


def _names(book: Any, block: ProgressBlock) -> list[str | int]:
    """Return where the goal's sheet names its KPIs."""
    heads = [field.key for field in indicator_fields(block.contents.plan, "kpi")]
    column, first = heads.index(NAME), _heading_row(book, block.goal) + 1
    return [goal_sheet(block.goal), first, column, first + len(block.goal.kpis) - 1, column]


def _progress_labels(form: str, **more: Any) -> dict[str, Any]:
    """Return labels at the foot of bars; a text such as 「－」 is drawn as 0, so 0 has no words."""
    font = {"size": 8, "bold": True, "color": INK}
    return {"value": True, "position": "inside_base", "num_format": form, "font": font, **more}


_EDGE: Final = {"color": NAVY, "width": 0.75}
_PROGRESS_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "進捗率": {
        "fill": {"color": "#BDD7EE"},
        "border": _EDGE,
        "data_labels": _progress_labels('0.0"%";△0.0"%";'),
    },
    "進捗率(目盛りの外まで続くもの)": {
        "pattern": {
            "pattern": "wide_upward_diagonal",
            "fg_color": NAVY,
            "bg_color": "#FFFFFF",
        },
        "border": _EDGE,
        "data_labels": _progress_labels('0.0"% ≫";"≪ △"0.0"%";', fill={"color": "#FFFFFF"}),
    },
    "目標(100%)": {
        "fill": {"none": True},
        "border": {"color": RED, "width": 1.25, "dash_type": "square_dot"},
    },
}
"""The series in the order of the block's columns."""

_INDICATOR_AXIS: Final[Mapping[str, Any]] = {
    "num_font": {"size": 8},
    "reverse": True,
    "crossing": "max",
    "interval_unit": 1,
    "label_position": "low",
    "major_tick_mark": "none",
}
_PERCENT_AXIS: Final[Mapping[str, Any]] = {
    **{"min": LOW, "max": HIGH, "major_unit": 50},
    "num_font": {"size": 8},
    "num_format": '0"%";△0"%"',
    "major_tick_mark": "none",
    "major_gridlines": {"visible": True, "line": {"color": PALE, "width": 0.5}},
    "line": {"none": True},
}


def course_chart(book: Any, block: CourseBlock) -> Drawn:
    """Return the lines of the block, with the title and the unit that stand there."""
    chart = book.add_chart({"type": "line"})
    for row, (_, values) in enumerate(block.lines, start=block.row + 1):
        chart.add_series(
            {
                "name": [SUMMARY, row, HEAD],
                "categories": [SUMMARY, block.row, FIRST, block.row, block.last],
                "values": [SUMMARY, row, FIRST, row, block.last],
                "values_data": values,
                **_course_look(row - block.row, len(values)),
            }
        )
    title, unit = (
        f"='{SUMMARY}'!{xl_rowcol_to_cell(row, TEXT, row_abs=True, col_abs=True)}"
        for row in (block.row + TITLE, block.row + UNIT)
    )
    chart.set_title({"name": title, "name_font": {"size": 10.5}, "overlay": False})
    chart.set_y_axis({**_FIGURE_AXIS, "name": unit})
    chart.set_x_axis({"num_font": {"size": 9}, "label_position": "low"})
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    chart.show_blanks_as("span")
    told = (
        f"選んだ指標の{'、'.join(label for label in block.labels)}を、値の年度ごとに示す折れ線グラフ。"
        "縦軸は0から始まるとは限らない"
    )
    return _sized(chart, 280, told)


_FIGURE_AXIS: Final[Mapping[str, Any]] = {
    "name_font": {"size": 9, "bold": False, "rotation": 0},
    "name_layout": {"x": 0.01, "y": 0.03},
    "num_format": NUMBERS,
    "num_font": {"size": 9},
    "major_gridlines": {"visible": True, "line": {"color": PALE, "width": 0.5}},
    "line": {"none": True},
}
_COURSES: Final = (
    (NAVY, 2.25, "solid", "circle", 7, NAVY),
    ("#595959", 1, "round_dot", "diamond", 6, "#FFFFFF"),
    (RED, 1.5, "dash", "square", 6, "#FFFFFF"),
    (RED, 0.75, "square_dot", "triangle", 7, "#FFFFFF"),
)


def _course_look(line: int, rounds: int) -> dict[str, Any]:
    """Return the look of a line: 基準値 and 目標値 are labelled at their end only, targets by year not
    at all, as they would stand upon the actuals.
    """
    colour, width, dash, marker, size, fill = _COURSES[line - 1]
    labels: dict[str, Any] = {
        "value": True,
        "num_format": NUMBERS,
        "position": "above" if line == 1 else "right",
        "font": {"size": 9, "bold": line == 1, "color": colour},
    }
    if line in (2, 3):
        labels["custom"] = [{"delete": True}] * (rounds - 1)
    shown = {"data_labels": labels} if line < 4 else {}
    return {
        "line": {"color": colour, "width": width, "dash_type": dash},
        "marker": {
            "type": marker,
            "size": size,
            "fill": {"color": fill},
            "border": {"color": colour},
        },
        **shown,
    }


def _sized(chart: Any, height: int, description: str) -> Drawn:
    chart.set_size({"width": WIDTH, "height": height})
    return Drawn(chart, height, description)


def _heading_row(book: Any, goal: Goal) -> int:
    """Return the row of the headings of a goal's KPI table, where its sheet was drawn."""
    sheet = book.get_worksheet_by_name(goal_sheet(goal))
    name = table_name("kpi", goal.number)
    area = next(table["range"] for table in sheet.tables if table["name"] == name)
    return int(xl_cell_to_rowcol(area.partition(":")[0])[0])
