"""評価区分: how many items of each goal have which grade of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple

from ....domain.achievement import Achievement
from ....domain.plan import GOAL_WORD, KIND_LABELS, Goal, Kind, Plan
from ....domain.summary import Count, GoalSummary, Summary
from ....domain.words import TOTAL, UNGRADED
from ..blocks import (
    Block,
    Chart,
    DataTable,
    Heading,
    Notes,
    Paragraph,
    Reference,
    Series,
    TableCell,
)
from ..scale import height_for
from .by_rule import GRADE_WORD, grade_notes
from .chart_blocks import grade_looks
from .counting import Test, has_grade, of_count, of_those
from .lists import ListColumn, list_table
from .wording import short_title

_UNGRADED_NOTE: Final = (
    f"※「{UNGRADED}」は、判定していないもの(未公表・未入力など)と、"
    "区分を決める値を定義できないものです。"
)


class _Graded(NamedTuple):
    """The 数値目標 or the KPIs of a goal (of all: None), and their counts."""

    goal: Goal | None
    kind: Kind
    counts: Count
    goals: tuple[GoalSummary, ...]

    @property
    def title(self) -> str:
        return short_title(self.goal) if self.goal else TOTAL

    @property
    def called(self) -> str:
        return f"{self.goal.printed_number if self.goal else TOTAL} {KIND_LABELS[self.kind]}"

    @property
    def name(self) -> str:
        return f"{self.goal.number if self.goal else 'all'}_{self.kind}"


def grades(plan: Plan, summary: Summary) -> Iterator[Block]:
    """Yield the counts per grade, in a table and a chart; nothing for a plan without grades."""
    rows = tuple(_rows(summary))
    if not (plan.grades and rows):
        return
    yield Heading(f"{GRADE_WORD}ごとの状況", 2)
    where = (Reference("grades"), "と", Reference("chart_grades"))
    yield Paragraph((f"{GRADE_WORD}ごとの項目数は、", *where, "のとおりです。"))
    yield _table(plan, summary, rows)
    yield Notes((*grade_notes(plan), _UNGRADED_NOTE), "grades_notes")
    yield _chart(plan, summary, tuple(row for row in rows if row.goal))


def ungraded(counts: Count) -> int:
    """Return how many of the items have no grade."""
    return counts.total - sum(counts.grades.values())


def _rows(summary: Summary) -> Iterator[_Graded]:
    """Yield the kinds that there are of each goal, and in all."""
    kinds: set[Kind] = set()
    for goal in summary.goals:
        there: dict[Kind, Count] = {}
        if goal.headlines:
            there["headline"] = goal.headline
        if goal.kpis:
            there["kpi"] = goal.kpi
        kinds |= there.keys()
        yield from (_Graded(goal.goal, kind, counts, (goal,)) for kind, counts in there.items())
    yield from (
        _Graded(None, kind, counts, summary.goals)
        for kind, counts in counted_kinds(summary)
        if kind in kinds
    )


def _table(plan: Plan, summary: Summary, rows: Sequence[_Graded]) -> DataTable:
    firsts = {row.title: row for row in reversed(rows)}

    def title(row: _Graded) -> TableCell:
        return TableCell(row.title, bold=row.goal is None, merge=firsts[row.title] is not row)

    return list_table(
        f"{GRADE_WORD}ごとの項目数({summary.round.label})",
        (
            ListColumn(GOAL_WORD, 52, "left", title),
            ListColumn("指標", 24, "left", lambda row: TableCell(KIND_LABELS[row.kind])),
            _column("項目数", "total", lambda counts: counts.total, _every),
            *(_grade_column(each.name, rank) for rank, each in enumerate(plan.grades, start=1)),
            _column(UNGRADED, "none", ungraded, partial(has_grade, None)),
        ),
        rows,
        f"基本目標と合計の、数値目標とKPIの項目数と{GRADE_WORD}ごとの項目数。",
        "grades",
        tuple(row.name for row in rows),
    )


def _grade_column(grade: str, rank: int) -> ListColumn[_Graded]:
    is_one = partial(has_grade, grade)
    return _column(grade, str(rank), lambda counts: counts.grades.get(grade, 0), is_one)


def _column(
    heading: str, field: str, number: Callable[[Count], int], is_one: Test
) -> ListColumn[_Graded]:
    def cell(row: _Graded) -> TableCell:
        return TableCell(
            str(number(row.counts)),
            figure=f"grades_{row.name}_{field}",
            origin=of_those(row.goals, is_one, row.counts, row.kind),
        )

    return ListColumn(heading, 18, "right", cell)


def _every(_: Achievement) -> bool:
    return True


def _chart(plan: Plan, summary: Summary, rows: Sequence[_Graded]) -> Chart:
    names = [grade.name for grade in plan.grades]
    series = (
        *(
            Series(name, tuple(Decimal(row.counts.grades.get(name, 0)) for row in rows), look)
            for name, look in zip(names, grade_looks(plan), strict=True)
        ),
        Series(UNGRADED, tuple(Decimal(ungraded(row.counts)) for row in rows), "blank"),
    )
    description = "".join(f"{row.called}は{grade_words(row.counts)}。" for row in rows)
    return Chart(
        "chart_grades",
        f"{GRADE_WORD}ごとの項目数({summary.round.label})",
        "counts",
        tuple(row.called for row in rows),
        series,
        f"基本目標ごとに、項目数を{GRADE_WORD}別に積み上げた棒グラフ。{description}",
        "項目",
        height=height_for(len(rows)),
        origins=tuple(of_count("total", row.goals, row.counts, row.kind) for row in rows),
    )


def counted_kinds(summary: Summary) -> tuple[tuple[Kind, Count], ...]:
    """Return the counts of all 数値目標 and of all KPIs."""
    return ("headline", summary.headline), ("kpi", summary.kpi)


def grade_words(counts: Count) -> str:
    """Return how many items have which grade: 「Aが4項目、Bが2項目、区分なしが1項目」."""
    numbers = [*counts.grades.items(), (UNGRADED, ungraded(counts))]
    return "、".join(f"{name}が{number}項目" for name, number in numbers if number) or "0項目"
