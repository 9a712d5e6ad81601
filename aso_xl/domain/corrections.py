"""Figures of confirmed rounds that are others now, with the reason that is given for it, if any."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from .cells import Cell
from .figures import Figures
from .lineage import Descent, Lineage
from .numerals import FiscalYear
from .plan import BLANK, STILL_TO_COME, Actual, Mark, Plan, Verdict
from .record import Correction, RoundRecord, Written
from .record_heads import ID, REASON, YEAR
from .revising import as_of

Reasons = Mapping[tuple[str, str], str]
"""What is typed as 訂正理由, by round and id."""

Onward = Callable[[Plan], Lineage]
"""Says what of an earlier version of the plan goes on as what now."""


def reasons_in(lines: tuple[Mapping[str, Cell], ...]) -> Reasons:
    """Return the reasons that are typed in the rows of 確定記録."""
    return {
        (line[YEAR].text, line[ID].text): line[REASON].text
        for line in lines
        if YEAR in line and ID in line and REASON in line and line[REASON].text
    }


def corrections(
    plan: Plan,
    figures: Figures,
    records: Mapping[FiscalYear, RoundRecord],
    reasons: Reasons,
    onward_from: Onward,
    baselines: Iterable[Correction] = (),
) -> Iterator[Correction]:
    """Yield what differs from the records, whether a reason is given or not, by the ids of ``plan``.

    ``baselines`` are those that were typed over the definition's.

    A figure that was 未公表 or 集計中 and is known now is no correction; what a revision of the
    strategy divided, united or dropped cannot be compared.
    """
    typed = {each.id: each for each in baselines}
    for each in _baselines(plan, records, reasons, onward_from):
        own = typed.pop(each.id, None)
        yield replace(each, reason=own.reason) if own else each
    yield from typed.values()
    for round_, record in records.items():
        onward = onward_from(record.plan)
        for id_ in record.plan.by_id:
            link = onward.alone(id_)
            figure = figures.get(link.after, {}).get(round_) if link else None
            if link is None or figure is None or figure.cell.is_unclear:
                continue
            before = converted(actual_of(record.rows.get(id_, {}).get(str(round_))), link)
            now = figure.actual
            if before == now or (before.mark in STILL_TO_COME and now.value is not None):
                continue
            reason = reasons.get((str(round_), id_), "")
            yield Correction(link.after, round_, before, now, reason)


def converted(actual: Actual, link: Descent) -> Actual:
    """Return an actual in the unit that the indicator has later."""
    return actual if actual.value is None else replace(actual, value=link.convert(actual.value))


def actual_of(written: Written | None) -> Actual:
    """Return the actual that a record holds; what could not be read was none."""
    if isinstance(written, Decimal):
        return Actual(written)
    if written in set(Mark):
        return Actual(mark=Mark(written))
    return Actual(verdict=Verdict(written)) if written in set(Verdict) else BLANK


def _baselines(
    plan: Plan,
    records: Mapping[FiscalYear, RoundRecord],
    reasons: Reasons,
    onward_from: Onward,
) -> Iterator[Correction]:
    """Yield the baselines that are others than in the first record that has one.

    One that a revision of the strategy set from a later round on is no correction.
    """
    seen = set[str]()
    for record in records.values():
        held, onward = as_of(plan, record.round).by_id, onward_from(record.plan)
        for id_, then in record.plan.by_id.items():
            link = onward.alone(id_)
            now = held.get(link.after) if link else None
            if now is None or now.id in seen or then.unit != now.unit:
                continue
            if then.baseline is not None and then.baseline != now.baseline:
                seen.add(now.id)
                reason = reasons.get((str(record.round), id_), "")
                yield Correction(now.id, None, Actual(then.baseline), Actual(now.baseline), reason)
