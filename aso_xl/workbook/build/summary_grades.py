"""Drawing how many indicators have each grade of the plan, per goal, with live formulas."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain import words
from ...domain.plan import Kind, Plan
from ...domain.summary import Count
from ..layout import (
    COUNTS_TABLE,
    GRADES_HEADS,
    GRADES_TABLE,
    HEADLINE_COUNTS_TABLE,
    HEADLINE_GRADES_TABLE,
)
from . import formulas, together_table
from .content import Contents
from .styles import Styles

FIRST = len(GRADES_HEADS)
"""The column of the best grade."""

_TABLES: dict[Kind, tuple[str, str]] = {
    "kpi": (GRADES_TABLE, COUNTS_TABLE),
    "headline": (HEADLINE_GRADES_TABLE, HEADLINE_COUNTS_TABLE),
}


def heads(plan: Plan) -> tuple[str, ...]:
    """Return the headings of the table, grades from the best to the worst."""
    return (*GRADES_HEADS, *(grade.name for grade in plan.grades), words.UNGRADED)


def numbers(count: Count) -> tuple[int, ...]:
    """Return how many have each grade, and how many are judged without one."""
    graded = tuple(count.grades.values())
    return (*graded, count.achieved + count.missed - sum(graded))


def draw(sheet: Any, styles: Styles, contents: Contents, row: int, kind: Kind) -> int:
    """Draw the table from its heading row on; return the row below it."""
    table, counts = _TABLES[kind]
    names, goals = heads(contents.plan), contents.summary.goals
    columns = [{"header": head, "header_format": styles("head")} for head in names]
    options = {"name": table, "style": None, "autofilter": False, "columns": columns}
    sheet.set_row(row, 22)
    sheet.add_table(row, 0, row + len(goals) + 1, len(names) - 1, options)
    top = row + 1
    for at, summary in enumerate(goals):
        goal, count = summary.goal, summary.kpi if kind == "kpi" else summary.headline
        sheet.set_row(top + at, 20)
        sheet.write_string(top + at, 0, goal.id, styles("id"))
        sheet.write_string(top + at, 1, goal.printed_title, styles("label"))
        own = goal.kpis if kind == "kpi" else goal.headlines
        of = together_table.counted(contents, goal, kind) if own else None
        for column, (grade, number) in enumerate(
            zip(contents.plan.grades, numbers(count), strict=False), start=FIRST
        ):
            if of is None:
                sheet.write_number(top + at, column, 0, styles("number"))
            else:
                text = formulas.tally_of_grade(of, grade.name)
                sheet.write_formula(top + at, column, text, styles("number"), number)
        _rest(sheet, styles, counts, (top + at, at + 1), numbers(count))
    last = top + len(goals)
    whole = numbers(contents.summary.kpi if kind == "kpi" else contents.summary.headline)
    sheet.set_row(last, 20)
    sheet.write_string(last, 0, words.TOTAL, styles("id", bold=True))
    sheet.write_string(last, 1, "", styles("label"))
    for column, number in enumerate(whole, start=FIRST):
        area = f"{xl_rowcol_to_cell(top, column)}:{xl_rowcol_to_cell(last - 1, column)}"
        look = styles("number", bold=True)
        sheet.write_formula(last, column, f"=SUM({area})", look, number)
    return last + 1


def _rest(
    sheet: Any, styles: Styles, counts: str, at: tuple[int, int], shown: tuple[int, ...]
) -> None:
    """Write how many are judged and have no grade; ``at`` is the row, and its number from 1."""
    row, number = at
    column = FIRST + len(shown) - 1
    graded = f"{xl_rowcol_to_cell(row, FIRST)}:{xl_rowcol_to_cell(row, column - 1)}"
    judged = "+".join(
        f"INDEX({counts}[{word}],{number})" for word in (words.ACHIEVED, words.MISSED)
    )
    sheet.write_formula(row, column, f"={judged}-SUM({graded})", styles("number"), shown[-1])
