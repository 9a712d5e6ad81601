"""The charts of a report, each with its figures in words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from ....domain.achievement import JUDGED, Achievement, Result
from ....domain.plan import Plan
from ....domain.summary import Count, GoalSummary, Summary
from ....domain.words import UNGRADED
from ..blocks import Chart, GradeLook, Series, SeriesLook
from ..origins import of
from ..scale import height_for, scale_for
from .by_rule import is_judged_by_year
from .counting import has_grade, of_count
from .wording import cut, named, show_progress

_NAME_SIZE: Final = 20
_COUNTS: Final[tuple[tuple[str, SeriesLook, str], ...]] = (
    ("達成", "achieved", "achieved"),
    ("未達成", "missed", "missed"),
    ("未入力", "blank", "blank"),
    ("未公表・集計中", "unpublished", "unpublished"),
    ("対象外", "excluded", "excluded"),
)

_LOOKS: Final[tuple[GradeLook, ...]] = (
    *("grade_1", "grade_2", "grade_3", "grade_4", "grade_5", "grade_6", "grade_7"),
)


def counts_chart(summary: Summary, height: int | None = None) -> Chart:
    """Return how many KPIs of each goal have which result."""
    goals = charted_goals(summary)
    kinds = _COUNTS if any(goal.kpis for goal in goals) else _COUNTS[:2]
    description = "".join(f"{g.goal.printed_number}は{_counted(g.kpi)}。" for g in goals)
    return Chart(
        "chart_counts",
        f"基本目標ごとのKPIの達成状況({summary.round.label})",
        "counts",
        tuple(goal.goal.printed_number for goal in goals),
        tuple(
            Series(name, tuple(Decimal(getattr(g.kpi, field)) for g in goals), look)
            for name, look, field in kinds
        ),
        f"基本目標ごとに、KPIの項目数を達成状況別に積み上げた棒グラフ。{description}",
        "項目",
        height=height or height_for(len(goals)),
        origins=tuple(of_count("total", (goal,), goal.kpi) for goal in goals),
    )


def _counted(count: Count) -> str:
    numbers = [(name, getattr(count, field)) for name, _, field in _COUNTS]
    return "、".join(f"{name}{number}項目" for name, number in numbers if number) or "0項目"


def progress_chart(plan: Plan, name: str, caption: str, kpis: Sequence[Achievement]) -> Chart:
    """Return the progress of judged indicators, one bar each."""
    description = "、".join(
        f"{named(plan, a.indicator)}は{show_progress(a.progress)}({_standing(a)})" for a in kpis
    )
    aim = "評価年度の目標" if is_judged_by_year(plan) else "目標"
    return Chart(
        name,
        caption,
        "progress",
        tuple(
            f"{plan.printed_numbers[a.indicator.id]}　{cut(a.indicator.name, _NAME_SIZE)}"
            for a in kpis
        ),
        tuple(_verdicts(plan, kpis)),
        f"{caption}を示す横棒グラフ。100%が{aim}。{description}。{_cut(plan, kpis)}",
        "%",
        1,
        height_for(len(kpis)),
        tuple(of(a, "progress", "result") for a in kpis),
    )


def _cut(plan: Plan, kpis: Sequence[Achievement]) -> str:
    """Return which bars are cut, "" for none."""
    scale = scale_for("progress", [a.progress for a in kpis])
    cut = [plan.printed_numbers[a.indicator.id] for a in kpis if scale and scale.cuts(a.progress)]
    if scale is None or not cut:
        return ""
    ends = f"{show_progress(scale.low)}～{show_progress(scale.high)}"
    return f"{'、'.join(cut)}の棒は、目盛り({ends})の端で切っています。"


def has_bar(achievement: Achievement) -> bool:
    """Return whether progress can be drawn."""
    return achievement.result in JUDGED and achievement.progress is not None


def _standing(achievement: Achievement) -> str:
    grade = achievement.plan_grade
    return f"{achievement.label}、{grade}" if grade else achievement.label


def _verdicts(plan: Plan, kpis: Sequence[Achievement]) -> Iterator[Series]:
    """Yield the bars by verdict, or by the grades of the plan: as many whatever the figures."""

    def bars(name: str, look: SeriesLook, is_so: Callable[[Achievement], bool]) -> Series:
        return Series(name, tuple(a.progress if is_so(a) else None for a in kpis), look)

    if not plan.grades:
        yield bars("達成", "achieved", lambda a: a.result is Result.ACHIEVED)
        yield bars("未達成", "missed", lambda a: a.result is Result.MISSED)
        return
    for grade, look in zip(plan.grades, grade_looks(plan), strict=True):
        yield bars(grade.name, look, partial(has_grade, grade.name))
    if plan.grades[0].of != "progress":
        yield bars(UNGRADED, "blank", partial(has_grade, None))


def grade_looks(plan: Plan) -> tuple[GradeLook, ...]:
    """Return the looks of the grades, best first: the last one has a look of its own."""
    last = len(plan.grades) - 1
    return tuple(
        "grade_last" if rank == last else _LOOKS[min(rank, len(_LOOKS) - 1)]
        for rank in range(len(plan.grades))
    )


def charted_goals(summary: Summary) -> list[GoalSummary]:
    """Return the goals that have KPIs to be counted."""
    return [goal for goal in summary.goals if goal.kpis or goal.goal.kpi_counts]
