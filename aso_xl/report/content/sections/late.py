"""遅れ: the indicators that are late, with the words of their departments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....domain.achievement import Achievement
from ....domain.ledger import DIRECTION, REMARK, Ledger
from ....domain.outlook import late, paced, without_pace
from ....domain.plan import Indicator, Plan
from ....domain.settings import Level
from ....domain.summary import Summary
from ..blocks import Block, Cell, Column, DataTable, Figure, Heading, Notes, Paragraph, Reference
from .names import key
from .wording import (
    NONE,
    UNWRITTEN,
    actual_cell,
    actual_of,
    folded,
    named,
    show_progress,
    target_of,
    year_note,
    year_of,
)

COLUMNS: Final = (
    Column("番号", 15, "center"),
    Column("指標", 36),
    Column("目標値と実績値", 31, "right"),
    Column("進み具合\n(進捗率)", 23, "center"),
    Column("要因", 45),
    Column("今後の方向", 42),
)


def is_paced(plan: Plan) -> bool:
    """Return whether the plan has indicators whose progress is defined."""
    return any(indicator.has_progress for indicator in plan.indicators())


def lateness(ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield the section; nothing for a plan whose indicators have no pace."""
    if not is_paced(ledger.plan):
        return
    found, pace = late(summary), ledger.settings.pace
    yield Heading("遅れている指標")
    if found:
        yield from _told(ledger, found)
    else:
        words = f"進み具合が「{pace.late}」「{pace.slow}」の指標はありません。"
        yield Paragraph(words)
    yield Notes(_others(summary), "late_others")


def _told(ledger: Ledger, found: tuple[Achievement, ...]) -> Iterator[Block]:
    pace = ledger.settings.pace
    yield Paragraph(
        (
            f"進み具合が「{pace.late}」の指標は",
            Figure("say_late", f"{paced(found, Level.LATE)}件"),
            f"、「{pace.slow}」の指標は",
            Figure("say_slow", f"{paced(found, Level.SLOW)}件"),
            "です。要因と今後の方向は、担当課が記入したとおりに",
            Reference("late"),
            "に示します",
            Figure("say_unwritten", _unwritten(ledger, found)),
            "。",
        )
    )
    yield DataTable(
        "遅れている指標の要因と今後の方向",
        COLUMNS,
        tuple(_row(ledger, a) for a in found),
        "目標値と実績値、進み具合、担当課が記入した要因、その指標が属する施策の今後の方向。",
        "late",
        tuple(key(a.indicator.id) for a in found),
    )
    yield Notes(
        (
            "※今後の方向は、その指標が属する施策について書かれたものです。"
            "数値目標は施策に属さないため、「－」で示します。",
            *year_note(found),
        )
    )


def _row(ledger: Ledger, achievement: Achievement) -> tuple[Cell, ...]:
    indicator = achievement.indicator
    name = f"late_{key(indicator.id)}"
    return (
        Cell(indicator.id),
        Cell(indicator.name),
        Cell(_values(achievement), figure=f"{name}_actual"),
        Cell(f"{achievement.pace}\n({show_progress(achievement.progress)})", figure=f"{name}_pace"),
        Cell(_cause(ledger, indicator) or UNWRITTEN),
        Cell(NONE if indicator.measure is None else _direction(ledger, indicator) or UNWRITTEN),
    )


def _values(achievement: Achievement) -> str:
    return f"{folded(target_of(achievement.indicator))}\n{actual_cell(achievement)}"


def _cause(ledger: Ledger, indicator: Indicator) -> str:
    row = ledger.rows.get(indicator.id)
    return row.cells[REMARK].text if row and REMARK in row.cells else ""


def _direction(ledger: Ledger, indicator: Indicator) -> str:
    """Return what is written for the 施策 of a KPI; "" for nothing."""
    row = ledger.measures.get(f"{indicator.goal}-{indicator.measure or 0:02d}")
    return row.cells[DIRECTION].text if row and DIRECTION in row.cells else ""


def _unwritten(ledger: Ledger, found: tuple[Achievement, ...]) -> str:
    """Return in brackets how much the departments have still to write; "" for nothing."""
    indicators = [a.indicator for a in found]
    causes = sum(not _cause(ledger, each) for each in indicators)
    directions = sum(
        each.measure is not None and not _direction(ledger, each) for each in indicators
    )
    parts = [
        f"{what}が未記入の指標{number}件"
        for what, number in (("要因", causes), ("今後の方向", directions))
        if number
    ]
    return f"({'、'.join(parts)})" if parts else ""


def _others(summary: Summary) -> tuple[str, ...]:
    """Return the note on missed indicators whose pace is undefined, so that none goes unsaid."""
    found = [f"{named(a.indicator)}{_missed(a)}" for a in without_pace(summary)]
    if not found:
        return ()
    return (f"※未達成で、進捗率や経過割合を定義できないため進み具合のない指標: {'、'.join(found)}",)


def _missed(achievement: Achievement) -> str:
    """Return target and actual in brackets; of a 定性 indicator there is neither."""
    if achievement.value is None:
        return ""
    year = year_of(achievement)
    actual = f"{year}の実績値" if year else "実績値"
    return f"(目標値{target_of(achievement.indicator)}、{actual}{actual_of(achievement)})"
