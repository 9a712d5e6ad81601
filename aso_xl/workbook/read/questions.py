"""Reading 照会: the questions in a master, or those that a department got."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...domain.cells import Row
from ...domain.questions import ABOUT, ANSWER, FIELDS, NUMBER, SENT, TEXT, is_question
from ..layout import QUESTIONS_TABLE
from .our_tables import OurTables
from .tables import Table, clean

_FILLED: Final = (ABOUT, TEXT, SENT, ANSWER, NUMBER)


def read_questions(ours: OurTables) -> tuple[Row, ...]:
    """Return the rows in which something stands that is no formula.

    A number that stands in two rows was copied with its row: the second question has none yet.
    """
    table = ours.by_name.get(QUESTIONS_TABLE)
    return tuple(_rows(table)) if table else ()


def _rows(table: Table) -> Iterator[Row]:
    columns = {f.key: column for f in FIELDS if (column := table.column(f.head)) is not None}
    seen: set[str] = set()
    for number in table.rows():
        if all(table.sheet.value(number, columns[k]) is None for k in _FILLED if k in columns):
            continue
        cells = {key: table.sheet.cell(number, column) for key, column in columns.items()}
        id_ = clean(cells[NUMBER].value) if NUMBER in cells else ""
        id_ = id_ if is_question(id_) and id_ not in seen else ""
        seen.add(id_)
        yield Row(id_, table.sheet.title, number, cells)
