"""What was judged and counted, as tables in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ..console import Align, columns, cut, grid, width, wrap
from ..domain.achievement import JUDGED, Achievement
from ..domain.fields import GRADE_HEAD
from ..domain.numerals import format_number
from ..domain.shown import show_judged, show_target
from ..domain.summary import Count, Summary
from ..domain.words import NONE
from ..report.content.sections.wording import kept_notes

_WHOLE: Final = 97
"""Columns that the table of indicators takes where names get all they may."""
_COUNT_HEADS: Final = ("KPI", "達成", "未達成", "未公表", "未入力", "対象外", "達成率")
_RIGHT: Final[tuple[Align, ...]] = ("right",)
_COUNT_ALIGNS: Final[tuple[Align, ...]] = ("left", *(7 * _RIGHT))
_HEADS: Final = ("番号", "指標", "目標値", "実績値", "判定", "進捗率")
_NAME: Final = 1
_NOTED: Final = "※"
"""Behind the verdict of a target that is kept as yet: the note stands below the table."""

_ALIGNS: Final[tuple[Align, ...]] = (
    *("left", "left", "right", "right"),
    *("center", "right", "left"),
)


def count_lines(summary: Summary) -> Iterator[str]:
    """Yield the KPI counts per goal and overall, as a table."""
    grades = tuple(summary.kpi.grades)
    rows: list[tuple[str, ...]] = [("基本目標", *_COUNT_HEADS, *grades)]
    for counted in summary.goals:
        rows.append((f"{counted.goal.number} {cut(counted.goal.title, 24)}", *_counts(counted.kpi)))
    rows.append(("全体", *_counts(summary.kpi)))
    yield from grid(rows, _COUNT_ALIGNS + len(grades) * _RIGHT)


def _counts(count: Count) -> tuple[str, ...]:
    numbers = (
        *(count.total, count.achieved, count.missed),
        *(count.unpublished, count.blank, count.excluded),
    )
    return (*map(str, numbers), _percent(count.rate), *map(str, count.grades.values()))


def indicator_lines(summary: Summary) -> Iterator[str]:
    """Yield every indicator as judged, a table per goal; names are cut to the terminal."""
    for counted in summary.goals:
        achievements = (*counted.headlines, *counted.kpis)
        if not achievements:
            continue
        room = columns() or _WHOLE
        standing = GRADE_HEAD if summary.how.grades else "進み具合"
        rows = [(*_HEADS, standing), *map(_row, achievements)]
        gap = 2 if room >= _WHOLE else 1
        others = sum(max(map(width, column)) + gap for column in zip(*rows, strict=True))
        others -= max(width(row[_NAME]) for row in rows)
        size = max(10, min(24, room - 2 - others))
        rows = [(*row[:_NAME], cut(row[_NAME], size), *row[_NAME + 1 :]) for row in rows]
        yield f"{counted.goal.printed_number} {counted.goal.title}"
        yield from grid(rows, _ALIGNS, gap)
        for note in kept_notes(achievements):
            yield from (f"  {line}" for line in wrap(note, room - 4, hanging=2))
        yield ""


def _row(achievement: Achievement) -> tuple[str, ...]:
    indicator, value = achievement.indicator, achievement.value
    shown = NONE if value is None else show_judged(achievement.judged_as, value)
    return (
        indicator.id,
        indicator.name,
        cut(show_target(achievement.judged_as) or NONE, 16),
        cut(shown, 16),
        achievement.label + (_NOTED if achievement.is_kept else ""),
        _percent(achievement.progress) if achievement.result in JUDGED else NONE,
        achievement.standing or NONE,
    )


def _percent(value: Decimal | None) -> str:
    return NONE if value is None else format_number(value, 1, "%")
