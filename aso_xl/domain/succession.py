"""次の総合戦略: which indicators of a new plan go on from those of the plan before, and from where.

The rule. An indicator goes on from the one whose number it names (``was``), and nobody else does;
else from the one of the same name and unit, of its own kind where there are several. It begins where
that one ended: with its last confirmed value. A baseline that the new plan states stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from .achievement import Achievement
from .confirming import printed
from .ledger import Ledger
from .numerals import FiscalYear
from .plan import STILL_TO_COME, Actual, Indicator, Plan
from .text import bare


class Treatment(StrEnum):
    """What becomes of the last value of an indicator that goes on, in words for staff."""

    OFFERED = "基準値にしました(案)"
    SAME = "定義の基準値と同じです"
    STATED = "定義の基準値を使います(前期の実績と違います)"
    PRINTED = "定義が文字で印字する基準値を使います"
    JOINED = "合計・平均・最大の値のため、基準値にしません"
    NONE = "前期に確定した数値がありません"
    UNITS = "単位が違うため、基準値にしません(factor に掛ける数を書くと換算します)"
    UNCLEAR = "当てはまる前期の指標が2つ以上あります(was に前の番号を書いてください)"


@dataclass(frozen=True)
class LastValue:
    """The last value of an indicator, and the year that it is of."""

    value: Decimal
    year: FiscalYear


@dataclass(frozen=True)
class Successor:
    """An indicator of the new plan, the one it goes on from (None: several might be), the last value
    of that, in the unit of now where it can be converted, and how it was judged last.
    """

    new: Indicator
    old: Indicator | None
    last: LastValue | None
    judged: Achievement | None
    treatment: Treatment


@dataclass(frozen=True)
class Ended:
    """An indicator that does not go on, its last value, and how it was judged last."""

    old: Indicator
    last: LastValue | None
    judged: Achievement | None

    @property
    def id(self) -> str:
        return self.old.id


@dataclass(frozen=True)
class Succession:
    """What of a plan goes on in the next: ``round`` is the last confirmed one.

    ``begun`` are indicators without one to go on from, ``ended`` those that do not go on.
    """

    round: FiscalYear
    successors: tuple[Successor, ...]
    begun: tuple[Indicator, ...]
    ended: tuple[Ended, ...]

    @property
    def offered(self) -> tuple[Successor, ...]:
        return tuple(each for each in self.successors if each.treatment is Treatment.OFFERED)


def succession(new: Plan, ledger: Ledger, round_: FiscalYear) -> Succession:
    """Return what goes on of the plan of a workbook, by the record of its last confirmed round."""
    values, before = _LastValues(ledger, round_), ledger.records[round_].plan
    named = {id_ for own in new.indicators() for id_ in own.was}
    came_of = {own.id: tuple(_came_of(own, before, named)) for own in new.indicators()}
    gone_on = {old.id for olds in came_of.values() for old in olds}
    return Succession(
        round_,
        tuple(
            _successor(own, olds, values)
            for own in new.indicators()
            if (olds := came_of[own.id]) and not own.rule.is_typed
        ),
        tuple(own for own in new.indicators() if not came_of[own.id]),
        tuple(
            Ended(own, values.of(own), values.judged(own))
            for own in before.indicators()
            if own.id not in gone_on
        ),
    )


class _LastValues:
    """The last values up to a confirmed round: as recorded, corrected, or published since."""

    def __init__(self, ledger: Ledger, round_: FiscalYear) -> None:
        self._now, self._then, self._round = ledger, printed(ledger, round_), round_
        self._summary = ledger.records[round_].summary
        self._onward = ledger.onward_from(self._then.plan)
        self._corrected = {(each.id, each.round) for each in ledger.corrections if each.reason}

    def judged(self, own: Indicator) -> Achievement:
        return self._summary.achievements[own.id]

    def of(self, own: Indicator) -> LastValue | None:
        """Return the last value of an indicator; of one whose values are joined what they came to."""
        if own.aggregate != "latest":
            judged = self.judged(own)
            if judged.value is None or judged.value_year is None:
                return None
            return LastValue(judged.value, judged.value_year)
        recorded = self._then.actuals[own.id]
        for round_ in sorted((r for r in recorded if r <= self._round), reverse=True):
            value = self._known(own, round_, recorded[round_]).value
            if value is not None:
                return LastValue(value, round_ + -own.lag)
        return None

    def _known(self, own: Indicator, round_: FiscalYear, recorded: Actual) -> Actual:
        """Return what is known now of an actual, in the unit of the record."""
        link = self._onward.alone(own.id)
        now = self._now.actuals.get(link.after, {}).get(round_) if link else None
        if link is None or now is None or now.value is None:
            return recorded
        is_corrected = (link.after, round_) in self._corrected
        if recorded.mark in STILL_TO_COME or is_corrected:
            return Actual(link.inverted.convert(now.value))
        return recorded


def _successor(new: Indicator, olds: tuple[Indicator, ...], values: _LastValues) -> Successor:
    if len(olds) > 1:
        return Successor(new, None, None, None, Treatment.UNCLEAR)
    (old,) = olds
    last = values.of(old)
    if last and new.factor is not None and bare(old.unit) != bare(new.unit):
        last = replace(last, value=last.value * new.factor)
        old_unit = new.unit
    else:
        old_unit = old.unit
    treatment = _treatment(new, last, is_joined=old.aggregate != "latest", unit=old_unit)
    return Successor(new, old, last, values.judged(old), treatment)


def _treatment(new: Indicator, last: LastValue | None, *, is_joined: bool, unit: str) -> Treatment:
    if new.printed_baseline:
        return Treatment.PRINTED
    if last is None:
        return Treatment.NONE
    if bare(unit) != bare(new.unit):
        return Treatment.UNITS
    if new.baseline is not None:
        return Treatment.SAME if new.baseline == last.value else Treatment.STATED
    return Treatment.JOINED if is_joined else Treatment.OFFERED


def _came_of(own: Indicator, before: Plan, named: Collection[str]) -> Iterator[Indicator]:
    """Yield as what an indicator stood in the plan before; ``named`` are the numbers that some
    indicator of the new plan names.
    """
    if was := [before.by_id[id_] for id_ in own.was if id_ in before.by_id]:
        yield from was
        return
    free = (old for old in before.indicators() if old.id not in named)
    alike = [old for old in free if _about(old) == _about(own)]
    yield from [old for old in alike if old.kind == own.kind] or alike


def _about(indicator: Indicator) -> tuple[str, str]:
    return bare(indicator.name), bare(indicator.unit)
