"""The names under which figures, tables and charts are found again: of ASCII letters and digits."""

from __future__ import annotations

import hashlib

from ....domain.achievement import Achievement
from ....domain.text import narrow


def key(id_: str) -> str:
    """Return the id of an indicator or 施策 as part of a name: ``1_01_1``, ``2_H1``."""
    return narrow(id_).replace("-", "_")


def row_key(achievement: Achievement) -> str:
    """Return the key of a listed figure's row; of one with several numbers: ``2_H4_2``."""
    numbers = len(achievement.indicators)
    return key(achievement.indicator.id) + (f"_{numbers}" if numbers > 1 else "")


def key_of_text(text: str) -> str:
    """Return eight letters that stand for a text, the same in every run."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
