"""The JSON of the command line (design, section 5): numbers are decimal strings, absent is null."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ...domain.achievement import Achievement, OtherTarget, Result
from ...domain.cells import Row
from ...domain.checks import Issue, counts
from ...domain.corrections import actual_of
from ...domain.departments import joined, measure_owners, owners
from ...domain.entry import mark_of, notes_of
from ...domain.field_declaration import Field
from ...domain.fields import REMARK, goal_fields, indicator_fields, measure_fields
from ...domain.ledger import Ledger
from ...domain.numerals import plain
from ...domain.plan import BLANK, Goal, Indicator, Measure, Revision
from ...domain.record import RoundRecord
from ...domain.summary import Count, Summary

Payload = dict[str, Any]


def issues_payload(issues: Iterable[Issue]) -> Payload:
    """Return ``{"issues", "counts"}``."""
    listed = tuple(issues)
    return {"issues": [issue.to_json() for issue in listed], "counts": counts(listed)}


def evaluation_payload(summary: Summary) -> Payload:
    """Return ``{"round", "goals", "overall", "indicators"}``."""
    return {
        "round": str(summary.round),
        **counts_payload(summary),
        "indicators": [_achievement(a) for a in summary.achievements.values()],
    }


def counts_payload(summary: Summary) -> Payload:
    """Return ``{"goals", "overall"}``."""
    return {
        "goals": [
            {
                "number": each.goal.number,
                "title": each.goal.title,
                "headlines": [{"id": a.indicator.id, "result": _result(a)} for a in each.headlines],
                "kpi": _count(each.kpi),
            }
            for each in summary.goals
        ],
        "overall": _count(summary.kpi),
    }


def _count(count: Count) -> Payload:
    return {
        "total": count.total,
        "achieved": count.achieved,
        "missed": count.missed,
        "unpublished": count.unpublished,
        "blank": count.blank,
        "excluded": count.excluded,
        "rate": plain(count.rate),
        "grades": dict(count.grades),
    }


def _achievement(achievement: Achievement) -> Payload:
    return {
        "id": achievement.indicator.id,
        "result": _result(achievement),
        "value": plain(achievement.value),
        "value_year": _text(achievement.value_year),
        "target": plain(achievement.target),
        "yearly": _yearly(achievement.other),
        "progress": plain(achievement.progress),
        "pace": achievement.pace,
        "grade": achievement.plan_grade,
        "sentence": achievement.sentence,
    }


def _yearly(other: OtherTarget | None) -> Payload | None:
    """Return the target that is not judged in the round, with the result it would give."""
    return None if other is None else {"target": plain(other.target), "result": other.result}


def _result(achievement: Achievement) -> str | None:
    """Return the result; None in a round in which the indicator is not asked."""
    return None if achievement.result is Result.NOT_ASKED else achievement.result.value


def export_payload(ledger: Ledger) -> Payload:
    """Return ``{"plan", "goals", "indicators", "records"}``; the round is the one set in the workbook."""
    plan = ledger.plan
    return {
        "plan": {
            "id": plan.id,
            "title": plan.title,
            "period": [str(year) for year in plan.period],
            "rounds": [str(round_) for round_ in plan.rounds],
            "round": str(ledger.settings.round),
        },
        "goals": [_goal(ledger, goal) for goal in plan.goals],
        "indicators": [_indicator(ledger, each) for each in plan.indicators()],
        "records": {str(round_): _record(each) for round_, each in ledger.records.items()},
    }


def _record(record: RoundRecord) -> Payload:
    return {
        "at": record.at,
        "by": record.by,
        "counts": counts_payload(record.summary),
        "indicators": {
            id_: _recorded(record, achievement)
            for id_, achievement in record.summary.achievements.items()
        },
    }


def _recorded(record: RoundRecord, achievement: Achievement) -> Payload:
    """Return what was confirmed of an indicator; value and mark are those of the round itself."""
    written = record.rows.get(achievement.indicator.id, {})
    actual = actual_of(written.get(str(record.round)))
    return {
        "value": plain(actual.value),
        "mark": mark_of(actual),
        "target": plain(achievement.target),
        "result": _result(achievement),
        "progress": plain(achievement.progress),
        "pace": achievement.pace,
        "grade": achievement.plan_grade,
        "remark": _text(written.get(REMARK)),
    }


def _goal(ledger: Ledger, goal: Goal) -> Payload:
    counts = goal.kpi_counts
    return {
        "number": goal.number,
        "label": goal.label or None,
        "title": goal.title,
        "measures": [_measure(ledger, measure) for measure in goal.measures],
        "kpi_counts": {"total": counts.total, "achieved": counts.achieved} if counts else None,
        "fields": _fields(goal_fields(ledger.plan), ledger.goals.get(goal.id)),
    }


def _measure(ledger: Ledger, measure: Measure) -> Payload:
    fields, row = measure_fields(ledger.plan), ledger.measures.get(measure.id)
    return {
        "number": measure.number,
        "label": measure.label or None,
        "group": measure.group or None,
        "name": measure.name,
        "department": joined(measure_owners(ledger, measure.id)) or None,
        "fields": _fields(fields, row),
    }


def _fields(fields: Iterable[Field], row: Row | None) -> Mapping[str, str | None]:
    """Return what is written beside the figures, by field."""
    return {key: _text(value) for key, value in notes_of(fields, row).items()}


def _indicator(ledger: Ledger, indicator: Indicator) -> Payload:
    return {
        "id": indicator.id,
        "label": indicator.label or None,
        "goal": indicator.goal,
        "kind": indicator.kind,
        "measure": indicator.measure,
        "name": indicator.name,
        "unit": indicator.unit or None,
        "rule": indicator.rule,
        "rule_label": indicator.rule_label,
        "baseline_year": _text(indicator.baseline_year),
        "baseline": plain(indicator.baseline),
        "printed_baseline": indicator.printed_baseline or None,
        "target_year": _text(indicator.target_year),
        "target": plain(indicator.target),
        "printed_target": indicator.printed_target or None,
        "targets": {str(round_): plain(value) for round_, value in indicator.targets},
        "revised": [_revision(each) for each in indicator.revised],
        "aggregate": indicator.aggregate,
        "from": _text(indicator.since),
        "until": _text(indicator.until),
        "lag": indicator.lag,
        "cumulative": indicator.cumulative,
        "department": joined(owners(ledger, indicator)) or None,
        "statement": indicator.statement or None,
        "fields": _fields(
            indicator_fields(ledger.plan, indicator.kind), ledger.rows.get(indicator.id)
        ),
        "actuals": _actuals(ledger, indicator),
    }


def _revision(revision: Revision) -> Payload:
    """Return what a revision of the strategy changed; what it left as it was is null."""
    return {
        "from": str(revision.since),
        "baseline": plain(revision.baseline),
        "baseline_year": _text(revision.baseline_year),
        "target": plain(revision.target),
        "target_year": _text(revision.target_year),
        "rule": revision.rule,
        "printed_target": revision.printed_target or None,
        "reason": revision.reason or None,
    }


def _actuals(ledger: Ledger, indicator: Indicator) -> Mapping[str, Payload]:
    row, actuals = ledger.rows.get(indicator.id), ledger.actuals[indicator.id]
    cells = row.cells if row else {}
    out = {}
    for round_ in ledger.plan.rounds:
        actual, cell = actuals.get(round_, BLANK), cells.get(str(round_))
        out[str(round_)] = {
            "value": plain(actual.value),
            "mark": mark_of(actual),
            "sheet": cell.sheet if cell else None,
            "cell": cell.address if cell else None,
        }
    return out


def _text(value: object) -> str | None:
    return plain(value) if isinstance(value, Decimal) else None if value is None else str(value)
