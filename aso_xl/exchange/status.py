"""Who has sent what: asked, filled, errors, when, not returned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from ..domain import words
from ..domain.checks import Issue, Severity
from ..domain.field_declaration import Owner
from ..domain.fields import DEPARTMENT_HEAD, goal_fields, measure_fields, notes
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.text import one_line
from ..workbook import layout
from .cell_values import same
from .inbox import Inbox, find
from .merge_files import TIME, Progress
from .shares import shares_of
from .split import master_of
from .submissions import Returned, read_all

SHEET: Final = "回収状況"
HEADS: Final = (
    *(DEPARTMENT_HEAD, "提出ファイル", "依頼", "入力済み", words.ERROR, "状態"),
    *("施策", "施策記入済み", "提出日時", "期限"),
)
WIDTHS: Final = (15, 22, 7, 9, 8, 11, 7, 12, 20, 14)
FINDINGS: Final = "指摘"
FINDING_HEADS: Final = (DEPARTMENT_HEAD, "提出ファイル", *layout.FINDING_HEADS[:-1])
"""As in 検証結果, but for the key by which its colours are looked up."""
FINDING_WIDTHS: Final = (12, 18, 8, 15, 22, 34, 34)
_DEADLINE: Final = "提出期限"


class State(StrEnum):
    """How far a department is."""

    MISSING = "missing"
    EMPTY = "empty"
    UNTOUCHED = "untouched"
    PARTIAL = "partial"
    ERRORS = "errors"
    COMPLETE = "complete"


LABELS: Final = {
    State.MISSING: "未提出",
    State.EMPTY: "未記入",
    State.UNTOUCHED: "配ったまま",
    State.PARTIAL: "入力途中",
    State.ERRORS: "要修正",
    State.COMPLETE: "提出済み",
}


@dataclass(frozen=True)
class Standing:
    """One department: its newest file (None: not returned), and how many of its figures are in.

    ``measures_filled`` of its ``measures`` have a text; a goal of which something is written is
    counted among them. ``submitted`` is when the file was saved
    last, ``deadline`` what was printed when it was sent; both are empty where that is not known.
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
    deadline: str = ""
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Status:
    """Where the collection stands, what the files that could not be used are, and notes on others."""

    round: FiscalYear
    departments: tuple[Standing, ...]
    failed: tuple[Returned, ...]
    inbox: Inbox
    notes: tuple[str, ...] = ()

    @property
    def deadlines(self) -> tuple[str, ...]:
        """Return until when departments were asked to send it, each once."""
        return tuple(dict.fromkeys(d.deadline for d in self.departments if d.deadline))

    @property
    def has_findings(self) -> bool:
        """Return whether a workbook has errors or could not be used."""
        return bool(self.failed) or any(d.errors for d in self.departments)


def status(
    master: Path, places: Sequence[Path], progress: Progress = lambda number, of, path: None
) -> Status:
    """Return where every department stands, those asked first, in the order of the plan."""
    ledger = master_of(master)
    inbox = find(places, master)
    files = list(read_all(inbox, ledger, progress))
    failed = tuple(each for each in files if each.failed)
    notes = tuple(f"{each.file}: {note}" for each in files for note in each.notes)
    return Status(ledger.settings.round, tuple(_standings(ledger, files)), failed, inbox, notes)


def _standings(ledger: Ledger, files: Iterable[Returned]) -> Iterator[Standing]:
    came: dict[str, list[Returned]] = {}
    for each in files:
        if each.handout and each.handout.round == str(ledger.settings.round):
            came.setdefault(one_line(each.handout.department), []).append(each)
    due = _deadline(ledger, came)
    for part in shares_of(ledger):
        if theirs := came.pop(part.department, []):
            yield _standing(part.department, theirs)
        else:
            asked, measures = len(part.indicators), len(part.measures) + len(part.goals)
            missing = Standing(part.department, None, 0, asked, 0, State.MISSING)
            yield replace(missing, measures=measures, deadline=due)
    for name, theirs in came.items():
        yield _standing(name, theirs)


def _deadline(ledger: Ledger, came: Mapping[str, list[Returned]]) -> str:
    """Return until when was asked: what the newest split printed, else what 設定 says."""
    handouts = (each.handout for theirs in came.values() for each in theirs if each.handout)
    newest = max(handouts, key=lambda handout: handout.split, default=None)
    cell = ledger.setting_cells.get(_DEADLINE)
    return (newest.deadline if newest else "") or (cell.text if cell else "")


def _standing(name: str, files: list[Returned]) -> Standing:
    files = sorted(files, key=lambda each: (each.changed_at, each.file), reverse=True)
    newest = files[0]
    assert newest.ledger and newest.handout
    rows, round_ = newest.ledger.rows, newest.handout.round
    asked = sum(1 for _ in newest.ledger.plan.indicators())
    filled = sum(not row.cells[round_].is_blank for row in rows.values() if round_ in row.cells)
    measures, written = _measures(newest.ledger)
    done = (filled, asked) if asked else (written, measures)
    return Standing(
        *(name, newest.file, filled, asked, newest.errors),
        _state(*done, errors=newest.errors, is_untouched=_is_untouched(newest)),
        tuple(each.file for each in files),
        measures,
        written,
        f"{dt.datetime.fromtimestamp(newest.changed_at):{TIME}}",
        newest.handout.deadline,
        newest.issues,
    )


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
        and all(same(value, submission.base.get(key)) for key, value in submission.theirs.items())
    )


def _state(filled: int, asked: int, *, errors: int, is_untouched: bool) -> State:
    if is_untouched:
        return State.UNTOUCHED if filled or not asked else State.EMPTY
    if errors:
        return State.ERRORS
    if filled < asked:
        return State.PARTIAL if filled else State.EMPTY
    return State.COMPLETE


def write_sheet(status: Status, title: str, stream: BinaryIO) -> None:
    """Write 回収状況, and the findings by department, as a workbook of its own, to be mailed."""
    from .list_workbook import List, write

    rows = [
        (
            *(d.name, "、".join(d.files), d.asked, d.filled, d.errors, LABELS[d.state]),
            *(d.measures, d.measures_filled, d.submitted, d.deadline),
        )
        for d in status.departments
    ]
    failed = [("", f.file, *(None,) * 3, f.failed, *(None,) * 4) for f in status.failed]
    subtitle = f"{title}　{status.round.label}の評価"
    findings = [_finding(d, issue) for d in status.departments for issue in _gravest_first(d)]
    write(
        stream,
        List(SHEET, subtitle, HEADS, WIDTHS, [*rows, *failed]),
        List(FINDINGS, subtitle, FINDING_HEADS, FINDING_WIDTHS, findings),
    )


def _gravest_first(standing: Standing) -> list[Issue]:
    return sorted(standing.issues, key=lambda issue: list(Severity).index(issue.severity))


def _finding(standing: Standing, issue: Issue) -> tuple[str, ...]:
    subject = " ".join(filter(None, (issue.indicator, issue.name)))
    about = (issue.severity.word, issue.place, subject, issue.finding, issue.remedy)
    return (standing.name, standing.file or "", *about)
