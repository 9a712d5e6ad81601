"""Reading the rows of indicators and 施策, wherever their tables stand now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from openpyxl.utils import get_column_letter

from ..ledger import ID, Cell, Oddity, Row
from ..plan import Goal, Plan
from .layout import (
    MEASURE_COLUMNS,
    SOURCE,
    USED,
    Column,
    goal_sheet,
    indicator_columns,
    table_name,
)
from .locating import Table, by_headings, clean, rows_below
from .open_book import OpenBook

_OPTIONAL = frozenset({SOURCE, USED, "result", "progress", "pace"})


class RowReader:
    """Collects rows by id, rows that belong nowhere, and what is odd about the tables."""

    def __init__(self, opened: OpenBook, plan: Plan) -> None:
        self.opened, self.plan = opened, plan
        self.rows: dict[str, Row] = {}
        self.measures: dict[str, Row] = {}
        self.strays: list[Row] = []
        self.oddities: list[Oddity] = []

    def odd(
        self, code: str, sheet: str = "", cell: str = "", id: str = "", detail: str = ""
    ) -> None:
        self.oddities.append(Oddity(code, sheet, cell, id, detail))

    def read(self) -> None:
        """Read every table of every goal, then say which rows are missing."""
        loose = self._loose_tables()
        for goal in self.plan.goals:
            for table, columns in self._goal_tables(goal, loose):
                self._rows(
                    table, columns, self.measures if columns is MEASURE_COLUMNS else self.rows
                )
        self._missing()

    def _loose_tables(self) -> list[Table]:
        """Return ranges with our headings, where an expected Excel table is gone."""
        expected = {
            table_name(kind, goal.number)
            for goal in self.plan.goals
            for kind, there in (
                ("headline", goal.headlines),
                ("kpi", goal.kpis),
                ("measures", goal.measures),
            )
            if there
        }
        if expected <= self.opened.tables.keys():
            return []
        named = {(t.sheet.title, t.header_row) for t in self.opened.tables.values()}
        heads = (frozenset({"番号", "指標", "目標値"}), frozenset({"施策番号", "施策名"}))
        found = [table for words in heads for table in by_headings(self.opened.sheets, words)]
        return [t for t in found if (t.sheet.title, t.header_row) not in named]

    def _goal_tables(
        self, goal: Goal, loose: list[Table]
    ) -> Iterator[tuple[Table, tuple[Column, ...]]]:
        wanted = (
            (
                "headline",
                tuple(i.id for i in goal.headlines),
                indicator_columns(self.plan, "headline"),
            ),
            ("kpi", tuple(i.id for i in goal.kpis), indicator_columns(self.plan, "kpi")),
            ("measures", tuple(m.id for m in goal.measures), MEASURE_COLUMNS),
        )
        found = 0
        missing = []
        for kind, ids, columns in wanted:
            if not ids:
                continue
            name = table_name(kind, goal.number)
            table = self.opened.tables.get(name) or _holding(loose, ids, columns)
            if table is None:
                missing.append(name)
                continue
            found += 1
            yield table, columns
        for name in missing:
            self.odd("table-missing" if found else "sheet-missing", goal_sheet(goal), detail=name)
            if not found:
                break

    def _rows(self, table: Table, columns: tuple[Column, ...], into: dict[str, Row]) -> None:
        at = {c.field: table.column(c.head) for c in columns}
        sheet = table.sheet
        for column in columns:
            if at[column.field] is None and column.field not in _OPTIONAL:
                self.odd("column-missing", sheet.title, table.header_address, detail=column.head)
        for merged in sheet.merged(table.corners):
            self.odd("merged-cell", sheet.title, merged, detail=merged)
        below = list(rows_below(table, list(self.opened.tables.values())))
        hidden = _hidden(table, below)
        for number in [*table.rows(), *below]:
            cells = {
                field: sheet.cell(number, column)
                for field, column in at.items()
                if column is not None
            }
            id_ = clean(cells[ID].value or cells[ID].left_out) if ID in cells else ""
            if number in below:
                place = f"{get_column_letter(table.first_column)}{number}"
                self.odd("row-below-table", sheet.title, place, id_)
            row = Row(id_, sheet.title, number, cells, number in hidden)
            self._row(table, row, into)

    def _row(self, table: Table, row: Row, into: dict[str, Row]) -> None:
        known = self.plan.measures if table.column("施策番号") else self.plan.by_id
        place = row.cells[ID].address if ID in row.cells else table.header_address
        if row.id in known and row.id not in into:
            into[row.id] = row
            if row.hidden:
                self.odd("hidden-row", row.sheet, place, row.id)
            return
        if _is_empty(row.cells):
            return
        self.strays.append(row)
        if first := into.get(row.id):
            where = f"{first.sheet} {first.cells[ID].address}"
            self.odd("id-doubled", row.sheet, place, row.id, where)
        elif (table.name or row.id) and row.number <= table.last_row:
            typed = row.cells[ID].text if ID in row.cells else ""
            self.odd("id-unknown", row.sheet, place, row.id, typed)

    def _missing(self) -> None:
        gone = {o.detail for o in self.oddities if o.code in ("table-missing", "sheet-missing")}
        whole = {o.sheet for o in self.oddities if o.code == "sheet-missing"}
        for indicator in self.plan.indicators():
            table, sheet = table_name(indicator.kind, indicator.goal), goal_sheet(indicator.goal)
            if indicator.id not in self.rows and table not in gone and sheet not in whole:
                self.odd("id-missing", sheet, id=indicator.id, detail=indicator.name)
        for id_, measure in self.plan.measures.items():
            table, sheet = table_name("measures", measure.goal), goal_sheet(measure.goal)
            if id_ not in self.measures and table not in gone and sheet not in whole:
                self.odd("measure-missing", sheet, id=id_, detail=measure.name)


def _hidden(table: Table, below: list[int]) -> Collection[int]:
    """Return the rows that are hidden; those that only a filter hides are not."""
    if table.is_filtered:
        return ()
    bottom = max([*below, table.rows().stop - 1])
    return table.sheet.hidden_rows(table.corners._replace(bottom=bottom))


def _is_empty(cells: Mapping[str, Cell]) -> bool:
    return all(cell.is_blank for cell in cells.values())


def _holding(loose: list[Table], ids: tuple[str, ...], columns: tuple[Column, ...]) -> Table | None:
    """Return the range that holds one of the ids under the columns' id heading."""
    for table in loose:
        column = table.column(columns[0].head)
        if column and any(clean(table.sheet.value(r, column)) in ids for r in table.rows()):
            return table
    return None
