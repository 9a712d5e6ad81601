"""Reading the rows of indicators, 施策 and goals, wherever their tables stand now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, assert_never

from ...domain.catalogue import (
    COLUMN_MISSING,
    COLUMN_RENAMED,
    GOAL_MISSING,
    HIDDEN_ROW,
    ID_DOUBLED,
    ID_MISSING,
    ID_UNKNOWN,
    MEASURE_MISSING,
    MERGED_CELL,
    ROW_BELOW_TABLE,
    SHEET_MISSING,
    TABLE_MISSING,
    IssueKind,
)
from ...domain.cells import Cell, Row
from ...domain.field_declaration import Field, Level, Owner
from ...domain.fields import ID, goal_fields, indicator_fields, measure_fields
from ...domain.ledger import IN_A_COPY, TWO_COLUMNS, UNKNOWN_HEADING, Oddity, Unread
from ...domain.plan import Goal, Plan
from ...office.addresses import address_of
from ..layout import goal_sheet, measure_sheet, sheets_of, table_name
from .columns import Columns, columns_of
from .our_tables import OurTables
from .tables import Table, clean, rows_below


@dataclass(frozen=True)
class RowsRead:
    """Rows by id, rows that belong to none, cells that are not read, and what is odd.

    ``columns_of_staff`` are cells in columns that staff put into our tables.
    """

    indicators: Mapping[str, Row]
    measures: Mapping[str, Row]
    goals: Mapping[str, Row]
    strays: tuple[Row, ...]
    unread: tuple[Unread, ...]
    columns_of_staff: tuple[Cell, ...]
    oddities: tuple[Oddity, ...]


def read_rows(ours: OurTables, plan: Plan) -> RowsRead:
    """Return the rows of every goal's tables and of their copies, and which rows are missing."""
    reader = _RowReader(ours, plan)
    wanted = list(_wanted(plan))
    there = [table for table in wanted if table.name in ours.by_name]
    for table in there:
        reader.read(ours.by_name[table.name], table.fields)
    for table in there:
        for copy in ours.copies.get(table.name, ()):
            reader.compare(copy, table.fields)
    reader.say_missing(wanted)
    return RowsRead(
        reader.rows[Level.INDICATOR],
        reader.rows[Level.MEASURE],
        reader.rows[Level.GOAL],
        tuple(reader.strays),
        tuple(reader.unread),
        tuple(reader.columns_of_staff),
        tuple(reader.oddities),
    )


class _WantedTable(NamedTuple):
    """A table that a goal has by the plan: its name, the ids of its rows, and its fields."""

    goal: Goal
    name: str
    ids: tuple[str, ...]
    fields: tuple[Field, ...]


def _wanted(plan: Plan) -> Iterator[_WantedTable]:
    headlines, kpis = (indicator_fields(plan, kind) for kind in ("headline", "kpi"))
    for goal in plan.goals:
        for kind, rows, fields in (
            ("headline", goal.headlines, headlines),
            ("kpi", goal.kpis, kpis),
            ("measures", goal.measures, measure_fields(plan)),
            ("texts", (goal,), goal_fields(plan)),
        ):
            if rows and fields:
                ids = tuple(row.id for row in rows)
                yield _WantedTable(goal, table_name(kind, goal.number), ids, fields)


