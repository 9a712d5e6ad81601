"""提出票: a confirmation that nobody has signed, or of figures that are still to come."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import SLIP_UNFINISHED, SLIP_UNSIGNED
from ..ledger import Ledger
from ..numerals import FiscalYear
from ..slip import CONFIRMED, STATE, TYPING, Slip, rows
from .issue import Issue, issue


def check(ledger: Ledger, round_: FiscalYear) -> Iterator[Issue]:
    """Yield what a confirmed slip lacks, at its state."""
    slip, cell = ledger.slip, ledger.slip_cells.get(STATE)
    if slip is None or cell is None or not slip.is_confirmed:
        return
    if blank := _unsigned(slip):
        yield issue(SLIP_UNSIGNED, cell, state=CONFIRMED, blank="と".join(blank))
    asked = (figure for figure in ledger.every_figure() if figure.round == round_)
    if count := sum(figure.cell.is_blank for figure in asked):
        yield issue(
            SLIP_UNFINISHED, cell, state=CONFIRMED, typing=TYPING, round=round_, count=count
        )


def _unsigned(slip: Slip) -> list[str]:
    keys = {row.path[0]: row.setting.key for row in rows()}
    return [keys[name] for name in ("by", "on") if not getattr(slip, name)]
