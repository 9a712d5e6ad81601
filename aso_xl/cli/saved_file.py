"""Saving a file that a command makes, over nothing, and saying where it is."""

from __future__ import annotations

from pathlib import Path

from ..files.output import write_beside
from .each import Printout, show


def save(
    wanted: Path, content: bytes, what: str = "ファイル", then: str = "", *, as_json: bool
) -> int:
    """Save the content at ``wanted``, or under a number where that is taken; return the exit code.

    ``what`` is the kind of file in words, ``then`` a sentence on what is to be done with it. Raise
    OutputError.
    """
    path = write_beside(wanted, lambda stream: stream.write(content))
    lines = [f"{path} を作りました。{then}"]
    if path != wanted:
        lines.append(f"  同じ名前の{what}があるため、番号を付けました。")
    return show(Printout({"output": str(path)}, lines), as_json=as_json)
