"""Reading a workbook into a Ledger with openpyxl. The file is never changed."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook

from ..definition import fingerprint, from_text
from ..errors import WorkbookError
from ..ledger import ID, Area, Cell, CellValue, Ledger, Oddity, Row
from ..plan import Goal, KpiCounts, Plan
from .layout import (
    COUNT_HEADS,
    COUNTS_TABLE,
    MEASURE_COLUMNS,
    NOTE_TABLES,
    SCHEMA,
    SOURCE,
    STAMP,
    USED,
    Column,
    goal_sheet,
    indicator_columns,
    table_name,
)
from .locating import Table, by_headings, clean, rows_below, tables
from .package import Package, open_package
from .setting_reader import read_settings

_OPTIONAL = frozenset({SOURCE, USED, "result", "progress", "pace"})


def read(path: Path) -> Ledger:
    """Return what the workbook at ``path`` holds.

    What cannot be located is an Oddity of the ledger. Raises WorkbookError, one sentence with the
    remedy, when the file is no workbook of ours or cannot be read at all.
    """
    package = open_package(path)
    book = _load(package)
    return _Reader(book, package).ledger()


def _load(package: Package) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(io.BytesIO(package.data), data_only=True)
        except Exception:  # openpyxl raises whatever its parsers raise
            raise WorkbookError(_damage(package)) from None


def _damage(package: Package) -> str:
    try:
        place = package.malformed_number()
    except Exception:  # the XML itself is broken
        place = None
    if place:
        return (
            f"{package.name} の {place[0]} {place[1]} に保存されている数値が壊れています。"
            "Excel で開いて入力し直し、保存してください。"
        )
    return (
        f"{package.name} は壊れているため読めません。Excel で開いて修復し、保存し直してください。"
    )


@lru_cache(maxsize=4)
def _plan(text: str) -> Plan:
    """Return the plan of a stamp; many workbooks of one plan carry the same."""
    return from_text(text, STAMP)


class _Reader:
    """Assembles a ledger from one open workbook."""

    def __init__(self, book: Workbook, package: Package) -> None:
        self.book, self.package = book, package
        self.oddities: list[Oddity] = []
        self.strays: list[Row] = []
        self.formulas: dict[str, frozenset[str]] = {}
        self.plan = self._stamped_plan()
        self.tables = tables(book)

    def odd(
        self, code: str, sheet: str = "", cell: str = "", id: str = "", detail: str = ""
    ) -> None:
        self.oddities.append(Oddity(code, sheet, cell, id, detail))

    def ledger(self) -> Ledger:
        rows: dict[str, Row] = {}
        measures: dict[str, Row] = {}
        goals = []
        loose = self._loose_tables()
        for goal in self.plan.goals:
            indicators = self._goal_tables(goal, loose)
            for table, columns in indicators:
                target = measures if columns is MEASURE_COLUMNS else rows
                self._rows(table, columns, target)
            goals.append(self._with_counts(goal))
        self._missing(rows, measures)
        settings, cells, oddities = read_settings(self.book, self.tables, self.plan, self.cell)
        if self.package.has_external_links:
            self.odd("link-external")
        plan = replace(self.plan, goals=tuple(goals))
        settings = replace(settings, sample=self.sample)
        found = (*self.oddities, *oddities)
        return Ledger(
            *(plan, settings, rows, measures, cells, found, self._areas(), self._shown_counts()),
            record=self.record,
            strays=tuple(self.strays),
            sheets=tuple(self.book.sheetnames),
            notes={
                name: self._note(self.tables[name]) for name in NOTE_TABLES if name in self.tables
            },
        )

    def _note(self, table: Table) -> tuple[dict[str, CellValue], ...]:
        """Return the rows of a plain table by (cleaned) heading, without the empty ones."""
        rows = (
            {
                head: self.cell(table.sheet.cell(row, column)).value
                for head, column in table.columns.items()
            }
            for row in table.rows()
        )
        return tuple(row for row in rows if any(value is not None for value in row.values()))

    def _areas(self) -> dict[str, Area]:
        return {
            name: Area(t.sheet.title, t.header_row, t.first_column, t.last_row, t.last_column)
            for name, t in self.tables.items()
        }

    def _shown_counts(self) -> dict[str, dict[str, CellValue]]:
        """Return what the sheet's own formulas show for the KPIs, by row label and heading."""
        table = self.tables.get(COUNTS_TABLE)
        if table is None:
            return {}
        return {
            str(table.sheet.cell(row, table.first_column).value): {
                head: self.cell(table.sheet.cell(row, column)).value
                for head, column in table.columns.items()
            }
            for row in table.rows()
        }

    def _stamped_plan(self) -> Plan:
        if STAMP not in self.book.sheetnames:
            raise WorkbookError(
                f"{self.package.name} は総合戦略の評価ブックではありません(定義の記録がありません)。"
                "配布されたブックを指定してください。"
            )
        self.record = record = dict[str, str]()
        for key, value in self.book[STAMP].iter_rows(max_col=2, values_only=True):
            if key:
                record[str(key)] = record.get(str(key), "") + str(value or "")
        schema, text = record.get("schema", ""), record.get("definition", "")
        if schema.isdigit() and int(schema) > SCHEMA:
            raise WorkbookError(
                f"{self.package.name} は新しい版の aso_xl で作られています。aso_xl を更新してください。"
            )
        if schema != str(SCHEMA):
            self.odd("schema-old", detail=schema or "なし")
        self.sample = record.get("sample") == "1"
        try:
            plan = _plan(text)
        except Exception:  # whatever a tampered record holds
            raise WorkbookError(
                f"{self.package.name} の定義の記録が壊れています。配布された元のブックを使ってください。"
            ) from None
        if fingerprint(text) != record.get("fingerprint"):
            self.odd("stamp-mismatch", STAMP)
        return plan

    def cell(self, found: Any) -> Cell:
        """Return an openpyxl cell as the ledger's."""
        sheet = found.parent.title
        if sheet not in self.formulas:
            self.formulas[sheet] = self.package.formula_cells(sheet)
        return Cell(
            sheet,
            found.coordinate,
            found.value,
            found.number_format,
            found.coordinate in self.formulas[sheet],
            found.data_type == "e",
        )

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
        if expected <= self.tables.keys():
            return []
        named = {(t.sheet.title, t.header_row) for t in self.tables.values()}
        heads = (frozenset({"番号", "指標", "目標値"}), frozenset({"施策番号", "施策名"}))
        found = [table for words in heads for table in by_headings(self.book, words)]
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
            table = self.tables.get(name) or _holding(loose, ids, columns)
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
        below = list(rows_below(table, list(self.tables.values())))
        for number in [*table.rows(), *below]:
            cells = {
                field: self.cell(sheet.cell(number, column))
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

    def _missing(self, rows: Mapping[str, Row], measures: Mapping[str, Row]) -> None:
        gone = {o.detail for o in self.oddities if o.code in ("table-missing", "sheet-missing")}
        whole = {o.sheet for o in self.oddities if o.code == "sheet-missing"}
        for indicator in self.plan.indicators():
            table, sheet = table_name(indicator.kind, indicator.goal), goal_sheet(indicator.goal)
            if indicator.id not in rows and table not in gone and sheet not in whole:
                self.odd("id-missing", sheet, id=indicator.id, detail=indicator.name)
        for id_, measure in self.plan.measures.items():
            table, sheet = table_name("measures", measure.goal), goal_sheet(measure.goal)
            if id_ not in measures and table not in gone and sheet not in whole:
                self.odd("measure-missing", sheet, id=id_, detail=measure.name)

    def _with_counts(self, goal: Goal) -> Goal:
        """Return the goal with the KPI counts typed on its sheet, if they can be used."""
        if goal.kpi_counts is None:
            return goal
        name = table_name("counts", goal.number)
        table = self.tables.get(name)
        at = [table.column(head) for head in COUNT_HEADS[1:3]] if table else []
        if table is None or None in at:
            self.odd("table-missing", goal_sheet(goal), detail=name)
            return goal
        total, achieved = (
            self.cell(table.sheet.cell(table.header_row + 1, column or 1)) for column in at
        )
        if not all(
            isinstance(c.value, int) and not isinstance(c.value, bool) for c in (total, achieved)
        ):
            self.odd(
                "counts-invalid", total.sheet, total.address, detail=f"{achieved.text}/{total.text}"
            )
            return goal
        counts = KpiCounts(int(total.text), int(achieved.text))
        if not 0 <= counts.achieved <= counts.total:
            self.odd(
                "counts-invalid", total.sheet, total.address, detail=f"{achieved.text}/{total.text}"
            )
            return goal
        return replace(goal, kpi_counts=counts)


def _is_empty(cells: Mapping[str, Cell]) -> bool:
    return all(cell.is_blank for cell in cells.values())


def _holding(loose: list[Table], ids: tuple[str, ...], columns: tuple[Column, ...]) -> Table | None:
    """Return the range that holds one of the ids under the columns' id heading."""
    for table in loose:
        column = table.column(columns[0].head)
        if column and any(clean(table.sheet.cell(r, column).value) in ids for r in table.rows()):
            return table
    return None
