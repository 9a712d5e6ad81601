"""概要版: everything that matters on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from ....domain.ledger import Ledger
from ....domain.outlook import Changes, Near, late, near, paced
from ....domain.settings import PaceLevel
from ....domain.summary import Count, Summary
from ..blocks import Block, DataTable, Figure, Heading, Notes, Paragraph, TableCell, Text
from .changed import compared, shifted
from .charts import charted_goals, counts_chart
from .heights import height_of
from .late import is_paced
from .lists import ListColumn, list_table, number_width
from .names import row_key
from .near import actual, is_measured, missing, numbers, target
from .overview import goals_table, overall
from .wording import count_notes, cut, unnumbered

PAGE: Final = 238.0
"""Millimetres of text on an A4 page in the packaged looks, some kept in reserve."""

_BANNER: Final = 8.5, 6.5
"""Around the box of the banner, and each of its lines."""

_PLOT, _BAR = 13, 5
"""Millimetres around the bars of the chart, and of each."""

_TITLE_SIZE, _NAME_SIZE = 24, 16
_TITLE_WIDTH: Final = 87
_LEFT_OUT: Final = frozenset({"blank", "unpublished", "moved"})
"""Columns of the table of goals: 未入力, 未公表等, and the counts that the change is between."""


class _Fit(NamedTuple):
    """How much a page says: whether names are cut to a line, how much higher than it must be the
    chart is (None: left out), how many indicators are named.
    """

    cut: bool
    extra: int | None
    most: int


_FITS: Final = (
    *(_Fit(False, 14, most) for most in (5, 4, 3)),
    *(_Fit(False, extra, 3) for extra in (7, 0)),
    *(_Fit(True, 0, most) for most in (3, 2, 1)),
    *(_Fit(True, None, most) for most in (3, 2, 1, 0)),
)


def digest(
    ledger: Ledger,
    summary: Summary,
    heading: str,
    changes: Changes | None,
    banner: int,
) -> tuple[Block, ...]:
    """Return the blocks of a page; ``banner`` is how many lines stand boxed above.

    Where there is no room for all, names are cut, and the chart and some of the indicators that
    lack little are left out.
    """
    room = PAGE - (_BANNER[0] + _BANNER[1] * banner if banner else 0)
    title = f"{unnumbered(heading)} 概要版({summary.round.label})"
    blocks: tuple[Block, ...] = ()
    for fit in _FITS:
        blocks = (
            Heading(title),
            Paragraph(tuple(_lead(summary, changes))),
            *_goals(summary, changes, fit),
            *_outlook(ledger, summary, fit),
        )
        if height_of(blocks) <= room:
            break
    return blocks


def _lead(summary: Summary, changes: Changes | None) -> Iterator[str | Figure]:
    for sentence in overall(summary):
        yield from sentence
    if changes:
        yield from compared(changes, rates=False)
        yield from shifted(changes)


def _goals(summary: Summary, changes: Changes | None, fit: _Fit) -> Iterator[Block]:
    goals = charted_goals(summary)
    if not goals:
        return
    yield _goals_table(summary, changes, fit)
    yield Notes(_notes(summary.kpi), "digest_notes")
    if fit.extra is not None:
        yield counts_chart(summary, _PLOT + _BAR * len(goals) + fit.extra)


def _goals_table(summary: Summary, changes: Changes | None, fit: _Fit) -> DataTable:
    """Return the table of goals without what the sentences say, so that a title has room."""
    table = goals_table(summary, changes, leave_out=_LEFT_OUT, title_width=_TITLE_WIDTH)
    rows = (
        (replace(title, text=_short(title.text, _TITLE_SIZE, fit)), *cells)
        for title, *cells in table.rows
    )
    return replace(table, rows=tuple(rows))


def _short(text: str, size: int, fit: _Fit) -> str:
    return cut(text, size) if fit.cut else text


def _notes(count: Count) -> tuple[str, ...]:
    """Return on one line what the sentences above have not said of the number of KPIs."""
    unsaid = replace(count, unpublished=0, pending=0, blank=0)
    line = "".join(count_notes(unsaid))
    return (line,) if line else ()


def _outlook(ledger: Ledger, summary: Summary, fit: _Fit) -> Iterator[Block]:
    """Yield how many are near and how many are late, and the nearest of all goals."""
    if not is_measured(ledger.plan):
        return
    found = near(summary, ledger.settings)
    nearest = sorted(found, key=lambda each: -each.closeness)[: fit.most]
    yield Heading("達成まであと少しの指標と遅れている指標", 2)
    first: Text = (
        f"進捗率{ledger.settings.near_percent:f}%以上など、達成まであと少しの指標は",
        Figure("say_near", f"{len(found)}件"),
        "です。",
    )
    rest = _late(ledger, summary) if is_paced(ledger.plan) else ()
    yield Paragraph((*first, *rest))
    if nearest:
        yield _near_table(nearest, fit)


def _late(ledger: Ledger, summary: Summary) -> Iterator[str | Figure]:
    pace = ledger.settings.pace
    found = late(summary)
    numbers = [goal.goal.number for goal in summary.goals]
    by_goal = [(n, [a for a in found if a.indicator.goal == n]) for n in numbers]
    yield f"進み具合が「{pace.late}」の指標は"
    yield Figure("say_late", f"{paced(found, PaceLevel.LATE)}件")
    yield f"、「{pace.slow}」の指標は"
    yield Figure("say_slow", f"{paced(found, PaceLevel.SLOW)}件")
    yield "です"
    if found:
        yield f"({pace.late}・{pace.slow}の順に"
        for number, own in by_goal:
            yield f"、基本目標{number}は"
            yield Figure(f"say_late_{number}", f"{paced(own, PaceLevel.LATE)}件")
            yield "・"
            yield Figure(f"say_slow_{number}", f"{paced(own, PaceLevel.SLOW)}件")
        yield ")"
    yield "。"


def _near_table(shown: Sequence[Near], fit: _Fit) -> DataTable:
    width = number_width(each.achievement for each in shown)

    def name(each: Near) -> TableCell:
        return TableCell(_short(each.achievement.indicator.name, _NAME_SIZE, fit))

    return list_table(
        "達成に特に近い指標",
        (
            ListColumn("番号", width, "center", numbers),
            ListColumn("指標", 56, "left", name),
            ListColumn("目標値", 29, "right", target),
            ListColumn("実績値", 29, "right", actual),
            ListColumn("目標までの差", 36, "right", missing),
        ),
        shown,
        "目標値、実績値、目標までの差。",
        "nearest",
        tuple(row_key(each.achievement) for each in shown),
    )
