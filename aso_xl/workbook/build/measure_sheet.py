"""Drawing the sheet of a goal's 施策: what was done, what is in the way, where it goes.

It is a sheet of its own, so that the texts begin at its first column, with widths for long texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain.field_declaration import Field, Owner, Type
from ...domain.fields import ID, NAME, measure_fields
from ...domain.plan import Goal, Measure
from ...domain.settings import SAMPLE_WORDS
from ..layout import SUMMARY, goal_sheet, has_indicators, measure_sheet, table_name
from . import assignment_sheet
from .canvas import Canvas, Entry
from .content import Contents
from .paper import A4, fit
from .prompts import typed_validation
from .styles import Styles
from .typed_cells import height_of, typed_cell
from .view import Pane, open_at

TITLE: Final = "■ 施策の取組・課題・今後の方向"
FIRST_ROW: Final = 3
_NAMED: Final = 2
"""Columns that stay while the sheet is scrolled sideways: number and name."""


def draw(book: Any, styles: Styles, contents: Contents, goal: Goal) -> None:
    """Draw the sheet of the goal's 施策."""
    name, fields = measure_sheet(goal), measure_fields(contents.plan)
    canvas = Canvas(book.add_worksheet(name), styles, contents, FIRST_ROW)
    for column, field in enumerate(fields):
        canvas.sheet.set_column(column, column, field.width, styles("plain"))
    _title(canvas, goal)
    header, blank = _table(canvas, goal, fields)
    first = next((n for n, field in enumerate(fields) if field.is_typed), 0)
    open_at(canvas, Pane(header + 1, _NAMED), blank or (header + 1, first))
    widths = [field.width for field in fields]
    fit(canvas, name, widths, (header - 1, header), A4)
    canvas.sheet.print_area(0, 0, canvas.row - 1, len(fields) - 1)


def _title(canvas: Canvas, goal: Goal) -> None:
    sheet, style, contents = canvas.sheet, canvas.styles, canvas.contents
    sheet.set_row(0, 27)
    sheet.write_string(0, 0, f"基本目標{goal.number}　{goal.title}", style("title"))
    if contents.sample:
        sheet.write_string(0, 4, SAMPLE_WORDS, style("sample"))
    sheet.write_string(1, 0, contents.plan.title, style("subtitle"))
    shown, look = f"評価年度: {contents.round}", style("subtitle", bold=True)
    sheet.write_formula(1, 3, '="評価年度: "&評価年度', look, shown)
    sheet.write_url(2, 0, f"internal:'{SUMMARY}'!A1", style("link"), "集計へ")
    if has_indicators(goal):
        own = goal_sheet(goal)
        sheet.write_url(2, 1, f"internal:'{own}'!A1", style("link"), f"{own}の指標へ")


def _table(
    canvas: Canvas, goal: Goal, fields: tuple[Field, ...]
) -> tuple[int, tuple[int, int] | None]:
    """Draw the table; return its heading row, and the first text that is not written."""
    canvas.section(TITLE, 0, len(fields) - 1)
    header = canvas.row
    heads = [field.head for field in fields]
    canvas.table(table_name("measures", goal.number), len(goal.measures), heads)
    blank = None
    for measure in goal.measures:
        cells = [_cell(canvas, measure, field) for field in fields]
        canvas.make_tall(height_of(fields, cells))
        canvas.entries(cells)
        blank = blank or _blank(canvas.row, fields, cells)
        canvas.row += 1
    rules = [typed_validation(field) if _is_typed(canvas, field) else None for field in fields]
    canvas.validate(rules, (header + 1, canvas.row - 1))
    return header, blank


def _blank(row: int, fields: tuple[Field, ...], cells: list[Entry]) -> tuple[int, int] | None:
    """Return the first cell of a row in which a text is still to be written."""
    for column, (field, cell) in enumerate(zip(fields, cells, strict=True)):
        if field.is_typed and field.type is not Type.DEPARTMENTS and cell.value in (None, ""):
            return row, column
    return None


DEFINED: Final[Mapping[str, Callable[[Measure], str]]] = {
    ID: lambda measure: measure.id,
    NAME: lambda measure: measure.name,
}
"""What the plan says of a 施策, by field."""


def _cell(canvas: Canvas, measure: Measure, field: Field) -> Entry:
    if field.owner is Owner.PLAN:
        look = canvas.styles(field.look)
        return Entry(DEFINED[field.key](measure), look, wraps=field.key != ID)
    value = canvas.contents.written(field, measure.id)
    if field.type is Type.DEPARTMENTS and not canvas.contents.handout:
        return assignment_sheet.shown(canvas, value, xl_rowcol_to_cell(canvas.row, 0))
    return typed_cell(canvas, field, value)


def _is_typed(canvas: Canvas, field: Field) -> bool:
    """Return whether people fill the field in here; the master's 担当課 stands in 担当割."""
    is_here = field.type is not Type.DEPARTMENTS or bool(canvas.contents.handout)
    return field.is_typed and is_here
