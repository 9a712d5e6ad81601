"""Where the workbooks of a split go: every split has a folder of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..errors import AsoError, OutputError
from ..files.output import cannot_save
from ..workbook.handout import RECORD
from ..workbook.read.file.workbook_file import open_book
from ..workbook.read.stamp import read_stamp
from .dated_folder import dated
from .inbox import WORKBOOKS, is_left

FOLDER: Final = "配布"


@dataclass(frozen=True)
class SplitFolder:
    """The folder of a split; ``note`` says so where it is another than the one asked for."""

    folder: Path
    note: str = ""


def beside(master: Path, round_: str, word: str = FOLDER) -> SplitFolder:
    """Return a new folder beside the master, named after what it is for, the round and the day."""
    return SplitFolder(dated(master.parent, word, round_))


def within(folder: Path, round_: str, word: str = FOLDER) -> SplitFolder:
    """Return the folder asked for, or a dated one in it where an earlier split stands there.

    The folders above are made. Raise OutputError for the name of a workbook.
    """
    if folder.suffix.lower() == ".xlsx" and not folder.is_dir():
        raise OutputError(f"{folder.name} はブック名です。-o にはフォルダーを指定してください。")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        taken = folder.is_dir() and any(map(_is_handout, sorted(folder.iterdir())))
    except OSError as error:
        raise OutputError(cannot_save(folder.parent, error)) from None
    if not taken:
        return SplitFolder(folder)
    inner = dated(folder, word, round_)
    return SplitFolder(
        inner,
        f"{folder} には前に配ったブックがあるため、その中の {inner.name} に分けて作りました。",
    )


def _is_handout(path: Path) -> bool:
    if path.suffix.lower() not in WORKBOOKS or is_left(path.name) or not path.is_file():
        return False
    try:
        return bool(read_stamp(open_book(path)).record.get(RECORD))
    except AsoError:
        return False
