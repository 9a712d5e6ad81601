"""The record of a confirmed round as the rows of the sheet 確定記録, which people read and filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from .achievement import JUDGED, Achievement
from .departments import joined, names_in
from .fields import DEPARTMENT, fields_of, notes
from .numerals import decimals_of, format_number
from .plan import KIND_LABELS, Measure
from .record import Reopened, RoundRecord, Rows, Written
from .record_heads import (
    ACHIEVED,
    AT,
    BASELINE,
    BY,
    CONFIRMED,
    GOAL,
    HEADS,
    ID,
    KIND,
    MARK,
    MEASURE,
    NAME,
    OWNER,
    PACE,
    PROGRESS,
    RATE,
    REOPENED,
    RESULT,
    RULE,
    SENTENCE,
    SETTING,
    TARGET,
    TOTAL,
    UNIT,
    VALUE,
    WHOLE,
    WRITTEN,
    YEAR,
)
from .settings import rows as setting_rows
from .settings import value_in
from .summary import Count
from .words import NONE

Line = Mapping[str, Written | None]
"""A row of the sheet by heading."""


def lines_of(record: RoundRecord) -> Iterator[Line]:
    """Yield the rows of a round: what was confirmed when, counts, indicators, 施策, settings."""
    for line in _lines(record):
        blank: Line = dict.fromkeys(HEADS)
        yield {**blank, YEAR: str(record.round), **line, AT: record.at, BY: record.by}


def line_of(trace: Reopened) -> Line:
    """Return the row of a confirmation that was taken back."""
    blank: Line = dict.fromkeys(HEADS)
    name = f"{trace.closed_at} {trace.closed_by} の確定を取り消し"
    said = {KIND: REOPENED, NAME: name, SENTENCE: trace.reason}
    return {**blank, YEAR: str(trace.round), **said, AT: trace.at, BY: trace.by or None}


def key_of(line: Line) -> tuple[str, str, str]:
    """Return what a row is known by: round, kind, and number (or name, where it has none)."""
    year, kind, number = (str(line[head] or "") for head in (YEAR, KIND, ID))
    return year, kind, number or str(line[NAME] or "")


def _lines(record: RoundRecord) -> Iterator[Line]:
    yield {KIND: CONFIRMED, NAME: record.plan.title, SENTENCE: f"{MARK} {record.mark}"}
    summary = record.summary
    for word, count in ((KIND_LABELS["headline"], summary.headline), ("KPI", summary.kpi)):
        yield {KIND: WHOLE, NAME: word, **_counted(count)}
    for each in summary.goals:
        counts = ((KIND_LABELS["headline"], each.headline), ("KPI", each.kpi))
        for word, count in counts:
            yield {
                KIND: GOAL,
                ID: f"{each.goal.number} {word}",
                NAME: each.goal.title,
                **_counted(count),
            }
        if written := _texts(record, record.goals, each.goal.id):
            yield {KIND: GOAL, ID: each.goal.id, NAME: each.goal.title, WRITTEN: written}
    for achievement in summary.achievements.values():
        yield _indicator(record, achievement)
    for measure in record.plan.measures.values():
        yield _measure(record, measure)
    for row in setting_rows():
        if row.path != ("paragraphs",) and (value := value_in(record.settings, row)) is not None:
            shown = row.setting.kind.shown(value)
            if shown not in (None, ""):
                yield {KIND: SETTING, NAME: row.setting.key, WRITTEN: str(shown)}
    for number, text in enumerate(record.settings.paragraphs, start=1):
        if text:
            yield {KIND: SETTING, NAME: f"前文{number}", WRITTEN: text}


def _counted(count: Count) -> Line:
    return {
        TOTAL: Decimal(count.total),
        ACHIEVED: Decimal(count.achieved),
        RATE: NONE if count.rate is None else count.rate,
    }


def _indicator(record: RoundRecord, achievement: Achievement) -> Line:
    indicator = achievement.indicator
    return {
        KIND: KIND_LABELS[indicator.kind],
        ID: indicator.id,
        NAME: indicator.name,
        OWNER: _owner(record, record.rows, indicator.id, indicator.department),
        UNIT: indicator.unit or None,
        BASELINE: _printed(indicator.printed_baseline, indicator.baseline),
        TARGET: _printed(indicator.printed_target, indicator.target),
        RULE: indicator.rule_label or None,
        VALUE: record.rows.get(indicator.id, {}).get(str(record.round)),
        RESULT: achievement.label,
        PROGRESS: achievement.progress if achievement.result in JUDGED else None,
        PACE: achievement.standing if achievement.result in JUDGED else None,
        SENTENCE: achievement.sentence,
        WRITTEN: _texts(record, record.rows, indicator.id),
    }


def _measure(record: RoundRecord, measure: Measure) -> Line:
    return {
        KIND: MEASURE,
        ID: measure.id,
        NAME: measure.name,
        OWNER: _owner(record, record.measures, measure.id, ""),
        WRITTEN: _texts(record, record.measures, measure.id),
    }


def _printed(text: str, number: Decimal | None) -> Written | None:
    return text or number


def _owner(record: RoundRecord, rows: Rows, id_: str, usual: str) -> str | None:
    written = str(rows[id_].get(DEPARTMENT, "")) if id_ in rows else usual
    return joined(names_in(written, record.settings.departments)) or None


def _texts(record: RoundRecord, rows: Rows, id_: str) -> str | None:
    """Return what was written beside the figures, each with the word of its field."""
    written = rows.get(id_, {})
    return (
        "\n".join(
            f"{field.word}: {_shown(written[field.key], field.unit)}"
            for field in notes(fields_of(record.plan, id_))
            if field.key in written
        )
        or None
    )


def _shown(value: Written, unit: str) -> str:
    return format_number(value, decimals_of(value), unit) if isinstance(value, Decimal) else value
