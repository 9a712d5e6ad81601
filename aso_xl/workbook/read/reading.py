"""Reading a workbook into a Ledger: a file, or what stands behind the port. Nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ...domain.catalogue import COUNTS_INVALID, LINK_EXTERNAL, TABLE_MISSING
from ...domain.cells import CellValue
from ...domain.ledger import Ledger, Oddity
from ...domain.plan import Goal, KpiCounts
from ..handout import RECORD
from ..layout import COUNT_HEADS, COUNTS_TABLE, NOTE_HEADS, goal_sheet, table_name
from ..past_figures import past_of
from .beside_tables import beside
from .doubled_tables import doubled
from .file_book import open_book
from .identifying import Identified, identify
from .locating import Table
from .open_book import OpenBook
from .row_reader import RowReader
from .setting_reader import read_settings
from .stamp_reader import read_stamp


def read(path: Path) -> Ledger:
    """Return what the workbook at ``path`` holds.

    What cannot be located is an Oddity of the ledger. Raise WorkbookError, one sentence with the
    remedy, when the file is no workbook of ours or cannot be read at all.
    """
    return read_book(open_book(path))


def read_book(opened: OpenBook) -> Ledger:
    """Return what an open workbook holds, as ``read`` does."""
    stamp = read_stamp(opened)
    identified = identify(opened, stamp.plan)
    reader = RowReader(identified, stamp.plan)
    reader.read()
    counted = [_with_counts(identified, goal) for goal in stamp.plan.goals]
    settings, cells, departments, wrong = read_settings(identified, stamp.plan)
    copies = doubled(identified)
    is_handout = bool(stamp.record.get(RECORD))
    linked = (Oddity(LINK_EXTERNAL),) if opened.has_external_links else ()
    of_counts = tuple(oddity for _, oddity in counted if oddity)
    return Ledger(
        plan=replace(stamp.plan, goals=tuple(goal for goal, _ in counted)),
        settings=replace(settings, sample=stamp.is_sample),
        rows=reader.rows,
        measures=reader.measures,
        setting_cells=cells,
        department_cells=departments,
        oddities=(
            *(*stamp.oddities, *copies.oddities, *reader.oddities, *of_counts),
            *(*linked, *wrong),
        ),
        areas=identified.areas(),
        shown_counts=_shown_counts(opened, identified.tables.get(COUNTS_TABLE)),
        record=stamp.record,
        record_rows=stamp.rows,
        past=past_of(stamp.record, stamp.plan),
        strays=tuple(reader.strays),
        sheets=opened.sheet_names,
        notes={
            name: _note(opened, table)
            for name in NOTE_HEADS
            if (table := identified.tables.get(name))
        },
        unread=(*reader.unread, *copies.unread),
        beside=beside(opened, identified, reader.of_their_own) if is_handout else (),
    )


def _note(opened: OpenBook, table: Table) -> tuple[dict[str, CellValue], ...]:
    """Return the rows of a plain table by (cleaned) heading, without the empty ones."""
    rows = (opened.row(table, number) for number in table.rows())
    return tuple(row for row in rows if any(value is not None for value in row.values()))


def _shown_counts(opened: OpenBook, table: Table | None) -> dict[str, dict[str, CellValue]]:
    """Return what the sheet's own formulas show for the KPIs, by row label and heading."""
    if table is None:
        return {}
    return {
        str(table.sheet.value(number, table.first_column)): opened.row(table, number)
        for number in table.rows()
    }


def _with_counts(identified: Identified, goal: Goal) -> tuple[Goal, Oddity | None]:
    """Return the goal with the KPI counts typed on its sheet, or what is wrong with them."""
    if goal.kpi_counts is None:
        return goal, None
    name = table_name("counts", goal.number)
    table = identified.tables.get(name)
    at = [table.column(head) for head in COUNT_HEADS[1:3]] if table else []
    if table is None or None in at:
        return goal, Oddity(TABLE_MISSING, goal_sheet(goal), detail=name)
    total, achieved = (table.sheet.cell(table.header_row + 1, column or 1) for column in at)
    typed = (total.value, achieved.value)
    if all(type(value) is int for value in typed) and 0 <= int(achieved.text) <= int(total.text):
        counts = KpiCounts(int(total.text), int(achieved.text))
        return replace(goal, kpi_counts=counts), None
    said = f"{achieved.text}/{total.text}"
    return goal, Oddity(COUNTS_INVALID, total.sheet, total.address, detail=said)
