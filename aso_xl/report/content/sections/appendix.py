"""資料: every indicator with its figures, in one table per goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from ....domain.achievement import Achievement, Result
from ....domain.departments import joined, owners
from ....domain.entry import mark_of
from ....domain.ledger import Ledger
from ....domain.numerals import FiscalYear
from ....domain.plan import BLANK, Actual, Indicator, Kind, Mark, Plan
from ....domain.settings import Settings
from ....domain.shown import show, show_target, show_written
from ....domain.summary import GoalSummary, Summary
from ....domain.words import NONE
from ..blocks import Block, Heading, Notes, Paragraph, TableCell
from .late import cause_of, is_paced
from .lists import ListColumn, list_table
from .names import key
from .own_fields import of_indicators, of_measures
from .wording import (
    actual_of,
    count_notes,
    folded,
    folded_verdict,
    goal_title,
    kept_notes,
    progress_of,
)

_WITHOUT_MEASURE: Final[Mapping[Kind, str]] = {"headline": "数値目標", "kpi": "基本目標のKPI"}


def appendix(ledger: Ledger, summary: Summary, *, by_year: bool = False) -> Iterator[Block]:
    """Yield the lists of all indicators; nothing for a plan without KPIs of its own.

    ``by_year`` gives every year's value, 担当課 and 要因 in place of 施策.
    """
    if not any(goal.kpis for goal in summary.goals):
        return
    years = Years(ledger.plan)
    yield Heading(ledger.settings.appendix_heading)
    yield Paragraph(f"{summary.round.label}の評価における各指標の状況は、次のとおりです。")
    yield reading_notes(ledger.plan, years, ledger.settings)
    for goal in summary.goals:
        if goal.headlines or goal.kpis:
            yield from _goal_table(ledger, years, summary.round, goal, by_year=by_year)


def reading_notes(plan: Plan, years: Years, settings: Settings) -> Notes:
    """Return the notes on how the lists are to be read."""
    words = (
        "※進捗率=(実績値−基準値)÷(目標値−基準値)。小数第2位以下を切り捨てています。"
        "維持する目標など、進捗率を定義できないものは「－」で示します。",
        f"※{settings.pace.describe()}",
    )
    return Notes((*years.note(), *(words if is_paced(plan) else ())), "list_reading")


def _goal_table(
    ledger: Ledger, years: Years, round_: FiscalYear, goal: GoalSummary, *, by_year: bool
) -> Iterator[Block]:
    called = goal.goal.printed_number
    achievements = (*goal.headlines, *goal.kpis)
    listing = Listing(ledger.plan, years, round_)
    columns = _years_columns(ledger, listing) if by_year else _columns(listing)
    heads = "、".join(column.heading.replace("\n", "") for column in columns[3:])
    yield Heading(goal_title(goal.goal), 2)
    yield list_table(
        f"{called} 指標の達成状況({round_.label})",
        columns,
        achievements,
        f"{called}の指標{len(achievements)}件の{heads}。",
        f"list_{goal.goal.number}",
        tuple(key(a.indicator.id) for a in achievements),
    )
    notes = (*listing.notes, *kept_notes(achievements), *count_notes(goal.kpi))
    yield Notes(notes, f"{'yearnotes' if by_year else 'listnotes'}_{goal.goal.number}")
    indicators = (a.indicator for a in achievements)
    yield from of_indicators(ledger, indicators, called, f"own_{goal.goal.number}")
    if not by_year:
        yield from of_measures(
            ledger, goal.goal.measures, called, f"ownmeasures_{goal.goal.number}"
        )


def _columns(listing: Listing) -> tuple[ListColumn[Achievement], ...]:
    return (
        ListColumn("番号", 15, "center", listing.number),
        ListColumn("施策", 46, "left", listing.group),
        ListColumn("指標", 62, "left", name),
        ListColumn("基準値", 27, "right", listing.baseline),
        ListColumn("目標値", 29, "right", listing.target),
        ListColumn("実績値", 27, "right", listing.actual),
        ListColumn("達成状況", 20, "center", result),
        ListColumn("進捗率", 18, "right", progress),
        ListColumn("進み具合", 18, "center", pace),
    )


def _years_columns(ledger: Ledger, listing: Listing) -> tuple[ListColumn[Achievement], ...]:
    courses = CourseCells(ledger, listing)
    return (
        ListColumn("番号", 17, "center", listing.number),
        ListColumn("指標", 54, "left", name),
        ListColumn("担当課", 18, "left", lambda a: TableCell(_department(ledger, a))),
        ListColumn("基準値", 24, "right", listing.baseline),
        *(
            ListColumn(str(year), 24, "right", partial(courses.cell, year))
            for year in courses.years
        ),
        ListColumn("目標値", 27, "right", listing.target),
        ListColumn("達成状況\n(進捗率)", 36, "center", result_and_progress),
        ListColumn("要因", 62, "left", lambda a: TableCell(cause_of(ledger, a))),
    )


def _department(ledger: Ledger, achievement: Achievement) -> str:
    return joined(owners(ledger, achievement.indicator)) or NONE


class CourseCells:
    """The values of a table by the years that they are of, up to the evaluated one."""

    def __init__(self, ledger: Ledger, listing: Listing) -> None:
        self._actuals, self._listing = ledger.actuals, listing
        self.years = tuple(each for each in ledger.plan.rounds if each <= listing.round)

    def cell(self, year: FiscalYear, achievement: Achievement) -> TableCell:
        """Return the value of a year, or the mark in its place; footnotes stand at the judged one."""
        indicator = achievement.indicator
        round_ = year + indicator.lag
        is_asked = round_ <= self._listing.round
        actual = self._actuals[indicator.id].get(round_, BLANK) if is_asked else BLANK
        text = folded(_in_words(indicator, actual))
        judged = achievement.value_year
        if judged == year or (judged and judged < self.years[0] and year == self.years[-1]):
            text += self._listing.footnote(achievement, self._before(achievement))
        return _figure(achievement, str(year), text)

    def _before(self, achievement: Achievement) -> str:
        """Return in brackets the values that are older than the columns; "" for none."""
        indicator = achievement.indicator
        older = [
            f"{round_ + -indicator.lag}は{_in_words(indicator, actual)}"
            for round_, actual in sorted(self._actuals[indicator.id].items())
            if round_ + -indicator.lag < self.years[0] and not actual.is_blank
        ]
        return f"({'、'.join(older)})" if older else ""


def _in_words(indicator: Indicator, actual: Actual) -> str:
    if actual.value is not None:
        return show(indicator, actual.value)
    return mark_of(actual) or NONE


class Years:
    """The usual years of baseline and target; only others are printed beside a value."""

    def __init__(self, plan: Plan) -> None:
        self.baseline = _commonest(i.baseline_year for i in plan.indicators())
        self.target = _commonest(i.target_year for i in plan.indicators())

    def note(self) -> Iterator[str]:
        """Yield the note that names the usual years; nothing for a plan without values."""
        named = (("基準値", self.baseline), ("目標値", self.target))
        parts = [f"{what}は{year}" for what, year in named if year]
        if parts:
            yield f"※{'、'.join(parts)}の値です。異なる年度は、かっこ書きで示します。"


class Listing:
    """The cells of one table, while their footnotes are numbered."""

    def __init__(self, plan: Plan, years: Years, round_: FiscalYear) -> None:
        self.plan, self.years, self.round = plan, years, round_
        self.notes: list[str] = []
        self.named = ""

    def number(self, achievement: Achievement) -> TableCell:
        return TableCell(self.plan.printed_numbers[achievement.indicator.id])

    def group(self, achievement: Achievement) -> TableCell:
        """Return the 施策 of an indicator, named once over its rows."""
        before, self.named = self.named, self._group(achievement.indicator)
        return TableCell(self.named, merge=self.named == before)

    def _group(self, indicator: Indicator) -> str:
        measure = self.plan.measure_of(indicator)
        if measure is None:
            return _WITHOUT_MEASURE[indicator.kind]
        return f"{measure.group}\n{measure.printed_name}".lstrip()

    def baseline(self, achievement: Achievement) -> TableCell:
        indicator = achievement.indicator
        shown = None if indicator.baseline is None else show_written(indicator, indicator.baseline)
        text = _with_year(shown, indicator.baseline_year, self.years.baseline)
        return _figure(achievement, "baseline", text)

    def target(self, achievement: Achievement) -> TableCell:
        indicator = achievement.indicator
        text = _with_year(show_target(indicator) or None, indicator.target_year, self.years.target)
        return _figure(achievement, "target", text)

    def actual(self, achievement: Achievement) -> TableCell:
        """Return the actual; of another year than asked with a footnote."""
        return _figure(achievement, "actual", self._actual(achievement))

    def _actual(self, achievement: Achievement) -> str:
        return folded(actual_of(achievement)) + self.footnote(achievement)

    def footnote(self, achievement: Achievement, more: str = "") -> str:
        """Return the sign of a footnote that says why a value is of another year than asked.

        It ends with ``more``; "" where the value is of the year asked.
        """
        indicator, year = achievement.indicator, achievement.value_year
        if achievement.is_earlier:
            asked = self.round + -indicator.lag
            return self._note(
                indicator, f"{asked}は{Mark.UNPUBLISHED.value}のため、{year}の値{more}"
            )
        if indicator.lag and year:
            return self._note(indicator, f"公表が遅れるため、{year}の値{more}")
        return ""

    def _note(self, indicator: Indicator, text: str) -> str:
        mark = f"※{len(self.notes) + 1}"
        self.notes.append(f"{mark} {indicator.name}は、{text}です。")
        return mark


def name(achievement: Achievement) -> TableCell:
    return TableCell(achievement.indicator.name)


def result(achievement: Achievement) -> TableCell:
    is_done = achievement.result is Result.ACHIEVED
    return replace(_figure(achievement, "result", folded_verdict(achievement)), bold=is_done)


def progress(achievement: Achievement) -> TableCell:
    return _figure(achievement, "progress", progress_of(achievement))


def pace(achievement: Achievement) -> TableCell:
    return _figure(achievement, "pace", achievement.standing or NONE)


def result_and_progress(achievement: Achievement) -> TableCell:
    """Return the verdict, and in brackets below it the pace where that is another, and progress."""
    is_done = achievement.result is Result.ACHIEVED
    shown = progress_of(achievement)
    words = [] if is_done or not achievement.standing else [achievement.standing]
    words += [] if shown == NONE else [shown]
    text = folded_verdict(achievement) + (f"\n({' '.join(words)})" if words else "")
    return replace(_figure(achievement, "standing", text), bold=is_done)


def _figure(achievement: Achievement, field: str, text: str) -> TableCell:
    return TableCell(text, figure=f"list_{key(achievement.indicator.id)}_{field}")


def _with_year(text: str | None, year: FiscalYear | None, usual: FiscalYear | None) -> str:
    """Return a value with its year in brackets where that is not the usual one."""
    if text is None:
        return NONE
    return folded(text) if year == usual else f"{folded(text)}\n({year})"


def _commonest(years: Iterable[FiscalYear | None]) -> FiscalYear | None:
    found = [year for year in years if year]
    return max(sorted(set(found)), key=found.count, default=None)
