"""Folders for what is made again and again: each time a new one, named after round and day."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from ..errors import OutputError
from ..files.output import cannot_save, numbered


def dated(parent: Path, word: str, round_: str) -> Path:
    """Return a folder in which nothing stands yet: 「配布_R9_2026-11-26」."""
    wanted = parent / f"{word}_{round_}_{dt.date.today():%Y-%m-%d}"
    return next(p for p in numbered(wanted) if not os.path.lexists(p) or _is_empty(p))


def fresh(folder: Path, word: str, round_: str) -> Path:
    """Return the folder if nothing stands in it, else a dated one in it; those above are made.

    Raise OutputError.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        is_taken = folder.is_dir() and not _is_empty(folder)
    except OSError as error:
        raise OutputError(cannot_save(folder.parent, error)) from None
    return dated(folder, word, round_) if is_taken else folder


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())
