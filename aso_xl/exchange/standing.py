"""How far a department is: what its newest workbook holds, who confirmed it, whether it is merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ..domain.catalogue import SLIP_UNCLEAR
from ..domain.checks import Issue
from ..domain.field_declaration import Owner
from ..domain.fields import goal_fields, measure_fields, notes
from ..domain.ledger import Ledger
from ..domain.slip import Slip
from ..workbook.layout import SLIP
from .cell_values import same
from .merge_files import TIME
from .receipts import Receipt, received
from .submissions import Returned


class State(StrEnum):
    """How far a department is."""

    MISSING = "missing"
    EMPTY = "empty"
    UNTOUCHED = "untouched"
    PARTIAL = "partial"
    ERRORS = "errors"
    WAITING = "waiting"
    COMPLETE = "complete"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    MERGED = "merged"

    @property
    def is_done(self) -> bool:
        """Return whether nothing more is asked of the department."""
        return self in (State.COMPLETE, State.CONFIRMED, State.MERGED)


LABELS: Final = {
    State.MISSING: "未提出",
    State.EMPTY: "未記入",
    State.UNTOUCHED: "配ったまま",
    State.PARTIAL: "入力途中",
    State.ERRORS: "要修正",
    State.WAITING: "課長確認待ち",
    State.COMPLETE: "提出済み",
    State.CONFIRMED: "確認済",
    State.RETURNED: "差戻し中",
    State.MERGED: "統合済",
}


@dataclass(frozen=True)
class Deadline:
    """Until when it was asked: as it was printed, and the day, where the words name one."""

    text: str = ""
    day: dt.date | None = None


@dataclass(frozen=True)
class Standing:
    """One department: its newest file (None: not returned), and how many of its figures are in.

    ``measures_filled`` of its ``measures`` have a text; a goal of which something is written is
    counted among them. ``submitted`` is when the file was saved last, ``deadline`` what was printed
    when it was sent, ``merged`` when it was merged as it is now, ``returned`` the day on which a
    workbook was sent back that is still out; each is empty where that is not known or not so.
    ``formerly`` is how the department was called when its workbook was sent, where that was
    otherwise. ``slip`` is None where there is no 提出票. ``late`` are the days since the deadline,
    0 where nothing more is asked, None where the deadline is no day.
    """

    name: str
    file: str | None
    filled: int
    asked: int
    errors: int
    state: State
    files: tuple[str, ...] = ()
    measures: int = 0
    measures_filled: int = 0
    submitted: str = ""
    deadline: Deadline = Deadline()
    issues: tuple[Issue, ...] = ()
    slip: Slip | None = None
    merged: str = ""
    formerly: str = ""
    returned: str = ""
    late: int | None = None

    @property
    def blanks(self) -> int:
        """Return how many figures, and 施策 without any text, are still to come."""
        return self.asked - self.filled + self.measures - self.measures_filled

    def counted_late(self, today: dt.date) -> int | None:
        """Return how many days after the deadline it is still asked for something."""
        if self.state.is_done:
            return 0
        return max(0, (today - self.deadline.day).days) if self.deadline.day else None


def standing_of(
    name: str,
    files: Sequence[Returned],
    deadline: Deadline,
    receipt: Receipt | None,
    *,
    is_disputed: bool,
) -> Standing:
    """Return how far a department is by its files, the newest first.

    ``receipt`` is what the master has received of the newest; ``is_disputed`` whether conflicts of
    it are still to be decided.
    """
    newest = files[0]
    assert newest.ledger and newest.handout
    ledger, round_ = newest.ledger, newest.handout.round
    asked = sum(1 for _ in ledger.plan.indicators())
    rows = [row for row in ledger.rows.values() if round_ in row.cells]
    filled = sum(not row.cells[round_].is_blank for row in rows)
    measures, written = _measures(ledger)
    done = (filled, asked) if asked else (written, measures)
    came = received(newest)
    is_merged = came is not None and receipt is not None and receipt.is_like(came)
    return Standing(
        *(name, newest.file, filled, asked, newest.errors),
        _state(newest, *done, is_merged=is_merged and not is_disputed),
        tuple(each.file for each in files),
        *(measures, written),
        saved_at(newest),
        deadline,
        newest.issues,
        ledger.slip,
        receipt.at if receipt and is_merged else "",
        newest.handout.department if newest.handout.department != name else "",
    )


def saved_at(each: Returned) -> str:
    """Return when a file was saved last."""
    return f"{dt.datetime.fromtimestamp(each.changed_at):{TIME}}"


def _measures(ledger: Ledger) -> tuple[int, int]:
    """Return how many 施策 and goals a department writes of, and in how many rows it has."""
    plan, asked, filled = ledger.plan, 0, 0
    goals = plan.by_goal if goal_fields(plan) else {}
    for ids, rows, fields in (
        (plan.measures, ledger.measures, measure_fields(plan)),
        (goals, ledger.goals, goal_fields(plan)),
    ):
        keys = [field.key for field in notes(fields) if field.owner is Owner.DEPARTMENT]
        asked += len(ids)
        filled += sum(
            any(key in row.cells and not row.cells[key].is_blank for key in keys)
            for row in rows.values()
        )
    return asked, filled


def _is_untouched(each: Returned) -> bool:
    """Return whether everything in it is as it was sent."""
    submission = each.submission
    return (
        submission is not None
        and not each.rejected
        and not any(issue.kind is SLIP_UNCLEAR for issue in each.issues)
        and (each.ledger is None or each.ledger.slip in (None, Slip()))
        and all(same(value, submission.base.get(key)) for key, value in submission.theirs.items())
    )


def _state(each: Returned, filled: int, asked: int, *, is_merged: bool) -> State:
    """Return the state of a file: what is to be done next about it."""
    if _is_untouched(each):
        return State.UNTOUCHED if filled or not asked else State.EMPTY
    if each.errors:
        return State.ERRORS
    if filled < asked:
        return State.PARTIAL if filled else State.EMPTY
    slip = each.ledger.slip if each.ledger else None
    was_sent = each.ledger is not None and SLIP in each.ledger.record
    if was_sent and not (slip and slip.is_confirmed):
        return State.WAITING
    if is_merged:
        return State.MERGED
    return State.CONFIRMED if slip else State.COMPLETE
