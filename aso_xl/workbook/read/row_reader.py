"""Reading the rows of indicators and 施策, wherever their tables stand now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from ...domain.catalogue import (
    COLUMN_MISSING,
    COLUMN_RENAMED,
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
from ...domain.field import Field, Level, Owner
from ...domain.fields import ID, indicator_fields, measure_fields
from ...domain.ledger import IN_A_COPY, TWO_COLUMNS, UNKNOWN_HEADING, Oddity, Unread
from ...domain.plan import Goal, Plan
from ...office.addresses import address_of
from ..layout import goal_sheet, table_name
from .headings import Columns, columns_of
from .identifying import Identified, id_column
from .locating import Table, clean, rows_below


class RowReader:
    """Collects rows by id, rows that belong nowhere, and what is odd about the tables.

    ``of_their_own`` are cells in columns that staff put into our tables.
    """

    def __init__(self, identified: Identified, plan: Plan) -> None:
        self.identified, self.plan = identified, plan
        self.rows: dict[str, Row] = {}
        self.measures: dict[str, Row] = {}
        self.strays: list[Row] = []
        self.unread: list[Unread] = []
        self.of_their_own: list[Cell] = []
        self.oddities: list[Oddity] = []

    def odd(
        self, kind: IssueKind, sheet: str = "", cell: str = "", id: str = "", detail: str = ""
    ) -> None:
        self.oddities.append(Oddity(kind, sheet, cell, id, detail))

    def read(self) -> None:
        """Read every table of every goal and its doubles, then say which rows are missing."""
        for goal in self.plan.goals:
            for name, fields in self._goal_tables(goal):
                into = self._into(fields)
                self._rows(self.identified.tables[name], fields, into)
        for goal in self.plan.goals:
            for name, fields in self._goal_tables(goal):
                into = self._into(fields)
                for double in self.identified.doubles.get(name, ()):
                    self._double(double, fields, into)
        self._missing()

    def _into(self, fields: tuple[Field, ...]) -> dict[str, Row]:
        return self.measures if fields[0].level is Level.MEASURE else self.rows

    def _goal_tables(self, goal: Goal) -> Iterator[tuple[str, tuple[Field, ...]]]:
        """Yield the names of a goal's tables that are there, with their fields."""
        for name, _, fields in self._wanted(goal):
            if name in self.identified.tables:
                yield name, fields

    def _wanted(self, goal: Goal) -> Iterator[tuple[str, tuple[str, ...], tuple[Field, ...]]]:
        """Yield name, ids and fields of every table that a goal has."""
        headlines, kpis = (indicator_fields(self.plan, kind) for kind in ("headline", "kpi"))
        found = (
            ("headline", tuple(i.id for i in goal.headlines), headlines),
            ("kpi", tuple(i.id for i in goal.kpis), kpis),
            ("measures", tuple(m.id for m in goal.measures), measure_fields(self.plan)),
        )
        for kind, ids, fields in found:
            if ids:
                yield table_name(kind, goal.number), ids, fields

    def _rows(self, table: Table, fields: tuple[Field, ...], into: dict[str, Row]) -> None:
        found, sheet = self._columns(table, fields), table.sheet
        for field in found.missing:
            if field.needed:
                self.odd(COLUMN_MISSING, sheet.title, table.header_address, detail=field.head)
        for key, said in found.renamed.items():
            head = next(field.head for field in fields if field.key == key)
            place = address_of(table.header_row, found.at[key])
            self.odd(COLUMN_RENAMED, sheet.title, place, detail=f"「{said}」→「{head}」")
        for merged in sheet.merged(table.corners):
            self.odd(MERGED_CELL, sheet.title, merged, detail=merged)
        below = list(rows_below(table, self.identified.all))
        hidden = _hidden(table, below)
        for number in [*table.rows(), *below]:
            row = _row_at(table, found.at, number, number in hidden)
            if number in below:
                place = address_of(number, table.first_column)
                self.odd(ROW_BELOW_TABLE, sheet.title, place, row.id)
            self._row(table, row, into)
            lost = list(_lost(table, found, row))
            self.unread += lost
            if not lost:
                self.of_their_own += _of_their_own(table, found, number)

    def _columns(self, table: Table, fields: tuple[Field, ...]) -> Columns:
        """Return the columns; that of the ids, if its heading is lost, is the one that has them."""
        found = columns_of(table, fields)
        if ID in found.at:
            return found
        known = self.plan.measures if fields[0].level is Level.MEASURE else self.plan.by_id
        column = id_column(table, known)
        if column is None:
            return found
        said = found.others.get(column, "")
        return replace(
            found,
            at={ID: column, **found.at},
            renamed={ID: said, **found.renamed},
            missing=tuple(field for field in found.missing if field.key != ID),
            others={n: text for n, text in found.others.items() if n != column},
        )

    def _double(self, table: Table, fields: tuple[Field, ...], into: dict[str, Row]) -> None:
        """Note a second table of the same ids, and what was typed there and not in the first."""
        found = self._columns(table, fields)
        typed = {field.key: field.head for field in fields if field.is_typed}
        for number in table.rows():
            row = _row_at(table, found.at, number)
            first = into.get(row.id)
            for key, head in typed.items():
                cell, other = row.cells.get(key), first.cells.get(key) if first else None
                if cell is None or cell.is_formula or not cell.text:
                    continue
                if other is None or other.text != cell.text:
                    instead = f"{other.sheet} {other.address}" if other else ""
                    self.unread.append(Unread(cell, row.id, head, IN_A_COPY, instead))
            self.unread += _lost(table, found, row)

    def _row(self, table: Table, row: Row, into: dict[str, Row]) -> None:
        known = self.plan.measures if into is self.measures else self.plan.by_id
        place = row.cells[ID].address if ID in row.cells else table.header_address
        if row.id in known and row.id not in into:
            into[row.id] = row
            if row.hidden:
                self.odd(HIDDEN_ROW, row.sheet, place, row.id)
            return
        if _is_empty(row.cells):
            return
        self.strays.append(row)
        if first := into.get(row.id):
            where = f"{first.sheet} {first.cells[ID].address}"
            self.odd(ID_DOUBLED, row.sheet, place, row.id, where)
        elif (table.name or row.id) and row.number <= table.last_row:
            typed = row.cells[ID].text if ID in row.cells else ""
            self.odd(ID_UNKNOWN, row.sheet, place, row.id, typed)

    def _missing(self) -> None:
        """Say which tables are gone with all their rows, then which rows of those that are there.

        Where all tables of a goal are gone, its sheet is.
        """
        gone: set[str] = set()
        for goal in self.plan.goals:
            wanted = {name: ids for name, ids, _ in self._wanted(goal)}
            lost = [
                name
                for name, ids in wanted.items()
                if name not in self.identified.tables
                and not any(id_ in self.rows or id_ in self.measures for id_ in ids)
            ]
            if lost and len(lost) == len(wanted):
                self.odd(SHEET_MISSING, goal_sheet(goal), detail=lost[0])
            else:
                for name in lost:
                    self.odd(TABLE_MISSING, goal_sheet(goal), detail=name)
            gone.update(lost)
        for indicator in self.plan.indicators():
            table, sheet = table_name(indicator.kind, indicator.goal), goal_sheet(indicator.goal)
            if indicator.id not in self.rows and table not in gone:
                self.odd(ID_MISSING, sheet, id=indicator.id, detail=indicator.name)
        for id_, measure in self.plan.measures.items():
            table, sheet = table_name("measures", measure.goal), goal_sheet(measure.goal)
            if id_ not in self.measures and table not in gone:
                self.odd(MEASURE_MISSING, sheet, id=id_, detail=measure.name)


def _row_at(table: Table, at: Mapping[str, int], number: int, hidden: bool = False) -> Row:
    cells = {field: table.sheet.cell(number, column) for field, column in at.items()}
    id_ = clean(cells[ID].value or cells[ID].left_out) if ID in cells else ""
    return Row(id_, table.sheet.title, number, cells, hidden)


def _lost(table: Table, found: Columns, row: Row) -> Iterator[Unread]:
    """Yield what is typed in columns that may hold what was meant for one of ours.

    Those are the ones that double one of ours, and all others where one that is typed is missing;
    beside a whole table columns of their own are the staff's affair.
    """
    typed = any(field.is_typed for field in found.missing)
    computed = any(field.owner is Owner.FORMULA for field in found.missing)
    suspect = {**found.doubled, **(found.others if typed else {})}
    for number, head in suspect.items():
        cell = table.sheet.cell(row.number, number)
        if not cell.text or (cell.is_formula and computed):
            continue
        reason = TWO_COLUMNS if number in found.doubled else UNKNOWN_HEADING
        yield Unread(cell, row.id, head or cell.address, reason)


def _of_their_own(table: Table, found: Columns, number: int) -> Iterator[Cell]:
    """Yield what stands in columns that staff put into a table."""
    for column in found.others:
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
