"""Splitting: per 担当課 a workbook with only its indicators and 施策, everything else the same."""

from __future__ import annotations

import datetime as dt
import os
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..domain.checks import past
from ..domain.checks.structure import table_findings
from ..domain.ledger import Ledger
from ..domain.words import UNASSIGNED
from ..errors import AsoError
from ..files.output import numbered, safe_name, whole_folder, write_beside
from ..office.suffixes import WORKBOOK
from ..workbook.build.content import Contents
from ..workbook.build.template import build
from ..workbook.handout import RECORD, Handout
from ..workbook.read.reading import read
from . import split_folder
from .cell_values import cell_of, values_of
from .refused import unreadable
from .shares import Share, definition_of, sent, sent_settings, shares_of


@dataclass(frozen=True)
class Written:
    """One workbook of a split."""

    part: Share
    path: Path


@dataclass(frozen=True)
class Split:
    """A split: its id, its folder, its workbooks, and the indicators that nobody has.

    ``notes`` are sentences on a folder other than the one asked for, on what of the master's tables
    could not be read, and so did not go out, and on past figures that were changed since the last
    merge.
    """

    id: str
    round: str
    folder: Path
    workbooks: tuple[Written, ...]
    unassigned: tuple[str, ...]
    notes: tuple[str, ...] = ()


def master_of(path: Path) -> Ledger:
    """Return the master at ``path``. Raise AsoError for a department's workbook."""
    return as_master(read(path), path.name)


def as_master(ledger: Ledger, name: str) -> Ledger:
    """Return the ledger, of a workbook of that name. Raise AsoError for a department's."""
    if ledger.record.get(RECORD):
        raise AsoError(
            f"{name} は課に配布したブックです。全体のブック(マスター)を指定してください。"
        )
    return ledger


def split(
    master: Path,
    folder: Path | None = None,
    deadline: str = "",
    progress: Callable[[int, int, Path], None] = lambda number, of, path: None,
    *,
    beside: Path | None = None,
) -> Split:
    """Return the workbooks written for the departments of a master, which stays as it is.

    Without a folder they go to a new one beside the master, or ``beside`` the workbook of which it
    is a copy; in a folder that holds an earlier split, into a new one. What is there already is
    never written over. Raise OutputError.
    """
    ledger = master_of(master)
    refuse_confirmed(ledger)
    round_, id_ = str(ledger.settings.round), new_id()
    to = split_folder.within(folder, round_) if folder else None
    to = to or split_folder.beside(beside or master, round_)
    place = to.folder
    shares = shares_of(ledger)
    names = list(file_names([part.department for part in shares], round_))
    written = []
    with whole_folder(place) as making:
        for number, (part, name) in enumerate(zip(shares, names, strict=True), start=1):
            progress(number, len(shares), place / name)
            package = workbook(ledger, part, id_, deadline)
            path = write_beside(making / name, lambda stream, data=package: stream.write(data))  # type: ignore[misc]
            written.append(Written(part, place / path.name))
    unassigned = next((p.indicators for p in shares if p.department == UNASSIGNED), ())
    return Split(id_, round_, place, tuple(written), unassigned, tuple(_notes(ledger, to.note)))


def refuse_confirmed(ledger: Ledger) -> None:
    """Raise AsoError where the round is confirmed: nothing of it is asked any more."""
    if record := ledger.records.get(ledger.settings.round):
        raise AsoError(
            f"{record.round.label}は、{record.at} に {record.by} が確定しています。"
            "次年度へ進んでから配ってください。"
        )


def _notes(ledger: Ledger, of_folder: str) -> Iterator[str]:
    if of_folder:
        yield of_folder
    yield from table_findings(ledger)
    yield from _sent_blank(ledger)
    yield from (issue.message for issue in past.check(ledger, ledger.settings.round))


def _sent_blank(ledger: Ledger) -> Iterator[str]:
    """Yield the cells that go out blank although something stands in them that cannot be read."""
    lost = unreadable(ledger)
    for key, value in values_of(ledger).items():
        cell = cell_of(ledger, key)
        if key in lost and value is None and cell is not None:
            stored = f"「{cell.left_out[:40]}」" if cell.left_out else "数式の結果"
            yield (
                f"{cell.sheet} {cell.address}({key.id} {key.label}): {stored}を読めないため、"
                "空欄で配りました。マスターを直し、もう一度分けてください。"
            )


def workbook(ledger: Ledger, part: Share, split_id: str, deadline: str = "") -> bytes:
    """Return one department's workbook, with the hidden record of what it was sent."""
    definition = definition_of(ledger, part)
    deadline = " ".join(deadline.split()) or ledger.settings.deadline
    handout = Handout(
        split_id,
        part.department,
        str(ledger.settings.round),
        ledger.plan.fingerprint,
        deadline,
        sent(definition.plan, ledger),
    )
    contents = Contents(definition, ledger.settings.sample, handout)
    handout = replace(handout, settings=dict(sent_settings(contents.setting_values)))
    return build(definition, sample=ledger.settings.sample, handout=handout)


def file_names(departments: list[str], round_: str) -> Iterator[str]:
    """Yield a file name per department that no other takes, not even on a file system that
    ignores case and width.
    """
    taken: set[str] = set()
    for department in departments:
        wanted = Path(safe_name(f"{round_}_{department}") + WORKBOOK)
        path = next(p for p in numbered(wanted) if _folded(p.name) not in taken)
        taken.add(_folded(path.name))
        yield path.name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def new_id() -> str:
    """Return the id of a split: when, and something that no other has."""
    return f"{dt.datetime.now():%Y%m%d-%H%M%S}-{os.urandom(4).hex()}"
