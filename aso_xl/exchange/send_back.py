"""差戻し: what departments must look at again goes out to them once more, marked.

Each gets the workbook that it sent (where it sent none, a new one), with its findings in 検証結果 and
the secretariat's questions in 照会 and beside their cells. It comes home like any other workbook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ..domain.catalogue import BLANK
from ..domain.checks import Issue, Severity, check
from ..domain.departments import joined
from ..domain.ledger import Ledger
from ..domain.questions import ANSWER
from ..domain.questions import WORD as QUESTION
from ..domain.slip import MESSAGE
from ..domain.slip import rows as slip_rows
from ..domain.text import one_line
from ..errors import WorkbookError
from ..files.history import replace_master
from ..files.inputs import read_input
from ..files.lock import alone
from ..files.notepad import text_file
from ..files.output import whole_folder, write_beside
from ..workbook.handout import RECORD, Handout, unpacked
from ..workbook.read.file.package import Package
from ..workbook.read.file.workbook_file import book_of
from ..workbook.read.reading import read_book
from ..workbook.write.hidden_sheet import hidden_edits
from ..workbook.write.marking import marking
from ..workbook.write.writing import CellEdit, apply
from . import earlier_merges as earlier
from . import questions as asked
from . import sent_back, split_folder
from .asking import asking
from .cell_values import Key, Value, comparable, same, values_of
from .covering_letter import letter
from .inbox import Inbox, find
from .merge_files import TIME, Progress
from .questions import Question
from .renaming import renamed
from .return_record import recorded
from .sent_back import WORD, SentBack
from .shares import Share, shares_of
from .split import file_names, master_of, new_id, refuse_confirmed, workbook
from .submissions import Returned, by_department, read_all
from .three_way import Known, Submission

_MENDED: Final = (Severity.ERROR, Severity.WARNING)
"""Findings that a workbook goes back for."""


@dataclass(frozen=True)
class Back:
    """A workbook that goes back: ``sent`` is the file of the department it is, None for a new one.

    ``letter`` is the text that goes with it, ``formerly`` how the department was called when its
    workbook was sent first, where that was otherwise.
    """

    department: str
    path: Path
    letter: Path
    sent: str | None
    issues: tuple[Issue, ...]
    questions: tuple[Question, ...]
    formerly: str = ""

    def count(self, severity: Severity) -> int:
        """Return how many findings of that severity it has."""
        return sum(issue.severity is severity for issue in self.issues)


@dataclass(frozen=True)
class SendingBack:
    """What went back, to a folder (None: nothing was to go), and the master if it was changed.

    ``failed`` are sentences on files that could not be used and questions that could not be asked,
    ``notes`` those on the rest.
    """

    round: str
    folder: Path | None
    workbooks: tuple[Back, ...]
    inbox: Inbox
    failed: tuple[str, ...]
    notes: tuple[str, ...]
    output: Path | None


@dataclass(frozen=True)
class _Wanted:
    """What one department is to get: its file or, where it has none, its share; and the questions."""

    department: str
    file: Returned | None
    share: Share | None
    questions: tuple[Question, ...]

    @property
    def formerly(self) -> str:
        """Return the department's name in the record of its file, where that is another."""
        handout = self.file.handout if self.file else None
        name = one_line(handout.department) if handout else self.department
        return name if name != self.department else ""


@dataclass(frozen=True)
class _Marked:
    """A workbook that is ready to go, with the findings for which it goes."""

    wanted: _Wanted
    data: bytes
    issues: tuple[Issue, ...]


def send_back(
    master: Path,
    places: Sequence[Path],
    folder: Path | None = None,
    deadline: str = "",
    progress: Progress = lambda number, of, path: None,
) -> SendingBack:
    """Return what went back to the departments that have findings or open questions.

    Without a ``folder`` it goes to a new one beside the master. The master keeps when which
    question went out and, in 変更履歴, every workbook. Nothing that came is changed. Raise AsoError
    where the master or the places cannot be read, or nothing be written.
    """
    with alone(master):
        data = read_input(master, WorkbookError)
        ledger = master_of(master)
        refuse_confirmed(ledger)
        inbox = find(places, master)
        files = tuple(read_all(inbox, ledger, progress))
        return _Sending(ledger, inbox, files, deadline).done(master, data, folder)


