"""Drawing the table of 施策: what was done, what is in the way, where it goes.

It stands below the indicators and to their right, so that it has rows and column widths of its own
and filtering one table never hides rows of another.
"""

from __future__ import annotations

from typing import Final

from xlsxwriter.utility import xl_col_to_name

from ...domain import ledger
from ...domain.plan import Goal, Measure
from .canvas import Canvas
from ..layout import MEASURE_COLUMNS, table_name
from .prompts import department_validation, text_validation
from .styles import height

TITLE: Final = "■ 施策の取組・課題・今後の方向"
_NAME_WIDTH: Final = MEASURE_COLUMNS[1].width
_TEXTS: Final = MEASURE_COLUMNS[2:]


def draw(canvas: Canvas, goal: Goal, first: int) -> str:
    """Draw the table from the canvas' row and column ``first``; return the area to print."""
    sheet, last = canvas.sheet, first + len(MEASURE_COLUMNS) - 1
    sheet.set_column(first - 1, first - 1, 3)
    for index, column in enumerate(MEASURE_COLUMNS):
        sheet.set_column(first + index, first + index, column.width)
    canvas.section(TITLE, first, last)
    canvas.table(table_name("measures", goal.number), len(goal.measures), MEASURE_COLUMNS, first)
    top = canvas.row
    for measure in goal.measures:
        _row(canvas, measure, first)
    sheet.data_validation(top, first + 2, canvas.row - 1, last - 1, text_validation())
    sheet.data_validation(top, last, canvas.row - 1, last, department_validation())
    return f"${xl_col_to_name(first)}${top + 1}:${xl_col_to_name(last)}${canvas.row}"


def _row(canvas: Canvas, measure: Measure, first: int) -> None:
    given = canvas.contents.entry("measures", measure.id)
    texts = [str(given.get(column.head, "")) if given else "" for column in _TEXTS]
    shown = [(text, c.width) for text, c in zip(texts, _TEXTS, strict=True)]
    canvas.sheet.set_row(canvas.row, height([*shown, (measure.name, _NAME_WIDTH)], least=2))
    canvas.write(first, measure.id, canvas.styles("id"))
    canvas.write(first + 1, measure.name, canvas.styles("label"))
    for place, (text, column) in enumerate(zip(texts, _TEXTS, strict=True), start=first + 2):
        look = "choice" if column.field == ledger.DEPARTMENT else "input"
        canvas.write(place, text, canvas.styles(look))
    canvas.row += 1


def repeat_headings(canvas: Canvas, header: int, first: int, link: str) -> None:
    """Write the headings once more in the rows that repeat on every printed page."""
    sheet = canvas.sheet
    for index in range(first, first + len(MEASURE_COLUMNS)):
        sheet.write_blank(header - 1, index, None, canvas.styles("section"))
    sheet.write_url(header - 1, first, link, canvas.styles("section"), TITLE)
    for index, column in enumerate(MEASURE_COLUMNS):
        sheet.write_string(header, first + index, column.head, canvas.styles("head"))
