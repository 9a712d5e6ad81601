"""Putting a file of ours where it belongs: whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def put(path: Path, content: bytes) -> None:
    """Write the file, replacing what is there; its folder is made. Raise OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"~{os.urandom(6).hex()}.tmp")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def missing_folders(path: Path) -> list[Path]:
    """Return the folders above ``path`` that are still to be made, the innermost first."""
    return [folder for folder in path.parents if not folder.exists()]
