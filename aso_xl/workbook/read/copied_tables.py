"""Tables that stand twice: named with their places, and what was typed into the copy only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ...domain.catalogue import TABLE_COPIED, TABLE_DOUBLED
from ...domain.cells import Cell
from ...domain.fields import DEPARTMENT_HEAD
from ...domain.ledger import IN_A_COPY, Oddity, Unread
from ..layout import (
    ASSIGNMENT_HEADS,
    ASSIGNMENTS_TABLE,
    CAME_HEAD,
    CHOICE_HEAD,
    CONFLICTS_TABLE,
    COUNT_HEADS,
    COUNTS_TABLE,
    CROSS_CHECK_TABLE,
    DEPARTMENTS_TABLE,
    FINDINGS_TABLE,
    HEADLINE_COUNTS_TABLE,
    OTHER_HEAD,
    SETTING_HEADS,
    SETTINGS_TABLE,
    table_name,
)
from .our_tables import OurTables
from .tables import Table, clean

_SHOWN_ONLY: Final = frozenset(
    {COUNTS_TABLE, HEADLINE_COUNTS_TABLE, CROSS_CHECK_TABLE, FINDINGS_TABLE}
)
"""Tables in which nobody types: a copy of them takes nothing away."""

_KEYS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    ASSIGNMENTS_TABLE: (ASSIGNMENT_HEADS[:1], (DEPARTMENT_HEAD,)),
    SETTINGS_TABLE: (SETTING_HEADS[:1], SETTING_HEADS[1:2]),
    CONFLICTS_TABLE: (
        ("指標", "項目", "年度", CAME_HEAD, "課", "ファイル"),
        (CHOICE_HEAD, OTHER_HEAD),
    ),
    **{table_name("counts", 0): (COUNT_HEADS[:1], COUNT_HEADS[1:3])},
}
"""By which headings a row is known, and under which staff type."""


@dataclass(frozen=True)
class Copies:
    """What is odd about tables that stand twice, and the typed cells of those that are not read."""

    oddities: tuple[Oddity, ...]
    unread: tuple[Unread, ...]


def read_copies(ours: OurTables) -> Copies:
    """Return a finding for every second table, and what only it holds.

    The rows of the goals' tables are compared where they are read.
    """
    oddities: list[Oddity] = []
    unread: list[Unread] = []
    for name, others in ours.copies.items():
        first = ours.by_name[name]
        for other in others:
            kind = TABLE_COPIED if name in _SHOWN_ONLY else TABLE_DOUBLED
            detail = f"{first.place} と {other.place}"
            oddities.append(Oddity(kind, other.sheet.title, other.header_address, detail=detail))
            unread += _only_there(name, first, other)
    return Copies(tuple(oddities), tuple(unread))


def _only_there(name: str, first: Table, other: Table) -> Iterator[Unread]:
    if name == DEPARTMENTS_TABLE:
        listed = {clean(cell.value) for cell in _under(first, DEPARTMENT_HEAD)}
        for cell in _under(other, DEPARTMENT_HEAD):
            if cell.text and clean(cell.value) not in listed:
                yield Unread(cell, "", DEPARTMENT_HEAD, IN_A_COPY)
        return
    kind = table_name("counts", 0) if name.startswith(table_name("counts", 0)[:-1]) else name
    if kind not in _KEYS:
        return
    heads, typed = _KEYS[kind]
    mine = dict(_rows(first, heads, typed))
    for key, cells in _rows(other, heads, typed):
        for head, cell in cells.items():
            there = mine.get(key, {}).get(head)
            if cell.text and not cell.is_formula and (there is None or there.text != cell.text):
                instead = f"{there.sheet} {there.address}" if there else ""
                yield Unread(cell, "", head, IN_A_COPY, instead)


def _rows(
    table: Table, heads: Sequence[str], typed: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], dict[str, Cell]]]:
    """Yield the rows of a table: what it is known by, and its typed cells by heading."""
    for row in table.rows():
        known = [table.column(head) for head in heads]
        key = tuple(clean(table.sheet.value(row, column)) if column else "" for column in known)
        if any(key):
            yield (
                key,
                {
                    head: table.sheet.cell(row, column)
                    for head in typed
                    if (column := table.column(head))
                },
            )


def _under(table: Table, head: str) -> Iterator[Cell]:
    column = table.column(head) or table.first_column
    return (table.sheet.cell(row, column) for row in table.rows())
