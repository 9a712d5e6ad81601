"""評価: the evaluation section as the strategy prints it."""

from __future__ import annotations

from collections.abc import Iterator

from ....domain.achievement import Achievement, Result
from ....domain.ledger import Ledger
from ....domain.summary import GoalSummary, Summary
from ..blocks import Block, EvaluationTable, Heading, HeadlineRow, Notes, Paragraph
from ..origins import of
from .corrections import correction_notes
from .counting import of_count
from .names import key
from .own_fields import of_goal
from .wording import (
    count_notes,
    folded_verdict,
    goal_title,
    headline_notes,
    joint_notes,
    kept_notes,
    kpi_line,
    round_aim,
    statement,
)


def evaluation(heading: str, ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield the heading, the opening paragraphs, and per goal a table with its notes and what is
    written of the goal.
    """
    yield Heading(heading)
    yield from (Paragraph(text) for text in ledger.settings.paragraphs if text)
    for goal in summary.goals:
        yield from evaluation_of(ledger, summary, goal)
        yield from of_goal(ledger, goal.goal)


def evaluation_of(ledger: Ledger, summary: Summary, goal: GoalSummary) -> Iterator[Block]:
    """Yield the table of a goal with its notes."""
    yield _table(goal)
    notes = (
        *joint_notes(headlines_of(goal)),
        *headline_notes(goal.headlines),
        *kept_notes(goal.headlines, "数値目標"),
        *count_notes(goal.kpi, of_count("total", (goal,), goal.kpi)),
        *kept_notes((a for a in goal.kpis if a.fall), "KPI"),
        *correction_notes(ledger, summary.round, {a.indicator.id for a in goal.headlines}),
    )
    yield Notes(notes, f"evalnotes_{goal.goal.number}")


def headlines_of(goal: GoalSummary) -> tuple[Achievement, ...]:
    """Return the 数値目標 of a goal as they are printed: several values that are one stand once."""
    parts = {part.indicator.id for whole in goal.together.values() for part in whole.members}
    return tuple(
        goal.together.get(each.indicator.id, each)
        for each in goal.headlines
        if each.indicator.id in goal.together or each.indicator.id not in parts
    )


def _statement(achievement: Achievement) -> str:
    """Return the sentence of a 数値目標, of each value where it has several, with the target of the
    round that is judged or stands beside.
    """
    lines = [statement(part.indicator) for part in achievement.parts]
    lines += [f"({words})" for part in achievement.parts if (words := round_aim(part))]
    head = [achievement.indicator.name] if achievement.members else []
    return "\n".join(dict.fromkeys((*head, *lines)))


def _table(goal: GoalSummary) -> EvaluationTable:
    return EvaluationTable(
        goal_title(goal.goal),
        tuple(
            HeadlineRow(
                _statement(a),
                folded_verdict(a),
                f"eval_{key(a.indicator.id)}",
                a.result is Result.ACHIEVED,
                of(a, "result"),
            )
            for a in headlines_of(goal)
        ),
        kpi_line(goal.kpi) if goal.kpis or goal.goal.kpi_counts else None,
        f"eval_{goal.goal.number}_kpi",
        of_count("rate", (goal,), goal.kpi),
    )
