"""Saying which of our tables a table is: by its headings and the ids in it, never by its name alone.

The rule. A table is an Excel table or a plain range. Its kind is that of which it has the largest
share of headings (at least half). Which goal's it is, most of the ids in its id column say; of
設定, its keys; a table of KPI counts is the goal's on whose sheet it stands. Where several are the
same, the one with most ids is read, the one that still has our Excel name before others, an Excel
table before a range, the first sheet before later ones; the others are its copies, which a finding
names. A table that has lost its headings is known by its Excel name as long as it has that.

Names change without anybody wanting it: a copied sheet gets KPI_119 for KPI_1, other programs drop
the tables, and the original may be deleted afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ...domain.field_declaration import Level
from ...domain.fields import (
    DEPARTMENT_HEAD,
    ID,
    STANDARD,
    goal_fields,
    indicator_fields,
    measure_fields,
)
from ...domain.ledger import Area
from ...domain.plan import KIND_LABELS, Plan
from ...domain.questions import FIELDS as QUESTION_FIELDS
from ...domain.record_heads import HEADS as RECORD_HEADS
from ...domain.settings import rows
from ..layout import (
    ASSIGNMENT_HEADS,
    ASSIGNMENTS_TABLE,
    COUNT_HEADS,
    COUNTS_TABLE,
    CROSS_CHECK_HEADS,
    CROSS_CHECK_TABLE,
    DEPARTMENTS_TABLE,
    FINDING_HEADS,
    FINDINGS_TABLE,
    GRADES_TABLE,
    GUIDE,
    HEADLINE_COUNTS_TABLE,
    HEADLINE_GRADES_TABLE,
    NOTE_HEADS,
    QUESTIONS_TABLE,
    RECORDS_TABLE,
    REQUEST,
    ROUNDS_HEADS,
    ROUNDS_TABLE,
    SETTING_HEADS,
    SETTINGS_TABLE,
    SLIP_HEADS,
    SLIP_TABLE,
    STAMP,
    SUMMARY_HEADS,
    goal_sheet,
    table_name,
)
from .book import OpenBook
from .columns import id_column
from .tables import HALF, Table, clean, excel_tables, plain_ranges

_WRITTEN: Final = (FINDINGS_TABLE, CROSS_CHECK_TABLE)
"""Tables that are only written: those that have their names are not looked into."""

INDICATORS, MEASURES, TEXTS = "indicators", "measures", "texts"
COUNTS, SUMMARIES = "counts", "summaries"
_KIND_OF: Final = {
    Level.INDICATOR: INDICATORS,
    Level.MEASURE: MEASURES,
    Level.GOAL: TEXTS,
    Level.QUESTION: QUESTIONS_TABLE,
}
_ID_HEADS: Final = {_KIND_OF[field.level]: field.head for field in STANDARD if field.key == ID}


@dataclass(frozen=True)
class OurTables:
    """The workbook's tables by our names, more that are the same (copies), and every table."""

    by_name: Mapping[str, Table]
    copies: Mapping[str, tuple[Table, ...]] = field(default_factory=dict)
    every: Sequence[Table] = ()

    def areas(self) -> dict[str, Area]:
        """Return where our tables stand, by our names."""
        return {
            name: Area(
                *(t.sheet.title, t.header_row, t.first_column, t.last_row, t.last_column),
                table=t.name,
            )
            for name, t in self.by_name.items()
        }


def find_our_tables(book: OpenBook, plan: Plan) -> OurTables:
    """Return which tables of the workbook are ours.

    Plain ranges are looked for on every sheet where one of our tables is missing, else only on
    sheets that have none of them.
    """
    kinds, named = _kinds(plan), excel_tables(book.sheets)
    sorting = _Sorting(plan, kinds, named)
    ours = sorting.result()
    passed = {REQUEST, GUIDE, STAMP}
    if sorting.expected() <= ours.by_name.keys():
        passed |= {table.sheet.title for table in ours.by_name.values()}
    loose = [
        table
        for sheet in book.sheets
        if sheet.title not in passed
        for table in plain_ranges(
            sheet, list(kinds.values()), [t for t in named if t.sheet is sheet]
        )
    ]
    if loose:
        ours = _Sorting(plan, kinds, [*named, *loose]).result()
    if DEPARTMENTS_TABLE in ours.by_name:
        return ours
    lists = _department_list(ours.by_name.get(SETTINGS_TABLE))
    return replace(ours, by_name={**ours.by_name, **lists})


