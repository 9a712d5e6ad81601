"""What cannot be asked: questions about what there is not, or about nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import QUESTION_EMPTY, QUESTION_NOT_ASKED, QUESTION_UNKNOWN
from ..cells import Row
from ..ledger import Ledger
from ..numerals import FiscalYear
from ..questions import ABOUT, ANSWER, TEXT, is_open, said
from .issue import Issue, issue


def check(ledger: Ledger, round_: FiscalYear) -> Iterator[Issue]:
    """Yield findings on the questions of a master; a department's are not its to mend."""
    for row in () if ledger.is_handout else ledger.questions:
        yield from _question(ledger, row, round_)


def _question(ledger: Ledger, row: Row, round_: FiscalYear) -> Iterator[Issue]:
    about = "".join(said(row, ABOUT).split())
    if not said(row, TEXT):
        if about or said(row, ANSWER):
            yield issue(QUESTION_EMPTY, row.cells.get(TEXT))
        return
    if not is_open(row):
        return
    indicator = ledger.plan.by_id.get(about)
    if not about or not ledger.plan.name_of(about):
        problem = f"「{about}」は総合戦略にありません" if about else "がありません"
        yield issue(QUESTION_UNKNOWN, row.cells.get(ABOUT), problem=problem)
    elif indicator and not indicator.is_asked(round_):
        yield issue(QUESTION_NOT_ASKED, row.cells[ABOUT], indicator, round=round_)
