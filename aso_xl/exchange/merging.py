"""Three-way merging, cell by cell: what was sent, what the master holds now, what came back.

Nothing is lost: a value that came back is taken, stands in the master already, or is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from .values import Key, Value, Values, comparable, same, shown

MASTER, SUBMITTED, OTHER = "マスター", "提出", "別の値"
CHOICES: Final = (MASTER, SUBMITTED, OTHER)


@dataclass(frozen=True)
class Submission:
    """What one file brings: ``base`` was sent out, ``theirs`` came back, by cell."""

    file: str
    department: str
    base: Values
    theirs: Values


@dataclass(frozen=True)
class Applied:
    """A cell of the master that changes, and the file (or decision) it changes by."""

    key: Key
    before: Value
    after: Value
    department: str
    file: str


@dataclass(frozen=True)
class Conflict:
    """A value that came back although the master holds another one, with what was decided.

    ``choice`` is one of CHOICES or empty; settled ones (マスター) are kept so that they are not
    asked again.
    """

    key: Key
    base: Value
    master: Value
    submitted: Value
    department: str
    file: str
    choice: str = ""
    other: Value = None

    @property
    def is_open(self) -> bool:
        return self.choice != MASTER

    @property
    def identity(self) -> tuple[Key, Value, str]:
        return self.key, comparable(self.submitted), self.department


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
class Merged:
    """What a merge comes to. ``values`` are the master's afterwards."""

    values: Values
    applied: tuple[Applied, ...] = ()
    unchanged: int = 0
    conflicts: tuple[Conflict, ...] = ()
    rejected: tuple[Rejected, ...] = ()


Taken = Mapping[tuple[Key, str], Value]
"""The value last taken from a file, by cell and file name: the newest common ancestor."""


def merge(
    mine: Values,
    submissions: Sequence[Submission],
    listed: Iterable[Conflict] = (),
    taken: Taken | None = None,
) -> Merged:
    """Return the master's values with the submissions merged in.

    ``listed`` are the conflicts of earlier merges with their decisions, which are obeyed first.
    The order of the submissions makes no difference.
    """
    work = _Merge(dict(mine), taken or {})
    work.decide(listed)
    for submission in sorted(submissions, key=lambda s: (s.file, s.department)):
        work.collect(submission)
    for key, found in work.changes.items():
        work.settle(key, found)
    order = {key: number for number, key in enumerate(mine)}
    listing = sorted(
        (replace(c, master=work.values.get(c.key)) for c in work.listed.values()),
        key=lambda c: (order.get(c.key, len(order)), shown(c.submitted), c.department),
    )
    return Merged(
        work.values, tuple(work.applied), work.unchanged, tuple(listing), tuple(work.rejected)
    )


@dataclass(frozen=True)
class _Change:
    """One submission's change of one cell."""

    base: Value
    value: Value
    submission: Submission


@dataclass
class _Merge:
    values: dict[Key, Value]
    taken: Taken
    applied: list[Applied] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    listed: dict[tuple[Key, Value, str], Conflict] = field(default_factory=dict)
    changes: dict[Key, list[_Change]] = field(default_factory=dict)
    unchanged: int = 0

    def decide(self, listed: Iterable[Conflict]) -> None:
        """Obey the decisions, unless the master has changed since or they contradict each other."""
        rows = list(listed)
        wanted: dict[Key, list[Conflict]] = {}
        for row in rows:
            valid = row.choice == SUBMITTED or (row.choice == OTHER and row.other is not None)
            if valid and same(row.master, self.values.get(row.key)):
                wanted.setdefault(row.key, []).append(row)
        for key, found in wanted.items():
            if key in self.values and len({comparable(_decided(row)) for row in found}) == 1:
                self.apply(key, _decided(found[0]), found[0].department, _by(found[0]))
            else:
                wanted[key] = []
        for row in rows:
            self.keep(row, obeyed=row in wanted.get(row.key, ()))

    def keep(self, row: Conflict, *, obeyed: bool) -> None:
        """Keep a listed conflict, settled or still open; one that is over disappears."""
        if same(row.submitted, self.values.get(row.key)):
            return
        settled = row.choice == MASTER or (obeyed and row.choice == OTHER)
        choice, other = MASTER if settled else "", None if obeyed else row.other
        self.listed[row.identity] = replace(row, choice=choice, other=other)

    def collect(self, submission: Submission) -> None:
        """Gather what the submission changes against what was sent to it."""
        for key, value in submission.theirs.items():
            base = submission.base.get(key)
            if same(value, base):
                self.unchanged += 1
            elif key not in self.values:
                self.reject(key, value, submission, "マスターにこの欄がありません")
            else:
                change = _Change(base, value, submission)
                self.changes.setdefault(key, []).append(change)

    def settle(self, key: Key, found: list[_Change]) -> None:
        """Take the one new value, or list every value that differs from the master's."""
        mine = self.values[key]
        differing = [c for c in found if not same(c.value, mine) and not self.is_old(key, c)]
        self.unchanged += len(found) - len(differing)
        agreed = len({comparable(c.value) for c in differing}) == 1
        clean = next((c for c in differing if same(c.base, mine)), None)
        if agreed and clean and not self.is_disputed(key, differing):
            self.apply(key, clean.value, clean.submission.department, clean.submission.file)
            self.unchanged += len(differing) - 1
            return
        for change in differing:
            self.list(key, change)

    def is_old(self, key: Key, change: _Change) -> bool:
        """Return whether this very value was taken from this file before: the master moved on."""
        known = (key, change.submission.file)
        return known in self.taken and same(self.taken[known], change.value)

    def is_disputed(self, key: Key, changes: list[_Change]) -> bool:
        """Return whether a conflict on the cell is open, or one of the changes was decided on."""
        found = {(key, comparable(c.value), c.submission.department) for c in changes}
        return any(
            row.key == key and (row.is_open or identity in found)
            for identity, row in self.listed.items()
        )

    def list(self, key: Key, change: _Change) -> None:
        submission = change.submission
        names = (submission.department, submission.file)
        row = Conflict(key, change.base, self.values[key], change.value, *names)
        if self.listed.setdefault(row.identity, row).choice == MASTER:
            self.unchanged += 1

    def apply(self, key: Key, value: Value, department: str, file: str) -> None:
        before = self.values[key]
        if not same(before, value):
            self.applied.append(Applied(key, before, value, department, file))
            self.values[key] = value

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
