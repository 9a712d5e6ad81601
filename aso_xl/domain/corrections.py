"""Figures of confirmed rounds that are others now, with the reason that is given for it, if any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from .cells import Cell
from .figures import Figures
from .numerals import FiscalYear
from .plan import BLANK, STILL_TO_COME, Actual, Mark, Plan, Verdict
from .record import Correction, RoundRecord, Written
from .record_heads import ID, REASON, YEAR
from .revising import as_of

Reasons = Mapping[tuple[str, str], str]
"""What is typed as 訂正理由, by round and id."""


def reasons_in(lines: tuple[Mapping[str, Cell], ...]) -> Reasons:
    """Return the reasons that are typed in the rows of 確定記録."""
    return {
        (line[YEAR].text, line[ID].text): line[REASON].text
        for line in lines
        if YEAR in line and ID in line and REASON in line and line[REASON].text
    }


def corrections(
    plan: Plan, figures: Figures, records: Mapping[FiscalYear, RoundRecord], reasons: Reasons
) -> Iterator[Correction]:
    """Yield what differs from the records, whether a reason is given or not.

    A figure that was 未公表 or 集計中 and is known now is no correction.
    """
    yield from _baselines(plan, records, reasons)
    for round_, record in records.items():
        for id_ in record.plan.by_id:
            figure = figures.get(id_, {}).get(round_)
            if figure is None or figure.cell.is_unclear:
                continue
            before = actual_of(record.rows.get(id_, {}).get(str(round_)))
            now = figure.actual
            if before == now or (before.mark in STILL_TO_COME and now.value is not None):
                continue
            yield Correction(id_, round_, before, now, reasons.get((str(round_), id_), ""))


def actual_of(written: Written | None) -> Actual:
    """Return the actual that a record holds; what could not be read was none."""
    if isinstance(written, Decimal):
        return Actual(written)
    if written in set(Mark):
        return Actual(mark=Mark(written))
    return Actual(verdict=Verdict(written)) if written in set(Verdict) else BLANK


def _baselines(
    plan: Plan, records: Mapping[FiscalYear, RoundRecord], reasons: Reasons
) -> Iterator[Correction]:
    """Yield the baselines that are others than in the first record that has one.

    One that a revision of the strategy set from a later round on is no correction.
    """
    seen = set[str]()
    for record in records.values():
        held = as_of(plan, record.round).by_id
        for id_, then in record.plan.by_id.items():
            now = held.get(id_)
            if id_ in seen or now is None or then.unit != now.unit:
                continue
            if then.baseline is not None and then.baseline != now.baseline:
                seen.add(id_)
                reason = reasons.get((str(record.round), id_), "")
                yield Correction(id_, None, Actual(then.baseline), Actual(now.baseline), reason)
