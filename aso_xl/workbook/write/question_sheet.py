"""照会 for a master that was made before there was the sheet."""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.questions import ABOUT, BY_KEY, FIELDS
from ..layout import QUESTIONS, QUESTIONS_TABLE
from ..question_formulas import HEADS, HELP, ROWS, formulas
from .own_sheet import OwnSheet, Row
from .own_sheet_part import free_name
from .sheet_cells import Formula


def question_sheet(sheets: Iterable[str], *, is_assigned: bool) -> OwnSheet:
    """Return the sheet with room for questions; ``sheets`` are those that the master has."""
    first = 3  # below the line of help and the headings
    rows = tuple(_row(row, is_assigned=is_assigned) for row in range(first, first + ROWS))
    return OwnSheet(
        *(free_name(QUESTIONS, sheets), QUESTIONS_TABLE, HEADS, rows),
        tuple(field.width for field in FIELDS),
        inputs=tuple(field.head for field in FIELDS if field.is_typed),
        as_text=(BY_KEY[ABOUT].head,),
        is_protected=False,
        lines=(HELP,),
    )


def _row(row: int, *, is_assigned: bool) -> Row:
    given = formulas(row, is_assigned=is_assigned)
    return tuple(Formula(given[f.key], "") if f.key in given else None for f in FIELDS)
