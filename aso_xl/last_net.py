"""The last net under every door (command line, buttons, icons): one sentence, one log, exit code 2.

It has to hold where memory is short, so it imports next to nothing and makes nothing large.
"""

from __future__ import annotations

import os
import sys

from .errors import AsoError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Final

DONE, FOUND, COULD_NOT = 0, 1, 2
"""How every door ends: done; done, and errors were found; could not be done."""

NO_MEMORY: Final = "メモリが足りません。ほかのプログラムを閉じてから、もう一度実行してください。"
STOPPED: Final = "中止しました。途中のファイルは残していません。"
_NO_MEMORY_BYTES: Final = f"{NO_MEMORY}\n".encode()
_STOPPED_BYTES: Final = f"{STOPPED}\n".encode()
_DEEPEST: Final = "中身の入れ子が深すぎるため、処理できません。元のファイルを確かめてください。"
_SHORT_OF_MEMORY: Final = ("failed to map segment", "llocate memory", "out of memory", "Error -4")
_LOG_LIMIT: Final = 2**20
_NUMPY: Final = 200 * 2**20
"""Bytes that numpy and pandas take while they are loaded."""


def guarded(act: Callable[[], int], tell: Callable[[str], object]) -> int:
    """Return the exit code of ``act``; what stops it is said in a sentence, and the code is 2."""
    try:
        try:
            return act()
        except SystemExit as stop:  # whoever stops so has said why
            return stop.code if isinstance(stop.code, int) else COULD_NOT if stop.code else 0
        except BaseException as error:
            sentence = sentence_of(error)
        tell(sentence)  # by now what the error held is free
    except KeyboardInterrupt:
        _write(_STOPPED_BYTES)
    except BaseException:
        _write(_NO_MEMORY_BYTES)
    return COULD_NOT


def _write(sentence: bytes) -> None:
    """Say on stderr, with bytes made beforehand, what stopped the net itself."""
    try:
        os.write(2, sentence)
    except OSError:
        return


def sentence_of(error: BaseException) -> str:
    """Return the sentence to show: the error's own, its cause, or where its log is."""
    if is_short_of_memory(error):
        error.__traceback__ = None
        return NO_MEMORY
    if isinstance(error, AsoError):
        return str(error)
    if isinstance(error, KeyboardInterrupt):
        return STOPPED
    if isinstance(error, RecursionError):
        return _DEEPEST
    if isinstance(error, ModuleNotFoundError):
        return f"必要な部品({error.name})がありません。aso_xl を入れ直してください。"
    if isinstance(error, OSError) and error.errno and error.filename is not None:
        from .reasons import reason, remedy

        name = os.fsdecode(error.filename) if isinstance(error.filename, bytes) else error.filename
        return f"{name} を扱えません({reason(error)})。{remedy(error)}"
    place = log(error)
    if place is None:
        about = f"{type(error).__name__}: {error}".encode("utf-8", "backslashreplace").decode()
        kept = f"担当者に連絡してください({' '.join(about.split())[:200]})。"
    else:
        kept = f"記録 {place} を担当者に送ってください。"
    return f"思いがけない誤りのため処理を中止しました。{kept}"


def is_short_of_memory(error: BaseException) -> bool:
    """Return whether memory was short: Python says so in many ways, and others hide it."""
    return any(map(_is_short, _with_causes(error)))


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(20):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _is_short(error: BaseException) -> bool:
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, AsoError):
        return False
    if isinstance(error, OSError) and error.errno == 12:  # ENOMEM
        return True
    if isinstance(error, SystemError) and "exception" in str(error):
        return True  # Python lost the error on its way: nothing but a failed allocation does that
    message = str(error)
    return any(words in message for words in _SHORT_OF_MEMORY)


def log(error: BaseException) -> Path | None:
    """Add the failure to the log file and return where it is; None if nothing can be written."""
    import datetime as dt
    import traceback

    text = "".join(traceback.format_exception(error))
    entry = f"--- {dt.datetime.now().isoformat(timespec='seconds')}\n{text}"
    for path in log_files():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            full = path.exists() and path.stat().st_size > _LOG_LIMIT
            with path.open(
                "w" if full else "a", encoding="utf-8", errors="backslashreplace"
            ) as stream:
                stream.write(entry)
            return path
        except OSError:
            continue
    return None


def log_file() -> Path:
    """Return where details of failures are kept for this user."""
    return next(log_files())


def log_files() -> Iterator[Path]:
    """Yield where the log may be kept: the user's own place, else that of temporary files."""
    import tempfile
    from contextlib import suppress
    from pathlib import Path

    local = os.environ.get("LOCALAPPDATA")
    with suppress(RuntimeError, OSError):  # a user without a home
        folder = Path(local) if local else Path.home() / ".local" / "share"
        yield folder / "aso_xl" / "aso_xl.log"
    with suppress(OSError):  # no folder for temporary files
        yield Path(tempfile.gettempdir()) / "aso_xl.log"


def as_program() -> None:
    """Make this process fit for a whole run: in UTF-8, soon over, and as ``make_fit`` does."""
    import atexit
    import gc

    if os.name == "posix" and sys.getfilesystemencoding() != "utf-8":
        again = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
        os.execv(sys.executable, again)  # in C and other locales no Japanese name can be used
    atexit.register(gc.freeze)  # to look through all that is left takes an eighth of a short run
    make_fit()


def make_fit() -> None:
    """Make any process of ours fit: quiet about what dies on the way, without numpy."""
    import gc
    import logging

    gc.set_threshold(200_000, 20, 100)  # a run makes much that stays, and little in circles
    logging.disable()  # hashlib, for one, logs a traceback where memory is short
    sys.unraisablehook = lambda what: None  # what dies half made is no news for staff
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]


def allow_numpy() -> None:
    """Let pandas load numpy, which openpyxl would load only to know its types.

    Raise MemoryError where it would not fit: it then ends the process with words of its own.
    """
    if sys.modules.get("numpy", sys) is None:
        del sys.modules["numpy"]
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    require_memory(_NUMPY)


def require_memory(size: int) -> None:
    """Raise MemoryError unless so many bytes can be had now."""
    import mmap

    try:
        mmap.mmap(-1, size).close()
    except (OSError, ValueError):
        raise MemoryError from None
