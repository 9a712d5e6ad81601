"""The names under which figures, tables and charts are found again: of ASCII letters and digits."""

from __future__ import annotations

import hashlib

from ....domain.text import narrow


def key(id_: str) -> str:
    """Return the id of an indicator or 施策 as part of a name: ``1_01_1``, ``2_H1``."""
    return narrow(id_).replace("-", "_")


def key_of_text(text: str) -> str:
    """Return eight letters that stand for a text, the same in every run."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
