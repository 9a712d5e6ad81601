"""The rounds of a plan so far: what each confirmed one came to, and the one that is evaluated now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .ledger import Ledger
from .numerals import FiscalYear
from .plan import Indicator
from .record import RoundRecord
from .renumbering import summary_in
from .summary import Summary


@dataclass(frozen=True)
class Step:
    """What a round came to; ``is_confirmed`` is False of the one that is judged now."""

    summary: Summary
    is_confirmed: bool

    @property
    def round(self) -> FiscalYear:
        return self.summary.round


def steps(ledger: Ledger, summary: Summary) -> tuple[Step, ...]:
    """Return the confirmed rounds before the evaluated one, and that; () without any before it.

    A round that was confirmed only after the evaluated one is left out, so that a document made of
    a record says what it said on its day.
    """
    own = ledger.records.get(summary.round)
    plan = own.plan if own else ledger.plan
    before = [
        Step(summary_in(plan, each, ledger.onward_from(each.plan, plan)), True)
        for each in _known(ledger, summary.round)
    ]
    now = Step(summary, summary.round in ledger.records)
    return (*before, now) if before else ()


def by_round(ledger: Ledger, now: Summary) -> dict[FiscalYear, Step | None]:
    """Return every round of the plan: confirmed, else evaluated ``now``, else None."""
    found: dict[FiscalYear, Step | None] = dict.fromkeys(ledger.plan.rounds)
    found[now.round] = Step(now, False)
    return found | {r: Step(each.summary, True) for r, each in ledger.records.items() if r in found}


def values_until(
    ledger: Ledger, indicator: Indicator, steps: tuple[Step, ...]
) -> dict[FiscalYear, Decimal]:
    """Return the numbers that stand for an indicator in these rounds, by the year that they are of."""
    actuals = ledger.actuals.get(indicator.id, {})
    return {
        step.round + -indicator.lag: value
        for step in steps
        if indicator.is_asked(step.round)
        and step.round in actuals
        and (value := actuals[step.round].value) is not None
    }


def _known(ledger: Ledger, round_: FiscalYear) -> Iterator[RoundRecord]:
    """Yield the records of earlier rounds, the oldest first, as they were known on the day."""
    own = ledger.records.get(round_)
    for earlier, record in sorted(ledger.records.items(), key=lambda each: each[0].year):
        if earlier < round_ and (own is None or record.at <= own.at):
            yield record
