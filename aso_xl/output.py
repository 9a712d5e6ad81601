"""Saving results: nothing is overwritten, nothing half-written is left."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from .errors import OutputError

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_DEVICES: Final = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])", re.I)
_LONGEST: Final = 200
"""Bytes of a file name without suffix and number; file systems allow 255 for the whole."""

_MISSING: Final = frozenset({errno.ENOENT, errno.ENOTDIR})
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN_HERE: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def safe_name(text: str) -> str:
    """Return text as a file name (without suffix) that Windows and Linux both accept."""
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    name = _FORBIDDEN.sub("_", " ".join(kept.split()))
    name = name.encode()[:_LONGEST].decode(errors="ignore").strip(" .")
    if not name:
        return "名称なし"
    return f"_{name}" if _DEVICES.fullmatch(name.partition(".")[0].strip()) else name


def free_path(path: Path) -> Path:
    """Return the path, or the first of 「name (2)」, 「name (3)」… at which nothing stands."""
    return next(p for p in numbered(path) if not os.path.lexists(p))


def numbered(path: Path) -> Iterator[Path]:
    """Yield the path, then 「name (2)」, 「name (3)」…, each with its suffix."""
    yield path
    for number in range(2, 10_000):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")
    raise OutputError(f"{path.name} と同じ名前のファイルが多すぎます。別の名前を指定してください。")


def write_beside(path: Path, writer: Callable[[BinaryIO], object]) -> Path:
    """Return the path written: ``path``, or numbered where something already stands.

    The writer fills a stream in memory; its bytes go to a new file in the same folder, which gets
    its name only when it is whole. Raises OutputError, one sentence with the remedy.
    """
    content = io.BytesIO()
    writer(content)
    try:
        with _partial(path, content.getbuffer()) as partial:
            named = _named(partial, path)
        _settle(path.parent)
        return named
    except OSError as error:
        raise OutputError(cannot_save(path, error)) from error


def swap_in(path: Path, content: bytes) -> None:
    """Put the content in the place of a file: at any moment it is the old or the new one, whole.

    Raises OutputError, one sentence with the remedy; the file is then the old one.
    """
    try:
        with _partial(path, content) as partial:
            with suppress(OSError):
                shutil.copymode(path, partial)
            partial.replace(path)
        _settle(path.parent)
    except PermissionError as error:
        raise OutputError(
            f"{path} を置き換えられません。開いているときは閉じ、書き込みの権限を確かめてください。"
        ) from error
    except OSError as error:
        raise OutputError(cannot_save(path, error)) from error


@contextmanager
def _partial(path: Path, content: bytes | memoryview) -> Iterator[Path]:
    """Give a new file beside ``path`` that holds the content, safe on the disk; it goes afterwards."""
    partial = path.with_name(f"~{os.urandom(6).hex()}.tmp")
    try:
        with partial.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        yield partial
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Make the names in a folder outlast a power cut, where the system lets folders be opened."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def cannot_save(path: Path, error: OSError) -> str:
    """Return the sentence for an error of the file system: place, finding, remedy."""
    if error.errno in _MISSING:
        return f"保存先のフォルダー {path.parent} がありません。フォルダーを作るか、別の場所を指定してください。"
    if error.errno in _FULL:
        return (
            f"{path} を保存できません。ディスクの空き容量を増やすか、別の場所を指定してください。"
        )
    if error.errno in _FORBIDDEN_HERE:
        return f"{path.parent} に書き込めません。書き込みの権限を確かめるか、別の場所を指定してください。"
    if error.errno == errno.ENAMETOOLONG:
        return f"{path.name[:40]}… は名前が長すぎます。短い名前を指定してください。"
    return f"{path} を保存できません({error.strerror or error})。別の場所を指定してください。"


def _named(partial: Path, path: Path) -> Path:
    for candidate in numbered(path):
        with suppress(FileExistsError):
            _claim(partial, candidate)
            return candidate
    raise AssertionError  # numbered() ends by raising


def _claim(partial: Path, target: Path) -> None:
    """Give the finished file its name. Raises FileExistsError if another took it first."""
    if os.name == "nt":
        partial.rename(target)  # on Windows a rename never replaces
        return
    try:
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:  # no hard links here (a memory stick, some shares): reserve, then replace
        target.open("xb").close()
        try:
            partial.replace(target)
        except OSError:
            target.unlink()
            raise
