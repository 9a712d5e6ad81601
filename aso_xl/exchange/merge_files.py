"""Merging what came back into the master: read every file, merge, write the master's own XML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from ..domain.cells import Cell, CellValue, Row
from ..domain.checks import Issue, errors_of
from ..domain.checks.structure import table_findings
from ..domain.ledger import Ledger
from ..domain.questions import ANSWERED, STATE, WAITING, is_question
from ..errors import WorkbookError
from ..files.history import replace_master
from ..files.inputs import read_input
from ..files.lock import alone
from ..files.output import write_beside
from ..workbook.layout import CHANGES_TABLE, CONFLICTS_TABLE
from ..workbook.read.file.package import Package
from ..workbook.write.hidden_sheet import hidden_edits
from ..workbook.write.own_sheet import placed
from ..workbook.write.writing import Cached, CellEdit, OwnSheet, apply
from . import earlier_merges as earlier
from . import note_sheets as sheets
from .cached_results import cached
from .cell_values import Key, Value, cell_of, comparable, same, values_of
from .confirmations import Afterwards, changed_afterwards
from .inbox import Inbox, find
from .past_changes import PastChange, past_changes, record_changes
from .receipts import (
    RECEIVED,
    Receipt,
    receipts_of,
    received_record,
    renewed,
)
from .refused import unreadable
from .split import master_of
from .submissions import Returned, flags, held_back, only_confirmed, read_all
from .three_way import Conflict, Merged, Rejected, Source, Submission, merge, still_open

TIME: Final = "%Y-%m-%d %H:%M"
Progress = Callable[[int, int, Path], None]


@dataclass(frozen=True)
class MergeResult:
    """What a merge did. ``output`` is the file written, None if nothing had changed.

    ``afterwards`` is what changed in workbooks after they were confirmed.
    """

    ledger: Ledger
    merged: Merged
    files: tuple[Returned, ...]
    rejected: tuple[Rejected, ...]
    inbox: Inbox
    flags: Mapping[tuple[Key, str], tuple[Issue, ...]]
    past: tuple[PastChange, ...]
    output: Path | None
    afterwards: tuple[Afterwards, ...] = ()

    @property
    def open_conflicts(self) -> tuple[Conflict, ...]:
        return tuple(still_open(self.merged.conflicts))

    @property
    def has_findings(self) -> bool:
        """Return whether something is left to look at: errors, conflicts, what was not taken."""
        failed = any(each.failed for each in self.files)
        wrong = any(self.errors.values())
        left = self.open_conflicts or self.rejected or self.ledger.unread
        return bool(wrong or failed or left)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what is to be said of the master's own tables: doubled ones, unread values."""
        return table_findings(self.ledger)

    @property
    def errors(self) -> dict[str, int]:
        """Return by department how many errors there are in what the master has from it now.

        Every department whose workbook was read is there; a value in two of its files is one.
        """
        wrong_by_department: dict[str, set[tuple[Key, str]]] = {}
        for each in self.files:
            if each.submission:
                wrong = wrong_by_department.setdefault(each.submission.department, set())
                wrong.update(self._wrong(each, each.submission))
        return {department: len(wrong) for department, wrong in wrong_by_department.items()}

    def _wrong(self, each: Returned, submission: Submission) -> Iterator[tuple[Key, str]]:
        """Yield the errors of one file at the values that stand in the master."""
        for key, value in submission.theirs.items():
            if key in self.merged.values and same(value, self.merged.values[key]):
                for issue in errors_of(self.flags.get((key, each.file), ())):
                    yield key, issue.code


def merge_files(
    master: Path,
    places: Sequence[Path],
    output: Path | None = None,
    *,
    strict: bool = False,
    confirmed_only: bool = False,
    progress: Progress = lambda number, of, path: None,
) -> MergeResult:
    """Return what came of merging the files into the master (or into a copy at ``output``).

    Nothing is written where nothing changes. With ``strict`` values with an error are held back,
    with ``confirmed_only`` whole workbooks that no chief has confirmed. From reading the master to
    writing it, nobody else merges into it. Raise AsoError where the master cannot be read or
    written.
    """
    with alone(master) if output is None else nullcontext():
        how = _How(strict, confirmed_only, progress)
        return _merge_files(master, places, output, how)


@dataclass(frozen=True)
class _How:
    """What is held back of a merge, and who is told how far it is."""

    strict: bool
    confirmed_only: bool
    progress: Progress


def _merge_files(
    master: Path, places: Sequence[Path], output: Path | None, how: _How
) -> MergeResult:
    data = read_input(master, WorkbookError)
    ledger = master_of(master)
    inbox = find(places, master)
    files = tuple(read_all(inbox, ledger, how.progress))
    if how.confirmed_only:
        files = tuple(map(only_confirmed, files))
    held = [held_back(each) if how.strict else (each.submission, ()) for each in files]
    lost = unreadable(ledger)
    mine = {key: value for key, value in values_of(ledger).items() if key not in lost}
    submissions = [submission for submission, _ in held if submission]
    dealt_with = earlier.listed(ledger, submissions), earlier.taken(ledger, submissions)
    merged = merge(mine, submissions, *dealt_with)
    back = [r for _, held_ in held for r in held_]
    rejected = (*(r for each in files for r in each.rejected), *back, *merged.rejected)
    known, now = receipts_of(ledger), f"{dt.datetime.now():{TIME}}"
    came = _Came(merged, rejected, known, renewed(known, files, now), now)
    package = _changed(data, master.name, ledger, came)
    written = _write(master, data, package, output)
    past = tuple(past_changes(ledger, merged, submissions))
    later = tuple(changed_afterwards(files, known))
    return MergeResult(ledger, merged, files, rejected, inbox, _flags(files), past, written, later)


