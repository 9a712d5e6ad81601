"""Drawing the table of 施策: what was done, what is in the way, where it goes.

It stands below the indicators and to their right, so that it has rows and column widths of its own
and filtering one table never hides rows of another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ...domain.field import Field, Owner, Type
from ...domain.fields import ID, NAME, measure_fields
from ...domain.plan import Goal, Measure
from ..layout import table_name
from . import assignment_sheet
from .canvas import Canvas, Entry
from .prompts import typed_validation
from .typed_cells import height_of, typed_cell

TITLE: Final = "■ 施策の取組・課題・今後の方向"


def draw(canvas: Canvas, goal: Goal, first: int) -> str:
    """Draw the table from the canvas' row and column ``first``; return the area to print."""
    fields, sheet = measure_fields(canvas.contents.plan), canvas.sheet
    last = first + len(fields) - 1
    sheet.set_column(first - 1, first - 1, 3)
    for column, field in enumerate(fields, start=first):
        sheet.set_column(column, column, field.width)
    canvas.section(TITLE, first, last)
    heads = [field.head for field in fields]
    canvas.table(table_name("measures", goal.number), len(goal.measures), heads, first)
    top = canvas.row
    for measure in goal.measures:
        cells = [_cell(canvas, measure, field, first) for field in fields]
        sheet.set_row(canvas.row, height_of(fields, cells))
        canvas.entries(cells, first)
        canvas.row += 1
    rules = [typed_validation(f) if _is_typed(canvas, f) else None for f in fields]
    canvas.validate(rules, (top, canvas.row - 1), first)
    return f"${xl_col_to_name(first)}${top + 1}:${xl_col_to_name(last)}${canvas.row}"


DEFINED: Final[Mapping[str, Callable[[Measure], str]]] = {
    ID: lambda measure: measure.id,
    NAME: lambda measure: measure.name,
}
"""What the plan says of a 施策, by field."""


def _cell(canvas: Canvas, measure: Measure, field: Field, first: int) -> Entry:
    if field.owner is Owner.PLAN:
        look = canvas.styles(field.look)
        return Entry(DEFINED[field.key](measure), look, wraps=field.key != ID)
    value = canvas.contents.written(field, measure.id)
    if field.type is Type.DEPARTMENTS and not canvas.contents.handout:
        return assignment_sheet.shown(canvas, value, xl_rowcol_to_cell(canvas.row, first))
    return typed_cell(canvas, field, value)


def _is_typed(canvas: Canvas, field: Field) -> bool:
    """Return whether people fill the field in here; the master's 担当課 stands in 担当割."""
    is_here = field.type is not Type.DEPARTMENTS or bool(canvas.contents.handout)
    return field.is_typed and is_here


def repeat_headings(canvas: Canvas, header: int, first: int, link: str) -> None:
    """Write the headings once more in the rows that repeat on every printed page."""
    sheet, fields = canvas.sheet, measure_fields(canvas.contents.plan)
    for index in range(first, first + len(fields)):
        sheet.write_blank(header - 1, index, None, canvas.styles("section"))
    sheet.write_url(header - 1, first, link, canvas.styles("section"), TITLE)
    for index, field in enumerate(fields, start=first):
        sheet.write_string(header, index, field.head, canvas.styles("head"))
