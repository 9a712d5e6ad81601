"""Drawing a table in which texts are written: of a goal, or of its 施策."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain.field_declaration import Field, Owner, Type
from ...domain.fields import GROUP, ID, LABEL, NAME
from ...domain.plan import Goal, Measure
from . import assignment_sheet
from .canvas import Canvas, Entry
from .prompts import typed_validation
from .typed_cells import height_of, typed_cell

_PALE: Final = {"font_color": "#A6A6A6"}
"""Of a 区分 that stands in the row above as well: the first one is its heading."""


@dataclass(frozen=True)
class TextTable:
    """A table of texts before it is drawn: its section, its name, where it begins, what it shows."""

    title: str
    name: str
    column: int
    fields: Sequence[Field]
    rows: Sequence[Goal] | Sequence[Measure]


@dataclass(frozen=True)
class DrawnTexts:
    """A table that was drawn: its heading row, and the first text that is not written."""

    header: int
    blank: tuple[int, int] | None


def draw(canvas: Canvas, table: TextTable) -> DrawnTexts:
    """Draw the table from the canvas' row on."""
    fields, first = table.fields, table.column
    canvas.section(table.title, 0, first + len(fields) - 1)
    header = canvas.row
    heads, is_one = [field.head for field in fields], isinstance(table.rows[0], Goal)
    canvas.table(table.name, len(table.rows), heads, first, filters=not is_one)
    blank = None
    for of in table.rows:
        cells = [_cell(canvas, of, field, first) for field in fields]
        canvas.make_tall(height_of(fields, cells))
        canvas.entries(cells, first)
        blank = blank or _blank(canvas.row, fields, cells, first)
        if canvas.contents.round_before:
            rules = [_rule(canvas, field, canvas.contents.prompt(field, of.id)) for field in fields]
            canvas.validate(rules, (canvas.row, canvas.row), first)
        canvas.row += 1
    if not canvas.contents.round_before:
        rules = [_rule(canvas, field) for field in fields]
        canvas.validate(rules, (header + 1, canvas.row - 1), first)
    canvas.colour_findings((header, canvas.row - 1), first, len(fields))
    _dim_repeats(canvas, fields, header, first)
    return DrawnTexts(header, blank)


def _dim_repeats(canvas: Canvas, fields: Sequence[Field], header: int, first: int) -> None:
    for column, field in enumerate(fields, start=first):
        if field.key == GROUP:
            above, own = (xl_rowcol_to_cell(row, column) for row in (header, header + 1))
            look = {"format": canvas.styles.conditional(_PALE)}
            area = (header + 1, column, canvas.row - 1, column)
            repeated = {"type": "formula", "criteria": f"={own}={above}", **look}
            canvas.sheet.conditional_format(*area, repeated)


def _blank(
    row: int, fields: Sequence[Field], cells: Sequence[Entry], first: int
) -> tuple[int, int] | None:
    """Return the first cell of a row in which a text is still to be written."""
    for column, (field, cell) in enumerate(zip(fields, cells, strict=True), start=first):
        is_note = field.is_typed and field.type is not Type.DEPARTMENTS
        if is_note and not field.optional and cell.value in (None, ""):
            return row, column
    return None


DEFINED: Final[Mapping[str, Callable[[Measure], str]]] = {
    ID: lambda measure: measure.id,
    LABEL: lambda measure: measure.label,
    GROUP: lambda measure: measure.group,
    NAME: lambda measure: measure.name,
}
"""What the plan says of a 施策, by field."""

DEFINED_OF_GOAL: Final[Mapping[str, Callable[[Goal], str]]] = {
    ID: lambda goal: goal.id,
    NAME: lambda goal: goal.title,
}
"""What the plan says of a goal, by field."""


def _defined(of: Goal | Measure, key: str) -> str:
    return DEFINED_OF_GOAL[key](of) if isinstance(of, Goal) else DEFINED[key](of)


def _cell(canvas: Canvas, of: Goal | Measure, field: Field, first: int) -> Entry:
    if field.owner is Owner.PLAN:
        look = canvas.styles(field.look)
        return Entry(_defined(of, field.key), look, wraps=field.key != ID)
    value = canvas.contents.written(field, of.id)
    if field.type is Type.DEPARTMENTS and not canvas.contents.handout:
        return assignment_sheet.shown(canvas, value, xl_rowcol_to_cell(canvas.row, first))
    return typed_cell(canvas, field, value)


def _rule(canvas: Canvas, field: Field, before: str = "") -> dict[str, Any] | None:
    return typed_validation(field, before=before) if _is_typed(canvas, field) else None


def _is_typed(canvas: Canvas, field: Field) -> bool:
    """Return whether people fill the field in here; the master's 担当課 stands in 担当割."""
    is_here = field.type is not Type.DEPARTMENTS or bool(canvas.contents.handout)
    return field.is_typed and is_here
