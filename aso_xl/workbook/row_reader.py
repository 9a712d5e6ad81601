"""Reading the rows of indicators and 施策, wherever their tables stand now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
        found = [table for words in heads for table in by_headings(self.opened.book, words)]
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
        self._merged(table)
        below = list(rows_below(table, list(self.opened.tables.values())))
        for number in [*table.rows(), *below]:
            cells = {
                field: self.opened.cell(sheet.cell(number, column))
                for field, column in at.items()
                if column is not None
            }
            id_ = clean(cells[ID].value) if ID in cells else ""
            if number in below:
                place = f"{get_column_letter(table.first_column)}{number}"
                self.odd("row-below-table", sheet.title, place, id_)
            self._row(table, number, id_, cells, into)

    def _row(
        self, table: Table, number: int, id_: str, cells: Mapping[str, Cell], into: dict[str, Row]
    ) -> None:
        sheet = table.sheet.title
        known = self.plan.measures if table.column("施策番号") else self.plan.by_id
        place = cells[ID].address if ID in cells else table.header_address
        hidden = bool(table.sheet.row_dimensions[number].hidden) and not table.is_filtered
        if id_ in known and id_ not in into:
            into[id_] = Row(id_, sheet, number, cells, hidden)
            if hidden:
                self.odd("hidden-row", sheet, place, id_)
            return
        if _is_empty(cells):
            return
        self.strays.append(Row(id_, sheet, number, cells, hidden))
        if id_ in into:
            first = into[id_]
            self.odd("id-doubled", sheet, place, id_, f"{first.sheet} {first.cells[ID].address}")
        elif (table.name or id_) and number <= table.last_row:
            self.odd("id-unknown", sheet, place, id_, cells[ID].text if ID in cells else "")

    def _merged(self, table: Table) -> None:
        for merged in table.sheet.merged_cells.ranges:
            if (
                merged.min_row <= table.last_row
                and merged.max_row >= table.header_row
                and merged.min_col <= table.last_column
                and merged.max_col >= table.first_column
            ):
                self.odd("merged-cell", table.sheet.title, merged.coord, detail=merged.coord)

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


def _is_empty(cells: Mapping[str, Cell]) -> bool:
    return all(cell.is_blank for cell in cells.values())


def _holding(loose: list[Table], ids: tuple[str, ...], columns: tuple[Column, ...]) -> Table | None:
    """Return the range that holds one of the ids under the columns' id heading."""
    for table in loose:
        column = table.column(columns[0].head)
        if column and any(clean(table.sheet.cell(r, column).value) in ids for r in table.rows()):
            return table
    return None
