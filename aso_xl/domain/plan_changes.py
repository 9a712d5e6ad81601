"""What differs between two versions of a plan: kept, renumbered, added, removed, changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Final

from .lineage import Descent, Lineage, PlanPart, lineage, parts
from .plan import Indicator, Plan

PLAN: Final = "総合戦略"
"""The id under which a change of the plan itself is told."""

_TOLD_ELSEWHERE: Final = frozenset(
    (
        *("goals", "headlines", "measures", "own_kpis", "kpis", "fingerprint", "first"),
        *("goal", "measure", "number", "kind", "was", "factor"),
    )
)
"""Fields that hold other parts, or that a change of number says."""


@dataclass(frozen=True)
class Changed:
    """A value of the plan, a goal, 施策 or indicator (by its id now) that is another one."""

    id: str
    field: str
    before: Any
    after: Any

    @property
    def is_end(self) -> bool:
        """Return whether an indicator is no longer asked after a round that is newly said."""
        return self.field == "until" and self.after is not None


@dataclass(frozen=True)
class PlanChanges:
    """What differs between two versions; ids are of goals, 施策 and indicators.

    ``kept`` are the indicators that go on under their number, ``ended`` those of them that are no
    longer asked after a round that is newly said.
    """

    kept: tuple[str, ...]
    renumbered: tuple[Descent, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]

    @property
    def ended(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.changed if each.is_end)

    @property
    def is_none(self) -> bool:
        """Return whether both are the same."""
        return not (self.renumbered or self.added or self.removed or self.changed)


def changes(before: Plan, after: Plan, by: Lineage | None = None) -> PlanChanges:
    """Return what differs between a version and the next, by what goes on as what."""
    by = by or lineage(before, after)
    old, new = parts(before), parts(after)
    return PlanChanges(
        tuple(
            link.after
            for link in by.links
            if link.before == link.after and isinstance(new[link.after], Indicator)
        ),
        tuple(link for link in by.links if link.before != link.after),
        tuple(id_ for id_ in new if id_ not in by.into),
        tuple(id_ for id_ in old if id_ not in by.of),
        (
            *_values(PLAN, before, after),
            *(
                each
                for id_ in new
                if (links := by.into.get(id_))
                for each in _values(id_, old[links[0].before], new[id_])
            ),
        ),
    )


def _values(id_: str, before: Plan | PlanPart, after: Plan | PlanPart) -> Iterator[Changed]:
    if type(before) is not type(after):
        return
    for field in fields(before):
        one, other = getattr(before, field.name), getattr(after, field.name)
        is_told = field.name in _TOLD_ELSEWHERE or (field.name == "id" and id_ != PLAN)
        if not is_told and one != other:
            yield Changed(id_, field.name, one, other)
