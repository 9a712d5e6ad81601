"""年度ごとの達成状況: what was achieved in the confirmed rounds, and in the one that is evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple

from ....domain.confirming import day_of
from ....domain.ledger import Ledger
from ....domain.numerals import FiscalYear
from ....domain.plan import KIND_LABELS, Kind
from ....domain.steps import Step
from ....domain.summary import Count, GoalSummary, Summary
from ....domain.words import ACHIEVED, NONE, NOT_ACHIEVED, TOTAL
from ..blocks import (
    Block,
    Chart,
    Heading,
    NoteLine,
    Notes,
    Paragraph,
    Reference,
    Series,
    TableCell,
)
from ..origins import Number, OfRecord, Origin
from ..scale import height_for
from .chart_blocks import charted_goals
from .counting import of_count
from .lists import ListColumn, list_table
from .wording import percent, short_title


class _CountsBefore(NamedTuple):
    """A row of the table: its title, its part of the names of figures, and what is counted.

    Without a ``number`` it counts the indicators of that kind of all goals.
    """

    title: str
    name: str
    kind: Kind = "kpi"
    number: int | None = None

    def goals(self, summary: Summary) -> tuple[GoalSummary, ...]:
        """Return the goals that are counted in a round; none where its plan had no such goal."""
        return tuple(g for g in summary.goals if self.number in (None, g.goal.number))

    def counts(self, summary: Summary) -> Count:
        """Return the counts in a round."""
        every = (g.kpi if self.kind == "kpi" else g.headline for g in self.goals(summary))
        return sum(every, Count())


_TITLE: Final = 62
_MOST: Final = 26
"""Millimetres of the text width: of the column of goals, and of a round at most."""


def so_far(ledger: Ledger, steps: Sequence[Step]) -> Iterator[Block]:
    """Yield the counts of every round so far; nothing before a round is confirmed."""
    rows = tuple(_rows(steps[-1].summary)) if steps else ()
    if not rows:
        return
    yield Heading("年度ごとの達成状況")
    where = (Reference("so_far"), "と", Reference("chart_so_far"))
    yield Paragraph(("確定した年度と今回の、達成した項目の数は、", *where, "のとおりです。"))
    width = min(_MOST, (170 - _TITLE) // len(steps))
    yield list_table(
        "年度ごとの達成状況",
        (
            ListColumn("基本目標", _TITLE, "left", lambda row: TableCell(row.title)),
            *(ListColumn(str(s.round), width, "right", partial(_cell, s)) for s in steps),
        ),
        rows,
        f"{'・'.join(str(step.round) for step in steps)}の、達成した項目数と項目数、達成率。",
        "so_far",
        tuple(row.name for row in rows),
    )
    yield Notes(tuple(_notes(ledger, steps)), "so_far_notes")
    yield _chart(ledger.plan.rounds, steps)


def _rows(summary: Summary) -> Iterator[_CountsBefore]:
    """Yield the rows: the KPIs of each goal and of all, then all 数値目標, of what there is."""
    goals = charted_goals(summary)
    for goal in goals:
        number = goal.goal.number
        yield _CountsBefore(f"{short_title(goal.goal)}(KPI)", str(number), number=number)
    if goals:
        yield _CountsBefore(f"{TOTAL}(KPI)", "all")
    if any(goal.headlines for goal in summary.goals):
        yield _CountsBefore(f"{TOTAL}({KIND_LABELS['headline']})", "headlines", "headline")


def _cell(step: Step, row: _CountsBefore) -> TableCell:
    count = row.counts(step.summary)
    text = f"{count.achieved}/{count.total}\n({percent(count.rate)})" if count.total else NONE
    return TableCell(text, figure=f"so_far_{row.name}_{step.round}", origin=_of(step, row, "rate"))


def _of(step: Step, row: _CountsBefore, number: Number) -> Origin:
    """Return the origin of the counts of a row in a round."""
    summary = step.summary
    origin = of_count(number, row.goals(summary), row.counts(summary), row.kind)
    return origin._replace(round=step.round)


def _notes(ledger: Ledger, steps: Sequence[Step]) -> Iterator[str]:
    yield "※達成した項目数/項目数です。かっこ書きは達成率です。"
    for step in steps[:-1]:
        day = day_of(ledger, step.round)
        line = f"※{step.round}は、{day:%Y-%m-%d}に確定した数です。後の訂正や改訂では変わりません。"
        yield NoteLine(line, OfRecord(step.round))


def _chart(rounds: Sequence[FiscalYear], steps: Sequence[Step]) -> Chart:
    """Return how many KPIs (数値目標 in a plan without any) were achieved in each round, and how
    many were not; a round that was not confirmed keeps its place.
    """
    has_kpis = bool(charted_goals(steps[-1].summary))
    called = "KPI" if has_kpis else KIND_LABELS["headline"]
    counts = {s.round: s.summary.kpi if has_kpis else s.summary.headline for s in steps}
    achieved = {round_: Decimal(count.achieved) for round_, count in counts.items()}
    others = {round_: Decimal(c.not_achieved) for round_, c in counts.items()}
    shown = tuple(round_ for round_ in rounds if steps[0].round <= round_ <= steps[-1].round)
    row = _CountsBefore("", "", "kpi" if has_kpis else "headline")
    origins = {step.round: _of(step, row, "total") for step in steps}
    words = "、".join(
        f"{round_}は{count.total}項目のうち{count.achieved}項目" for round_, count in counts.items()
    )
    return Chart(
        "chart_so_far",
        f"年度ごとの{called}の達成状況",
        "counts",
        tuple(map(str, shown)),
        (
            Series(ACHIEVED, tuple(map(achieved.get, shown)), "achieved"),
            Series(NOT_ACHIEVED, tuple(map(others.get, shown)), "missed"),
        ),
        f"年度ごとに、{called}の項目数を、{ACHIEVED}と{NOT_ACHIEVED}に分けて積み上げた棒グラフ。"
        f"達成は、{words}。",
        "項目",
        height=height_for(len(shown)),
        origins=tuple(map(origins.get, shown)),
    )
