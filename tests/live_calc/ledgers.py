"""Ledgers of an open workbook, of its saved copy, and what they say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

import xlwings

from aso_xl.domain.cells import Cell, Row
from aso_xl.domain.checks import check
from aso_xl.domain.ledger import Ledger
from aso_xl.excel.buttons import live
from aso_xl.last_net import log_file
from aso_xl.workbook.read.reading import read

from .calls import Calls


def saved(book: xlwings.Book) -> Ledger:
    with live.copy_of(book) as copy:
        return read(copy)


def bare(ledger: Ledger) -> Ledger:
    """Return a ledger without number formats: of them the port promises only the percentages'."""

    def cells(found: Mapping[str, Cell]) -> dict[str, Cell]:
        return {field: replace(each, number_format="General") for field, each in found.items()}

    def row(found: Row) -> Row:
        return replace(found, cells=cells(found.cells))

    return replace(
        ledger,
        rows={id_: row(each) for id_, each in ledger.rows.items()},
        measures={id_: row(each) for id_, each in ledger.measures.items()},
        strays=tuple(map(row, ledger.strays)),
        setting_cells=cells(ledger.setting_cells),
        count_cells={
            goal: tuple(replace(each, number_format="General") for each in pair)
            for goal, pair in ledger.count_cells.items()
        },
    )


def types(ledger: Ledger) -> list[type]:
    """Return the type of every value: 1, 1.0 and True are equal."""
    rows = (*ledger.rows.values(), *ledger.measures.values(), *ledger.strays)
    return [type(each.value) for row in rows for each in row.cells.values()]


def differing(ledger: Ledger, other: Ledger) -> list[object]:
    """Return what two ledgers say otherwise: names of fields, and in their mappings the keys."""
    found: list[object] = []
    for name in (field.name for field in fields(Ledger)):
        mine, theirs = getattr(ledger, name), getattr(other, name)
        if mine != theirs and isinstance(mine, Mapping):
            keys = [key for key in {**mine, **theirs} if mine.get(key) != theirs.get(key)]
            found += [(name, key, mine.get(key), theirs.get(key)) for key in keys]
        elif mine != theirs:
            found.append((name, mine, theirs))
    return found


def assert_same(ledger: Ledger, other: Ledger) -> None:
    assert not (found := differing(bare(ledger), bare(other))), found
    assert bare(ledger) == bare(other)
    assert types(ledger) == types(other)
    assert check(ledger, ledger.settings.round) == check(other, other.settings.round)


def copies(calls: Calls) -> int:
    return calls.names["BookApi.SaveCopyAs"]


def read_live(book: xlwings.Book, calls: Calls) -> tuple[Ledger, int]:
    """Return what the open workbook holds and how many copies were needed for it."""
    calls.reset()
    ledger = live.ledger_of(book)
    assert not log_file().exists(), log_file().read_text()
    return ledger, copies(calls)
