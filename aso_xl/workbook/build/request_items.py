"""What a department is to fill in: its indicators, 施策 and goals, each with its open cells.

お願い lists them (``request_sheet``); there is nothing that is not in the department's workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from ...domain import words
from ...domain.field_declaration import Field
from ...domain.fields import ID, goal_fields, indicator_fields, measure_fields, notes
from ...domain.numerals import FiscalYear, format_number, written_decimals
from ...domain.plan import Indicator
from ...domain.text import trimmed
from ..layout import BEFORE, BEFORE_HEADS, BEFORE_TABLE, table_name
from .before_sheet import texts_before
from .content import Contents
from .table_places import Placed, Places


class CellLink(NamedTuple):
    """A cell that may be filled in: what it is called, its sheet and address."""

    word: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class Item:
    """Something to be filled in: what was said of it the year before, its open cells, and those of
    them that may not be blank. ``before`` is a text, or where the texts of the year before stand.
    """

    id: str
    name: str
    before: str | CellLink
    links: tuple[CellLink, ...]
    blanks: tuple[str, ...]
    is_blank: bool


def items_of(
    contents: Contents, places: Places, round_: str
) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]]:
    """Return the indicators, 施策 and goals to be filled in."""
    seen = _seen_before(contents, places)
    indicators = tuple(_indicators(contents, places, FiscalYear.parse(round_)))
    measures, goals = _measures(contents, places, seen), _goals(contents, places, seen)
    return indicators, tuple(measures), tuple(goals)


def _seen_before(contents: Contents, places: Places) -> Mapping[str, CellLink]:
    """Return by id where the first text of the year before stands."""
    table = places.tables.get(BEFORE_TABLE)
    lines = enumerate(texts_before(contents)) if table else ()
    found: dict[str, CellLink] = {}
    for index, (id_, *_) in lines:
        if table and id_ not in found:
            found[id_] = CellLink(BEFORE, table.sheet, table.cell(index, BEFORE_HEADS[-1]))
    return found


def _indicators(contents: Contents, places: Places, round_: FiscalYear) -> Iterator[Item]:
    plan = contents.plan
    key = next(f.head for f in indicator_fields(plan, "kpi") if f.key == ID)
    for goal in plan.goals:
        for kind, found in (("headline", goal.headlines), ("kpi", goal.kpis)):
            name = table_name(kind, goal.number)
            for index, indicator in enumerate(found):
                value = contents.typed(indicator, round_)
                yield Item(
                    indicator.id,
                    indicator.name,
                    _value_before(contents, indicator, round_),
                    tuple(_open_cells(contents, indicator, index, places.tables[name])),
                    (_cell_of(name, str(round_), key, indicator.id),),
                    not trimmed(str(value if value is not None else "")),
                )


def _value_before(contents: Contents, indicator: Indicator, round_: FiscalYear) -> str:
    """Return what stood for the year before, as it is typed: money too in its unit."""
    before = round_ + -1
    if before not in contents.plan.rounds:
        base = indicator.baseline
        return words.NONE if base is None else _shown(indicator, base)
    actual = contents.actuals[indicator.id].get(before)
    if actual is None or (actual.value is None and actual.verdict is None):
        return str(actual.mark) if actual and actual.mark else words.NONE
    return str(actual.verdict) if actual.value is None else _shown(indicator, actual.value)


def _shown(indicator: Indicator, value: Decimal) -> str:
    places = max(indicator.decimals, written_decimals(value))
    return format_number(value, places, indicator.unit)


def figure_word(round_: FiscalYear) -> str:
    """Return what a link to the figure of a round says."""
    return f"{round_}の値"


def _open_cells(
    contents: Contents, indicator: Indicator, index: int, table: Placed
) -> Iterator[CellLink]:
    """Yield the cells of an indicator that may be filled in: this round, earlier ones, the notes."""
    open_ = [r for r in contents.plan.rounds if contents.is_open(indicator, r)]
    for round_ in reversed(open_):
        yield CellLink(figure_word(round_), table.sheet, table.cell(index, str(round_)))
    for field in notes(indicator_fields(contents.plan, indicator.kind)):
        if field.travels:
            yield CellLink(field.word, table.sheet, table.cell(index, field.head))


def _measures(contents: Contents, places: Places, seen: Mapping[str, CellLink]) -> Iterator[Item]:
    fields = measure_fields(contents.plan)
    for goal in contents.plan.goals:
        rows = [(measure.id, measure.name) for measure in goal.measures]
        name = table_name("measures", goal.number)
        yield from _texts(contents, places, seen, name, fields, rows)


def _goals(contents: Contents, places: Places, seen: Mapping[str, CellLink]) -> Iterator[Item]:
    fields = goal_fields(contents.plan)
    for goal in contents.plan.goals if fields else ():
        name, rows = table_name("texts", goal.number), [(goal.id, goal.title)]
        yield from _texts(contents, places, seen, name, fields, rows)


def _texts(
    contents: Contents,
    places: Places,
    seen: Mapping[str, CellLink],
    table: str,
    fields: Sequence[Field],
    rows: Sequence[tuple[str, str]],
) -> Iterator[Item]:
    """Yield the rows of a table in which texts are written: ids and names."""
    key = next(f.head for f in fields if f.key == ID)
    open_ = [field for field in notes(fields) if field.travels]
    asked = [field for field in open_ if field.is_asked]
    for index, (id_, name) in enumerate(rows if asked else ()):
        values = [contents.written(field, id_) for field in asked]
        placed = places.tables[table]
        yield Item(
            id_,
            name,
            seen.get(id_, words.NONE),
            tuple(CellLink(f.word, placed.sheet, placed.cell(index, f.head)) for f in open_),
            tuple(_cell_of(table, field.head, key, id_) for field in asked),
            any(not trimmed(str(v if v is not None else "")) for v in values),
        )


def _cell_of(table: str, head: str, key: str, id_: str) -> str:
    """Return a reference to a cell by id and heading, wherever sorting puts its row."""
    return f'INDEX({table}[{head}],MATCH("{id_}",{table}[{key}],0))'
