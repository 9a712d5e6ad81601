"""改訂: targets that a later version of the strategy set, told under the tables that show them."""

from __future__ import annotations

from collections.abc import Iterable

from ....domain.fields import REVISED, TARGET
from ....domain.numerals import FiscalYear
from ....domain.plan import Indicator
from ....domain.revising import revisions_until
from ....domain.shown import show_revision
from ..blocks import NoteLine
from ..origins import OfCells


def revision_notes(indicators: Iterable[Indicator], round_: FiscalYear) -> tuple[str, ...]:
    """Return a note for what was revised of each indicator up to a round, with its reason.

    「※「来訪者」はR9に改訂: 450人以上→430人以上(災害のため)。」
    """
    return tuple(
        NoteLine(
            f"※「{indicator.name}」は{revision.since}に改訂: {show_revision(indicator, revision)}"
            + (f"({revision.reason})。" if revision.reason else "。"),
            OfCells(((indicator.id, TARGET), (indicator.id, REVISED))),
        )
        for indicator in indicators
        for revision in revisions_until(indicator, round_)
    )
