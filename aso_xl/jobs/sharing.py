"""Workbooks that travel: sent out, awaited, merged, sent back, compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import AsoError

if TYPE_CHECKING:
    from ..exchange.diff import Comparison
    from ..exchange.merge_files import MergeResult
    from ..exchange.reminders import Reminders
    from ..exchange.send_back import SendingBack
    from ..exchange.split import Split
    from ..exchange.status import Status

RETURNED: Final = "提出"
REMINDERS: Final = "督促"
STATUS_TABLE: Final = "回収状況.xlsx"
DIFF_TABLE: Final = "比較.xlsx"
Progress = Callable[[int, int, Path], None]


def no_progress(number: int, of: int, path: Path) -> None:
    """Say nothing of how far long work has come."""


def returned_folder(master: Path) -> Path:
    """Return the folder beside the master in which buttons and icons look for what came back.

    Raise AsoError if it is not there.
    """
    folder = master.parent / RETURNED
    if not folder.is_dir():
        raise AsoError(
            f"「{RETURNED}」フォルダーがありません。{master.parent} に作り、"
            "各課から届いたブックを入れてから、もう一度行ってください。"
        )
    return folder


def split(
    master: Path,
    folder: Path | None = None,
    deadline: str = "",
    *,
    beside: Path | None = None,
    progress: Progress = no_progress,
) -> Split:
    """Return the workbooks written for the departments of a master, which stays as it is.

    Without a folder they go to a new one ``beside`` the master (or where a copy's master stands).
    """
    from ..exchange import split as splitting

    return splitting.split(master, folder, deadline, progress, beside=beside)


@dataclass(frozen=True)
class Collected:
    """Which departments have sent what, and where the table of it is, if one was wanted."""

    status: Status
    table: Path | None


def status(
    master: Path,
    places: Sequence[Path],
    table: Path | None = None,
    *,
    name: str = "",
    progress: Progress = no_progress,
) -> Collected:
    """Return who has sent what to the places; 回収状況 is saved at ``table``, over nothing.

    ``name`` stands above the table instead of the master's own. Raise AsoError.
    """
    from ..exchange import board
    from ..exchange.status import status as collect
    from ..files.output import write_beside

    standing = collect(master, places, progress)
    title = name or master.stem
    if table:
        table = write_beside(table, lambda out: board.write_sheet(standing, title, out))
    return Collected(standing, table)


def remind(status: Status, folder: Path) -> Reminders:
    """Return the mails to the departments that are late, each a text in the folder.

    Where something stands in it they go to a new one in it. Raise OutputError.
    """
    from ..exchange.reminders import write

    return write(status, folder)


def merge(
    master: Path,
    places: Sequence[Path],
    output: Path | None = None,
    *,
    strict: bool = False,
    confirmed_only: bool = False,
    progress: Progress = no_progress,
) -> MergeResult:
    """Return what came of merging what came back into the master, or into a copy at ``output``."""
    from ..exchange.merge_files import merge_files

    how = {"strict": strict, "confirmed_only": confirmed_only}
    return merge_files(master, places, output, **how, progress=progress)


def send_back(
    master: Path,
    places: Sequence[Path],
    folder: Path | None = None,
    deadline: str = "",
    *,
    progress: Progress = no_progress,
) -> SendingBack:
    """Return the workbooks that go back to departments with findings or open questions.

    The master keeps what went out and when. Raise AsoError.
    """
    from ..exchange.send_back import send_back

    return send_back(master, places, folder, deadline, progress)


@dataclass(frozen=True)
class Differing:
    """What two workbooks say differently, and where the table of it is, if one was wanted."""

    comparison: Comparison
    table: Path | None


def diff(one: Path, other: Path, table: Path | None = None) -> Differing:
    """Return how two workbooks of one plan differ; 比較 is saved at ``table``. Raise AsoError."""
    from ..exchange import diff as comparing
    from ..files.output import write_beside

    comparison, names = comparing.compare(one, other), (one.name, other.name)
    if table:
        table = write_beside(table, lambda out: comparing.write_sheet(comparison, names, out))
    return Differing(comparison, table)
