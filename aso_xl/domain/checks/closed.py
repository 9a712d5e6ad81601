"""What is typed in rounds in which nothing is asked for an indicator: it is not judged."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import NOT_ASKED
from ..ledger import Ledger
from ..numerals import is_no_value
from ..plan import Indicator
from .issue import Issue, issue


def check(ledger: Ledger) -> Iterator[Issue]:
    """Yield the cells that are filled although nothing is asked; the sheets show 「－」 there."""
    for indicator in ledger.plan.indicators():
        row = ledger.rows.get(indicator.id)
        for round_ in ledger.plan.rounds if row else ():
            cell = row.cells.get(str(round_)) if row else None
            if cell is None or cell.is_blank or is_no_value(cell.text):
                continue
            if not indicator.is_asked(round_):
                yield issue(NOT_ASKED, cell, indicator, round_, asked=_asked(indicator))


def _asked(indicator: Indicator) -> str:
    """Return the rounds in which an indicator is asked: 「R8から」「R8からR10まで」."""
    since = f"{indicator.since}から" if indicator.since else ""
    return since + (f"{indicator.until}まで" if indicator.until else "")
