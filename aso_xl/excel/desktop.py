"""Where a new file goes that stands beside no other: the user's desktop."""

from __future__ import annotations

from pathlib import Path

from ..errors import AsoError


def desktop() -> Path:
    """Return the desktop of Windows; elsewhere, and where none is known, the user's folder."""
    from .install.computer import Computer

    try:
        return Computer.this().desktop()
    except AsoError:
        return Path.home()
