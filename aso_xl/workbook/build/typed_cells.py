"""The cells that people fill in beside the figures, in the tables of indicators and of 施策."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from ...domain.field_declaration import Field, Type
from ...domain.setting_declaration import Typed
from .canvas import Canvas, Entry
from .styles import height, unit_format


def typed_cell(canvas: Canvas, field: Field, value: Typed) -> Entry:
    """Return the cell of a typed field with its value, as the type of the field looks."""
    match field.type:
        case Type.TEXT:
            return Entry(_text(value), canvas.styles("input"), wraps=True)
        case Type.CHOICE | Type.DEPARTMENTS:
            return Entry(_text(value), canvas.styles("choice"))
        case Type.NUMBER | Type.ACTUAL:
            look = canvas.styles("input_number", num_format=unit_format(field.unit))
            return Entry(value, look)
        case _:
            assert_never(field.type)


def _text(value: Typed) -> str | None:
    return str(value) if value else None


def height_of(fields: Iterable[Field], cells: Iterable[Entry]) -> float:
    """Return the height of a table's row: two lines, or what its longest text needs."""
    pairs = zip(fields, cells, strict=True)
    shown = [(str(cell.value or "") if cell.wraps else "", field.width) for field, cell in pairs]
    return height(shown, least=2)
