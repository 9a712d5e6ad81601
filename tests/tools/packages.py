"""An Office package taken apart."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path


def unpacked(package: bytes | Path) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    source = package if isinstance(package, Path) else io.BytesIO(package)
    with zipfile.ZipFile(source) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
