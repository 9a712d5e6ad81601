"""Who has sent what: asked, filled, errors, not returned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.text import one_line
from .inbox import Inbox, find
from .merge_files import Progress
from .shares import parts
from .split import master_of
from .submissions import Returned, read_all

SHEET: Final = "回収状況"
HEADS: Final = ("担当課", "提出ファイル", "依頼", "入力済み", "エラー", "状態")
WIDTHS: Final = (18, 40, 8, 10, 8, 12)


class State(StrEnum):
    """How far a department is."""

    MISSING = "missing"
    EMPTY = "empty"
    PARTIAL = "partial"
    ERRORS = "errors"
    COMPLETE = "complete"


LABELS: Final = {
    State.MISSING: "未提出",
    State.EMPTY: "未記入",
    State.PARTIAL: "入力途中",
    State.ERRORS: "要修正",
    State.COMPLETE: "提出済み",
}


@dataclass(frozen=True)
class Standing:
    """One department: its newest file (None: not returned), and how many of its figures are in."""

    name: str
    file: str | None
    filled: int
    asked: int
    errors: int
    state: State
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Status:
    """Where the collection stands, what the files that could not be used are, and notes on others."""

    round: FiscalYear
    departments: tuple[Standing, ...]
    failed: tuple[Returned, ...]
    found: Inbox
    notes: tuple[str, ...] = ()

    @property
    def has_findings(self) -> bool:
        """Return whether a workbook has errors or could not be used."""
        return bool(self.failed) or any(d.state is State.ERRORS for d in self.departments)


def status(
    master: Path, places: Sequence[Path], progress: Progress = lambda number, of, path: None
) -> Status:
    """Return where every department stands, those asked first, in the order of the plan."""
    ledger = master_of(master)
    found = find(places, master)
    files = list(read_all(found, ledger, progress))
    failed = tuple(each for each in files if each.failed)
    notes = tuple(f"{each.file}: {note}" for each in files for note in each.notes)
    return Status(ledger.settings.round, tuple(_standings(ledger, files)), failed, found, notes)


def _standings(ledger: Ledger, files: Iterable[Returned]) -> Iterator[Standing]:
    came: dict[str, list[Returned]] = {}
    for each in files:
        if each.handout:
            came.setdefault(one_line(each.handout.department), []).append(each)
    for part in parts(ledger):
        yield _standing(part.department, len(part.indicators), came.pop(part.department, []))
    for name, theirs in came.items():
        yield _standing(name, 0, theirs)


def _standing(name: str, asked: int, files: list[Returned]) -> Standing:
    if not files:
        return Standing(name, None, 0, asked, 0, State.MISSING)
    files = sorted(files, key=lambda each: (each.changed_at, each.file), reverse=True)
    newest = files[0]
    assert newest.ledger and newest.handout
    rows, round_ = newest.ledger.rows, newest.handout.round
    asked = sum(1 for _ in newest.ledger.plan.indicators())
    filled = sum(not row.cells[round_].is_blank for row in rows.values() if round_ in row.cells)
    state = _state(filled, asked, newest.errors)
    names = tuple(each.file for each in files)
    return Standing(name, newest.file, filled, asked, newest.errors, state, names)


def _state(filled: int, asked: int, errors: int) -> State:
    if errors:
        return State.ERRORS
    if filled < asked:
        return State.PARTIAL if filled else State.EMPTY
    return State.COMPLETE


def write_sheet(found: Status, title: str, stream: BinaryIO) -> None:
    """Write the sheet 回収状況 as a workbook of its own, to be mailed."""
    from .list_workbook import write

    rows = [
        (d.name, "、".join(d.files), d.asked, d.filled, d.errors, LABELS[d.state])
        for d in found.departments
    ]
    failed = [("", each.file, None, None, None, each.failed) for each in found.failed]
    subtitle = f"{title}　{found.round.label}の評価"
    write(stream, SHEET, subtitle, HEADS, WIDTHS, [*rows, *failed])
