"""The checks: all findings of a workbook at once, each with its code and place.

Findings come in families, one a file: values, closed rounds, series, joined values, past, outliers,
relations, targets, structure, records, slip, people, fields of the plan's own, questions. The kinds
and their words stand in ``domain.catalogue``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from ..catalogue import OF_RECORDS, SECRETARIATS
from ..figures import EnteredFigure, Figures
from ..ledger import Ledger
from ..numerals import FiscalYear
from . import (
    closed,
    joined,
    outliers,
    own_fields,
    past,
    people,
    questions,
    records,
    relations,
    series,
    slip,
    structure,
    targets,
    values,
)
from .issue import Issue, Severity, errors_of

__all__ = ["Issue", "Severity", "check", "counts", "errors_of", "stopping"]


def check(ledger: Ledger, round_: FiscalYear) -> tuple[Issue, ...]:
    """Return every finding, with ``round_`` evaluated: workbook first, then goal by goal.

    Within a goal they follow the indicators and rounds. A figure with an error of its own takes
    no part in comparisons, so that one mistake is reported once. What only the secretariat can
    change is no finding in a department's workbook.
    """
    findings: list[Issue] = [
        *structure.check(ledger),
        *closed.check(ledger),
        *records.check(ledger),
        *slip.check(ledger, round_),
    ]
    sound: dict[str, dict[FiscalYear, EnteredFigure]] = {}
    for figure in ledger.every_figure():
        issues = list(values.check(figure))
        findings += issues
        if not errors_of(issues):
            sound.setdefault(figure.indicator.id, {})[figure.round] = figure
    findings += _together(ledger, sound, round_)
    if ledger.is_handout:
        findings = [issue for issue in findings if issue.kind not in SECRETARIATS]
    return tuple(sorted(findings, key=_position(ledger)))


def _together(ledger: Ledger, sound: Figures, round_: FiscalYear) -> list[Issue]:
    sums = list(joined.check(ledger, sound, round_))
    named = {(issue.indicator, issue.round) for issue in sums}
    return [
        *series.check(sound, round_),
        *sums,
        *(i for i in outliers.check(ledger, sound) if (i.indicator, i.round) not in named),
        *relations.check(ledger, sound),
        *targets.check(ledger),
        *past.check(ledger, round_),
        *people.check(ledger, sound, round_),
        *own_fields.check(ledger, round_),
        *questions.check(ledger, round_),
    ]


def stopping(ledger: Ledger, round_: FiscalYear, issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return the errors that stand in the way of a document of a round.

    Of a confirmed one these are only those of its record, whatever is typed by now.
    """
    errors = errors_of(issues)
    if round_ not in ledger.records:
        return errors
    return tuple(e for e in errors if e.kind in OF_RECORDS and e.round in (None, round_))


def counts(issues: Iterable[Issue]) -> dict[str, int]:
    """Return how many findings there are per severity: error, warning, info."""
    severities = Counter(issue.severity for issue in issues)
    return {severity.value: severities[severity] for severity in Severity}


def _position(ledger: Ledger) -> Callable[[Issue], tuple[int, int, int]]:
    order = {i.id: (i.goal, n) for n, i in enumerate(ledger.plan.indicators(), start=1)}
    order |= {m.id: (m.goal, len(order) + 1) for m in ledger.plan.measures.values()}
    order |= {goal.id: (goal.number, len(order) + 1) for goal in ledger.plan.goals}
    goals = {
        row.sheet: order[id_][0]
        for rows in (ledger.goals, ledger.measures, ledger.rows)
        for id_, row in rows.items()
        if id_ in order
    }

    def position(issue: Issue) -> tuple[int, int, int]:
        goal, number = order.get(issue.indicator or "", (goals.get(issue.sheet or "", 0), 0))
        return goal, number, issue.round.year if issue.round else 0

    return position
