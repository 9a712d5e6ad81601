"""The cells of a round in a master: its figures, and the texts that are written beside them."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.cells import Cell
from ..domain.fields import fields_of, notes
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.plan import STILL_TO_COME
from ..workbook.write.writing import CellLock


def locks_of(ledger: Ledger, round_: FiscalYear, *, is_locked: bool) -> Iterator[CellLock]:
    """Yield what locks (or opens) the cells of a round.

    A figure that is still to come stays open. Texts are only those of the round set in 設定.
    """
    for cell in _cells(ledger, round_, is_locked=is_locked):
        yield CellLock(cell.sheet, cell.address, is_locked)


def _cells(ledger: Ledger, round_: FiscalYear, *, is_locked: bool) -> Iterator[Cell]:
    for by_round in ledger.figures.values():
        figure = by_round.get(round_)
        if figure and not (is_locked and figure.actual.mark in STILL_TO_COME):
            yield figure.cell
    if round_ == ledger.settings.round:
        for row in ledger.every_row():
            for field in notes(fields_of(ledger.plan, row.id)):
                if cell := row.cells.get(field.key):
                    yield cell
