"""Saving results: nothing is overwritten, nothing half-written is left."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from ..errors import OutputError
from ..reasons import FORBIDDEN, FULL, MISSING, reason

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_DEVICES: Final = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])", re.I)
_LONGEST: Final = 200
"""Bytes of a file name without suffix and number; file systems allow 255 for the whole."""

_CANNOT: Final = FORBIDDEN | {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EMLINK, None}
"""What a file system says that does not know hard links, or renaming to a free name."""

_LEFT_OVER: Final = 60.0
"""Seconds after which a reservation was left by a run that was killed."""


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
    its name only when it is whole. Raise OutputError, one sentence with the remedy.
    """
    content = io.BytesIO()
    writer(content)
    try:
        with partial_file(path, content.getbuffer()) as partial:
            named = _named(partial, path)
        _settle(path.parent)
        return named
    except OSError as error:
        raise OutputError(cannot_save(path, error)) from error


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Give the folder to write into: one that is there already, else a new one beside its place.

    The new one gets its name only when all is in it. Raise OutputError where a file stands in its
    place, another made it meanwhile, or the file system refuses.
    """
    try:
        if folder.is_dir():
            yield folder
            return
        if os.path.lexists(folder):
            raise OutputError(f"{folder} はファイルです。-o にはフォルダーを指定してください。")
        partial = folder.with_name(f"~{os.urandom(6).hex()}.tmp")
        try:
            partial.mkdir()
            with _called(folder, partial):
                yield partial
            _settle(partial)
            give_name(partial, folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        _settle(folder.parent)
    except FileExistsError as error:
        raise OutputError(
            f"{folder} は処理の間に別の人が作りました。もう一度実行してください。"
        ) from error
    except OSError as error:
        raise OutputError(cannot_save(folder, error)) from error


@contextmanager
def _called(folder: Path, partial: Path) -> Iterator[None]:
    """Let sentences say the name that a folder will have, never the one it has in the making."""
    try:
        yield
    except OutputError as error:
        raise OutputError(str(error).replace(str(partial), str(folder))) from error


def swap_in(path: Path, content: bytes) -> None:
    """Put the content in the place of a file: at any moment it is the old or the new one, whole.

    Raise OutputError, one sentence with the remedy; the file is then the old one.
    """
    try:
        with partial_file(path, content) as partial:
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
def partial_file(path: Path, content: bytes | memoryview) -> Iterator[Path]:
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
    if error.errno in MISSING:
        return f"保存先のフォルダー {path.parent} がありません。フォルダーを作るか、別の場所を指定してください。"
    if error.errno in FULL:
        return (
            f"{path} を保存できません。ディスクの空き容量を増やすか、別の場所を指定してください。"
        )
    if error.errno in FORBIDDEN:
        return f"{path.parent} に書き込めません。書き込みの権限を確かめるか、別の場所を指定してください。"
    if error.errno == errno.ENAMETOOLONG:
        return f"{path.name[:40]}… は名前が長すぎます。短い名前を指定してください。"
    return f"{path} を保存できません({reason(error)})。別の場所を指定してください。"


def _named(partial: Path, path: Path) -> Path:
    for candidate in numbered(path):
        with suppress(FileExistsError):
            give_name(partial, candidate)
            return candidate
    raise AssertionError  # numbered() ends by raising


def give_name(partial: Path, target: Path) -> None:
    """Give what is finished its name in one step; a file may keep its old name beside it.

    Raise FileExistsError if something has that name, OSError as the file system does.
    """
    if os.name == "nt":
        partial.rename(target)  # on Windows a rename never replaces
        return
    for way in (_link, _rename_to_free, _rename_reserved):
        try:
            way(partial, target)
            return
        except FileExistsError:
            raise
        except OSError as error:
            if way is _rename_reserved or error.errno not in _CANNOT:
                raise


def _link(partial: Path, target: Path) -> None:
    """Not for folders, memory sticks and some shares."""
    os.link(partial, target)


def _rename_to_free(partial: Path, target: Path) -> None:
    """Rename, as Linux can, only to a name that is free. Raise OSError where it cannot."""
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    here, no_replace = -100, 1
    if rename(here, os.fsencode(partial), here, os.fsencode(target), no_replace):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(target))


def _rename_reserved(partial: Path, target: Path) -> None:
    """Rename while a file beside it reserves the name from the others of us."""
    mark = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]
    reserved = target.with_name(f"~{mark}.name.tmp")
    if _is_left_over(reserved, partial):
        reserved.unlink(missing_ok=True)
    reserved.open("xb").close()
    try:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        partial.rename(target)
    finally:
        reserved.unlink(missing_ok=True)


def _is_left_over(reserved: Path, partial: Path) -> bool:
    try:
        return partial.stat().st_mtime - reserved.stat().st_mtime > _LEFT_OVER
    except OSError:
        return False