def _kinds(plan: Plan) -> dict[str, frozenset[str]]:
    """Return the (cleaned) headings of every kind of table; of a single one no kind is known."""
    heads: dict[str, Sequence[str]] = {
        INDICATORS: [field.head for field in indicator_fields(plan, "kpi")],
        MEASURES: [field.head for field in measure_fields(plan)],
        SETTINGS_TABLE: SETTING_HEADS,
        ASSIGNMENTS_TABLE: ASSIGNMENT_HEADS,
        COUNTS: COUNT_HEADS,
        SUMMARIES: SUMMARY_HEADS,
        CROSS_CHECK_TABLE: CROSS_CHECK_HEADS,
        FINDINGS_TABLE: FINDING_HEADS,
        RECORDS_TABLE: RECORD_HEADS,
        SLIP_TABLE: SLIP_HEADS,
        ROUNDS_TABLE: ROUNDS_HEADS,
        QUESTIONS_TABLE: [field.head for field in QUESTION_FIELDS],
        **NOTE_HEADS,
    }
    if of_goals := goal_fields(plan):
        heads[TEXTS] = [field.head for field in of_goals]
    return {kind: frozenset(map(clean, words)) for kind, words in heads.items()}


class _Sorting:
    """Sorts tables by what they are."""

    def __init__(
        self, plan: Plan, kinds: Mapping[str, frozenset[str]], tables: Sequence[Table]
    ) -> None:
        self.plan, self.all = plan, tables
        self.of_kind: dict[str, list[Table]] = {kind: [] for kind in kinds}
        self.lists: list[Table] = []
        self.keys = frozenset(clean(row.setting.key) for row in rows())
        for table in tables:
            kind = table.name if table.name in _WRITTEN else _kind(table, kinds)
            if kind:
                self.of_kind[kind].append(table)
            elif [*table.columns] == [DEPARTMENT_HEAD]:
                self.lists.append(table)
        self.names = {
            **{i.id: table_name(i.kind, i.goal) for i in plan.indicators()},
            **{id_: table_name("measures", m.goal) for id_, m in plan.measures.items()},
        }
        if goal_fields(plan):
            self.names |= {g.id: table_name("texts", g.number) for g in plan.goals}

    def expected(self) -> set[str]:
        """Return the names of the tables without which a workbook cannot be read."""
        counted = (table_name("counts", g.number) for g in self.plan.goals if g.kpi_counts)
        return {*self.names.values(), *counted, SETTINGS_TABLE, DEPARTMENTS_TABLE}

    def result(self) -> OurTables:
        ranked = {name: _ranked(name, tables) for name, tables in self._candidates().items()}
        tables = {name: same[0] for name, same in ranked.items()}
        copies = {name: tuple(same[1:]) for name, same in ranked.items() if same[1:]}
        for goal in self.plan.goals:
            if goal.kpi_counts is None:
                continue
            name = table_name("counts", goal.number)
            if same := self._counts(goal.number, tables.get(table_name("headline", goal.number))):
                tables[name] = same[0]
                copies |= {name: tuple(same[1:])} if same[1:] else {}
        taken = {id(t) for t in (*tables.values(), *(t for ts in copies.values() for t in ts))}
        ours = {
            *self.expected(),
            ASSIGNMENTS_TABLE,
            *NOTE_HEADS,
            RECORDS_TABLE,
            SLIP_TABLE,
            QUESTIONS_TABLE,
            *_WRITTEN,
            COUNTS_TABLE,
            HEADLINE_COUNTS_TABLE,
            GRADES_TABLE,
            HEADLINE_GRADES_TABLE,
            ROUNDS_TABLE,
            *_together(self.plan),
        }
        for table in self.all:
            if table.name in ours - tables.keys() and id(table) not in taken:
                tables[table.name] = table
        return OurTables(tables, copies, self.all)

    def _candidates(self) -> dict[str, list[tuple[int, Table]]]:
        """Return the tables that may be ours by our names, each with the number of its ids."""
        candidates: dict[str, list[tuple[int, Table]]] = {}
        for kind in (INDICATORS, MEASURES, TEXTS):
            for table in self.of_kind.get(kind, ()):
                name, ids = self._name(table, kind)
                if name:
                    candidates.setdefault(name, []).append((ids, table))
        for table in self.of_kind[SETTINGS_TABLE]:
            ids = sum(clean(value) in self.keys for value in _column(table, SETTING_HEADS[0]))
            if ids or table.name == SETTINGS_TABLE:
                candidates.setdefault(SETTINGS_TABLE, []).append((ids, table))
        for table in self.of_kind[ASSIGNMENTS_TABLE]:
            there = {clean(value) for value in _column(table, ASSIGNMENT_HEADS[0])}
            candidates.setdefault(ASSIGNMENTS_TABLE, []).append(
                (len(there & self.names.keys()), table)
            )
        for name in (
            *NOTE_HEADS,
            RECORDS_TABLE,
            SLIP_TABLE,
            QUESTIONS_TABLE,
            FINDINGS_TABLE,
            CROSS_CHECK_TABLE,
            ROUNDS_TABLE,
        ):
            if self.of_kind[name]:
                candidates[name] = [(0, table) for table in self.of_kind[name]]
        for table in self.of_kind[SUMMARIES]:
            candidates.setdefault(_summary_name(table), []).append((0, table))
        if self.lists:
            candidates[DEPARTMENTS_TABLE] = [(0, table) for table in self.lists]
        return {name: _whole(tables) for name, tables in candidates.items()}

    def _name(self, table: Table, kind: str) -> tuple[str, int]:
        """Return the name that most ids of the table are of, and how many different ones."""
        ids: dict[str, set[str]] = {}
        for value in id_values(table, kind, self.names):
            if (id_ := clean(value)) in self.names:
                ids.setdefault(self.names[id_], set()).add(id_)
        if ids:
            name = max(ids, key=lambda name: (len(ids[name]), name == table.name))
            return name, len(ids[name])
        return (table.name, 0) if table.name in self.names.values() else ("", 0)

    def _counts(self, goal: int, headline: Table | None) -> list[Table]:
        """Return the tables of a goal's counts: on its sheet, and those that have its name."""
        name = table_name("counts", goal)
        title = headline.sheet.title if headline else goal_sheet(goal)
        tables = self.of_kind[COUNTS]
        here = [t for t in tables if t.sheet.title == title or t.name == name]
        copies = [
            t for t in tables if t not in here and t.name.startswith(name) and _is_copy(t, name)
        ]
        return _ranked(name, [(t.sheet.title == title, t) for t in (*here, *copies)])


