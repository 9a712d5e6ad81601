"""資料: every indicator with its figures, in one table per goal, and the targets by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from ....domain.achievement import Achievement
from ....domain.departments import joined, owners
from ....domain.fields import DEPARTMENT
from ....domain.ledger import Ledger
from ....domain.plan import Plan
from ....domain.steps import Step, steps
from ....domain.summary import GoalSummary, Summary
from ....domain.words import NONE
from ..blocks import Block, Heading, Notes, Paragraph, TableCell
from ..origins import of_cell
from .by_rule import has_joined_values, has_targets_by_year, is_paced, standing_word
from .late import cause_of, of_cause
from .listing import CourseCells, Listing, Years, list_notes, reading_notes, row_keys
from .lists import ListColumn, list_table
from .near import is_measured
from .own_fields import of_indicators, of_measures
from .round_targets import round_targets
from .wording import goal_title


def appendix(ledger: Ledger, summary: Summary, *, by_year: bool = False) -> Iterator[Block]:
    """Yield the lists of all indicators; nothing for a plan without any that are measured.

    ``by_year`` gives every year's value, 担当課 and 要因 in place of 施策.
    """
    plan = ledger.plan
    if not (any(goal.kpis for goal in summary.goals) or is_measured(plan)):
        return
    years = Years(plan)
    yield Heading(ledger.settings.appendix_heading)
    lead = f"{summary.round.label}の評価における各指標の状況は、次のとおりです。"
    yield Paragraph(lead + (_brackets(plan) if by_year and is_paced(plan) else ""))
    rounds = steps(ledger, summary) if by_year else ()
    yield reading_notes(plan, years, ledger.settings, has_verdicts=bool(rounds))
    for goal in summary.goals:
        if goal.headlines or goal.kpis:
            yield from _goal_table(ledger, years, summary, goal, rounds, by_year=by_year)
    yield from round_targets(plan)


def _brackets(plan: Plan) -> str:
    return f"達成状況のかっこ書きは、{standing_word(plan)}と進捗率です。"


def _goal_table(
    ledger: Ledger,
    years: Years,
    summary: Summary,
    goal: GoalSummary,
    rounds: Sequence[Step],
    *,
    by_year: bool,
) -> Iterator[Block]:
    called, number = goal.goal.printed_number, goal.goal.number
    achievements = (*goal.headlines, *goal.kpis)
    listing = Listing(ledger, years, summary)
    rows = listing.rows(achievements)
    columns = _years_columns(ledger, listing, rounds) if by_year else _columns(ledger.plan, listing)
    heads = "、".join(column.heading.replace("\n", "") for column in columns[3:])
    yield Heading(goal_title(goal.goal), 2)
    yield list_table(
        f"{called} 指標の達成状況({summary.round.label})",
        columns,
        rows,
        f"{called}の指標{len(achievements)}件の{heads}。",
        f"list_{number}",
        row_keys(rows),
    )
    yield Notes(
        list_notes(ledger, listing, achievements),
        f"{'yearnotes' if by_year else 'listnotes'}_{number}",
    )
    indicators = (each.indicator for each in achievements)
    yield from of_indicators(ledger, indicators, called, f"own_{number}")
    if not by_year:
        yield from of_measures(ledger, goal.goal.measures, called, f"ownmeasures_{number}")


def _columns(plan: Plan, listing: Listing) -> tuple[ListColumn[Achievement], ...]:
    has_two = has_targets_by_year(plan)
    return (
        ListColumn("番号", 13, "center", listing.number),
        ListColumn("施策", 38 if has_two else 44, "left", listing.group),
        ListColumn("指標", 50 if has_two else 63, "left", listing.name),
        ListColumn("基準値", 22, "right", listing.baseline),
        ListColumn("目標値", 27, "right", listing.target),
        *(ListColumn("評価年度\nの目標", 27, "right", listing.round_target),) * has_two,
        ListColumn("実績値", 22, "right", listing.actual),
        ListColumn("達成状況", 31 if has_two else 25, "center", listing.result),
        ListColumn("進捗率", 17, "right", listing.progress),
        ListColumn(standing_word(plan), 17, "center", listing.pace),
    )


def _years_columns(
    ledger: Ledger, listing: Listing, rounds: Sequence[Step]
) -> tuple[ListColumn[Achievement], ...]:
    """Return the columns of a lying page: what must not break has its width, texts share the rest."""
    plan = ledger.plan
    is_joined, has_two = has_joined_values(plan), has_targets_by_year(plan)
    courses = CourseCells(ledger, listing, rounds, has_notes=not is_joined)
    target = ListColumn("目標値", _TARGET, "right", listing.target)
    if has_two:
        target = ListColumn("目標値", _BOTH_TARGETS, "right", listing.both_targets)
    room = _WIDTH - _NUMBER - _OWNER - _STANDING - target.width
    values = 1 + len(courses.years) + is_joined
    value = min(_VALUE, max(_LEAST_VALUE, (room - _LEAST_TEXTS) // values))
    texts = max(_LEAST_TEXTS, room - value * values)
    cause = texts * 3 // 7
    return (
        ListColumn("番号", _NUMBER, "center", listing.number),
        ListColumn("指標", texts - cause, "left", listing.name),
        ListColumn("担当課", _OWNER, "left", partial(_owner, ledger)),
        ListColumn("基準値", value, "right", listing.baseline),
        *(
            ListColumn(str(year), value, "right", partial(courses.cell, year))
            for year in courses.years
        ),
        *(ListColumn("評価値", value, "right", courses.judged),) * is_joined,
        target,
        ListColumn("達成状況", _STANDING, "center", listing.result_and_progress),
        ListColumn("要因", cause, "left", partial(_cause, ledger)),
    )


_WIDTH: Final = 250
"""Millimetres of text on a lying page of A4; of them these for what must not break."""

_NUMBER, _OWNER, _STANDING, _TARGET, _BOTH_TARGETS = 14, 15, 30, 25, 34
_VALUE, _LEAST_VALUE, _LEAST_TEXTS = 18, 9, 65


def _cause(ledger: Ledger, achievement: Achievement) -> TableCell:
    """Return what is written beside an indicator; of several values beside each of them."""
    text = "" if achievement.members else cause_of(ledger, achievement)
    return TableCell(text, origin=of_cause(achievement))


def _owner(ledger: Ledger, achievement: Achievement) -> TableCell:
    indicator = achievement.indicator
    text = joined(owners(ledger, indicator)) or NONE
    return TableCell(text, origin=of_cell(indicator.id, DEPARTMENT))
