"""The plan that a revision brings: the new definition, with what held before it in earlier rounds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..domain.continuing import continued
from ..domain.ledger import Ledger
from ..domain.lineage import FormerPlan, Lineage, PlanPart, lineage, parts
from ..domain.numerals import FiscalYear
from ..domain.plan import Indicator, Plan
from ..domain.plan_changes import PlanChanges, changes
from ..domain.revising import held
from ..errors import AsoError, DefinitionError, NoSuchRound
from ..strategies.definition import Definition, examine_tables
from ..strategies.revised_tables import with_revisions
from ..workbook.stamped_plan import plan_of


@dataclass(frozen=True)
class RevisedPlan:
    """A revision: the version ``before``, the ``definition`` that follows, what goes on as what.

    What changes holds from ``since`` on, for a ``reason``. ``taken_back`` is the last revision, where
    this one takes it back.
    """

    before: Plan
    definition: Definition
    lineage: Lineage
    since: FiscalYear
    taken_back: FormerPlan | None = None
    reason: str = ""

    @property
    def plan(self) -> Plan:
        return self.definition.plan

    @property
    def unknown(self) -> tuple[PlanPart, ...]:
        """Return what is new and names only former numbers that nothing has in the version before."""
        before = parts(self.before)
        return tuple(
            own
            for id_, own in parts(self.plan).items()
            if own.was and id_ not in self.lineage.into and not before.keys() & {*own.was}
        )

    @cached_property
    def compared(self) -> tuple[Plan, Plan]:
        """Return both versions as they hold from the revision on."""
        return _compared(self.before, self.since), _compared(self.plan, self.since)

    @cached_property
    def changes(self) -> PlanChanges:
        return changes(*self.compared, self.lineage)


def revised_plan(
    ledger: Ledger, given: Definition, since: FiscalYear | None, name: str, reason: str = ""
) -> RevisedPlan:
    """Return the plan of a master as a definition revises it, from a round on, for a reason.

    Without ``since`` that is the first round from the one in 設定 on that is not confirmed. Raise
    AsoError for a definition that cannot follow on the master's: of another municipality, without
    what is confirmed, with units whose figures cannot be converted.
    """
    before = plan_of(ledger.record["definition"])
    _refuse_other(before, given.plan, name)
    start = _start(ledger, given.plan, since, name)
    last = ledger.former[-1] if ledger.former else None
    if last and last.text == given.text:
        by = last.onward.inverted
        _refuse_lost(ledger, before, given.plan, by)
        return RevisedPlan(before, given, by, start, last, reason)
    by = lineage(before, given.plan)
    _refuse_lost(ledger, before, given.plan, by)
    _refuse_units(before, given.plan, by)
    made = dict(_revisions(before, given.plan, by, start, reason))
    return RevisedPlan(before, _with(made, given, start, name), by, start, reason=reason)


def _refuse_other(before: Plan, after: Plan, name: str) -> None:
    if (before.id, before.municipality) != (after.id, after.municipality):
        raise AsoError(
            f"{name} は{before.municipality}の「{before.short_title}」(番号 {before.id})のブックで、"
            f"定義は{after.municipality}の「{after.short_title}」(番号 {after.id})のものです。"
            "改訂では番号と市町村を変えません。定義を確かめてください。"
        )


def _start(ledger: Ledger, after: Plan, since: FiscalYear | None, name: str) -> FiscalYear:
    """Return the round from which a revision holds."""
    now = ledger.settings.round
    missing = [each for each in (now, *ledger.records) if each not in after.rounds]
    if missing:
        what = "・".join(dict.fromkeys(map(str, missing)))
        raise AsoError(
            f"{name} の評価年度と確定した年度のうち {what} が、新しい定義の評価年度(rounds)に"
            "ありません。定義に残してください。"
        )
    if since is None:
        later = [each for each in after.rounds if each >= now and each not in ledger.records]
        return later[0] if later else now
    if since not in after.rounds:
        raise NoSuchRound("新しい定義", str(since), after.rounds)
    if record := ledger.records.get(since):
        raise AsoError(
            f"{since.label}は、{record.at} に {record.by} が確定しています。"
            "--from には確定していない年度を指定してください。"
        )
    return since


def _refuse_lost(ledger: Ledger, before: Plan, after: Plan, by: Lineage) -> None:
    """Raise AsoError where a confirmed indicator is gone, saying which, and what to write."""
    confirmed: dict[str, FiscalYear] = {}
    for round_, record in ledger.records.items():
        onward = ledger.onward_from(record.plan)
        for id_ in record.plan.by_id:
            confirmed.update((link.after, round_) for link in onward.of.get(id_, ()))
    lost = [id_ for id_ in before.by_id if id_ in confirmed and id_ not in by.of]
    if lost:
        named = "、".join(f"{id_}({before.by_id[id_].name})" for id_ in lost)
        last = max(confirmed[id_] for id_ in lost)
        raise AsoError(
            f"確定した年度のある指標が、新しい定義にありません: {named}。"
            f'終わる指標は消さずに until(尋ねる最後)に最後の評価年度を書いてください(例: until = "{last}")。'
            "番号が変わった指標には was(前の番号)を書いてください。"
        )


def _refuse_units(before: Plan, after: Plan, by: Lineage) -> None:
    """Raise AsoError where a unit is another one and nothing says how figures are converted."""
    wrong = [
        f"{own.id}({old.unit or 'なし'}→{own.unit or 'なし'})"
        for own in after.indicators()
        for link in by.into.get(own.id, ())
        if (old := before.by_id.get(link.before))
        and old.unit != own.unit
        and own.factor is None
        and not own.rule.is_typed
        and not old.rule.is_typed
    ]
    if wrong:
        raise AsoError(
            f"単位が変わった指標があります: {'、'.join(wrong)}。factor(単位の倍率)に、前の値に掛ける数を"
            '書いてください(人から千人なら "0.001"、呼び名だけの変更なら "1")。'
        )


def _with(
    made: Mapping[str, Indicator], given: Definition, since: FiscalYear, name: str
) -> Definition:
    """Return the definition in which rounds before the revision keep what held in them."""
    if since == given.plan.rounds[0] or not made:
        return given
    raw = with_revisions(json.loads(given.text), made)
    definition, findings = examine_tables(raw, {}, name)
    if findings:
        raise DefinitionError(findings=findings)
    return replace(definition, entries=given.entries)


def _revisions(
    before: Plan, after: Plan, by: Lineage, since: FiscalYear, reason: str
) -> Iterator[tuple[str, Indicator]]:
    """Yield the indicators that go on from one alone, where they hold otherwise than is written."""
    for own in after.indicators():
        links = by.into.get(own.id, ())
        old = before.by_id.get(links[0].before) if len(links) == 1 else None
        if old is None:
            continue
        made = continued(old, own, links[0], since, reason)
        if made != own:
            yield own.id, made


def _compared(plan: Plan, since: FiscalYear) -> Plan:
    """Return a plan as it holds from a round on; of its revisions only those that come later."""

    def own(indicator: Indicator) -> Indicator:
        later = tuple(each for each in indicator.revised if each.since > since)
        return replace(held(indicator, since), revised=later)

    return plan.with_each(own)
