"""What looks like a slip in a plan that is sound: said, and no hindrance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ..domain.plan import Plan
from ..domain.targets import is_astray
from ..domain.text import bare

DOUBLED, MISPLACED = "definition-doubled", "definition-misplaced"
ASTRAY: Final = "definition-targets-astray"
_FIGURE: Final = re.compile(r"[△▲−-]?[0-9][0-9,.]*\D{0,2}")
"""A name that is a figure: a column that was pasted one too far to the left."""


class Doubt(NamedTuple):
    """A doubt: the entry it is of, what to do, and its code."""

    entry: str
    message: str
    code: str


def doubts(plan: Plan) -> Iterator[Doubt]:
    """Yield what is doubtful in a plan."""
    yield from _doubled(plan)
    for own in plan.indicators():
        if _FIGURE.fullmatch(bare(own.name)):
            message = "name が数値だけです。列がずれていないか確かめてください"
            yield Doubt(own.id, message, MISPLACED)
        if is_astray(own):
            message = "targets が最終の target に向かって進んでいません。確かめてください"
            yield Doubt(own.id, message, ASTRAY)


def _doubled(plan: Plan) -> Iterator[Doubt]:
    """Yield the entries whose name stands twice at one place: of a goal, in it, in a 施策."""
    groups: list[list[tuple[str, str]]] = [[(f"基本目標{g.number}", g.title) for g in plan.goals]]
    for goal in plan.goals:
        entry = f"基本目標{goal.number}"
        groups.append([(f"{entry} 施策{m.number}", m.name) for m in goal.measures])
        kpis = (goal.own_kpis, *(measure.kpis for measure in goal.measures))
        groups += [[(own.id, own.name) for own in group] for group in (goal.headlines, *kpis)]
    for group in groups:
        first: dict[str, str] = {}
        for entry, name in group:
            plain = bare(name)
            if plain and first.setdefault(plain, entry) != entry:
                message = f"name が {first[plain]} と同じです。同じものを 2 回書いていないか確かめてください"
                yield Doubt(entry, message, DOUBLED)
