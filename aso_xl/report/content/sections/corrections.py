"""訂正: confirmed figures that were published otherwise, told under the tables that show them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ....domain.entry import mark_of
from ....domain.fields import BASELINE
from ....domain.ledger import Ledger
from ....domain.numerals import FiscalYear
from ....domain.plan import Actual, Indicator
from ....domain.record import Correction
from ....domain.shown import show
from ....domain.words import NONE
from ..blocks import NoteLine
from ..origins import of_cell

CORRECTED: Final = "(訂正)"
"""Beside a value that was published otherwise."""


def correction_notes(ledger: Ledger, round_: FiscalYear, ids: Collection[str]) -> tuple[str, ...]:
    """Return a note for every correction of these indicators up to a round, with its reason."""
    return tuple(
        _note(ledger.plan.by_id[each.id], each)
        for each in ledger.corrections
        if each.reason and each.id in ids and (each.round is None or each.round <= round_)
    )


def corrected_before(ledger: Ledger, before: FiscalYear) -> tuple[str, ...]:
    """Return the notes on what is compared with a round whose figures were corrected since."""
    lines = tuple(
        _note(ledger.plan.by_id[each.id], each)
        for each in ledger.corrections
        if each.reason and (each.round == before or _stood_in(ledger, each, before))
    )
    return (*lines, "※前回の達成状況は、確定したときの値によります。") if lines else ()


def is_corrected(ledger: Ledger, id_: str, round_: FiscalYear) -> bool:
    """Return whether the figure that stands for a round is a corrected one."""
    return any(
        each.reason and (each.id, each.round) == (id_, round_)
        for each in ledger.corrections
        if ledger.actuals.get(id_, {}).get(round_) == each.now
    )


def _stood_in(ledger: Ledger, correction: Correction, before: FiscalYear) -> bool:
    """Return whether a round was confirmed by the baseline that was corrected since."""
    record = ledger.records.get(before)
    then = record.plan.by_id.get(correction.id) if record else None
    return (
        correction.round is None and then is not None and then.baseline == correction.before.value
    )


def corrected_baselines(ledger: Ledger) -> frozenset[str]:
    """Return the ids of the indicators whose baseline, as it stands, is a corrected one."""
    return frozenset(
        each.id
        for each in ledger.corrections
        if each.reason
        and each.round is None
        and each.now.value == ledger.plan.by_id[each.id].baseline
    )


def _note(indicator: Indicator, correction: Correction) -> NoteLine:
    """Return 「※「…」のR8は公表後に訂正: 418→99人(理由)」."""
    which = str(correction.round) if correction.round else "基準値"
    before, now = (
        actual_words(indicator, correction.before),
        actual_words(indicator, correction.now),
    )
    if correction.before.value is not None and correction.now.value is not None:
        before = before.removesuffix(indicator.unit)
    field = BASELINE if correction.round is None else str(correction.round)
    return NoteLine(
        f"※「{indicator.name}」の{which}は公表後に訂正: {before}→{now}({correction.reason})。",
        of_cell(indicator.id, field),
    )


def actual_words(indicator: Indicator, actual: Actual) -> str:
    """Return an actual as printed: its value or mark; 「－」 for none."""
    return mark_of(actual) or (NONE if actual.value is None else show(indicator, actual.value))
