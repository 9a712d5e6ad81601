"""A program that replaces a master again and again in children that are killed on the way.

``python killing.py FOLDER replace|undo|document|folder WAY`` kills before each line that writes, in
turn, and prints, as JSON, what then is in the folder. WAY is how a finished file gets its name: by
"link", or where there are no hard links by "rename" or, where that may replace, by "reserve".
A process of its own, small enough to be forked quickly.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from aso_xl.files import output
from aso_xl.files.history import FOLDER, history, replace_master, undo
from aso_xl.files.output import whole_folder, write_beside

OLD, BEFORE, NEW = b"old" * 30_000, b"before" * 10_000, b"new master" * 20_000
NAMES = {OLD: "old", BEFORE: "before", NEW: "new"}
MODULES = tuple(f"{os.sep}{name}.py" for name in ("history", "output", "lock"))
WRITING = {"write_bytes", "write_text", "open", "replace", "rename", "unlink"}
"""Of the standard library too (``pathlib``), where lines of these may leave half of a thing."""

MOST = 1000


def ended(act: Callable[[], object]) -> int:
    """Return how a child that did ``act`` ended: 0, or minus the signal that killed it."""
    child = os.fork()
    if not child:
        act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(line: int, act: Callable[[], object]) -> Callable[[], object]:
    """Return ``act``, killed before the n-th line that it runs in our modules or to write."""
    left = line

    def watch(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        code = frame.f_code
        if not code.co_filename.endswith(MODULES) and code.co_name not in WRITING:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return watch

    def run() -> None:
        sys.settrace(watch)
        act()

    return run


def refuse(*names: object) -> None:
    """Stand in for what a memory stick cannot do."""
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def go(way: str) -> None:
    """Give finished files their names in this way only."""
    if way != "link":
        os.link = refuse  # type: ignore[assignment]
    if way == "reserve":
        output._rename_to_free = refuse


def laid_out(folder: Path, what: str) -> Path:
    """Return a master of one history, in a new folder."""
    master = folder / "master.xlsx"
    folder.mkdir()
    master.write_bytes(OLD)
    if what == "undo":
        replace_master(master, BEFORE)
        replace_master(master, OLD)
    return master


def found(master: Path) -> dict[str, Any]:
    """Return what stands in the folder, by the names of the contents; None for anything else."""
    return {
        "master": NAMES.get(master.read_bytes()) if master.exists() else None,
        "kept": [NAMES.get(path.read_bytes()) for path in history(master)],
        "strange": [
            path.name
            for path in master.parent.rglob("*")
            if path.name not in (master.name, FOLDER)
            and path not in history(master)
            and not (path.name.startswith("~") and path.suffix in (".tmp", ".lock"))
        ],
    }


def write_folder(folder: Path) -> None:
    """Write three files into a folder that is new."""
    with whole_folder(folder / "new") as making:
        for name, content in zip("abc", NAMES, strict=True):
            write_beside(making / name, lambda stream, data=content: stream.write(data))


def standing(folder: Path) -> dict[str, str | None]:
    """Return what stands under a final name: old, before, new; None for anything else."""
    return {
        str(path.relative_to(folder)): NAMES.get(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith("~") for part in path.parts)
    }


def acted(folder: Path, what: str) -> tuple[Callable[[], object], Callable[[], dict[str, Any]]]:
    """Return what is to be done in a new folder, and what then tells what is in it."""
    if what == "document":
        folder.mkdir()
        (folder / "a.docx").write_bytes(OLD)
        act = partial(write_beside, folder / "a.docx", lambda stream: stream.write(NEW))
        return act, lambda: {"standing": standing(folder)}
    if what == "folder":
        folder.mkdir()
        return partial(write_folder, folder), lambda: {"standing": standing(folder)}
    master = laid_out(folder, what)
    act = partial(undo, master) if what == "undo" else partial(replace_master, master, NEW)
    return act, partial(found, master)


def main(folder: Path, what: str, way: str) -> None:
    """Print what every kill left, the last being the run that came to its end."""
    folder.mkdir()
    go(way)
    results = []
    for line in range(1, MOST):
        act, tell = acted(folder / str(line), what)
        code = ended(killed_at(line, act))
        results.append({"code": code, **tell()})
        if code == 0:
            break
    print(json.dumps(results))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
