"""One at a time on a master: a lock file beside it says who is at work, wherever the file lies.

It rests only on giving a file a name that is free and on replacing a file, which every disk and
every share can do; locks of the system do not reach across all shares.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident
from typing import Final

from ..console import complain
from ..errors import OutputError
from .output import cannot_save, give_name, partial_file

WAIT: Final = 30.0
"""Seconds to wait for another before saying that it cannot be done now."""

DEAD_AFTER: Final = 30 * 60.0
"""Seconds after which a lock is taken over from an owner whose computer cannot be asked."""

UNFINISHED_AFTER: Final = 60.0
"""Seconds after which a lock is taken over that does not say whose it is."""

_LONGEST: Final = 180
_PAUSE: Final = 0.05
_held: dict[tuple[Path, int], bytes] = {}


@contextmanager
def alone(
    path: Path, tell: Callable[[str], None] = complain, *, wait: float = WAIT
) -> Iterator[None]:
    """Let nobody else who asks so work on the file meanwhile; within itself it asks only once.

    Another is waited for, which ``tell`` says. Raise OutputError if that takes too long, if the
    lock was taken over meanwhile, or if no lock can be made in the folder.
    """
    path = path.resolve()
    lock = lock_path(path)
    key = (lock, get_ident())
    if key in _held:
        _require_mine(path, lock, _held[key])
        yield
        return
    if not path.parent.is_dir():  # what is missing is said by whoever reads it
        yield
        return
    mine = _owner()
    try:
        _wait_for(path, lock, mine, tell, wait)
        _held[key] = mine
        yield
    finally:
        _held.pop(key, None)
        _release(lock, mine)


def lock_path(path: Path) -> Path:
    """Return the lock file of a file; it stands beside it."""
    name = path.name
    if len(name.encode(errors="surrogateescape")) > _LONGEST:
        name = hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()[:16]
    return path.with_name(f"~{name}.lock")


def _wait_for(
    path: Path, lock: Path, mine: bytes, tell: Callable[[str], None], wait: float
) -> None:
    end = time.monotonic() + wait
    is_announced = False
    while not _taken(path, lock, mine):
        holder = _content(lock) or b""
        if time.monotonic() > end:
            raise OutputError(
                f"{path.name} は{_named(holder)}が処理中です。終わってから、もう一度実行してください"
                f"(だれも処理していないのに出るときは {lock.name} を消します)。"
            )
        if not is_announced:
            tell(f"{path.name} は{_named(holder)}が処理中です。終わるのを待っています。")
            is_announced = True
        time.sleep(_PAUSE)


def _taken(path: Path, lock: Path, mine: bytes) -> bool:
    """Return whether the lock could be taken. Raise OutputError if none can be made here."""
    try:
        with partial_file(lock, mine) as partial:
            return _take(lock, partial)
    except OSError as error:
        raise OutputError(cannot_save(path, error)) from error


def _take(lock: Path, partial: Path) -> bool:
    """Return whether the lock could be taken: it was free, or its owner is dead.

    Who takes over from a dead owner holds a lock of that owner's name meanwhile. So only one of
    several does, and what it replaces is the dead one's lock and no later one.
    """
    try:
        give_name(partial, lock)
        return True
    except FileExistsError:
        pass
    holder = _content(lock)
    if holder is None or not _is_dead(holder, lock, partial):
        return False
    guard = guard_path(lock, holder)
    mine = partial.read_bytes()
    with partial_file(guard, mine) as second:
        if not _take(guard, second):
            return False
    try:
        if _content(lock) != holder:
            return False
        partial.replace(lock)
        return True
    finally:
        _release(guard, mine)


def guard_path(lock: Path, holder: bytes) -> Path:
    """Return the lock that one must hold to take a lock over from its dead holder."""
    name = os.fsencode(lock.name)
    return lock.with_name(f"~{hashlib.sha256(name + holder).hexdigest()[:16]}.lock")


def _is_dead(holder: bytes, lock: Path, partial: Path) -> bool:
    """Return whether the owner is gone; ages are by the clock of the disk, not of the computers."""
    try:
        age = partial.stat().st_mtime - lock.stat().st_mtime
    except OSError:  # gone meanwhile
        return False
    owner = _read(holder)
    if owner is None:
        return age > UNFINISHED_AFTER
    if owner["host"] == _host():
        born = _born(int(owner["pid"]))
        return born is None or bool(born and owner["born"] and born != owner["born"])
    return age > DEAD_AFTER


def _owner() -> bytes:
    user = next(filter(None, map(os.environ.get, ("USERNAME", "LOGNAME", "USER"))), "")
    now = time.strftime("%Y-%m-%d %H:%M:%S")
    pid = os.getpid()
    owner = {"host": _host(), "user": user, "pid": str(pid), "born": _born(pid) or "", "time": now}
    return json.dumps({**owner, "key": os.urandom(8).hex()}).encode()


def _host() -> str:
    return os.environ.get("COMPUTERNAME", "") if os.name == "nt" else os.uname().nodename


def _read(content: bytes) -> dict[str, str] | None:
    try:
        owner = json.loads(content)
        fields = {key: str(owner[key]) for key in ("host", "user", "pid", "born", "time")}
        int(fields["pid"])
        return fields
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _named(content: bytes) -> str:
    owner = _read(content)
    if owner is None:
        return "ほかの人"
    return f" {owner['user'] or '不明な利用者'}({owner['host']}、{owner['time']} から)"


def _content(lock: Path) -> bytes | None:
    """Return what stands in a lock file; None if there is none."""
    try:
        with lock.open("rb") as stream:
            return stream.read(4096)
    except FileNotFoundError:
        return None
    except OSError:  # just being replaced, or nothing of ours
        return b""


def _require_mine(path: Path, lock: Path, mine: bytes) -> None:
    if _content(lock) != mine:
        raise OutputError(
            f"{path.name} の処理に時間がかかり、別の人が処理を始めました。もう一度実行してください。"
        )


def _release(lock: Path, mine: bytes) -> None:
    for _ in range(20):
        if _content(lock) != mine:
            return
        with suppress(FileNotFoundError):
            try:
                lock.unlink()
                return
            except PermissionError:  # Windows: another is just reading it
                time.sleep(_PAUSE)


def _born(pid: int) -> str | None:
    """Return a mark of when a process of this computer began ("" if unknown); None: it is gone."""
    if sys.platform == "win32":
        return _born_on_windows(pid)
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return None
    except PermissionError:  # another's, and alive
        pass
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return ""
    return None if fields[0] in (b"Z", b"X") else fields[19].decode()


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY, _DENIED, _ALIVE = 0x1000, 5, 259

    def _born_on_windows(pid: int) -> str | None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        process = kernel.OpenProcess(_QUERY, False, pid)
        if not process:
            return "" if ctypes.get_last_error() == _DENIED else None
        handle = wintypes.HANDLE(process)
        try:
            code = wintypes.DWORD()
            if kernel.GetExitCodeProcess(handle, ctypes.byref(code)) and code.value != _ALIVE:
                return None
            times = [wintypes.FILETIME() for _ in range(4)]
            if not kernel.GetProcessTimes(handle, *map(ctypes.byref, times)):
                return ""
            return f"{times[0].dwHighDateTime}-{times[0].dwLowDateTime}"
        finally:
            kernel.CloseHandle(handle)
