"""Bringing a master back from the history: only a whole workbook of the same plan."""

from __future__ import annotations

from pathlib import Path

from ..errors import AsoError, WorkbookError
from ..files.history import Restored, undo
from ..files.lock import alone
from .split import master_of


def restore(master: Path) -> Restored:
    """Return what came of bringing back the newest kept master that is whole and of the same plan.

    A master that is gone or damaged itself is replaced by the newest whole one. Raise AsoError.
    """
    with alone(master):
        plan = _plan_of(master)

        def usable(kept: Path) -> None:
            other = master_of(kept).plan
            if plan not in (None, other.id):
                raise WorkbookError(
                    f"{kept.name} は別の総合戦略({other.short_title})のブックです。"
                )

        return undo(master, usable)


def _plan_of(master: Path) -> str | None:
    try:
        return master_of(master).plan.id
    except AsoError:
        return None
