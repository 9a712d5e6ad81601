"""What a strategy says of a 基本目標, 施策 or indicator, line by line: what a revision can change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .numerals import FiscalYear
from .plan import Goal, Indicator, Measure, Plan
from .shown import show_baseline, show_target, show_written
from .words import NONE

Clause = Plan | Goal | Measure | Indicator
WHOLE = "全体"
"""By what the clauses of the plan itself are known, as the others by their ids."""


def clauses_of(plan: Plan) -> Mapping[str, Clause]:
    """Return everything that the plan says something of, by id, in the order of the strategy."""
    return dict(_clauses(plan))


def lines_of(clause: Clause, plan: Plan, *, has_statement: bool = True) -> tuple[str, ...]:
    """Return what is said of it, of an indicator also the sentence that states it, if wanted."""
    match clause:
        case Plan():
            first, last = clause.period
            return clause.title, f"計画期間　{first.label}～{last.label}"
        case Goal():
            return (f"{clause.printed_number} {clause.title}",)
        case Measure():
            return (f"施策{clause.printed_number} {clause.name}", *filter(None, [clause.group]))
        case Indicator():
            return tuple(_of_indicator(clause, plan, has_statement))


def _clauses(plan: Plan) -> Iterator[tuple[str, Clause]]:
    yield WHOLE, plan
    for goal in plan.goals:
        yield goal.id, goal
        for indicator in (*goal.headlines, *goal.own_kpis):
            yield indicator.id, indicator
        for measure in goal.measures:
            yield measure.id, measure
            yield from ((kpi.id, kpi) for kpi in measure.kpis)


def _of_indicator(indicator: Indicator, plan: Plan, has_statement: bool) -> Iterator[str]:
    yield f"{plan.printed_numbers[indicator.id]} {indicator.name}"
    if indicator.statement and has_statement:
        yield indicator.statement
    if not indicator.rule.is_typed:
        yield f"基準値　{_dated(show_baseline(indicator), indicator.baseline_year)}"
        for year, value in indicator.targets:
            yield f"{year}の目標　{show_written(indicator, value)}"
        yield f"目標値　{_dated(show_target(indicator), indicator.target_year)}"
    if indicator.is_bounded:
        asked = [f"{year.label}{to}" for year, to in _bounds(indicator) if year]
        yield f"評価　{''.join(asked)}"


def _bounds(indicator: Indicator) -> tuple[tuple[FiscalYear | None, str], ...]:
    return (indicator.since, "から"), (indicator.until, "まで")


def _dated(value: str, year: FiscalYear | None) -> str:
    return f"{value}({year})" if value and year else value or NONE
