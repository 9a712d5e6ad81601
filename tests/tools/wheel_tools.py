"""Small wheels, for set-ups that need no package index."""

from __future__ import annotations

import zipfile
from pathlib import Path


def small_wheel(
    folder: Path, name: str, version: str = "1.0", *needs: str, tag: str = "py3-none-any"
) -> Path:
    """Return a small wheel."""
    path = folder / f"{name}-{version}-{tag}.whl"
    info = f"{name}-{version}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Dist: {need}" for need in needs]
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(f"{name}/__init__.py", "")
        package.writestr(f"{info}/METADATA", "\n".join(lines) + "\n")
        kind = f"Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: {tag}\n"
        package.writestr(f"{info}/WHEEL", kind)
        package.writestr(f"{info}/RECORD", "")
    return path
