"""Reading the sheet 設定: every value checked, a wrong one said and replaced by its default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...domain.catalogue import SETTING_INVALID, SETTINGS_MISSING
from ...domain.cells import Cell
from ...domain.departments import listed
from ...domain.fields import DEPARTMENT_HEAD
from ...domain.ledger import Oddity
from ...domain.plan import Plan
from ...domain.settings import Settings, read, rows
from ...domain.text import one_line
from ..layout import DEPARTMENTS_TABLE, SETTING_HEADS, SETTINGS, SETTINGS_TABLE
from .our_tables import OurTables
from .tables import Table


@dataclass(frozen=True)
class SettingsRead:
    """The settings, their cells by key, those of the list of 担当課, and what is wrong."""

    settings: Settings
    oddities: tuple[Oddity, ...]
    cells: Mapping[str, Cell] = field(default_factory=dict)
    department_cells: tuple[Cell, ...] = ()


def read_settings(ours: OurTables, plan: Plan) -> SettingsRead:
    """Return what stands in 設定 and in the list of 担当課; without them the defaults."""
    table = ours.by_name.get(SETTINGS_TABLE)
    if table is None:
        missing = Oddity(SETTINGS_MISSING, SETTINGS, detail=SETTINGS)
        return SettingsRead(Settings(plan.round), (missing,))
    cells = cells_by_key(table, SETTING_HEADS)
    odd = [
        Oddity(SETTINGS_MISSING, table.sheet.title, detail=row.setting.key)
        for row in rows()
        if row.setting.key not in cells and not row.setting.optional
    ]
    settings, wrong = read(plan, {key: cell.text for key, cell in cells.items()})
    for key in wrong:
        cell, shown = cells[key], f"{key}「{cells[key].text}」"
        odd.append(Oddity(SETTING_INVALID, cell.sheet, cell.address, detail=shown))
    names = tuple(_department_cells(ours.by_name.get(DEPARTMENTS_TABLE)))
    departments = listed(str(cell.value) for cell in names if cell.value is not None)
    settings = replace(settings, departments=departments)
    return SettingsRead(settings, tuple(odd), cells, names)


def cells_by_key(table: Table, heads: Sequence[str]) -> dict[str, Cell]:
    """Return the cells under the second of the headings, by what stands under the first."""
    key_column, value_column = (table.column(head) or 1 for head in heads[:2])
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
