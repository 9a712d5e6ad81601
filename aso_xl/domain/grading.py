"""How it goes: the four words of 設定, or the grades of the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from .numerals import plain
from .plan import Grade, GradeOf
from .settings import Pace, PaceLevel, PaceWord

Measures = Mapping[GradeOf, Fraction | None]
"""The exact shares by which a plan may grade; None where one is undefined."""


def pace_share(progress: Fraction | None, elapsed: Fraction | None) -> Fraction | None:
    """Return progress as a share of the elapsed share; None where either is undefined."""
    return None if progress is None or elapsed is None else progress / elapsed


def pace_word(share: Fraction | None, pace: Pace, *, done: bool) -> PaceWord | None:
    """Return how an indicator goes whose `pace_share` is ``share``; None if that is undefined."""
    if done:
        return pace.grade(PaceLevel.ACHIEVED)
    if share is None:
        return None
    if share >= Fraction(pace.on_track_share):
        return pace.grade(PaceLevel.ON_TRACK)
    return pace.grade(PaceLevel.SLOW if share >= Fraction(pace.slow_share) else PaceLevel.LATE)


def grade(grades: Sequence[Grade], measures: Measures, *, done: bool) -> PaceWord | None:
    """Return the first grade that is reached, compared exactly.

    Where the measure is undefined, 達成 counts as 100 %, and what is 未達成 has no grade.
    """
    share = measures[grades[0].of]
    if share is None:
        if not done:
            return None
        share = Fraction(1)
    for rank, each in enumerate(grades, start=1):
        if each.at_least is None or share * 100 >= Fraction(each.at_least):
            return PaceWord(level_of(rank, len(grades)), each.name, rank)
    return None


def level_of(rank: int, number: int) -> PaceLevel:
    """Return the level in whose colours a grade is shown: the best as 達成, the last as 遅れ."""
    levels = tuple(PaceLevel)
    steps, last = len(levels) - 1, max(number - 1, 1)
    return levels[(2 * steps * (rank - 1) + last) // (2 * last)]


def threshold_words(grades: Sequence[Grade], given: PaceWord) -> str:
    """Return when a grade of the plan is given: 「80%以上」, of the last one 「60%未満」."""
    least = grades[given.rank - 1].at_least if given.rank else None
    if least is not None:
        return f"{plain(least)}%以上"
    return f"{plain(better_threshold(grades, given))}%未満"


def better_threshold(grades: Sequence[Grade], given: PaceWord) -> Decimal | None:
    """Return the threshold that was not reached: that of the next better grade; None for the best."""
    return grades[given.rank - 2].at_least if given.rank and given.rank > 1 else None