class _RowReader:
    """Collects what is in the tables as they are read."""

    def __init__(self, ours: OurTables, plan: Plan) -> None:
        self.ours, self.plan = ours, plan
        self.rows: dict[Level, dict[str, Row]] = {level: {} for level in Level}
        self.strays: list[Row] = []
        self.unread: list[Unread] = []
        self.columns_of_staff: list[Cell] = []
        self.oddities: list[Oddity] = []

    def odd(
        self, kind: IssueKind, sheet: str = "", cell: str = "", id: str = "", detail: str = ""
    ) -> None:
        self.oddities.append(Oddity(kind, sheet, cell, id, detail))

    def _of(self, fields: tuple[Field, ...]) -> tuple[dict[str, Row], Collection[str]]:
        """Return where rows with these fields are collected, and the ids that they may have."""
        level = fields[0].level
        match level:
            case Level.INDICATOR:
                return self.rows[level], self.plan.by_id
            case Level.MEASURE:
                return self.rows[level], self.plan.measures
            case Level.GOAL:
                return self.rows[level], self.plan.by_goal
            case Level.QUESTION:  # those of no goal: read/questions.py
                return self.rows[level], ()
            case _:
                assert_never(level)

    def read(self, table: Table, fields: tuple[Field, ...]) -> None:
        """Read a table: what is odd about its columns and cells, then its rows."""
        sheet, (_, known) = table.sheet, self._of(fields)
        columns = columns_of(table, fields, known)
        for field in columns.missing:
            if field.needed:
                self.odd(COLUMN_MISSING, sheet.title, table.header_address, detail=field.head)
        for key, heading in columns.renamed.items():
            head = next(field.head for field in fields if field.key == key)
            place = address_of(table.header_row, columns.at[key])
            self.odd(COLUMN_RENAMED, sheet.title, place, detail=f"「{heading}」→「{head}」")
        for merged in sheet.merged(table.corners):
            self.odd(MERGED_CELL, sheet.title, merged, detail=merged)
        below = list(rows_below(table, self.ours.every))
        hidden = _hidden(table, below)
        for number in [*table.rows(), *below]:
            row = _row_at(table, columns.at, number, number in hidden)
            if number in below:
                place = address_of(number, table.first_column)
                self.odd(ROW_BELOW_TABLE, sheet.title, place, row.id)
            self._row(table, row, fields)
            lost = list(_lost(table, columns, row))
            self.unread += lost
            if not lost:
                self.columns_of_staff += _in_columns_of_staff(table, columns, number)

    def compare(self, table: Table, fields: tuple[Field, ...]) -> None:
        """Note what was typed in a copy and not in the table that is read."""
        rows, known = self._of(fields)
        columns = columns_of(table, fields, known)
        typed = {field.key: field.head for field in fields if field.is_typed}
        for number in table.rows():
            row = _row_at(table, columns.at, number)
            first = rows.get(row.id)
            for key, head in typed.items():
                cell, other = row.cells.get(key), first.cells.get(key) if first else None
                if cell is None or cell.is_formula or not cell.text:
                    continue
                if other is None or other.text != cell.text:
                    instead = f"{other.sheet} {other.address}" if other else ""
                    self.unread.append(Unread(cell, row.id, head, IN_A_COPY, instead))
            self.unread += _lost(table, columns, row)

    def _row(self, table: Table, row: Row, fields: tuple[Field, ...]) -> None:
        rows, known = self._of(fields)
        place = row.cells[ID].address if ID in row.cells else table.header_address
        if row.id in known and row.id not in rows:
            rows[row.id] = row
            if row.hidden:
                self.odd(HIDDEN_ROW, row.sheet, place, row.id)
            return
        if _is_empty(row.cells):
            return
        self.strays.append(row)
        if first := rows.get(row.id):
            where = f"{first.sheet} {first.cells[ID].address}"
            self.odd(ID_DOUBLED, row.sheet, place, row.id, where)
        elif (table.name or row.id) and row.number <= table.last_row:
            typed = row.cells[ID].text if ID in row.cells else ""
            self.odd(ID_UNKNOWN, row.sheet, place, row.id, typed)

    def say_missing(self, tables: Sequence[_WantedTable]) -> None:
        """Say which tables are gone with all their rows, then which rows of those that are there.

        Where all tables of a goal are gone, or all but those of its texts, its sheet is.
        """
        gone: set[str] = set()
        there = {id_ for rows in self.rows.values() for id_ in rows}
        for goal in self.plan.goals:
            wanted = [table for table in tables if table.goal is goal]
            lost = [
                table.name
                for table in wanted
                if table.name not in self.ours.by_name and there.isdisjoint(table.ids)
            ]
            if lost and len(lost) == len(wanted):
                self.odd(SHEET_MISSING, sheets_of(self.plan, goal)[0], detail=lost[0])
            elif lost and {*lost} == {t.name for t in wanted} - _of_texts(goal):
                self.odd(SHEET_MISSING, goal_sheet(goal), detail=lost[0])
            else:
                for name in lost:
                    self.odd(TABLE_MISSING, self._sheet(name, goal), detail=name)
            gone.update(lost)
        for indicator in self.plan.indicators():
            table, sheet = table_name(indicator.kind, indicator.goal), goal_sheet(indicator.goal)
            if indicator.id not in there and table not in gone:
                self.odd(ID_MISSING, sheet, id=indicator.id, detail=indicator.name)
        for id_, measure in self.plan.measures.items():
            table = table_name("measures", measure.goal)
            if id_ not in there and table not in gone:
                sheet = self._sheet(table, measure.goal)
                self.odd(MEASURE_MISSING, sheet, id=id_, detail=measure.name)
        for goal in self.plan.goals if goal_fields(self.plan) else ():
            table = table_name("texts", goal.number)
            if goal.id not in there and table not in gone:
                self.odd(GOAL_MISSING, self._sheet(table, goal), id=goal.id, detail=goal.title)

    def _sheet(self, table: str, goal: Goal | int) -> str:
        """Return the sheet on which a table of the goal stands, or would stand."""
        if found := self.ours.by_name.get(table):
            return found.sheet.title
        return measure_sheet(goal) if table in _of_texts(goal) else goal_sheet(goal)


