"""What was said of an earlier version of a plan, by the ids that it has in a later one (改訂)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from .achievement import Achievement
from .lineage import Lineage
from .plan import Plan
from .record import RoundRecord
from .summary import GoalSummary, Summary


def summary_in(plan: Plan, record: RoundRecord, onward: Lineage) -> Summary:
    """Return the evaluation of a record by the ids of ``plan``, in which ``onward`` says what became
    of what. What was divided, united or dropped has no place there; what was counted stays counted.
    """
    if record.plan.fingerprint == plan.fingerprint:
        return record.summary
    return _Renumbering(plan, onward).summary(record.summary)


def texts_in_order(
    texts: Mapping[str, Mapping[str, str]], onward: Lineage
) -> dict[str, dict[str, str]]:
    """Return texts by the ids of a later version, and field; those of what was united are joined."""
    found: dict[str, dict[str, str]] = {}
    for link in onward.links:
        for key, text in texts.get(link.before, {}).items():
            own = found.setdefault(link.after, {})
            own[key] = text if own.get(key, text) == text else f"{own[key]}\n{text}"
    return found


class _Renumbering:
    def __init__(self, plan: Plan, onward: Lineage) -> None:
        self.plan, self.onward = plan, onward

    def summary(self, old: Summary) -> Summary:
        return replace(
            old,
            goals=tuple(map(self._goal, old.goals)),
            achievements=self._by_id(old.achievements),
            same=tuple(filter(None, (tuple(self._ids(ids)) for ids in old.same))),
            together=self._by_id(old.together),
        )

    def _goal(self, old: GoalSummary) -> GoalSummary:
        link = self.onward.alone(old.goal.id)
        now = self.plan.by_goal.get(link.after) if link else None
        return replace(
            old,
            goal=replace(old.goal, number=now.number) if now else old.goal,
            headlines=tuple(self._all(old.headlines)),
            kpis=tuple(self._all(old.kpis)),
            again=frozenset(self._ids(old.again)),
            together=self._by_id(old.together),
        )

    def _by_id(self, old: Mapping[str, Achievement]) -> dict[str, Achievement]:
        return {each.indicator.id: each for each in self._all(old.values())}

    def _all(self, old: Iterable[Achievement]) -> Iterator[Achievement]:
        for each in old:
            if link := self.onward.alone(each.indicator.id):
                yield replace(each, indicator=replace(each.indicator, id=link.after))

    def _ids(self, old: Iterable[str]) -> Iterator[str]:
        return (link.after for id_ in old if (link := self.onward.alone(id_)))
