"""Several values that are one indicator (男性・女性): judged and counted as one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from .achievement import JUDGED, Achievement, Result
from .plan import Mark, Plan, Together
from .settings import PaceWord

OPEN: Final = (Result.MISSED, Result.BLANK, Result.UNPUBLISHED)
"""What one value makes of the whole, the first of these that there is; else it is 達成."""
OUTSIDE: Final = (Result.EXCLUDED, Result.NOT_ASKED)
"""Values that say nothing of the whole, unless there are no others."""


def together(plan: Plan, achievements: Mapping[str, Achievement]) -> dict[str, Achievement]:
    """Return what is one indicator of several values, by the id of its first value."""
    order = {id_: number for number, id_ in enumerate(plan.by_id)}
    found = {}
    for relation in plan.together:
        ids = sorted(relation.ids, key=order.__getitem__)
        found[ids[0]] = _as_one(relation, [achievements[id_] for id_ in ids])
    return found


def once(
    achievements: Iterable[Achievement],
    again: Container[str],
    joint: Mapping[str, Achievement],
) -> list[Achievement]:
    """Return what is counted: of ``again`` nothing, of several values the one indicator."""
    return [joint.get(a.indicator.id, a) for a in achievements if a.indicator.id not in again]


def _as_one(relation: Together, members: Sequence[Achievement]) -> Achievement:
    """Return the achievement of all values: 達成 if all are, else what is most open of them."""
    counted = [each for each in members if each.result not in OUTSIDE]
    results = {each.result for each in members}
    first, others = members[0], [each.indicator for each in members[1:]]
    result = next((each for each in OPEN if each in results), Result.ACHIEVED)
    if not counted:
        result = Result.EXCLUDED if Result.EXCLUDED in results else Result.NOT_ASKED
    marks = {each.mark for each in counted}
    waiting = Mark.PENDING if Mark.PENDING in marks else Mark.UNPUBLISHED
    is_judged = result in JUDGED
    return Achievement(
        replace(first.indicator, name=relation.name),
        first.round,
        result,
        "。".join(f"{each.indicator.name}: {each.sentence}" for each in members),
        mark=waiting if result is Result.UNPUBLISHED else None,
        grade=_worst([each.grade for each in counted]) if is_judged else None,
        pace_word=_worst([each.pace_word for each in counted]) if is_judged else None,
        is_kept=result is Result.ACHIEVED and any(each.is_kept for each in counted),
        awaited=tuple(sorted({r for each in counted if each.is_earlier for r in each.awaited})),
        also=tuple(others),
        members=tuple(members),
    )


def _worst(words: Sequence[PaceWord | None]) -> PaceWord | None:
    """Return the word of the value that goes worst; None where one has none."""
    known = [word for word in words if word]
    if len(known) < len(words):
        return None
    levels = list(type(known[0].level))
    return max(known, key=lambda word: (word.rank or 0, levels.index(word.level)))
