"""Past figures: what a merge changes in them, what was changed by hand, and what is known from now on.

The master keeps them in its hidden sheet, so that a later change by hand can be told from the state
that a merge left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..workbook.past_figures import PAST, past_record
from . import note_sheets as sheets
from .cell_values import Key, Value, Values, comparable, same, values_of
from .three_way import Merged, Submission


@dataclass(frozen=True)
class PastChange:
    """A figure of a round before the evaluated one that is another than it was.

    ``file`` brought it; None: the master was changed by hand since the split or the last merge.
    """

    key: Key
    before: Value
    after: Value
    file: str | None


def past_changes(
    ledger: Ledger, merged: Merged, submissions: Iterable[Submission]
) -> Iterator[PastChange]:
    """Yield the past figures that this merge changes, and those changed in the master by hand.

    What an earlier merge took in after the split was told then.
    """
    for a in merged.applied:
        if _is_past(a.key, ledger):
            yield PastChange(a.key, a.before, a.after, a.file)
    reported = {(row.key, comparable(row.value)) for row in sheets.taken(ledger)}
    mine, newest = values_of(ledger), _known(ledger)
    for each in sorted(submissions, key=lambda submission: submission.split):
        newest |= {key: each.base.get(key) for key in each.theirs}
    for key, sent in newest.items():
        now = mine.get(key)
        if _is_past(key, ledger) and not same(sent, now) and (key, comparable(now)) not in reported:
            yield PastChange(key, sent, now, None)


def record_changes(ledger: Ledger, values: Values, *, is_written: bool) -> dict[str, str]:
    """Return what is to be put into the hidden sheet so that ``values`` are known from now on.

    Nothing, unless the master is written anyway (``is_written``) or a known figure has changed.
    """
    known = _known(ledger)
    if not is_written and all(same(known[key], values.get(key)) for key in known if key in values):
        return {}
    figures: dict[str, dict[str, str | Decimal]] = {}
    for key, value in values.items():
        if _is_past(key, ledger) and value is not None and _can_be_kept(value):
            figures.setdefault(key.id, {})[key.field] = value
    if not figures and ledger.past is None:
        return {}
    return {PAST: past_record(figures, f"{dt.date.today():%Y-%m-%d}")}


def _known(ledger: Ledger) -> dict[Key, Value]:
    figures = ledger.past.figures if ledger.past else {}
    return {
        key: value
        for id_, fields in figures.items()
        for name, value in fields.items()
        if _is_past(key := Key(id_, name), ledger)
    }


def _can_be_kept(value: str | Decimal) -> bool:
    return isinstance(value, str) or value.is_finite()


def _is_past(key: Key, ledger: Ledger) -> bool:
    return key.round is not None and FiscalYear.parse(key.round) < ledger.settings.round
