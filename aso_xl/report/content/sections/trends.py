"""推移: how far the KPIs of each goal have come, and the course of its 数値目標."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from ....domain.achievement import JUDGED, Achievement, Result
from ....domain.ledger import Ledger
from ....domain.plan import Plan
from ....domain.settings import Courses, Settings
from ....domain.summary import GoalSummary, Summary
from ..blocks import Block, Chart, Heading, NoteLine, Notes, Paragraph, Reference
from ..origins import OfIndicators
from .by_rule import aim_word, formula
from .chart_blocks import has_bar, progress_chart
from .course_chart import course_chart
from .late import reaching
from .wording import goal_title, named

Charted = tuple[GoalSummary, list[Chart], list[Chart]]
"""A goal with its charts of progress and of courses."""

_MOST_BARS: Final = 16
"""KPIs in one chart: it leaves room on its page for the text that goes with it."""


def trends(ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield the charts of each goal that has any; nothing if none has."""
    charted = [
        (goal, list(progress_charts(ledger.plan, goal)), list(_courses(ledger, summary, goal)))
        for goal in summary.goals
    ]
    charted = [(goal, bars, courses) for goal, bars, courses in charted if bars or courses]
    if not charted:
        return
    yield Heading("指標の推移")
    yield Paragraph(tuple(_lead(ledger.plan, ledger.settings, charted)))
    for goal, bars, courses in charted:
        yield Heading(goal_title(goal.goal), 2)
        yield from bars
        if bars:
            yield uncharted(ledger.plan, goal)
        yield from courses


def _lead(plan: Plan, settings: Settings, charted: Sequence[Charted]) -> Iterator[str | Reference]:
    """Yield the sentences that say where which chart stands."""
    bars = [charts for _, charts, _ in charted if charts]
    courses = [charts for _, _, charts in charted if charts]
    if bars:
        yield _meaning(plan)
        yield reaching(plan)
        yield "KPIの進捗率は"
        yield from _where(bars)
        yield "に示します。"
    if courses:
        what = "指標" if settings.courses is Courses.ALL else "数値目標"
        yield f"{what}の推移は"
        yield from _where(courses)
        yield "に示します。"


def _meaning(plan: Plan) -> str:
    """Return what progress says."""
    if plan.progress == "ratio":
        return f"進捗率は、{formula(plan)}です。"
    return f"進捗率は、基準値から{aim_word(plan)}までのうち、どこまで進んだかを示します。"


def _where(goals: Sequence[Sequence[Chart]]) -> Iterator[str | Reference]:
    """Yield the references to the charts of each goal, which follow one another."""
    for number, charts in enumerate(goals):
        if number:
            yield "、"
        yield Reference(charts[0].name)
        if len(charts) > 1:
            yield "・" if len(charts) == 2 else "～"
            yield Reference(charts[-1].name)


def progress_charts(plan: Plan, goal: GoalSummary) -> Iterator[Chart]:
    """Yield the charts of progress; many KPIs are shared out evenly, always in the same way."""
    number, kpis = goal.goal.number, goal.kpis
    parts = -(-len(kpis) // _MOST_BARS)
    size = -(-len(kpis) // parts) if parts else 0
    for part in range(parts):
        shown = [a for a in kpis[part * size : (part + 1) * size] if has_bar(a)]
        if shown:
            caption = f"{goal.goal.printed_number} KPIの進捗率" + (
                f"({part + 1})" if parts > 1 else ""
            )
            name = f"chart_progress_{number}" + (f"_{part + 1}" if part else "")
            yield progress_chart(plan, name, caption, shown)


def uncharted(plan: Plan, goal: GoalSummary) -> Notes:
    """Return the note on the KPIs that no bar stands for, and why."""
    missing = tuple(a for a in goal.kpis if not has_bar(a))
    words = "、".join(f"{named(plan, a.indicator)}({_why(a)})" for a in missing)
    origin = OfIndicators(missing, ("result",))
    lines = (NoteLine(f"※図にないKPI: {words}", origin),) if missing else ()
    return Notes(lines, f"trendnotes_{goal.goal.number}")


def _why(achievement: Achievement) -> str:
    if achievement.result in JUDGED:
        return f"{achievement.label}、進捗率を定義できない指標"
    if achievement.result is Result.NOT_ASKED:
        return "この年度には評価しない指標"
    return achievement.label


def _courses(ledger: Ledger, summary: Summary, goal: GoalSummary) -> Iterator[Chart]:
    for achievement in _with_course(ledger.settings.courses, goal):
        chart = course_chart(ledger, achievement.indicator, summary.round)
        if chart:
            yield chart


def _with_course(courses: Courses, goal: GoalSummary) -> tuple[Achievement, ...]:
    match courses:
        case Courses.HEADLINES:
            return goal.headlines
        case Courses.ALL:
            return (*goal.headlines, *goal.kpis)
        case Courses.NONE:
            return ()
        case _:
            assert_never(courses)
