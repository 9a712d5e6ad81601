"""The master workbook replaced so that it is the old one or the new one, whole, at any moment.

The one before is kept in the folder 履歴 beside it, named after the time.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .errors import OutputError
from .output import swap_in, write_beside

FOLDER: Final = "履歴"
_STAMP: Final = "%Y-%m-%d %H%M%S"


def replace_master(path: Path, new: bytes, made_from: bytes | None = None) -> None:
    """Put the new master in the place of the one at ``path``, which is kept in the history.

    ``made_from`` is what the new one was made from: raises OutputError if the master is another by
    now, is open in Excel or LibreOffice, or cannot be written.
    """
    path = path.resolve()
    _refuse_open(path)
    old = _bytes(path)
    if made_from is not None and old != made_from:
        raise OutputError(
            f"{path.name} は処理の間に別の人が保存しました。もう一度実行してください。"
        )
    _keep(path, old)
    swap_in(path, new)


def undo(path: Path) -> Path:
    """Bring the previous master back; return where in the history it lies.

    The master that it replaces is kept too, so that a second undo undoes the first. Raises
    OutputError if there is no previous master, or as ``replace_master`` does.
    """
    path = path.resolve()
    _refuse_open(path)
    current = _bytes(path) if path.exists() else None
    for kept in history(path):
        previous = _bytes(kept)
        if previous != current:
            break
    else:
        raise OutputError(
            f"{path.name} の前のブックが、フォルダー {path.parent / FOLDER} にありません。"
            "マスターの場所と名前を確かめてください。"
        )
    if current is not None:
        _keep(path, current)
    swap_in(path, previous)
    return kept


def history(path: Path) -> list[Path]:
    """Return the kept masters of this name, the newest first."""
    found = sorted(_kept(path.resolve()), reverse=True)
    return [kept for _, _, kept in found]


def _kept(path: Path) -> Iterator[tuple[dt.datetime, int, Path]]:
    """Yield time, number within that second, and path of every kept master."""
    name = re.compile(
        rf"{re.escape(path.stem)} (\d{{4}}-\d\d-\d\d \d{{6}})(?: \((\d+)\))?{re.escape(path.suffix)}"
    )
    folder = path.parent / FOLDER
    for file in folder.iterdir() if folder.is_dir() else ():
        if match := name.fullmatch(file.name):
            try:
                time = dt.datetime.strptime(match[1], _STAMP)
            except ValueError:  # digits that are no time
                continue
            yield time, int(match[2] or 1), file


def _keep(path: Path, content: bytes) -> None:
    """Keep a master in the history, unless its newest one is the same (a run was cut short)."""
    newest = max(_kept(path), default=None)
    if newest and _bytes(newest[2]) == content:
        return
    now = dt.datetime.now().replace(microsecond=0)
    if newest:  # whatever the clock says, it is the newest
        now = max(now, newest[0] + dt.timedelta(seconds=1))
    folder = path.parent / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"前のブックを残すフォルダー {folder} を作れません。書き込みの権限を確かめてください。"
        ) from error
    name = f"{path.stem} {now:{_STAMP}}{path.suffix}"
    write_beside(folder / name, lambda stream: stream.write(content))


def _refuse_open(path: Path) -> None:
    """Refuse a master that is open: saving it there would undo, unseen, what is done here."""
    for lock in (f"~${path.name}", f".~lock.{path.name}#"):
        if path.with_name(lock).exists():
            raise OutputError(
                f"{path.name} は開かれています。閉じてから、もう一度実行してください"
                f"(だれも開いていないのに出るときは {lock} を消します)。"
            )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(
            f"{path} を読めません({error.strerror or error})。場所と名前、権限を確かめてください。"
        ) from error
