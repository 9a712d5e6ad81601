"""Reading the sheet 設定: every value checked, a wrong one said and replaced by its default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...domain.catalogue import SETTING_INVALID, SETTINGS_MISSING
from ...domain.cells import Cell
from ...domain.departments import listed
from ...domain.fields import DEPARTMENT_HEAD
from ...domain.ledger import Oddity
from ...domain.plan import Plan
from ...domain.settings import Settings, read, rows
from ...domain.text import one_line
from ..layout import DEPARTMENTS_TABLE, SETTING_HEADS, SETTINGS, SETTINGS_TABLE
from .identifying import Identified
from .locating import Table

Found = tuple[Settings, Mapping[str, Cell], tuple[Cell, ...], tuple[Oddity, ...]]


def read_settings(identified: Identified, plan: Plan) -> Found:
    """Return the settings, their cells by key, those of the list of 担当課, and what is wrong."""
    table = identified.tables.get(SETTINGS_TABLE)
    if table is None:
        return Settings(plan.round), {}, (), (Oddity(SETTINGS_MISSING, SETTINGS, detail=SETTINGS),)
    cells = _cells(table)
    odd = [
        Oddity(SETTINGS_MISSING, table.sheet.title, detail=row.setting.key)
        for row in rows()
        if row.setting.key not in cells and not row.setting.optional
    ]
    found, wrong = read(plan, {key: cell.text for key, cell in cells.items()})
    for key in wrong:
        cell, shown = cells[key], f"{key}「{cells[key].text}」"
        odd.append(Oddity(SETTING_INVALID, cell.sheet, cell.address, detail=shown))
    names = tuple(_department_cells(identified.tables.get(DEPARTMENTS_TABLE)))
    departments = listed(str(cell.value) for cell in names if cell.value is not None)
    return replace(found, departments=departments), cells, names, tuple(odd)


def _cells(table: Table) -> dict[str, Cell]:
    key_column, value_column = (table.column(head) or 1 for head in SETTING_HEADS[:2])
    return {
        one_line(str(key)): table.sheet.cell(row, value_column)
        for row in table.rows()
        if (key := table.sheet.value(row, key_column))
    }


def _department_cells(table: Table | None) -> Iterator[Cell]:
    column = table.column(DEPARTMENT_HEAD) if table else None
    if table is not None and column is not None:
        cells = (table.sheet.cell(row, column) for row in table.rows())
        yield from (cell for cell in cells if cell.value is not None or cell.flaw)
