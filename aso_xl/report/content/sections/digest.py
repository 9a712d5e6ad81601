"""概要版: everything that matters on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from ....domain.ledger import Ledger
from ....domain.outlook import Changes, Near, late_of, near, paced
from ....domain.settings import Level
from ....domain.summary import Count, Summary
from ..blocks import Block, Cell, Column, DataTable, Figure, Heading, Notes, Paragraph, Text
from .changed import compared, shifted
from .charts import charted_goals, counts_chart
from .heights import height_of
from .late import is_paced
from .names import key
from .near import is_measured, near_row
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
_LEFT_OUT: Final = frozenset({4, 5, 8})
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

COLUMNS: Final = (
    Column("番号", 15, "center"),
    Column("指標", 56),
    Column("目標値", 29, "right"),
    Column("実績値", 29, "right"),
    Column("足りないもの", 36, "right"),
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
    yield _narrowed(goals_table(summary, changes), fit)
    yield Notes(_notes(summary.kpi), "digest_notes")
    if fit.extra is not None:
        yield counts_chart(summary, _PLOT + _BAR * len(goals) + fit.extra)


def _narrowed(table: DataTable, fit: _Fit) -> DataTable:
    """Return the table of goals without what its note says, so that a title has room."""
    first, *others = (table.columns[at] for at in _kept(table.columns))
    rows = ([row[at] for at in _kept(row)] for row in table.rows)
    return replace(
        table,
        columns=(replace(first, width=_TITLE_WIDTH), *others),
        rows=tuple((_short(title, _TITLE_SIZE, fit), *cells) for title, *cells in rows),
    )


def _kept(cells: Sequence[object]) -> tuple[int, ...]:
    return tuple(at for at in range(len(cells)) if at not in _LEFT_OUT)


def _short(cell: Cell, size: int, fit: _Fit) -> Cell:
    return replace(cell, text=cut(cell.text, size)) if fit.cut else cell


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
    late = _late(ledger, summary) if is_paced(ledger.plan) else ()
    yield Paragraph((*first, *late))
    if nearest:
        yield _near_table(nearest, fit)


def _late(ledger: Ledger, summary: Summary) -> Iterator[str | Figure]:
    pace = ledger.settings.pace
    by_goal = [(goal.goal.number, late_of(goal)) for goal in summary.goals]
    found = [achievement for _, own in by_goal for achievement in own]
    yield f"進み具合が「{pace.late}」の指標は"
    yield Figure("say_late", f"{paced(found, Level.LATE)}件")
    yield f"、「{pace.slow}」の指標は"
    yield Figure("say_slow", f"{paced(found, Level.SLOW)}件")
    yield "です"
    if found:
        yield f"({pace.late}・{pace.slow}の順に"
        for number, own in by_goal:
            yield f"、基本目標{number}は"
            yield Figure(f"say_late_{number}", f"{paced(own, Level.LATE)}件")
            yield "・"
            yield Figure(f"say_slow_{number}", f"{paced(own, Level.SLOW)}件")
        yield ")"
    yield "。"


def _near_table(shown: Sequence[Near], fit: _Fit) -> DataTable:
    return DataTable(
        "達成に特に近い指標",
        COLUMNS,
        tuple(_near_row(each, fit) for each in shown),
        "目標値、実績値、足りないもの。",
        "nearest",
        tuple(key(each.achievement.indicator.id) for each in shown),
    )


def _near_row(each: Near, fit: _Fit) -> tuple[Cell, ...]:
    number, name, target, actual, _, missing, _ = near_row(each)
    return (number, _short(name, _NAME_SIZE, fit), target, actual, missing)
