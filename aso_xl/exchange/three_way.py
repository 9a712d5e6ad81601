"""Three-way merging, cell by cell: what was sent, what the master holds now, what came back.

Nothing is lost: a value that came back is taken, stands in the master already, or is listed.
What was dealt with before is known by the workbook that was sent (its source), never by the name of
the file that came back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from ..domain import words
from ..domain.questions import is_question
from .cell_values import Key, Value, Values, comparable, same, shown

MASTER, SUBMITTED, OTHER = words.NOW, words.CAME, words.OTHER
_NO_CELL: Final = "マスターにこの欄がありません"
_NO_QUESTION: Final = "この照会は、マスターの「照会」にありません"
CHOICES: Final = (MASTER, SUBMITTED, OTHER)
"""What of a conflict can be chosen: called as the columns are in which it stands."""


class Source(NamedTuple):
    """The workbook that was sent: of which split (its id), to which department."""

    split: str
    department: str


@dataclass(frozen=True)
class Submission:
    """What one file brings: ``base`` was sent out, ``theirs`` came back, by cell.

    ``split`` is the id of the split that it was made in.
    """

    file: str
    department: str
    base: Values
    theirs: Values
    split: str = ""

    @property
    def source(self) -> Source:
        return Source(self.split, self.department)


@dataclass(frozen=True)
class Applied:
    """A cell of the master that changes, and the file (or decision) it changes by.

    ``sources`` are all the workbooks that brought this value, the one of ``file`` first.
    """

    key: Key
    before: Value
    after: Value
    department: str
    file: str
    sources: tuple[Source, ...] = ()


class Known(NamedTuple):
    """A value (as ``comparable`` gives it) that a workbook brought for a cell."""

    key: Key
    source: Source
    value: Value


@dataclass(frozen=True)
class Conflict:
    """A value that came back although the master holds another one, with what was decided.

    ``choice`` is one of CHOICES or empty; settled ones (いまの値) are kept so that they are not
    asked again. ``split`` is that of the submission, empty in lists of earlier versions.
    ``blanks`` says that 別の値 is to be no value at all, as against none given.
    """

    key: Key
    base: Value
    master: Value
    submitted: Value
    department: str
    file: str
    choice: str = ""
    other: Value = None
    split: str = ""
    blanks: bool = False

    @property
    def is_open(self) -> bool:
        return self.choice != MASTER

    @property
    def source(self) -> Source:
        return Source(self.split, self.department)

    @property
    def identity(self) -> Known:
        return Known(self.key, self.source, comparable(self.submitted))


@dataclass(frozen=True)
class Rejected:
    """A change that is not taken in, and why."""

    id: str
    label: str
    round: str | None
    value: Value
    department: str
    file: str
    reason: str


@dataclass(frozen=True)
class Superseded:
    """A value that was taken in before; since then the master was changed to another one."""

    key: Key
    value: Value
    master: Value
    department: str
    file: str


@dataclass(frozen=True)
class Merged:
    """What a merge comes to. ``values`` are the master's afterwards."""

    values: Values
    applied: tuple[Applied, ...] = ()
    unchanged: int = 0
    conflicts: tuple[Conflict, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    superseded: tuple[Superseded, ...] = ()


Taken = AbstractSet[Known]
"""Every value that was taken in before."""


def merge(
    mine: Values,
    submissions: Sequence[Submission],
    listed: Iterable[Conflict] = (),
    taken: Taken = frozenset(),
) -> Merged:
    """Return the master's values with the submissions merged in.

    ``listed`` are the conflicts of earlier merges with their decisions, which are obeyed first.
    The order of the submissions makes no difference.
    """
    work = _Merge(dict(mine), taken)
    work.decide(listed)
    for submission in sorted(submissions, key=lambda s: (s.file, *s.source)):
        work.collect(submission)
    for key, changes in work.changes.items():
        work.settle(key, changes)
    order = {key: number for number, key in enumerate(mine)}
    listing = sorted(
        (
            replace(c, master=work.values.get(c.key))
            for c in work.listed.values()
            if not same(c.submitted, work.values.get(c.key))
        ),
        key=lambda c: (order.get(c.key, len(order)), shown(c.submitted), c.department, c.split),
    )
    return Merged(
        work.values,
        tuple(work.applied),
        work.unchanged,
        tuple(listing),
        tuple(work.rejected),
        tuple(work.superseded),
    )


@dataclass(frozen=True)
class _Change:
    """One submission's change of one cell."""

    key: Key
    base: Value
    value: Value
    submission: Submission

    @property
    def known(self) -> Known:
        return Known(self.key, self.submission.source, comparable(self.value))


@dataclass
class _Merge:
    values: dict[Key, Value]
    taken: Taken
    applied: list[Applied] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    superseded: list[Superseded] = field(default_factory=list)
    listed: dict[Known, Conflict] = field(default_factory=dict)
    changes: dict[Key, list[_Change]] = field(default_factory=dict)
    displaced: dict[Key, Value] = field(default_factory=dict)
    disputed: set[Key] = field(default_factory=set)
    unchanged: int = 0

    def decide(self, listed: Iterable[Conflict]) -> None:
        """Obey the decisions, unless the master has changed since or they contradict each other."""
        rows = list(listed)
        wanted: dict[Key, list[Conflict]] = {}
        for row in rows:
            given = row.blanks or row.other is not None
            valid = row.choice == SUBMITTED or (row.choice == OTHER and given)
            if valid and same(row.master, self.values.get(row.key)):
                wanted.setdefault(row.key, []).append(row)
        for key, chosen in wanted.items():
            if key in self.values and len({comparable(_decided(row)) for row in chosen}) == 1:
                self.displaced[key] = self.values[key]
                sources = tuple(row.source for row in chosen)
                self.apply(key, _decided(chosen[0]), _by(chosen[0]), sources)
            else:
                wanted[key] = []
        for row in rows:
            self.keep(row, obeyed=row in wanted.get(row.key, ()))

    def keep(self, row: Conflict, *, obeyed: bool) -> None:
        """Keep a listed conflict, settled or still open; an open one that is over disappears."""
        settled = row.choice == MASTER or (obeyed and row.choice == OTHER)
        if settled or not same(row.submitted, self.values.get(row.key)):
            choice, other = MASTER if settled else "", None if obeyed else row.other
            blanks = row.blanks and not obeyed
            self.listed[row.identity] = replace(row, choice=choice, other=other, blanks=blanks)
            if not settled:
                self.disputed.add(row.key)

    def collect(self, submission: Submission) -> None:
        """Gather what the submission changes against what was sent to it."""
        for key, value in submission.theirs.items():
            base, is_answer = submission.base.get(key), is_question(key.id)
            if same(value, base):
                self.unchanged += 1
            elif key not in self.values:
                self.reject(key, value, submission, _NO_QUESTION if is_answer else _NO_CELL)
            else:
                change = _Change(key, base, value, submission)
                self.changes.setdefault(key, []).append(change)

    def settle(self, key: Key, changes: list[_Change]) -> None:
        """Take the one new value, or list every value that differs from the master's.

        What was dealt with before has no say; a value that stands in the master already has one.
        """
        old = [c for c in changes if c.known in self.taken]
        new = [c for c in changes if c.known not in self.taken and not self.is_settled(c)]
        mine = self.values[key]
        differing = [c for c in new if not same(c.value, mine)]
        self.unchanged += len(changes) - len(differing)
        agreed = len({comparable(c.value) for c in new}) == 1
        clean = next((c for c in differing if same(c.base, mine)), None)
        if agreed and clean and key not in self.disputed:
            others = [c.submission.source for c in differing if c is not clean]
            sources = tuple(dict.fromkeys((clean.submission.source, *others)))
            self.apply(key, clean.value, clean.submission.file, sources)
            self.unchanged += len(others)
        else:
            for change in differing:
                self.list(change)
        for change in old:
            if not same(change.value, self.values[key]):
                self.supersede(change)

    def is_settled(self, change: _Change) -> bool:
        """Return whether it was decided that the master's value stays against this one.

        A value over which another was chosen just now is settled with that decision.
        """
        key = change.key
        if key in self.displaced and same(self.displaced[key], change.value):
            self.list(change, MASTER)
        row = self.listed.get(change.known)
        return row is not None and not row.is_open

    def list(self, change: _Change, choice: str = "") -> None:
        submission = change.submission
        names = (submission.department, submission.file)
        row = Conflict(
            *(change.key, change.base, self.values[change.key], change.value, *names),
            choice=choice,
            split=submission.split,
        )
        self.listed.setdefault(row.identity, row)

    def apply(self, key: Key, value: Value, file: str, sources: tuple[Source, ...]) -> None:
        before = self.values[key]
        if not same(before, value):
            names = (sources[0].department, file)
            self.applied.append(Applied(key, before, value, *names, sources))
            self.values[key] = value

    def supersede(self, change: _Change) -> None:
        names = (change.submission.department, change.submission.file)
        row = Superseded(change.key, change.value, self.values[change.key], *names)
        self.superseded.append(row)

    def reject(self, key: Key, value: Value, submission: Submission, reason: str) -> None:
        names = (submission.department, submission.file)
        self.rejected.append(Rejected(key.id, key.label, key.round, value, *names, reason))


def _decided(row: Conflict) -> Value:
    return row.submitted if row.choice == SUBMITTED else row.other


def _by(row: Conflict) -> str:
    return f"{row.file}(採用: {row.choice})" if row.choice == OTHER else row.file


def still_open(conflicts: Iterable[Conflict]) -> Iterator[Conflict]:
    """Yield the conflicts that nobody has decided."""
    return (conflict for conflict in conflicts if conflict.is_open)
