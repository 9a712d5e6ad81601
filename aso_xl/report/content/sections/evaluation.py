"""評価: the evaluation section as the strategy prints it."""

from __future__ import annotations

from collections.abc import Iterator

from ....domain.achievement import Result
from ....domain.settings import Settings
from ....domain.summary import GoalSummary, Summary
from ..blocks import Block, EvaluationTable, Heading, HeadlineRow, Notes, Paragraph
from .names import key
from .wording import (
    count_notes,
    folded_verdict,
    goal_title,
    headline_notes,
    kept_notes,
    kpi_line,
    statement,
)


def evaluation(heading: str, settings: Settings, summary: Summary) -> Iterator[Block]:
    """Yield the heading, the opening paragraphs, and a table with its notes per goal."""
    yield Heading(heading)
    yield from (Paragraph(text) for text in settings.paragraphs if text)
    for goal in summary.goals:
        yield _table(goal)
        notes = (
            *headline_notes(goal.headlines),
            *kept_notes(goal.headlines, "数値目標"),
            *count_notes(goal.kpi),
            *kept_notes((a for a in goal.kpis if a.fall), "KPI"),
        )
        yield Notes(notes, f"evalnotes_{goal.goal.number}")


def _table(goal: GoalSummary) -> EvaluationTable:
    return EvaluationTable(
        goal_title(goal.goal),
        tuple(
            HeadlineRow(
                statement(a.indicator),
                folded_verdict(a),
                f"eval_{key(a.indicator.id)}",
                a.result is Result.ACHIEVED,
            )
            for a in goal.headlines
        ),
        kpi_line(goal.kpi) if goal.kpis or goal.goal.kpi_counts else None,
        f"eval_{goal.goal.number}_kpi",
    )
