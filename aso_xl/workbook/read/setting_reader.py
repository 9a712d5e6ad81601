"""Reading the sheet 設定: every value checked, a wrong one said and replaced by its default."""

from __future__ import annotations

from collections.abc import Mapping
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

Found = tuple[Settings, Mapping[str, Cell], tuple[Oddity, ...]]


def read_settings(identified: Identified, plan: Plan) -> Found:
    """Return the settings, their cells by key, and what is wrong with them."""
    table = identified.tables.get(SETTINGS_TABLE)
    if table is None:
        return Settings(plan.round), {}, (Oddity(SETTINGS_MISSING, SETTINGS, detail=SETTINGS),)
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
    names = _departments(identified.tables.get(DEPARTMENTS_TABLE))
    return replace(found, departments=names), cells, tuple(odd)


def _cells(table: Table) -> dict[str, Cell]:
    key_column, value_column = (table.column(head) or 1 for head in SETTING_HEADS[:2])
    return {
        one_line(str(key)): table.sheet.cell(row, value_column)
        for row in table.rows()
        if (key := table.sheet.value(row, key_column))
    }


def _departments(table: Table | None) -> tuple[str, ...]:
    column = table.column(DEPARTMENT_HEAD) if table else None
    if table is None or column is None:
        return ()
    values = (table.sheet.value(row, column) for row in table.rows())
    return listed(str(value) for value in values if value is not None)
