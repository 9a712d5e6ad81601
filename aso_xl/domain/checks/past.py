"""Figures of rounds before the evaluated one that are others than when they were sent or merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ..catalogue import PAST_CHANGED
from ..cells import Cell
from ..entry import read
from ..figures import EnteredFigure
from ..ledger import Ledger
from ..numerals import FiscalYear
from ..plan import STILL_TO_COME
from ..text import seen
from .issue import Issue, issue, typed


def check(ledger: Ledger, round_: FiscalYear) -> Iterator[Issue]:
    """Yield a finding per past figure that was changed; one that only now is known is none."""
    if ledger.past is None:
        return
    for figure in ledger.every_figure():
        before = ledger.past.figures.get(figure.indicator.id, {}).get(str(figure.round))
        if figure.round in ledger.records:  # said of the record
            continue
        if figure.round < round_ and before is not None and not figure.cell.is_unclear:
            was = replace(figure, cell=_cell(figure.cell, before))
            was = replace(was, reading=read(was.cell, was.indicator))
            if _is_another(was, figure):
                at = (figure.cell, figure.indicator, figure.round)
                then, now = typed(was.cell), typed(figure.cell) or "空欄"
                yield issue(PAST_CHANGED, *at, since=ledger.past.since, before=then, now=now)


def _cell(now: Cell, value: str | Decimal) -> Cell:
    stored = float(value) if isinstance(value, Decimal) else value
    return Cell(now.sheet, now.address, stored, now.number_format)


def _is_another(was: EnteredFigure, now: EnteredFigure) -> bool:
    if was.actual.mark in STILL_TO_COME and now.value is not None:
        return False
    if was.actual != now.actual:
        return True
    return was.actual.is_blank and seen(typed(was.cell) or "") != seen(typed(now.cell) or "")
