"""A workbook and its evaluation as pandas tables: for analysis and CSV.

Nothing is counted or judged here: the domain did. Figures are Decimal in the indicator's unit, rates
and progress Decimal in percent, counts int, fiscal years FiscalYear (``R8``); absent is None.

    from aso_xl import frames
    tables = frames.tables(Path("評価ブック.xlsx"))
    tables["rounds"].pivot(index="id", columns="round", values="progress")
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from .domain import departments as by_department
from .domain.achievement import COUNTED, Result
from .domain.cells import Row
from .domain.confirming import summary_of
from .domain.entry import mark_of, notes_of
from .domain.field_declaration import Field
from .domain.fields import NAME, STANDARD, goal_fields, indicator_fields, measure_fields
from .domain.ledger import Ledger
from .domain.numerals import FiscalYear
from .domain.plan import Grade, Indicator, Mark, Measure
from .domain.summary import Count, GoalSummary, Summary
from .workbook.read.reading import read

RESULTS: Final = [result.value for result in COUNTED]
OVERALL: Final = "全体"
KINDS: Final = ("headline", "kpi")
_JUDGED: Final = ["label", "value", "value_year", "progress", "pace", "sentence"]
_TARGET, _GRADE = "judged_target", "grade"
"""What is exported besides, of plans with targets by round or grades."""
COUNTS: Final = ["total", *RESULTS, "rate"]


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, dtype=object)


def tables(path: Path, round_: FiscalYear | None = None) -> dict[str, pd.DataFrame]:
    """Return all tables of a workbook file by name, with the round evaluated, else that of 設定.

    Raise WorkbookError for a file that is no workbook of ours.
    """
    ledger = read(path)
    evaluated = round_ or ledger.settings.round
    summary = summary_of(ledger, evaluated)
    return {**tables_of(ledger, summary), "rounds": rounds(ledger, evaluated)}


def tables_of(ledger: Ledger, summary: Summary) -> dict[str, pd.DataFrame]:
    """Return the tables that are exported as CSV, by name."""
    more = [_TARGET] if ledger.plan.target_rounds else []
    more += [_GRADE] if ledger.plan.grades else []
    judged = results(ledger, summary).reindex(columns=[*_JUDGED, *more])
    return {
        "goals": goals(ledger),
        "indicators": pd.concat([indicators(ledger), judged], axis=1),
        "measures": measures(ledger),
        "actuals": actuals(ledger),
        "summary": counts(summary).reset_index(),
        "departments": departments(ledger, summary).reset_index(),
    }


def goals(ledger: Ledger) -> pd.DataFrame:
    """Return a row per 基本目標: number, title, how many 数値目標, 施策 and KPIs it has, its fields."""
    return _frame(
        [
            {
                "goal": goal.number,
                "title": goal.title,
                "headlines": len(goal.headlines),
                "measures": len(goal.measures),
                "kpis": goal.kpi_counts.total if goal.kpi_counts else len(goal.kpis),
                **_notes(goal_fields(ledger.plan), ledger.goals.get(goal.id)),
            }
            for goal in ledger.plan.goals
        ]
    )


def indicators(ledger: Ledger) -> pd.DataFrame:
    """Return a row per indicator, as defined, with what is written beside it, and its 担当課."""
    return _frame([_indicator(ledger, each) for each in ledger.plan.indicators()])


def _indicator(ledger: Ledger, indicator: Indicator) -> dict[str, Any]:
    measure = ledger.plan.measure_of(indicator)
    row = ledger.rows.get(indicator.id)
    return {
        "id": indicator.id,
        "goal": indicator.goal,
        "kind": indicator.kind,
        "measure": indicator.measure,
        "measure_name": measure.name if measure else None,
        NAME: indicator.name,
        "unit": indicator.unit or None,
        "rule": indicator.rule_label,
        "baseline_year": indicator.baseline_year,
        "baseline": indicator.baseline,
        "target_year": indicator.target_year,
        "target": indicator.target,
        "lag": indicator.lag,
        "cumulative": indicator.cumulative,
        "department": by_department.joined(by_department.owners(ledger, indicator)) or None,
        **_notes(indicator_fields(ledger.plan, indicator.kind), row),
    }


def measures(ledger: Ledger) -> pd.DataFrame:
    """Return a row per 施策: what is written of it, and its 担当課."""
    return _frame([_measure(ledger, each) for each in ledger.plan.measures.values()])


def _measure(ledger: Ledger, measure: Measure) -> dict[str, Any]:
    row = ledger.measures.get(measure.id)
    return {
        "id": measure.id,
        "goal": measure.goal,
        "measure": measure.number,
        "measure_name": measure.name,
        "department": by_department.joined(by_department.measure_owners(ledger, measure.id))
        or None,
        **_notes(measure_fields(ledger.plan), row),
    }


def _notes(fields: Iterable[Field], row: Row | None) -> dict[str, Any]:
    """Return what is written beside the figures; the plan's own fields as ``fields.KEY``."""
    return {column_of(key): value for key, value in notes_of(fields, row).items()}


