"""A program that replaces a master again and again in children that are killed on the way.

``python killing.py FOLDER replace|undo`` kills before each line that writes, in turn, and prints,
as JSON, what then is in the folder. A process of its own, small enough to be forked quickly.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from aso_xl.history import FOLDER, history, replace_master, undo

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


def main(folder: Path, what: str) -> None:
    """Print what every kill left, the last being the run that came to its end."""
    folder.mkdir()
    results = []
    for line in range(1, MOST):
        master = laid_out(folder / str(line), what)
        act = partial(undo, master) if what == "undo" else partial(replace_master, master, NEW)
        code = ended(killed_at(line, act))
        results.append({"code": code, **found(master)})
        if code == 0:
            break
    print(json.dumps(results))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
