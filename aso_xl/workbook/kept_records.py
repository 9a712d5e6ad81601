"""The records of confirmed rounds in the hidden sheet: one row of text (or several) a round."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from ..domain.baselines import with_baselines
from ..domain.numerals import FiscalYear
from ..domain.plain_data import plain_of, value_of
from ..domain.plan import KpiCounts, Plan
from ..domain.record import Correction, Reopened, RoundRecord, Rows, Written
from ..domain.record_heads import MARK
from ..domain.revising import as_of
from ..domain.settings import Settings
from ..domain.summary import Summary
from .packed_record import packed, raw
from .stamped_plan import plan_of

KEPT: Final = "confirmed "
"""Before the round in the key of a record: ``confirmed R8``."""

REOPENED: Final = "reopened"
"""Key of the confirmations that were taken back."""

_MARK: Final = 12


def kept(record: RoundRecord) -> str:
    """Return a record as the text that the hidden sheet holds."""
    plan, before = record.plan, record.before
    counted = {goal.number: goal.kpi_counts for goal in plan.goals if goal.kpi_counts}
    return packed(
        {
            "round": str(record.round),
            "at": record.at,
            "by": record.by,
            "definition": record.definition,
            "counts": {number: [each.total, each.achieved] for number, each in counted.items()},
            "settings": plain_of(record.settings, plan),
            "rows": _plain_rows(record.rows),
            "measures": _plain_rows(record.measures),
            "goals": _plain_rows(record.goals),
            "summary": plain_of(record.summary, plan),
            "before": plain_of(before, as_of(plan, before.round) if before else plan),
            "texts": record.has_texts,
            "corrections": plain_of(record.corrections, plan),
            "baselines": {id_: str(value) for id_, value in record.baselines.items()},
        }
    )


def records_of(hidden: Mapping[str, str]) -> tuple[dict[FiscalYear, RoundRecord], tuple[str, ...]]:
    """Return the records that the hidden sheet holds, by round, and the rounds that are damaged."""
    found: dict[FiscalYear, RoundRecord] = {}
    damaged: list[str] = []
    for key, text in hidden.items():
        if key.startswith(KEPT):
            try:
                record = read_record(text)
                found[record.round] = record
            except Exception:  # whatever somebody made of it
                damaged.append(key.removeprefix(KEPT))
    return dict(sorted(found.items(), key=lambda each: each[0].year)), tuple(damaged)


def read_record(text: str) -> RoundRecord:
    """Return the record of a text of the hidden sheet. Raise an error for what is damaged."""
    data = raw(text)
    round_ = FiscalYear.parse(data["round"])
    baselines = {id_: Decimal(value) for id_, value in data.get("baselines", {}).items()}
    counted = _counted(plan_of(data["definition"]), data["counts"])
    plan = as_of(with_baselines(counted, baselines), round_)
    return RoundRecord(
        round_,
        str(data["at"]),
        str(data["by"]),
        data["definition"],
        plan,
        value_of(Settings, data["settings"], plan),
        _rows(data["rows"]),
        _rows(data["measures"]),
        _rows(data["goals"]),
        value_of(Summary, data["summary"], plan),
        _before(data["before"], plan),
        bool(data["texts"]),
        value_of(tuple[Correction, ...], data["corrections"], plan),
        baselines,
        digits_of(text),
    )


def kept_reopened(traces: Iterable[Reopened], plan: Plan) -> str:
    """Return the confirmations that were taken back as the text that the hidden sheet holds."""
    return packed({"reopened": plain_of(tuple(traces), plan)})


def reopened_of(hidden: Mapping[str, str], plan: Plan) -> tuple[Reopened, ...]:
    """Return the confirmations that were taken back; () where nothing can be read of them."""
    try:
        data = raw(hidden[REOPENED])["reopened"] if hidden.get(REOPENED) else ()
        traces: tuple[Reopened, ...] = value_of(tuple[Reopened, ...], data, plan)
        return traces
    except (KeyError, TypeError, ValueError):  # whatever somebody made of it
        return ()


def mark_in(text: str) -> str:
    """Return the mark that the sheet 確定記録 shows of a record; "" for none."""
    return text.removeprefix(MARK).strip() if text.startswith(MARK) else ""


def digits_of(text: str) -> str:
    """Return some digits that change with any change of a kept record."""
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK]


def _before(data: Any, plan: Plan) -> Summary | None:
    """Return the evaluation of the round before, of the plan as it held then."""
    if data is None:
        return None
    summary: Summary = value_of(Summary, data, as_of(plan, FiscalYear.parse(data["round"])))
    return summary


def _counted(plan: Plan, counts: Mapping[str, Any]) -> Plan:
    """Return the plan with the KPI counts that were typed on its sheets."""
    if not counts:
        return plan
    goals = tuple(
        replace(goal, kpi_counts=KpiCounts(*map(int, counts[str(goal.number)])))
        if str(goal.number) in counts
        else goal
        for goal in plan.goals
    )
    return replace(plan, goals=goals)


def _plain_rows(rows: Rows) -> dict[str, dict[str, Any]]:
    """Return rows as plain data: a number is a list of one, a text itself."""
    return {
        id_: {key: [str(v)] if isinstance(v, Decimal) else v for key, v in written.items()}
        for id_, written in rows.items()
    }


def _rows(data: Mapping[str, Mapping[str, Any]]) -> Rows:
    return {
        id_: {key: _written(value) for key, value in written.items()}
        for id_, written in data.items()
    }


def _written(value: Any) -> Written:
    return Decimal(value[0]) if isinstance(value, list) else str(value)