class _Sending:
    """One 差戻し: who is to get what, then the workbooks, then what the master keeps of them."""

    def __init__(
        self, ledger: Ledger, inbox: Inbox, files: Sequence[Returned], deadline: str
    ) -> None:
        self.ledger, self.inbox = ledger, inbox
        self.round, self.split = str(ledger.settings.round), new_id()
        self.deadline = one_line(deadline) or ledger.settings.return_deadline
        self.shares = {share.department: share for share in shares_of(ledger)}
        self.asking = asking(ledger, self.shares.values())
        came = by_department(files, ledger.settings.round)
        names = renamed(tuple(self.shares.values()), came)
        self.came = {names.get(name, name): theirs for name, theirs in came.items()}
        self.failed = (*(each.failed for each in files if each.failed), *self.asking.notes)
        self.notes: list[str] = []
        submissions = [each.submission for each in files if each.submission]
        self.dealt_with = _dealt_with(ledger, submissions)
        self.mine = values_of(ledger)

    def done(self, master: Path, data: bytes, folder: Path | None) -> SendingBack:
        """Return what came of it; the folder gets its name when the master keeps it all."""
        made = [marked for wanted in self.wanted() if (marked := self.marked(wanted))]
        if not made:
            changed = recorded(data, master.name, self.ledger, {}, {}, "", ())
            return self.result(master, None, (), self.replaced(master, data, changed))
        to = split_folder.within(folder, self.round, WORD) if folder else None
        to = to or split_folder.beside(master, self.round, WORD)
        if to.note:
            self.notes.append(to.note)
        with whole_folder(to.folder) as making:
            names = self.names([each.wanted for each in made])
            backs = tuple(self.written(m, n, making) for m, n in zip(made, names, strict=True))
            output = self.replaced(master, data, self.changed(data, master.name, backs))
        there = tuple(
            replace(b, path=to.folder / b.path.name, letter=to.folder / b.letter.name)
            for b in backs
        )
        return self.result(master, to.folder, there, output)

    def result(
        self, master: Path, folder: Path | None, backs: tuple[Back, ...], changed: bool
    ) -> SendingBack:
        about = (self.inbox, self.failed, tuple(self.notes), master if changed else None)
        return SendingBack(self.round, folder, backs, *about)

    def replaced(self, master: Path, data: bytes, changed: bytes) -> bool:
        """Put the changed master in the place of the old one; return whether it is another."""
        if changed != data:
            replace_master(master, changed, data)
        return changed != data

    # --- who gets what

    def wanted(self) -> Iterator[_Wanted]:
        """Yield what every department is to get that has something to look at."""
        theirs = _errors_by_department(self.ledger, self.shares.values())
        for name in dict.fromkeys((*self.shares, *self.came)):
            files = self.came.get(name, [])
            file, share = files[0] if files else None, self.shares.get(name)
            if len(files) > 1:
                others = "、".join(each.file for each in files[1:])
                self.notes.append(
                    f"{name}: いちばん新しい {files[0].file} を差し戻します(ほかに {others})。"
                )
            questions = tuple(self.unanswered(name, file))
            found = bool(_to_mend(file.issues)) if file else name in theirs
            if found or questions:
                yield _Wanted(name, file, share, questions)

    def unanswered(self, department: str, file: Returned | None) -> Iterator[Question]:
        """Yield the questions to which the department's file holds no answer yet."""
        theirs = file.submission.theirs if file and file.submission else {}
        for question in self.asking.by_department.get(department, ()):
            if theirs.get(Key(question.number, ANSWER)) is None:
                yield question
            elif file:
                self.notes.append(
                    f"{file.file}: {question.number} の回答が届いています。統合すると「照会」に入ります。"
                )

    def names(self, wanted: Sequence[_Wanted]) -> Iterator[str]:
        """Yield the name of each workbook: that of the file that came, else as a split names it."""
        fresh = [each.department for each in wanted if each.file is None]
        own = file_names(fresh, self.round)
        yield from (each.file.path.name if each.file else next(own) for each in wanted)

    # --- the workbooks

    def marked(self, wanted: _Wanted) -> _Marked | None:
        """Return a department's workbook, marked; None where there is nothing to mark in it."""
        package, ledger, handout = self.source(wanted)
        file = wanted.file
        issues = file.issues if file else check(ledger, ledger.settings.round)
        to_mend = _to_mend(issues, blanks=file is not None)
        if not to_mend and not wanted.questions:
            return None
        name = file.file if file else wanted.department
        data = marked(package, name, ledger, handout, issues, wanted.questions)
        return _Marked(wanted, data, to_mend)

    def written(self, made: _Marked, name: str, folder: Path) -> Back:
        """Return a department's workbook, written with its letter."""
        wanted, to_mend = made.wanted, made.issues
        path = write_beside(folder / name, lambda out: out.write(made.data))
        lines = letter(
            self.ledger.settings,
            *(wanted.department, path.name, to_mend, wanted.questions, self.deadline),
        )
        covering = text_file(path.with_suffix(".txt"), lines)
        sent = wanted.file.file if wanted.file else None
        about = (path, covering, sent, to_mend, wanted.questions, wanted.formerly)
        return Back(wanted.department, *about)

    def source(self, wanted: _Wanted) -> tuple[bytes, Ledger, Handout]:
        """Return the workbook to be marked: what it holds, and the record that is to go with it."""
        file = wanted.file
        if file and file.ledger and file.handout:
            package, handout = read_input(file.path), file.handout
            asked_for = replace(file.ledger.settings, round=self.ledger.settings.round)
            ledger = replace(file.ledger, settings=asked_for)  # whatever was chosen in it since
            values = self.rebased(file.submission) if file.submission else handout.values
            handout = replace(handout, split=self.split, values=values)
        else:
            assert wanted.share
            package = workbook(self.ledger, wanted.share, self.split, self.deadline)
            ledger = read_book(book_of(Package(package, wanted.department)))
            handout = unpacked(ledger.record[RECORD])
        return package, ledger, replace(handout, deadline=self.deadline or handout.deadline)

    def rebased(self, submission: Submission) -> dict[str, dict[str, Value]]:
        """Return what counts as sent from now on, by id and field: what is dealt with as it stands
        in the workbook, what is still to be merged as it was.
        """
        values = dict(submission.base)
        for key, value in submission.theirs.items():
            known = Known(key, submission.source, comparable(value))
            if same(value, self.mine.get(key)) or known in self.dealt_with:
                values[key] = value
        by_id: dict[str, dict[str, Value]] = {}
        for key, value in values.items():
            if value is not None:
                by_id.setdefault(key.id, {})[key.field] = value
        return by_id

    # --- what the master keeps

    def changed(self, data: bytes, name: str, backs: Sequence[Back]) -> bytes:
        """Return the master with numbers and days of the questions, and the rows of the history."""
        now = f"{dt.datetime.now():{TIME}}"
        gone = {question.number for back in backs for question in back.questions}
        numbers = {row: number for row, number in self.asking.numbers.items() if number in gone}
        who: dict[str, list[str]] = {}
        for back in backs:
            for question in back.questions:
                who.setdefault(question.about, []).append(back.department)
        rows = [
            sent_back.row(
                SentBack(now, b.formerly or b.department, self.split, b.path.name, self.deadline),
                *(self.round, _what(b)),
            )
            for b in backs
        ]
        names = {about: joined(dict.fromkeys(own)) for about, own in who.items()}
        return recorded(data, name, self.ledger, numbers, names, now[:10], rows)


