"""The master workbook replaced so that it is the old one or the new one, whole, at any moment.

The one before is kept in the folder 履歴 beside it, named after the time.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..errors import AsoError, OutputError
from ..reasons import reason, remedy
from .inputs import read_input
from .lock import alone
from .output import cannot_save, swap_in, write_beside

FOLDER: Final = "履歴"
_STAMP: Final = "%Y-%m-%d %H%M%S"


@dataclass(frozen=True)
class Restored:
    """What undo did: the kept master brought back, and those passed over, each with the reason."""

    kept: Path
    passed_over: tuple[tuple[Path, str], ...] = ()


def replace_master(path: Path, new: bytes, made_from: bytes | None = None) -> None:
    """Put the new master in the place of the one at ``path``, which is kept in the history.

    ``made_from`` is what the new one was made from: raises OutputError if the master is another by
    now, is open in Excel or LibreOffice, or cannot be written. Who reads the master, computes and
    replaces it does all that within ``lock.alone``, so that two at once cannot undo each other.
    """
    path = path.resolve()
    with alone(path):
        _refuse_open(path)
        _refuse_kept_from_writing(path)
        old = _bytes(path)
        if made_from is not None and old != made_from:
            raise OutputError(
                f"{path.name} は処理の間に別の人が保存しました。もう一度実行してください。"
            )
        _keep(path, old)
        swap_in(path, new)


def undo(path: Path, usable: Callable[[Path], object] = lambda kept: None) -> Restored:
    """Bring the previous master back; return where in the history it lies.

    ``usable`` raises AsoError for a kept file that is no whole master of this plan: the next older
    one is then brought back. The master that it replaces is kept too, so that a second undo undoes
    the first. Raise OutputError if there is no previous master, or as ``replace_master`` does.
    """
    path = path.resolve()
    with alone(path):
        _refuse_open(path)
        current = None
        if os.path.lexists(path):
            _refuse_kept_from_writing(path)
            current = _bytes(path)
        kept, previous, passed_over = _previous(path, current, usable)
        if current is not None:
            _keep(path, current)
        swap_in(path, previous)
        return Restored(kept, passed_over)


def _previous(
    path: Path, current: bytes | None, usable: Callable[[Path], object]
) -> tuple[Path, bytes, tuple[tuple[Path, str], ...]]:
    """Return the newest kept master that is another than the current one and can be used."""
    passed_over: list[tuple[Path, str]] = []
    for kept in history(path):
        try:
            content = _bytes(kept)
            if content == current:
                continue
            usable(kept)
        except AsoError as error:
            passed_over.append((kept, str(error)))
            continue
        return kept, content, tuple(passed_over)
    if passed_over:
        first, why = passed_over[0]
        raise OutputError(
            f"フォルダー {first.parent} にある前のブックは、どれも使えません。新しいものから: {why}"
        )
    raise OutputError(
        f"{path.name} の前のブックが、フォルダー {path.parent / FOLDER} にありません。"
        "マスターの場所と名前を確かめてください。"
    )


def history(path: Path) -> list[Path]:
    """Return the kept masters of this name, the newest first."""
    copies = sorted(_kept(path.resolve()), reverse=True)
    return [kept for _, _, kept in copies]


def _kept(path: Path) -> Iterator[tuple[dt.datetime, int, Path]]:
    """Yield time, number within that second, and path of every kept master."""
    name = re.compile(
        rf"{re.escape(path.stem)} (\d{{4}}-\d\d-\d\d \d{{6}})(?: \((\d+)\))?{re.escape(path.suffix)}"
    )
    folder = path.parent / FOLDER
    try:
        files = list(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise OutputError(
            f"前のブックのフォルダー {folder} を読めません({reason(error)})。{remedy(error)}"
        ) from error
    for file in files:
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
        with suppress(OverflowError):  # the last second there is: its number tells the order
            now = max(now, newest[0] + dt.timedelta(seconds=1))
        now = max(now, newest[0])
    folder = path.parent / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise OutputError(
            f"{folder} というファイルがあるため、前のブックを残すフォルダーを作れません。"
            "そのファイルの名前を変えてください。"
        ) from error
    except OSError as error:
        raise OutputError(cannot_save(folder, error)) from error
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


def _refuse_kept_from_writing(path: Path) -> None:
    """Refuse a master that is no plain file of one name, or that was set to be left as it is."""
    try:
        about = path.stat()
    except OSError:  # said when it is read
        return
    if not stat.S_ISREG(about.st_mode):
        raise OutputError(
            f"{path} は普通のファイルではありません。ブックのファイルを指定してください。"
        )
    if not about.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise OutputError(
            f"{path} は読み取り専用のため、置き換えません。"
            "読み取り専用を外すか、書き込みの権限を確かめてください。"
        )
    if about.st_nlink > 1 and about.st_nlink - _drop_leftovers(path, about) > 1:
        raise OutputError(
            f"{path} には別の名前(ハードリンク)もあるため、置き換えると別々のブックになります。"
            "コピーしたブックで行ってください。"
        )


def _drop_leftovers(path: Path, about: os.stat_result) -> int:
    """Drop the second names that a run cut short has left of this very file; return how many."""
    dropped = 0
    for other in path.parent.glob("~*.tmp"):
        with suppress(OSError):
            if os.path.samestat(other.lstat(), about):
                other.unlink()
                dropped += 1
    return dropped


def _bytes(path: Path) -> bytes:
    return read_input(path, OutputError)
