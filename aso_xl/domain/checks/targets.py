"""Targets of single rounds that do not lead to the final one."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import TARGETS_ASTRAY
from ..fields import TARGET
from ..ledger import Ledger
from ..shown import show_asked, show_written
from ..targets import is_astray
from .issue import Issue, issue


def check(ledger: Ledger) -> Iterator[Issue]:
    """Yield a finding at the target of every indicator whose targets of the rounds go elsewhere."""
    for indicator in ledger.plan.indicators():
        row = ledger.rows.get(indicator.id)
        if row and is_astray(indicator):
            steps = (f"{year} {show_written(indicator, v)}" for year, v in indicator.targets)
            yield issue(
                TARGETS_ASTRAY,
                *(row.cells.get(TARGET), indicator),
                targets="、".join(steps),
                expected=show_asked(indicator),
            )