def marked(
    package: bytes,
    name: str,
    ledger: Ledger,
    handout: Handout,
    issues: Iterable[Issue],
    questions: Sequence[Question],
) -> bytes:
    """Return a department's workbook with findings, questions, and the record that goes with it."""
    every = asked.joined(asked.standing_in(ledger), questions)
    marks = marking(ledger, issues, tuple(asked.finding_rows(ledger, questions)))
    own = [asked.sheet(ledger, every, handout.deadline)] if every else []
    return apply(
        package,
        (*hidden_edits({RECORD: handout.packed()}, ledger.record_rows), *_unsigned(ledger)),
        sheets=(*marks.sheets, *own),
        name=name,
        prompts=asked.prompts(ledger, questions),
        bodies=marks.bodies,
        names=marks.names,
    )


def _unsigned(ledger: Ledger) -> Iterator[CellEdit]:
    """Yield what makes 提出票 one that is still to be confirmed; the message stays."""
    if ledger.slip is None or not (ledger.slip.is_confirmed or ledger.slip.by or ledger.slip.on):
        return
    for row in slip_rows():
        cell = ledger.slip_cells.get(row.setting.key)
        if cell is not None and row.setting.key != MESSAGE:
            value = row.usual(ledger.plan)
            yield CellEdit(cell.sheet, cell.address, str(value) if value else None)


def _dealt_with(ledger: Ledger, submissions: Sequence[Submission]) -> AbstractSet[Known]:
    """Return the values that earlier merges took or listed in 競合."""
    listed = {conflict.identity for conflict in earlier.listed(ledger, submissions)}
    return earlier.taken(ledger, submissions) | listed


def _to_mend(issues: Iterable[Issue], *, blanks: bool = True) -> tuple[Issue, ...]:
    """Return the findings that a workbook goes back for; a blank is none in one that never came."""
    return tuple(
        issue for issue in issues if issue.severity in _MENDED and (blanks or issue.kind != BLANK)
    )


def _errors_by_department(ledger: Ledger, shares: Iterable[Share]) -> set[str]:
    """Return the departments with findings in what the master has of them, blanks left out."""
    found = _to_mend(check(ledger, ledger.settings.round), blanks=False)
    ids = {issue.indicator for issue in found if issue.indicator}
    return {
        share.department
        for share in shares
        if not ids.isdisjoint((*share.indicators, *share.measures, *share.goals))
    }


def _what(back: Back) -> str:
    """Return what the history says of a workbook: 「エラー 1件、照会 2件(照会1、照会2)」."""
    counts = [f"{s.word} {n}件" for s in _MENDED if (n := back.count(s))]
    if back.questions:
        numbers = "、".join(question.number for question in back.questions)
        counts.append(f"{QUESTION} {len(back.questions)}件({numbers})")
    return "、".join(counts)
