"""概要版: everything that matters on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ...ledger import Ledger
from ...numerals import FiscalYear
from ...outlook import Changes, Near, late_of, near, paced
from ...summary import Count, Summary
from ..blocks import Block, Cell, Column, DataTable, Figure, Heading, Notes, Paragraph, Text
from .figures import charted_goals, counts_chart
from .heights import height_of
from .names import key
from .near import is_measured, near_row
from .overview import goals_table, moved, not_compared, overall
from .rows import NO_ROW, nobody
from .wording import cut, unnumbered, waiting_words

PAGE: Final = 236.0
"""Millimetres of text on an A4 page in the packaged looks, some kept in reserve."""

_BANNER: Final = 8.5, 6.5
"""Around the box of the banner, and each of its lines."""

_PLOT, _BAR = 13, 5
"""Millimetres around the bars of the chart, and of each."""

_TITLE_SIZE, _NAME_SIZE = 21, 16
_TITLE_WIDTH: Final = 77
_LEFT_OUT: Final = frozenset({4, 5})
"""Columns of the table of goals: 未入力 and 未公表等."""

_CHOICES: Final = ((14, 3), (7, 3), (0, 3), (0, 2), (None, 3), (None, 2), (None, 1), (None, 0))
"""How much higher than it must be the chart is (None: left out), how many indicators are named."""

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
    earlier: FiscalYear | None,
    banner: int,
) -> tuple[Block, ...]:
    """Return the blocks of a page; ``banner`` is how many lines stand boxed above.

    The chart and some of the indicators that lack little make room where there is none.
    """
    room = PAGE - (_BANNER[0] + _BANNER[1] * banner if banner else 0)
    title = f"{unnumbered(heading)} 概要版({summary.round.label})"
    blocks: tuple[Block, ...] = ()
    for extra, most in _CHOICES:
        blocks = (
            Heading(title),
            Paragraph(tuple(_lead(summary, changes, earlier))),
            *_goals(summary, changes, extra),
            *_outlook(ledger, summary, most),
        )
        if height_of(blocks) <= room:
            break
    return blocks


def _lead(
    summary: Summary, changes: Changes | None, earlier: FiscalYear | None
) -> Iterator[str | Figure]:
    for sentence in overall(summary):
        yield from sentence
    if earlier:
        yield Figure("digest_change", _change(changes, earlier))


def _change(changes: Changes | None, earlier: FiscalYear) -> str:
    if changes is None:
        return not_compared(earlier)
    parts = [f"達成したKPIは{moved(changes.kpi)}"] if changes.goals else []
    parts += [f"達成した数値目標は{moved(changes.headline)}"] if changes.headline.now.total else []
    shifts = (
        f"新たに達成となった指標は{len(changes.gained)}件、"
        f"達成ではなくなった指標は{len(changes.lost)}件です。"
    )
    return f"前回({earlier.label})と比べると、{'。'.join([*parts, shifts])}"


def _goals(summary: Summary, changes: Changes | None, extra: int | None) -> Iterator[Block]:
    goals = charted_goals(summary)
    if not goals:
        return
    yield _narrowed(goals_table(summary, changes))
    yield Notes(_notes(summary.kpi), "digest_notes")
    if extra is not None:
        yield counts_chart(summary, _PLOT + _BAR * len(goals) + extra)


def _narrowed(table: DataTable) -> DataTable:
    """Return the table of goals without what its note says, so that a title needs one line."""
    first, *others = (table.columns[at] for at in _kept(table.columns))
    rows = ([row[at] for at in _kept(row)] for row in table.rows)
    return replace(
        table,
        columns=(replace(first, width=_TITLE_WIDTH), *others),
        rows=tuple((_short(title), *cells) for title, *cells in rows),
    )


def _kept(cells: Sequence[object]) -> tuple[int, ...]:
    return tuple(at for at in range(len(cells)) if at not in _LEFT_OUT)


def _short(cell: Cell) -> Cell:
    return replace(cell, text=cut(cell.text, _TITLE_SIZE))


def _notes(count: Count) -> tuple[str, ...]:
    """Return on one line what the number of KPIs holds and what not."""
    parts = []
    if count.unpublished:
        how = "を含みません" if count.exclude_unpublished else "を含みます"
        parts.append(f"{waiting_words(count)}{count.unpublished}項目{how}")
    if count.blank:
        parts.append(f"未入力{count.blank}項目を含みます")
    if count.excluded:
        parts.append(f"対象外{count.excluded}項目を含みません")
    return (f"※項目数は、{'。'.join(parts)}。",) if parts else ()


def _outlook(ledger: Ledger, summary: Summary, most: int) -> Iterator[Block]:
    """Yield how many are near and how many are late, and the nearest of all goals."""
    if not is_measured(ledger.plan):
        return
    found = near(summary, ledger.settings)
    nearest = sorted(found, key=lambda each: -each.closeness)[:most]
    yield Heading("達成まであと少しの指標と遅れている指標", 2)
    first: Text = (
        f"進捗率{ledger.settings.near_percent:f}%以上など、達成まであと少しの指標は",
        Figure("say_near", f"{len(found)}件"),
        "です。",
    )
    yield Paragraph((*first, *_late(ledger, summary)))
    if most:
        yield _near_table(nearest)


def _late(ledger: Ledger, summary: Summary) -> Iterator[str | Figure]:
    pace = ledger.settings.pace
    by_goal = [(goal.goal.number, late_of(goal, ledger.settings)) for goal in summary.goals]
    found = [achievement for _, own in by_goal for achievement in own]
    parts = "、".join(
        f"基本目標{number}は{paced(own, pace.late)}件と{paced(own, pace.slow)}件"
        for number, own in by_goal
    )
    yield f"進み具合が「{pace.late}」の指標は"
    yield Figure("say_late", f"{paced(found, pace.late)}件")
    yield f"、「{pace.slow}」の指標は"
    yield Figure("say_slow", f"{paced(found, pace.slow)}件")
    yield "です("
    yield Figure("digest_late", parts)
    yield ")。"


def _near_table(shown: Sequence[Near]) -> DataTable:
    return DataTable(
        "達成に特に近い指標",
        COLUMNS,
        tuple(_near_row(each) for each in shown) or (nobody(COLUMNS),),
        "目標値、実績値、足りないもの。",
        "nearest",
        tuple(key(each.achievement.indicator.id) for each in shown) or (NO_ROW,),
    )


def _near_row(each: Near) -> tuple[Cell, ...]:
    number, name, target, actual, _, missing, _ = near_row(each)
    return (number, replace(name, text=cut(name.text, _NAME_SIZE)), target, actual, missing)