def column_of(key: str) -> str:
    """Return the column that a field has in the tables."""
    return key if key in _STANDARD else f"fields.{key}"


_STANDARD: Final = frozenset(field.key for field in STANDARD)


def actuals(ledger: Ledger) -> pd.DataFrame:
    """Return a row per indicator and round that has a cell: value, mark, sheet and cell."""
    return _frame(list(_actuals(ledger)))


def _actuals(ledger: Ledger) -> Iterator[dict[str, Any]]:
    for indicator in ledger.plan.indicators():
        for round_, actual in ledger.actuals[indicator.id].items():
            cell = ledger.rows[indicator.id].cells[str(round_)]
            yield {
                "id": indicator.id,
                NAME: indicator.name,
                "round": str(round_),
                "value": actual.value,
                "mark": mark_of(actual),
                "unit": indicator.unit or None,
                "sheet": cell.sheet,
                "cell": cell.address,
            }


def results(ledger: Ledger, summary: Summary) -> pd.DataFrame:
    """Return a row per indicator: result, value judged, progress, pace, sentence, 担当課.

    ``counted`` is False where the figure already stands earlier in its goal and kind.
    """
    return _frame(list(_results(ledger, summary)))


def rounds(ledger: Ledger, last: FiscalYear | None = None) -> pd.DataFrame:
    """Return the rows of ``results`` for every round up to ``last``, else the one set in 設定."""
    last = last or ledger.settings.round
    return _frame(
        [
            {"round": str(round_), **row}
            for round_ in ledger.plan.rounds
            if round_ <= last
            for row in _results(ledger, summary_of(ledger, round_))
        ]
    )


def _results(ledger: Ledger, summary: Summary) -> Iterator[dict[str, Any]]:
    again = {id_ for goal in summary.goals for id_ in goal.again}
    for id_, each in summary.achievements.items():
        yield {
            "id": id_,
            "goal": each.indicator.goal,
            "kind": each.indicator.kind,
            NAME: each.indicator.name,
            "result": None if each.result is Result.NOT_ASKED else each.result.value,
            "label": each.label,
            "value": each.value,
            "value_year": each.value_year,
            "judged_target": each.target,
            "progress": each.progress,
            "pace": each.pace,
            "grade": each.plan_grade,
            "pending": each.mark is Mark.PENDING,
            "counted": id_ not in again,
            "department": by_department.label(by_department.owners(ledger, each.indicator)),
            "sentence": each.sentence,
        }


def counts(summary: Summary) -> pd.DataFrame:
    """Return the counts and the rate per goal and kind, and overall (goal 全体), and how many have
    each grade of the plan.

    A goal whose KPIs are published as counts has those counts.
    """
    whole: tuple[tuple[int | str, GoalSummary | Summary], ...] = (
        *((each.goal.number, each) for each in summary.goals),
        (OVERALL, summary),
    )
    by_row = {(goal, kind): getattr(each, kind) for goal, each in whole for kind in KINDS}
    index = pd.MultiIndex.from_tuples(by_row, names=["goal", "kind"])
    columns = _count_columns(summary)
    return pd.DataFrame(list(map(_counted, by_row.values())), index, columns, dtype=object)


def _count_columns(summary: Summary) -> list[str]:
    return [*COUNTS, *map(count_of, summary.how.grades)]


def count_of(grade: Grade) -> str:
    """Return the column in which it stands how many have a grade of the plan."""
    return f"grades.{grade.name}"


def _counted(count: Count) -> list[Any]:
    results = (getattr(count, result) for result in RESULTS)
    return [count.total, *results, count.rate, *count.grades.values()]


def departments(ledger: Ledger, summary: Summary) -> pd.DataFrame:
    """Return the counts and the rate of each 担当課 (row), as the reports print them.

    An indicator of several 担当課 counts in each of them, so the rows add up to more than the whole
    of `counts`. A figure that stands twice in its goal and kind is counted once; goals known by
    counts only add nothing.
    """
    listed = by_department.departments(ledger, summary)
    rows = [_counted(each.count) for each in listed]
    index = pd.Index([each.name for each in listed], name="department")
    return pd.DataFrame(rows, index, pd.Index(_count_columns(summary), name="result"), dtype=object)
