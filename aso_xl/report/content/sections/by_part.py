"""Several values that are one indicator (男性・女性), said together in one cell or sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Final

from ....domain.achievement import Achievement

_AROUND: Final = "()（）「」[]［］【】・･,、:： 　/／の"
"""What stands between the parts of a name, and is none of them."""


def by_part(achievement: Achievement, text: Callable[[Achievement], str], between: str) -> str:
    """Return the text of an indicator; of one with several values that of each, behind its name.

    What is the same of all of them is said once.
    """
    texts = [text(part) for part in achievement.parts]
    if len(set(texts)) == 1:
        return texts[0]
    names = part_names([part.indicator.name for part in achievement.parts])
    return between.join(f"{name} {own}" for name, own in zip(names, texts, strict=True))


def part_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return what tells names apart: 「男性」「女性」 of 「健康寿命(男性)」「健康寿命(女性)」."""
    start = _shared(names)
    end = _shared([name[::-1] for name in names])
    short = [name[start : len(name) - end].strip() for name in names]
    return tuple(short) if all(short) else tuple(names)


def _shared(names: Sequence[str]) -> int:
    """Return how many letters names begin with that are the same, up to where a part ends."""
    alike = list(takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False)))
    return max((at + 1 for at, (letter, *_) in enumerate(alike) if letter in _AROUND), default=0)
