"""What the report says: the evaluation section as the strategy prints it, then the indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..achievement import JUDGED, Achievement, Result, show, show_target, show_written
from ..ledger import Ledger
from ..numerals import FiscalYear, format_number
from ..plan import Indicator, Mark, Plan
from ..settings import SAMPLE_WORDS, Settings
from ..summary import Count, GoalSummary, Summary
from .blocks import (
    Block,
    Cell,
    Column,
    DataTable,
    Document,
    EvaluationTable,
    Heading,
    HeadlineRow,
    Notes,
    PageBreak,
    Paragraph,
)

DRAFT_WORDS = "下書き"
NONE = "－"

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


def document(ledger: Ledger, summary: Summary, *, draft: bool = False, errors: int = 0) -> Document:
    """Return the report of one evaluated round.

    ``draft`` marks it 下書き on every page; ``errors`` is how many errors are still unresolved.
    """
    plan, settings = ledger.plan, ledger.settings
    heading = settings.heading or f"{plan.short_title}の検証"
    unresolved = f"(入力の誤り{errors}件が未解決)" if errors else ""
    banner = [DRAFT_WORDS + unresolved] if draft else []
    banner += [SAMPLE_WORDS] if settings.sample else []
    return Document(
        f"{plan.title} {heading}",
        plan.municipality,
        (*_evaluation(heading, settings, summary), *_appendix(plan, settings, summary)),
        tuple(banner),
        f"{plan.short_title} {summary.round.label}",
    )


def _evaluation(heading: str, settings: Settings, summary: Summary) -> Iterator[Block]:
    yield Heading(heading)
    yield from (Paragraph(text) for text in settings.paragraphs if text)
    for goal in summary.goals:
        yield EvaluationTable(
            f"(基本目標{goal.goal.number}) {goal.goal.title}",
            tuple(HeadlineRow(statement(a.indicator), a.label) for a in goal.headlines),
            kpi_line(goal.kpi) if goal.kpis or goal.goal.kpi_counts else None,
        )
        if lines := count_notes(goal.kpi):
            yield Notes(tuple(lines))


def statement(indicator: Indicator) -> str:
    """Return the sentence of a 数値目標; where the strategy gives none, name and target."""
    return indicator.statement or f"{indicator.name} {show_target(indicator)}"


def kpi_line(count: Count) -> str:
    """Return the KPI row as the strategy prints it: 「(目標達成) 4項目/11項目 (達成率) 36.3%」."""
    rate = NONE if count.rate is None else f"{count.rate}%"
    return f"(目標達成) {count.achieved}項目/{count.total}項目 (達成率) {rate}"


def count_notes(count: Count) -> list[str]:
    """Return the footnotes of a KPI line: what stands in the denominator, and what does not."""
    lines = []
    waiting = [
        ("未公表", count.unpublished - count.pending),
        ("集計中", count.pending),
    ]
    for word, number in waiting:
        if number and count.exclude_unpublished:
            lines.append(f"※{word}の{number}項目は、項目数に含めていません。")
        elif number:
            lines.append(f"※うち{word} {number}項目")
    if count.blank:
        lines.append(f"※うち未入力 {count.blank}項目")
    if count.excluded:
        lines.append(f"※対象外の{count.excluded}項目は、項目数に含めていません。")
    if count.earlier:
        lines.append(f"※うち{count.earlier}項目は、未公表のため直近の公表値で判定しています。")
    return lines


def _appendix(plan: Plan, settings: Settings, summary: Summary) -> Iterator[Block]:
    if not any(goal.kpis for goal in summary.goals):
        return
    years = _Years(plan)
    yield PageBreak(turned=True)
    yield Heading(settings.appendix_heading)
    yield Paragraph(f"{summary.round.label}の評価における各指標の状況は、次のとおりです。")
    yield Notes(
        (
            f"※基準値は{years.baseline}、目標値は{years.target}の値です。異なる年度は、かっこ書きで示します。",
            "※進捗率=(実績値−基準値)÷(目標値−基準値)。小数第2位以下を切り捨てています。"
            "維持する目標など、進捗率を定義できないものは「－」で示します。",
            f"※{settings.pace.describe()}",
        )
    )
    for goal in summary.goals:
        if goal.headlines or goal.kpis:
            yield from _goal_table(plan, years, summary.round, goal)


def _goal_table(
    plan: Plan, years: _Years, round_: FiscalYear, goal: GoalSummary
) -> Iterator[Block]:
    number = goal.goal.number
    table = _Table(plan, years, round_)
    rows = tuple(table.rows((*goal.headlines, *goal.kpis)))
    yield Heading(f"(基本目標{number}) {goal.goal.title}", 2)
    yield DataTable(
        f"基本目標{number} 指標の達成状況({round_.label})",
        COLUMNS,
        rows,
        f"基本目標{number}の指標{len(rows)}件の基準値、目標値、実績値、達成状況、進捗率、進み具合。",
    )
    if notes := (*table.notes, *count_notes(goal.kpi)):
        yield Notes(notes)


class _Years:
    """The usual years of baseline and target; only others are printed beside a value."""

    def __init__(self, plan: Plan) -> None:
        self.baseline = _commonest(i.baseline_year for i in plan.indicators())
        self.target = _commonest(i.target_year for i in plan.indicators())


class _Table:
    """One goal's rows, while footnotes are numbered."""

    def __init__(self, plan: Plan, years: _Years, round_: FiscalYear) -> None:
        self.plan, self.years, self.round = plan, years, round_
        self.notes: list[str] = []

    def rows(self, achievements: Iterable[Achievement]) -> Iterator[tuple[Cell, ...]]:
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
        baseline = self._value(
            indicator, indicator.baseline, indicator.baseline_year, self.years.baseline
        )
        target = self._value(
            indicator, indicator.target, indicator.target_year, self.years.target, rule=True
        )
        return (
            Cell(indicator.id),
            group,
            Cell(indicator.name),
            Cell(baseline),
            Cell(target),
            Cell(self._actual(achievement)),
            Cell(achievement.label, bold=achievement.result is Result.ACHIEVED),
            Cell(show_progress(achievement.progress) if achievement.result in JUDGED else NONE),
            Cell(achievement.pace or NONE),
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
        return _folded(text) if year == usual else f"{_folded(text)}\n({year})"

    def _actual(self, achievement: Achievement) -> str:
        indicator = achievement.indicator
        if achievement.value is None:
            return achievement.mark.value if achievement.mark else NONE
        text = _folded(show(indicator, achievement.value))
        if achievement.is_earlier:
            return text + self._note(
                indicator,
                f"{self.round}は{Mark.UNPUBLISHED.value}のため、{achievement.value_round}の値",
            )
        if indicator.lag:
            return text + self._note(indicator, f"公表が遅れるため、{achievement.value_year}の値")
        return text

    def _note(self, indicator: Indicator, text: str) -> str:
        mark = f"※{len(self.notes) + 1}"
        self.notes.append(f"{mark} {indicator.name}は、{text}です。")
        return mark


def show_progress(progress: Decimal | None) -> str:
    """Return progress as printed: ``40.0%``, ``△12.5%``; 「－」 where it is undefined."""
    return NONE if progress is None else format_number(progress, 1, "%")


def _folded(amount: str) -> str:
    """Return an amount of 億 and 万 over two lines, so that a narrow column does not cut it."""
    head, oku, rest = amount.partition("億")
    return f"{head}{oku}\n{rest}" if rest[:1].isdigit() else amount


def _commonest(years: Iterable[FiscalYear | None]) -> FiscalYear | None:
    found = [year for year in years if year]
    return max(sorted(set(found)), key=found.count, default=None)