def _of_texts(goal: Goal | int) -> set[str]:
    """Return the names of the tables in which texts of a goal and of its 施策 are written."""
    number = goal if isinstance(goal, int) else goal.number
    return {table_name(kind, number) for kind in ("texts", "measures")}


def _row_at(table: Table, at: Mapping[str, int], number: int, hidden: bool = False) -> Row:
    cells = {field: table.sheet.cell(number, column) for field, column in at.items()}
    id_ = clean(cells[ID].value or cells[ID].left_out) if ID in cells else ""
    return Row(id_, table.sheet.title, number, cells, hidden)


def _lost(table: Table, columns: Columns, row: Row) -> Iterator[Unread]:
    """Yield what is typed in columns that may hold what was meant for one of ours.

    Those are the ones that double one of ours, and all others where one that is typed is missing;
    beside a whole table columns of their own are the staff's affair.
    """
    typed = any(field.is_typed for field in columns.missing)
    computed = any(field.owner is Owner.FORMULA for field in columns.missing)
    suspect = {**columns.doubled, **(columns.others if typed else {})}
    for number, head in suspect.items():
        cell = table.sheet.cell(row.number, number)
        if not cell.text or (cell.is_formula and computed):
            continue
        reason = TWO_COLUMNS if number in columns.doubled else UNKNOWN_HEADING
        yield Unread(cell, row.id, head or cell.address, reason)


def _in_columns_of_staff(table: Table, columns: Columns, number: int) -> Iterator[Cell]:
    """Yield what stands in columns that staff put into a table."""
    for column in columns.others:
        cell = table.sheet.cell(number, column)
        if cell.text and not cell.is_formula:
            yield cell


def _hidden(table: Table, below: list[int]) -> Collection[int]:
    """Return the rows that are hidden; those that only a filter hides are not."""
    if table.is_filtered or (not table.name and table.sheet.is_filtered):
        return ()
    bottom = max([*below, table.rows().stop - 1])
    return table.sheet.hidden_rows(table.corners._replace(bottom=bottom))


def _is_empty(cells: Mapping[str, Cell]) -> bool:
    return all(cell.is_blank for cell in cells.values())
