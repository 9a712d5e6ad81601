"""Reading 担当割: where the sheet is there, it says whose an indicator or 施策 is.

The goals' sheets then only show it. In workbooks made before there was the sheet, and in those of
departments, the 担当課 stands in their rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ...domain.catalogue import COLUMN_MISSING
from ...domain.cells import Cell, Row
from ...domain.fields import DEPARTMENT, DEPARTMENT_HEAD
from ...domain.ledger import DECIDED_ELSEWHERE, UNKNOWN_ID, WRITTEN_TWICE, Oddity, Unread
from ..layout import ASSIGNMENT_HEADS, ASSIGNMENTS_TABLE
from .columns import id_column
from .our_tables import OurTables
from .tables import Table, clean, rows_below

Rows = Mapping[str, Row]


@dataclass(frozen=True)
class Assigned:
    """The rows with the cells of 担当割 as their 担当課, and what found no place.

    ``shown`` are the cells of the goals' sheets that show them, by id.
    """

    rows: Rows
    measures: Rows
    shown: Mapping[str, Cell] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    oddities: tuple[Oddity, ...] = ()


def read_assignments(ours: OurTables, rows: Rows, measures: Rows) -> Assigned:
    """Return the rows as 担当割 assigns them; without the sheet as they are."""
    table = ours.by_name.get(ASSIGNMENTS_TABLE)
    if table is None:
        return Assigned(rows, measures)
    every = {**rows, **measures}
    ids, column = table.column(ASSIGNMENT_HEADS[0]), table.column(DEPARTMENT_HEAD)
    ids = ids or id_column(table, every)
    if ids is None or column is None:
        odd = Oddity(
            COLUMN_MISSING, table.sheet.title, table.header_address, detail=DEPARTMENT_HEAD
        )
        return Assigned(rows, measures, oddities=(odd,))
    cells, unread = _cells(table, ours, ids, column, every)
    changed = {
        id_: replace(every[id_], cells={**every[id_].cells, DEPARTMENT: cell})
        for id_, cell in cells.items()
        if not _is_typed_here(every[id_], cell)
    }
    own = {id_: every[id_].cells[DEPARTMENT] for id_ in cells if DEPARTMENT in every[id_].cells}
    for id_, cell in own.items():
        if id_ in changed and cell.text and not cell.is_formula and cell.text != cells[id_].text:
            place = f"{cells[id_].sheet} {cells[id_].address}"
            unread.append(Unread(cell, id_, DEPARTMENT_HEAD, DECIDED_ELSEWHERE, place))
    return Assigned(
        {id_: changed.get(id_, row) for id_, row in rows.items()},
        {id_: changed.get(id_, row) for id_, row in measures.items()},
        {id_: cell for id_, cell in own.items() if id_ in changed and cell.is_formula},
        tuple(unread),
    )


def _cells(
    table: Table, ours: OurTables, ids: int, column: int, known: Rows
) -> tuple[dict[str, Cell], list[Unread]]:
    """Return the cells by id, and those that are written for no id or for one that has a row."""
    cells: dict[str, Cell] = {}
    unread: list[Unread] = []
    for number in (*table.rows(), *rows_below(table, ours.every)):
        id_, cell = clean(table.sheet.value(number, ids)), table.sheet.cell(number, column)
        if id_ in known and id_ not in cells:
            cells[id_] = cell
        elif cell.text and id_ in cells and cell.text != cells[id_].text:
            place = f"{cells[id_].sheet} {cells[id_].address}"
            unread.append(Unread(cell, id_, DEPARTMENT_HEAD, WRITTEN_TWICE, place))
        elif cell.text and id_ not in known:
            unread.append(Unread(cell, "", DEPARTMENT_HEAD, UNKNOWN_ID))
    return cells, unread


def _is_typed_here(row: Row, cell: Cell) -> bool:
    """Return whether the goal's sheet names a 担当課 by hand where 担当割 has none."""
    own = row.cells.get(DEPARTMENT)
    return bool(own and own.text and not own.is_formula and cell.is_blank)
