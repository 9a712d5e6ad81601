"""Which files came back: workbooks to read, what programs leave beside them, what cannot be read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..errors import AsoError
from ..files.history import FOLDER
from ..reasons import reason, remedy

WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".ods"})
_LOCKS: Final = ("~$", "._", ".~lock.", "~wrl", "~df")
_LEFT_BY_SYSTEMS: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_NOT_SENT: Final = frozenset({FOLDER, "__MACOSX"})


@dataclass(frozen=True)
class UnreadFile:
    """A place that cannot be read, and the sentence that says why."""

    path: Path
    sentence: str


@dataclass(frozen=True)
class Inbox:
    """The files of a run: workbooks to read, and what was not read.

    ``locks`` counts what programs leave beside a workbook (``~$``, ``._``, .tmp), ``passed`` are
    files of other kinds.
    """

    paths: tuple[Path, ...]
    locks: int = 0
    passed: tuple[Path, ...] = ()
    unread: tuple[UnreadFile, ...] = ()

    @property
    def others(self) -> int:
        return len(self.passed)


def find(places: Sequence[Path], master: Path) -> Inbox:
    """Return the workbooks in files and folders (with their folders), without the master's own.

    Raise AsoError for a place that does not exist.
    """
    paths: dict[str, Path] = {}
    passed: list[Path] = []
    unread: list[UnreadFile] = []
    locks = 0
    for place in places:
        if not os.path.lexists(place):
            raise AsoError(f"{place} が見つかりません。場所と名前を確かめてください。")
        is_folder = place.is_dir()
        for path in _walk(place, unread) if is_folder else (place,):
            if is_left(path.name):
                locks += 1
            elif is_folder and path.suffix.lower() not in WORKBOOKS:
                passed.append(path)
            elif not _is_same(path, master):
                paths.setdefault(os.path.realpath(path), path)
    return Inbox(tuple(paths.values()), locks, tuple(passed), tuple(unread))


def names(paths: Sequence[Path]) -> dict[Path, str]:
    """Return what each file is called in lists: its name, with its folders where two share one."""
    lengths = dict.fromkeys(paths, 1)
    while True:
        tails = {path: "/".join(path.parts[-size:]) for path, size in lengths.items()}
        times = Counter(tails.values())
        doubled = [p for p, s in lengths.items() if times[tails[p]] > 1 and s < len(p.parts)]
        if not doubled:
            return {path: readable(tail) for path, tail in tails.items()}
        for path in doubled:
            lengths[path] += 1


def readable(name: str) -> str:
    """Return a file name as text; one in the old encoding of Windows is read as that."""
    try:
        name.encode()
        return name
    except UnicodeEncodeError:
        raw = name.encode(errors="surrogateescape" if os.name != "nt" else "replace")
    try:
        return raw.decode("cp932")
    except UnicodeDecodeError:
        return raw.decode(errors="replace")


def _walk(folder: Path, unread: list[UnreadFile]) -> Iterator[Path]:
    """Yield the files of a folder and its folders, but for the history of a master."""

    def refuse(error: OSError) -> None:
        path = Path(error.filename)
        words = f"{path.name} を開けません({reason(error)})。{remedy(error)}"
        unread.append(UnreadFile(path, words))

    for place, folders, files in os.walk(folder, onerror=refuse):
        for name in sorted(folders):
            unread += _odd_folder(Path(place) / name)
        folders[:] = sorted(f for f in folders if f not in _NOT_SENT and not f.startswith("."))
        yield from (Path(place) / name for name in sorted(files))


def _odd_folder(path: Path) -> Iterator[UnreadFile]:
    """Yield what may be missed: a folder in the place of a workbook, a link that is not followed."""
    if path.suffix.lower() in WORKBOOKS:
        yield UnreadFile(path, f"{path.name} はフォルダーです。ブックのファイルを入れてください。")
    elif path.is_symlink():
        words = "フォルダーへのリンクのため読みません。そのフォルダーも指定してください。"
        yield UnreadFile(path, f"{path.name} は{words}")


def is_left(name: str) -> bool:
    """Return whether programs or systems leave a file of this name beside the real ones."""
    name = name.lower()
    return name.startswith(_LOCKS) or name.endswith(".tmp") or name in _LEFT_BY_SYSTEMS


def _is_same(path: Path, master: Path) -> bool:
    try:
        return path.samefile(master)
    except OSError:
        return False
