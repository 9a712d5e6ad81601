"""遅れ: the indicators that are late, with the words of their departments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...achievement import Achievement
from ...ledger import DIRECTION, REMARK, Ledger
from ...outlook import late, paced, without_pace
from ...plan import Indicator
from ...summary import Summary
from ..blocks import Block, Cell, Column, DataTable, Figure, Heading, Notes, Paragraph, Reference
from .names import key
from .rows import NO_ROW, nobody
from .wording import NONE, UNWRITTEN, actual_of, folded, named, show_progress, target_of

COLUMNS: Final = (
    Column("番号", 15, "center"),
    Column("指標", 36),
    Column("目標値と実績値", 31, "right"),
    Column("進み具合\n(進捗率)", 23, "center"),
    Column("要因", 45),
    Column("今後の方向", 42),
)


def lateness(ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield the section; nothing for a plan whose indicators have no pace."""
    if not any(indicator.has_progress for indicator in ledger.plan.indicators()):
        return
    found, pace = late(summary, ledger.settings), ledger.settings.pace
    yield Heading("遅れている指標")
    yield Paragraph(
        (
            f"進み具合が「{pace.late}」の指標は",
            Figure("say_late", f"{paced(found, pace.late)}件"),
            f"、「{pace.slow}」の指標は",
            Figure("say_slow", f"{paced(found, pace.slow)}件"),
            "です(",
            Reference("late"),
            ")。",
            Figure("say_unwritten", _unwritten(ledger, found)),
            "要因と今後の方向は、担当課が記入したものです。",
        )
    )
    yield DataTable(
        "遅れている指標の要因と今後の方向",
        COLUMNS,
        tuple(_row(ledger, a) for a in found) or (nobody(COLUMNS),),
        "目標値と実績値、進み具合、担当課が記入した要因、その指標が属する施策の今後の方向。",
        "late",
        tuple(key(a.indicator.id) for a in found) or (NO_ROW,),
    )
    yield Notes(
        (
            "※今後の方向は、その指標が属する施策について書かれたものです。"
            "数値目標は施策に属さないため、「－」で示します。",
        )
    )
    yield Notes(_others(summary), "late_others")


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
    return f"{folded(target_of(achievement.indicator))}\n{folded(actual_of(achievement))}"


def _cause(ledger: Ledger, indicator: Indicator) -> str:
    row = ledger.rows.get(indicator.id)
    return row.cells[REMARK].text if row and REMARK in row.cells else ""


def _direction(ledger: Ledger, indicator: Indicator) -> str:
    """Return what is written for the 施策 of a KPI; "" for nothing."""
    row = ledger.measures.get(f"{indicator.goal}-{indicator.measure or 0:02d}")
    return row.cells[DIRECTION].text if row and DIRECTION in row.cells else ""


def _unwritten(ledger: Ledger, found: tuple[Achievement, ...]) -> str:
    """Return the sentence on how much the departments have still to write; "" for nothing."""
    indicators = [a.indicator for a in found]
    causes = sum(not _cause(ledger, each) for each in indicators)
    directions = sum(
        each.measure is not None and not _direction(ledger, each) for each in indicators
    )
    parts = [
        f"{what}が未記入の指標が{number}件"
        for what, number in (("要因", causes), ("今後の方向", directions))
        if number
    ]
    return f"{'、'.join(parts)}あります。" if parts else ""


def _others(summary: Summary) -> tuple[str, ...]:
    """Return the note on missed indicators whose pace is undefined, so that none goes unsaid."""
    found = [
        f"{named(a.indicator)}(目標値{target_of(a.indicator)}、実績値{actual_of(a)})"
        for a in without_pace(summary)
        if a.value is not None
    ]
    if not found:
        return ()
    return (f"※未達成で、進捗率や経過割合を定義できないため進み具合のない指標: {'、'.join(found)}",)
