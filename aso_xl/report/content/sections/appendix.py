"""資料: every indicator with its figures, in one table per goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ....domain.achievement import Achievement, Result, show_target, show_written
from ....domain.numerals import FiscalYear
from ....domain.plan import Indicator, Mark, Plan
from ....domain.settings import Settings
from ....domain.summary import GoalSummary, Summary
from ..blocks import Block, Cell, Column, DataTable, Heading, Notes, Paragraph
from .late import is_paced
from .names import key
from .wording import NONE, actual_of, count_notes, folded, goal_title, progress_of

COLUMNS = (
    Column("番号", 15, "center"),
    Column("施策", 46),
    Column("指標", 62),
    Column("基準値", 27, "right"),
    Column("目標値", 29, "right"),
    Column("実績値", 27, "right"),
    Column("達成状況", 18, "center"),
    Column("進捗率", 18, "right"),
    Column("進み具合", 18, "center"),
)


def appendix(plan: Plan, settings: Settings, summary: Summary) -> Iterator[Block]:
    """Yield the lists of all indicators; nothing for a plan without KPIs of its own."""
    if not any(goal.kpis for goal in summary.goals):
        return
    years = Years(plan)
    yield Heading(settings.appendix_heading)
    yield Paragraph(f"{summary.round.label}の評価における各指標の状況は、次のとおりです。")
    yield reading_notes(plan, years, settings)
    for goal in summary.goals:
        if goal.headlines or goal.kpis:
            yield from _goal_table(plan, years, summary.round, goal)


def reading_notes(plan: Plan, years: Years, settings: Settings) -> Notes:
    """Return the notes on how the lists are to be read."""
    words = (
        "※進捗率=(実績値−基準値)÷(目標値−基準値)。小数第2位以下を切り捨てています。"
        "維持する目標など、進捗率を定義できないものは「－」で示します。",
        f"※{settings.pace.describe()}",
    )
    return Notes((*years.note(), *(words if is_paced(plan) else ())), "list_reading")


def _goal_table(plan: Plan, years: Years, round_: FiscalYear, goal: GoalSummary) -> Iterator[Block]:
    number = goal.goal.number
    achievements = (*goal.headlines, *goal.kpis)
    listing = Listing(plan, years, round_)
    rows = tuple(listing.rows(achievements))
    yield Heading(goal_title(goal.goal), 2)
    yield DataTable(
        f"基本目標{number} 指標の達成状況({round_.label})",
        COLUMNS,
        rows,
        f"基本目標{number}の指標{len(rows)}件の基準値、目標値、実績値、達成状況、進捗率、進み具合。",
        f"list_{number}",
        tuple(key(a.indicator.id) for a in achievements),
    )
    yield Notes((*listing.notes, *count_notes(goal.kpi)), f"listnotes_{number}")


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
    """The rows of one table, while their footnotes are numbered."""

    def __init__(self, plan: Plan, years: Years, round_: FiscalYear) -> None:
        self.plan, self.years, self.round = plan, years, round_
        self.notes: list[str] = []

    def rows(self, achievements: Iterable[Achievement]) -> Iterator[tuple[Cell, ...]]:
        """Yield the cells of each indicator; a 施策 is named once over its rows."""
        before = None
        for achievement in achievements:
            indicator = achievement.indicator
            group = self._group(indicator)
            yield self._row(achievement, Cell(group, merge=group == before))
            before = group

    def _group(self, indicator: Indicator) -> str:
        if indicator.measure is None:
            return "数値目標"
        measure = self.plan.measures[f"{indicator.goal}-{indicator.measure:02d}"]
        return f"{measure.number} {measure.name}"

    def _row(self, achievement: Achievement, group: Cell) -> tuple[Cell, ...]:
        indicator = achievement.indicator
        name = f"list_{key(indicator.id)}"
        baseline = self._value(
            indicator, indicator.baseline, indicator.baseline_year, self.years.baseline
        )
        target = self._value(
            indicator, indicator.target, indicator.target_year, self.years.target, rule=True
        )
        is_done = achievement.result is Result.ACHIEVED
        return (
            Cell(indicator.id),
            group,
            Cell(indicator.name),
            Cell(baseline, figure=f"{name}_baseline"),
            Cell(target, figure=f"{name}_target"),
            Cell(self._actual(achievement), figure=f"{name}_actual"),
            Cell(achievement.label, bold=is_done, figure=f"{name}_result"),
            Cell(progress_of(achievement), figure=f"{name}_progress"),
            Cell(achievement.pace or NONE, figure=f"{name}_pace"),
        )

    def _value(
        self,
        indicator: Indicator,
        value: Decimal | None,
        year: FiscalYear | None,
        usual: FiscalYear | None,
        *,
        rule: bool = False,
    ) -> str:
        if value is None:
            return NONE
        text = show_target(indicator) if rule else show_written(indicator, value)
        return folded(text) if year == usual else f"{folded(text)}\n({year})"

    def _actual(self, achievement: Achievement) -> str:
        indicator, year = achievement.indicator, achievement.value_year
        text = folded(actual_of(achievement))
        if achievement.is_earlier:
            asked = self.round + -indicator.lag
            return text + self._note(
                indicator, f"{asked}は{Mark.UNPUBLISHED.value}のため、{year}の値"
            )
        if indicator.lag and year:
            return text + self._note(indicator, f"公表が遅れるため、{year}の値")
        return text

    def _note(self, indicator: Indicator, text: str) -> str:
        mark = f"※{len(self.notes) + 1}"
        self.notes.append(f"{mark} {indicator.name}は、{text}です。")
        return mark


def _commonest(years: Iterable[FiscalYear | None]) -> FiscalYear | None:
    found = [year for year in years if year]
    return max(sorted(set(found)), key=found.count, default=None)
