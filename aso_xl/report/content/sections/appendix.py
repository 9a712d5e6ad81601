"""資料: every indicator with its figures, in one table per goal, and the targets by year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ....domain.achievement import Achievement
from ....domain.departments import joined, owners
from ....domain.ledger import Ledger
from ....domain.plan import Plan
from ....domain.summary import GoalSummary, Summary
from ....domain.words import NONE
from ..blocks import Block, Heading, Notes, Paragraph, TableCell
from .by_rule import has_joined_values, has_targets_by_year, standing_word
from .late import cause_of
from .listing import CourseCells, Listing, Years, reading_notes, row_keys
from .lists import ListColumn, list_table
from .near import is_measured
from .own_fields import of_indicators, of_measures
from .round_targets import round_targets
from .wording import count_notes, goal_title, kept_notes


def appendix(ledger: Ledger, summary: Summary, *, by_year: bool = False) -> Iterator[Block]:
    """Yield the lists of all indicators; nothing for a plan without any that are measured.

    ``by_year`` gives every year's value, 担当課 and 要因 in place of 施策.
    """
    plan = ledger.plan
    if not (any(goal.kpis for goal in summary.goals) or is_measured(plan)):
        return
    years = Years(plan)
    yield Heading(ledger.settings.appendix_heading)
    yield Paragraph(f"{summary.round.label}の評価における各指標の状況は、次のとおりです。")
    yield reading_notes(plan, years, ledger.settings)
    for goal in summary.goals:
        if goal.headlines or goal.kpis:
            yield from _goal_table(ledger, years, summary, goal, by_year=by_year)
    yield from round_targets(plan)


def _goal_table(
    ledger: Ledger, years: Years, summary: Summary, goal: GoalSummary, *, by_year: bool
) -> Iterator[Block]:
    called, number = goal.goal.printed_number, goal.goal.number
    achievements = (*goal.headlines, *goal.kpis)
    listing = Listing(ledger.plan, years, summary)
    rows = listing.rows(achievements)
    columns = _years_columns(ledger, listing) if by_year else _columns(ledger.plan, listing)
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
    notes = (*listing.notes, *kept_notes(achievements), *count_notes(goal.kpi))
    yield Notes(notes, f"{'yearnotes' if by_year else 'listnotes'}_{number}")
    indicators = (each.indicator for each in achievements)
    yield from of_indicators(ledger, indicators, called, f"own_{number}")
    if not by_year:
        yield from of_measures(ledger, goal.goal.measures, called, f"ownmeasures_{number}")


def _columns(plan: Plan, listing: Listing) -> tuple[ListColumn[Achievement], ...]:
    has_two = has_targets_by_year(plan)
    return (
        ListColumn("番号", 15, "center", listing.number),
        ListColumn("施策", 40 if has_two else 46, "left", listing.group),
        ListColumn("指標", 50 if has_two else 62, "left", listing.name),
        ListColumn("基準値", 27, "right", listing.baseline),
        ListColumn("目標値", 29, "right", listing.target),
        *(ListColumn("評価年度\nの目標", 29, "right", listing.round_target),) * has_two,
        ListColumn("実績値", 27, "right", listing.actual),
        ListColumn("達成状況", 31 if has_two else 20, "center", listing.result),
        ListColumn("進捗率", 18, "right", listing.progress),
        ListColumn(standing_word(plan), 18, "center", listing.pace),
    )


def _years_columns(ledger: Ledger, listing: Listing) -> tuple[ListColumn[Achievement], ...]:
    plan = ledger.plan
    is_joined, has_two = has_joined_values(plan), has_targets_by_year(plan)
    courses = CourseCells(ledger, listing, has_notes=not is_joined)
    return (
        ListColumn("番号", 17, "center", listing.number),
        ListColumn("指標", 46 if has_two else 54, "left", listing.name),
        ListColumn("担当課", 18, "left", lambda a: TableCell(_department(ledger, a))),
        ListColumn("基準値", 24, "right", listing.baseline),
        *(
            ListColumn(str(year), 24, "right", partial(courses.cell, year))
            for year in courses.years
        ),
        *(ListColumn("評価値", 24, "right", courses.judged),) * is_joined,
        ListColumn("目標値", 27, "right", listing.target)
        if not has_two
        else ListColumn("目標値", 37, "right", listing.both_targets),
        ListColumn(_standing_head(plan), 36, "center", listing.result_and_progress),
        ListColumn("要因", 48 if has_two else 62, "left", partial(_cause, ledger)),
    )


def _standing_head(plan: Plan) -> str:
    return "達成状況\n(区分 進捗率)" if plan.grades else "達成状況\n(進捗率)"


def _cause(ledger: Ledger, achievement: Achievement) -> TableCell:
    """Return what is written beside an indicator; of several values beside each of them."""
    return TableCell("" if achievement.members else cause_of(ledger, achievement))


def _department(ledger: Ledger, achievement: Achievement) -> str:
    return joined(owners(ledger, achievement.indicator)) or NONE
