"""Whether a document is a draft: errors are left, figures are not entered, or it was asked for."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.achievement import Result
from ..domain.checks import Issue, errors_of
from ..domain.confirming import summary_of
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.settings import ReportKind
from .content.sections.draft_words import DraftState


def draft_of(
    ledger: Ledger,
    round_: FiscalYear,
    issues: Iterable[Issue],
    kind: ReportKind,
    *,
    asked: bool = False,
    with_blanks: bool = False,
) -> DraftState:
    """Return whether a document of a round is a draft.

    It is if that is ``asked`` for, or if figures of the round are not entered, unless it is to be
    final ``with_blanks``. Errors alone make none: who makes documents stops at them first. What is
    of the strategy alone is one only if that is asked for.
    """
    if kind.is_of_plan:
        return DraftState(asked)
    blanks = 0 if with_blanks else blank_figures(ledger, round_)
    return DraftState(asked or blanks > 0, len(errors_of(issues)), blanks)


def blank_figures(ledger: Ledger, round_: FiscalYear) -> int:
    """Return how many figures of a round are not entered, each counted once."""
    found = summary_of(ledger, round_)
    return sum(a.result is Result.BLANK for goal in found.goals for a in goal.once)
