"""The tables of a definition (TOML) as the rows of a definition workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..domain.numerals import FiscalYear
from ..strategies.shapes import Table
from . import sheets
from .book import Book, BookCell, BookRow, Value
from .sheets import TARGET_OF, Column


def book_of(raw: Table, entries: Table, repairs: Any = ()) -> Book:
    """Return the book of a definition's tables, the figures that come with it, and its repairs."""
    head = raw.get("plan", {})
    goals = [goal for goal in raw.get("goals", ()) if isinstance(goal, dict)]
    indicators = list(_indicators(goals))
    rounds = {key for own, _ in indicators for key in own.get("targets", {})}
    book = Book(
        {column.key: _entry(column, head.get(column.key)) for column in sheets.PLAN_ROWS},
        _departments(head),
        rounds=tuple(sorted(rounds, key=_year)),
    )
    book.rows = {
        sheets.GOALS: list(_goals(goals)),
        sheets.INDICATORS: [_indicator(own, place) for own, place in indicators],
        sheets.RELATIONS: [_relation(each) for each in raw.get("relations", ())],
        sheets.GRADES: [_row(sheets.GRADE_COLUMNS, each) for each in raw.get("grades", ())],
        sheets.FIELDS: [_row(sheets.FIELD_COLUMNS, each) for each in raw.get("fields", ())],
        sheets.REVISIONS: [row for own, _ in indicators for row in _revisions(own)],
        sheets.ENTRIES: list(_entries(entries)),
        sheets.REPAIRS: [_row(sheets.REPAIR_COLUMNS, each) for each in repairs],
    }
    return book


def _departments(head: Table) -> list[BookCell]:
    if "departments" not in head:
        return []
    return [BookCell(name) for name in head["departments"]] or [BookCell(sheets.NONE)]


def _goals(goals: Sequence[Table]) -> Iterator[BookRow]:
    for goal in goals:
        counts = goal.get("kpi_counts") or {}
        first = {"goal": goal.get("number"), "label": goal.get("label"), "name": goal.get("title")}
        yield _row(sheets.GOAL_COLUMNS, {**first, **counts, "was": goal.get("was")})
        for measure in goal.get("measures", ()):
            own = {"goal": goal.get("number"), "measure": measure.get("number")}
            yield _row(sheets.GOAL_COLUMNS, {**measure, **own})


def _indicators(goals: Sequence[Table]) -> Iterator[tuple[Table, Table]]:
    """Yield every indicator with its place: goal, 施策 and kind."""
    for goal in goals:
        place = {"goal": goal.get("number")}
        for own in goal.get("headlines", ()):
            yield own, {**place, "kind": "headline"}
        for own in goal.get("kpis", ()):
            yield own, {**place, "kind": "kpi"}
        for measure in goal.get("measures", ()):
            for own in measure.get("kpis", ()):
                yield own, {**place, "measure": measure.get("number"), "kind": "kpi"}


def _indicator(own: Table, place: Table) -> BookRow:
    row = _row(sheets.INDICATOR_COLUMNS, {**own, **place})
    for round_, value in own.get("targets", {}).items():
        row.cells[TARGET_OF + round_] = BookCell(value)
    return row


def _revisions(indicator: Table) -> Iterator[BookRow]:
    for revision in indicator.get("revised", ()):
        yield _row(sheets.REVISION_COLUMNS, {**revision, "id": indicator.get("id")})


def _relation(raw: Table) -> BookRow:
    """Return a relation as a row: what it says of one indicator stands under 指標."""
    kind, said = raw.get("kind"), dict(raw)
    match kind:
        case "derived":
            said["ids"] = [raw.get("id", "")]
        case "part":
            said["ids"] = [raw.get("part", "")]
    return _row(sheets.RELATION_COLUMNS, said)


def _row(columns: tuple[Column, ...], raw: Mapping[str, Any]) -> BookRow:
    return BookRow({column.key: _entry(column, raw.get(column.key)) for column in columns})


def _entry(column: Column, value: Any) -> BookCell:
    return BookCell(_written(column, value))


def _written(column: Column, value: Any) -> Value:
    """Return a value of a definition as it stands in a cell."""
    if isinstance(value, bool):
        return sheets.YES if value else sheets.NO
    if isinstance(value, list | tuple):
        return _listed([str(each) for each in value]) if value else None
    if column.choices and isinstance(value, str):
        return column.choices.get(value, value)
    return value if isinstance(value, str | int | float) else None


def _listed(names: list[str]) -> str:
    """Return names in one cell: a line each where one holds a separator itself."""
    plain = not any(re.search(sheets.SEPARATORS, name) for name in names)
    return (sheets.SEPARATOR if plain else "\n").join(names)


def _entries(entries: Table) -> Iterator[BookRow]:
    for kind, words in sheets.ENTRY_KINDS.items():
        for of, said in entries.get(kind, {}).items():
            if isinstance(said, dict):
                for at, value in said.items():
                    yield _entry_row(words, of, at, value)
            elif isinstance(said, list):
                for value in said:
                    yield _entry_row(words, of, None, value)
            else:
                yield _entry_row(words, of, None, said)


def _entry_row(kind: str, of: str, at: str | None, value: Value) -> BookRow:
    cells = {"kind": kind, "of": of, "at": at, "value": value}
    return BookRow({key: BookCell(each) for key, each in cells.items()})


def _year(text: str) -> int:
    try:
        return FiscalYear.parse(text).year
    except ValueError:
        return 0
