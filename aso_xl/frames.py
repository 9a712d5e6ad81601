"""The workbook as pandas tables: for analysis and CSV. Values stay Decimal, absent is None.

``results`` is the table the others are counted from; the counts agree with ``summary``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pandas as pd

from .domain import departments as by_department
from .domain.achievement import Result
from .domain.cells import Row
from .domain.entry import mark_of, notes_of
from .domain.field import Field
from .domain.fields import NAME, STANDARD, indicator_fields, measure_fields
from .domain.ledger import Ledger
from .domain.plan import Goal, Indicator, Kind, Mark, Measure
from .domain.summary import Summary, rate

RESULTS: Final = [result.value for result in Result]
OVERALL: Final = "全体"
COUNTS: Final = ["total", *RESULTS, "rate"]


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, dtype=object)


def goals(ledger: Ledger) -> pd.DataFrame:
    """Return a row per 基本目標: number, title, and how many 数値目標, 施策 and KPIs it has."""
    return _frame(
        [
            {
                "goal": goal.number,
                "title": goal.title,
                "headlines": len(goal.headlines),
                "measures": len(goal.measures),
                "kpis": goal.kpi_counts.total if goal.kpi_counts else len(goal.kpis),
            }
            for goal in ledger.plan.goals
        ]
    )


def indicators(ledger: Ledger) -> pd.DataFrame:
    """Return a row per indicator, as defined, with what is written beside it, and its 担当課."""
    return _frame([_indicator(ledger, each) for each in ledger.plan.indicators()])


def _indicator(ledger: Ledger, indicator: Indicator) -> dict[str, Any]:
    measure = ledger.plan.measures.get(f"{indicator.goal}-{indicator.measure or 0:02d}")
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
    plan = ledger.plan
    again = {i for goal in plan.goals for kind in _KINDS for i in plan.repeats(goal, kind)}
    return _frame(
        [
            {
                "id": id_,
                "goal": each.indicator.goal,
                "kind": each.indicator.kind,
                NAME: each.indicator.name,
                "result": each.result.value,
                "label": each.label,
                "value": each.value,
                "value_year": each.value_year,
                "progress": each.progress,
                "pace": each.pace,
                "pending": each.mark is Mark.PENDING,
                "counted": id_ not in again,
                "department": by_department.label(by_department.owners(ledger, each.indicator)),
                "sentence": each.sentence,
            }
            for id_, each in summary.achievements.items()
        ]
    )


_KINDS: Final[tuple[Kind, ...]] = ("headline", "kpi")


def counts(ledger: Ledger, summary: Summary) -> pd.DataFrame:
    """Return the counts and the rate per goal and kind, and overall (goal 全体), as integers.

    A goal whose KPIs are published as counts has those counts.
    """
    judged = results(ledger, summary)
    found = (
        judged[judged["counted"].astype(bool)]
        .groupby(["goal", "kind"], sort=False)["result"]
        .value_counts()
        .unstack(fill_value=0)
        .reindex(columns=RESULTS, fill_value=0)
        .reindex(_places(ledger), fill_value=0)
        .astype(int)
    )
    for goal in ledger.plan.goals:
        if goal.kpi_counts:
            found.loc[(goal.number, "kpi")] = _published(goal)
    overall = found.groupby(level="kind", sort=False).sum()
    overall.index = pd.MultiIndex.from_product([[OVERALL], overall.index], names=["goal", "kind"])
    return _with_rates(pd.concat([found, overall]), ledger.settings.exclude_unpublished)


def _places(ledger: Ledger) -> pd.MultiIndex:
    numbers = [goal.number for goal in ledger.plan.goals]
    return pd.MultiIndex.from_product([numbers, _KINDS], names=["goal", "kind"])


def _published(goal: Goal) -> dict[str, int]:
    counts_ = goal.kpi_counts
    achieved, total = (counts_.achieved, counts_.total) if counts_ else (0, 0)
    return {
        **dict.fromkeys(RESULTS, 0),
        Result.ACHIEVED.value: achieved,
        Result.MISSED.value: total - achieved,
    }


def _with_rates(found: pd.DataFrame, exclude_unpublished: bool) -> pd.DataFrame:
    outside = [Result.EXCLUDED.value] + [Result.UNPUBLISHED.value] * exclude_unpublished
    total = found[[result for result in RESULTS if result not in outside]].sum(axis=1)
    rates = [rate(int(n), int(m)) for n, m in zip(found["achieved"], total, strict=True)]
    return found.assign(total=total, rate=pd.Series(rates, found.index, dtype=object))[COUNTS]


def departments(ledger: Ledger, summary: Summary) -> pd.DataFrame:
    """Return the counts and the rate of each 担当課 (row), as the reports print them.

    A figure that stands twice in its goal and kind is counted once; goals known by counts only add
    nothing.
    """
    found = by_department.departments(ledger, summary)
    rows = [
        [each.count.total, *(getattr(each.count, result) for result in RESULTS), each.count.rate]
        for each in found
    ]
    index = pd.Index([each.name for each in found], name="department")
    return pd.DataFrame(rows, index, pd.Index(COUNTS, name="result"), dtype=object)
