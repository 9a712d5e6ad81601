"""Texts that Windows' own editor opens: with its line ends, and a mark that says they are UTF-8."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .output import write_beside


def text_file(target: Path, lines: Iterable[str]) -> Path:
    """Return the path of a text written to ``target`` or beside it."""
    content = "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig", errors="replace")
    return write_beside(target, lambda stream: stream.write(content))