@dataclass(frozen=True)
class _Came:
    """What a merge puts into the master: values, what is refused, what was received before and now."""

    merged: Merged
    rejected: tuple[Rejected, ...]
    known: Mapping[Source, Receipt]
    received: Mapping[Source, Receipt]
    when: str


def _changed(data: bytes, name: str, ledger: Ledger, came: _Came) -> bytes:
    """Return the master with what was merged; the same bytes if nothing changes."""
    merged = came.merged
    changed_sheets = tuple(_changed_sheets(ledger, came))
    received = (
        {} if came.received == came.known else {RECEIVED: received_record(came.received.values())}
    )
    is_written = bool(changed_sheets or merged.applied or received)
    texts = record_changes(ledger, merged.values, is_written=is_written) | received
    if not is_written and not texts:
        return data
    record = tuple(hidden_edits(texts, ledger.record_rows))
    keys = dict.fromkeys(a.key for a in merged.applied)
    changes = [
        CellEdit(cell.sheet, cell.address, merged.values[key])
        for key in keys
        if (cell := cell_of(ledger, key)) is not None
    ]
    after = with_values(ledger, {key: merged.values[key] for key in keys})
    shown = list(cached(after, Package(data, name))) if changes else []
    shown += _answered(ledger, merged)
    return apply(data, (*changes, *record), shown, changed_sheets, name)


def _answered(ledger: Ledger, merged: Merged) -> Iterator[Cached]:
    """Yield what 照会 is to show as the state of the questions that this merge changes."""
    for key in dict.fromkeys(a.key for a in merged.applied if is_question(a.key.id)):
        cell = ledger.sent_questions[key.id].cells.get(STATE)
        if cell is not None and cell.is_formula:
            state = ANSWERED if merged.values[key] else WAITING
            yield Cached(cell.sheet, cell.address, state)


def _changed_sheets(ledger: Ledger, came: _Came) -> Iterator[OwnSheet]:
    """Yield the sheets that say something else than before."""
    merged = came.merged
    rejected = _all_rejected(ledger, came.rejected)
    slips = sheets.slip_rows(came.known, came.received)

    def here(sheet: OwnSheet) -> OwnSheet:
        return placed(sheet, ledger.areas.get(sheet.table))

    conflicts = (*sheets.conflict_rows(merged.conflicts, ledger), *sheets.unreadable_rows(ledger))
    if not _same(conflicts, sheets.kept_rows(ledger, CONFLICTS_TABLE, sheets.CONFLICT_HEADS)):
        yield here(sheets.conflict_sheet(conflicts))
    if not _same(rejected, sheets.kept_rejected(ledger)):
        yield here(sheets.rejected_sheet(rejected))
    if merged.applied or slips:
        before = sheets.kept_rows(ledger, CHANGES_TABLE, sheets.CHANGE_HEADS)
        now = sheets.change_rows(merged.applied, ledger, came.when)
        yield here(sheets.change_sheet((*before, *now, *slips)))


def _all_rejected(ledger: Ledger, rejected: Iterable[Rejected]) -> tuple[sheets.Row, ...]:
    """Return the rows of every run so far; the same change in another file is no new one."""
    kept = sheets.kept_rejected(ledger)
    rows = (*kept, *sheets.rejected_rows(rejected, ledger))
    at = sheets.REJECTED_HEADS.index("ファイル")
    distinct: dict[sheets.Row, sheets.Row] = {}
    for row in rows:
        distinct.setdefault(tuple(map(comparable, (*row[:at], *row[at + 1 :]))), row)
    return tuple(distinct.values())


def _same(rows: tuple[sheets.Row, ...], others: tuple[sheets.Row, ...]) -> bool:
    def plain(table: tuple[sheets.Row, ...]) -> list[list[Value]]:
        return [[comparable(value) for value in row] for row in table]

    return plain(rows) == plain(others)


def _write(master: Path, data: bytes, package: bytes, output: Path | None) -> Path | None:
    if output is not None:
        return write_beside(output, lambda stream: stream.write(package))
    if package == data:
        return None
    replace_master(master, package, data)
    return master


def _flags(files: Iterable[Returned]) -> dict[tuple[Key, str], tuple[Issue, ...]]:
    return {
        (key, each.file): tuple(issues) for each in files for key, issues in flags(each).items()
    }


def with_values(ledger: Ledger, values: Mapping[Key, Value]) -> Ledger:
    """Return the ledger with other values in some cells."""
    rows, measures, goals = dict(ledger.rows), dict(ledger.measures), dict(ledger.goals)
    for key, value in values.items():
        for table in (rows, measures, goals):
            if row := table.get(key.id):
                table[key.id] = _with(row, key.field, value)
    return replace(ledger, rows=rows, measures=measures, goals=goals)


def _with(row: Row, field: str, value: Value) -> Row:
    old = row.cells[field]
    cell = Cell(old.sheet, old.address, _stored(value), old.number_format)
    return replace(row, cells={**row.cells, field: cell})


def _stored(value: Value) -> CellValue:
    return float(value) if isinstance(value, Decimal) else value