def _together(plan: Plan) -> Iterator[str]:
    """Yield the names of the tables that show what several values come to."""
    for goal in plan.goals if plan.together else ():
        yield from (table_name(f"{kind}_together", goal.number) for kind in KIND_LABELS)


def id_values(table: Table, kind: str, known: Collection[str]) -> Iterator[object]:
    """Yield what stands in the column of ids; without its heading, in the one that has most."""
    column = table.column(_ID_HEADS[kind]) or id_column(table, known)
    if column:
        yield from (table.sheet.value(row, column) for row in table.rows())


def _kind(table: Table, kinds: Mapping[str, frozenset[str]]) -> str:
    heads = frozenset(table.columns)
    shares = {kind: len(heads & words) / len(words) for kind, words in kinds.items()}
    best = max(shares, key=lambda kind: (shares[kind], len(kinds[kind])))
    return best if shares[best] >= HALF else ""


def _whole(tables: list[tuple[int, Table]]) -> list[tuple[int, Table]]:
    """Leave out extracts: tables with less than half as many ids as the fullest one."""
    most = max(ids for ids, _ in tables)
    return [(ids, table) for ids, table in tables if 2 * ids >= most]


def _ranked(name: str, tables: Sequence[tuple[int, Table]]) -> list[Table]:
    """Return the tables, the one to be read first."""

    def rank(candidate: tuple[int, Table]) -> tuple[int, bool, bool, bool]:
        ids, table = candidate
        return -ids, table.name != name, not _is_copy(table, name), not table.name

    return [table for _, table in sorted(tables, key=rank)]


def _is_copy(table: Table, name: str) -> bool:
    """Return whether the table has our name with a number behind it, as programs give copies."""
    return table.name.startswith(name) and table.name[len(name) :].strip("_").isdigit()


def _summary_name(table: Table) -> str:
    """Return which table of counts it is: its own name, or the section above, says so."""
    if table.name in (COUNTS_TABLE, HEADLINE_COUNTS_TABLE):
        return table.name
    above = range(table.header_row - 1, max(table.header_row - 4, 0), -1)
    words = [str(table.sheet.value(row, table.first_column) or "") for row in above]
    section = next((word for word in words if word), table.name)
    return HEADLINE_COUNTS_TABLE if "数値目標" in section else COUNTS_TABLE


def _column(table: Table, head: str) -> Iterator[object]:
    if column := table.column(head):
        yield from (table.sheet.value(row, column) for row in table.rows())


def _department_list(settings: Table | None) -> dict[str, Table]:
    """Return the list of departments below (or beside) 設定 where it is a plain range now."""
    if settings is None:
        return {}
    sheet = settings.sheet
    for row, values in sheet.filled_rows():
        for column, value in values.items():
            alone = not (values.get(column - 1) or values.get(column + 1))
            if clean(value) == DEPARTMENT_HEAD and alone:
                end = settings.header_row - 1 if settings.header_row > row else sheet.last_row
                return {DEPARTMENTS_TABLE: Table("", sheet, row, column, column, end)}
    return {}
