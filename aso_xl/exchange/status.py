"""Who has sent what: asked, filled, errors, confirmed, merged, late, not returned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from ..domain.days import day_in
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.settings import keys
from ..domain.text import one_line
from ..domain.words import UNASSIGNED
from . import note_sheets as sheets
from .confirmations import Afterwards, changed_afterwards
from .inbox import Inbox, find
from .merge_files import Progress
from .receipts import Receipt, receipts_of
from .renaming import renamed
from .sent_back import SentBack, still_out
from .shares import Share, shares_of
from .split import master_of
from .standing import Deadline, Standing, State, saved_at, standing_of
from .submissions import Returned, by_department, read_all
from .three_way import Source, still_open

_DEADLINE: Final = keys("deadline")[0]
_HALF_A_YEAR: Final = dt.timedelta(days=183)


@dataclass(frozen=True)
class Status:
    """Where the collection stands, what the files that could not be used are, and notes on others.

    ``afterwards`` is what changed in workbooks after they were confirmed, ``master`` what the master
    holds.
    """

    round: FiscalYear
    departments: tuple[Standing, ...]
    failed: tuple[Returned, ...]
    inbox: Inbox
    master: Ledger
    notes: tuple[str, ...] = ()
    afterwards: tuple[Afterwards, ...] = ()

    @property
    def deadlines(self) -> tuple[str, ...]:
        """Return until when departments were asked to send it, each once."""
        return tuple(dict.fromkeys(d.deadline.text for d in self.departments if d.deadline.text))

    @property
    def has_findings(self) -> bool:
        """Return whether a workbook has errors or could not be used."""
        return bool(self.failed) or any(d.errors for d in self.departments)

    @property
    def late(self) -> tuple[Standing, ...]:
        """Return the departments whose deadline is over and of which something is still asked."""
        asked = (each for each in self.departments if each.name != UNASSIGNED)
        return tuple(each for each in asked if each.late)


def status(
    master: Path,
    places: Sequence[Path],
    progress: Progress = lambda number, of, path: None,
    *,
    today: dt.date | None = None,
) -> Status:
    """Return where every department stands, those asked first, in the order of the plan."""
    ledger = master_of(master)
    inbox = find(places, master)
    files = list(read_all(inbox, ledger, progress))
    failed = tuple(each for each in files if each.failed)
    today = today or dt.date.today()
    collection = _Collection(ledger, by_department(files, ledger.settings.round), today)
    now = (collection.unless_sent_back(each) for each in collection.standings())
    standings = tuple(replace(each, late=each.counted_late(today)) for each in now)
    return Status(
        ledger.settings.round,
        standings,
        failed,
        inbox,
        ledger,
        (
            *(f"{each.file}: {note}" for each in files for note in each.notes),
            *_renamed_notes(standings),
            *_deadline_notes(standings),
        ),
        tuple(changed_afterwards(files, collection.receipts)),
    )


@dataclass(frozen=True)
class _Collection:
    """A master, and the files that came back by department."""

    ledger: Ledger
    came: Mapping[str, list[Returned]]
    today: dt.date

    @cached_property
    def receipts(self) -> Mapping[Source, Receipt]:
        return receipts_of(self.ledger)

    @cached_property
    def disputed(self) -> frozenset[Source]:
        """Return the workbooks that brought values of which nobody has decided yet."""
        return frozenset(each.source for each in still_open(sheets.listed(self.ledger)))

    def standings(self) -> Iterator[Standing]:
        """Yield how far every department is: those of the master, then others that sent something."""
        parts, due = shares_of(self.ledger), self._due()
        names = renamed(parts, self.came)
        before = {new: old for old, new in names.items()}
        for part in parts:
            if theirs := self.came.get(before.get(part.department, part.department)):
                yield self._standing(part.department, theirs)
            else:
                yield _missing(part, due)
        known = {*names, *(part.department for part in parts)}
        for name, theirs in self.came.items():
            if name not in known:
                yield self._standing(name, theirs)

    def _standing(self, name: str, files: Sequence[Returned]) -> Standing:
        handout, submission = files[0].handout, files[0].submission
        source = submission.source if submission else Source("", "")
        deadline = self._dated(handout.deadline, _day_of(handout.split)) if handout else Deadline()
        receipt, is_disputed = self.receipts.get(source), source in self.disputed
        return standing_of(name, files, deadline, receipt, is_disputed=is_disputed)

    @cached_property
    def sent_back(self) -> Mapping[str, SentBack]:
        """Return by department what was sent back and of which nothing has come home since."""
        files = [each for theirs in self.came.values() for each in theirs]
        out = still_out(self.ledger, (s.source for each in files if (s := each.submission)))
        saved = {name: saved_at(theirs[0]) for name, theirs in self.came.items()}
        return {
            name: sent for name, sent in out.items() if saved.get(one_line(name), "") <= sent.when
        }

    def unless_sent_back(self, each: Standing) -> Standing:
        """Return how far a department is; what was sent back is waited for, whatever came before."""
        sent = self.sent_back.get(each.formerly) or self.sent_back.get(each.name)
        if sent is None:
            return each
        text = sent.deadline or self.ledger.settings.return_deadline
        deadline = self._dated(text, _day_of(sent.split)) if text else each.deadline
        return replace(each, state=State.RETURNED, returned=sent.day, deadline=deadline)

    def _due(self) -> Deadline:
        """Return until when was asked: what the newest split printed, else what 設定 says."""
        handouts = (each.handout for theirs in self.came.values() for each in theirs)
        newest = max(filter(None, handouts), key=lambda handout: handout.split, default=None)
        if newest and newest.deadline:
            return self._dated(newest.deadline, _day_of(newest.split))
        return self._dated(self.ledger.settings.deadline, None)

    def _dated(self, text: str, since: dt.date | None) -> Deadline:
        """Return a deadline with its day; that of 設定 is one where it is the same."""
        cell = self.ledger.setting_cells.get(_DEADLINE)
        if cell and text == self.ledger.settings.deadline and (day := day_in(cell.text)):
            return Deadline(text, day)
        return Deadline(text, day_in(text, since or self.today - _HALF_A_YEAR))


def _day_of(split: str) -> dt.date | None:
    """Return the day of a split: its id begins with it."""
    try:
        return dt.datetime.strptime(split[:8], "%Y%m%d").date()
    except ValueError:
        return None


def _missing(part: Share, due: Deadline) -> Standing:
    asked, measures = len(part.indicators), len(part.measures) + len(part.goals)
    missing = Standing(part.department, None, 0, asked, 0, State.MISSING)
    return replace(missing, measures=measures, deadline=due)


def _renamed_notes(standings: Iterable[Standing]) -> Iterator[str]:
    for each in standings:
        if each.formerly:
            yield (
                f"{each.file}: 「{each.formerly}」に配ったブックです。"
                f"マスターの担当課は「{each.name}」に変わっているので、そのブックとして数えました。"
            )


def _deadline_notes(standings: Iterable[Standing]) -> Iterator[str]:
    unread = {d.deadline.text for d in standings if d.deadline.text and not d.deadline.day}
    for text in sorted(unread):
        yield f"期限「{text}」は日にちとして読めないため、遅れた日数は数えていません。"
