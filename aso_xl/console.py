"""Japanese text in a terminal: widths, tables, wrapping, and streams that never fail on a letter."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Any, Final, Literal

from .errors import OutputError
from .reasons import reason, remedy

Align = Literal["left", "right", "center"]
_WIDEST: Final = 100
_NOT_FIRST: Final = frozenset("、。,.)」』】〕》!?:;・ー…%")


def use_utf8() -> None:
    """Let stdout and stderr write UTF-8, also on consoles set to another encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def mute() -> None:
    """Send what is still to be written to nowhere: the reader of stdout has gone."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(*lines: str) -> None:
    """Print lines for people on stdout."""
    with _out():
        for line in lines:
            print(printable(line))


def print_json(payload: dict[str, Any]) -> None:
    """Print the one JSON object of a run."""
    import json

    with _out():
        print(json.dumps(payload, ensure_ascii=False, indent=2))


def finish() -> None:
    """Write out what was printed: only then is a run done."""
    with _out():
        if sys.stdout is not None:
            sys.stdout.flush()


@contextmanager
def _out() -> Iterator[None]:
    """Tell what keeps a result from being printed. Raise OutputError, or BrokenPipeError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        mute()
        raise OutputError(f"結果を出力できません({reason(error)})。{remedy(error)}") from error


def complain(text: str) -> None:
    """Print on stderr; a stderr that is closed or full is no reason to stop."""
    if sys.stderr is None:  # print would take stdout
        return
    with suppress(OSError, ValueError):
        print("\n".join(map(printable, text.splitlines())), file=sys.stderr, flush=True)


def printable(text: str) -> str:
    """Return text without control and direction characters, which a terminal would obey."""
    return "".join(c if unicodedata.category(c) not in ("Cc", "Cf") else " " for c in text)


def columns() -> int | None:
    """Return how many columns a line may take; None if stdout is no terminal."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return min(shutil.get_terminal_size().columns, _WIDEST) - 1


def width(text: str) -> int:
    """Return the columns a text takes; ambiguous letters (△, …) are wide, as in Japanese fonts."""
    return sum(map(_width, text))


def _width(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WFA" else 1


def cut(text: str, size: int) -> str:
    """Return the text, ended by … where it is wider than ``size`` columns."""
    text = " ".join(printable(text).split())
    if width(text) <= size:
        return text
    while width(text) > size - 2:
        text = text[:-1]
    return f"{text}…"


def pad(text: str, size: int, align: Align = "left") -> str:
    """Return the text filled with blanks to ``size`` columns."""
    gap = max(0, size - width(text))
    before = {"left": 0, "right": gap, "center": gap // 2}[align]
    return " " * before + text + " " * (gap - before)


def grid(rows: Sequence[Sequence[str]], aligns: Sequence[Align], gap: int = 2) -> Iterator[str]:
    """Yield the rows as lines of aligned columns, the first row being the headings."""
    rows = [[" ".join(printable(text).split()) for text in row] for row in rows]
    sizes = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = (pad(t, s, a) for t, s, a in zip(row, sizes, aligns, strict=True))
        yield "  " + (" " * gap).join(cells).rstrip()
        if number == 0:
            yield "  " + (" " * gap).join("-" * size for size in sizes)


def wrap(text: str, size: int | None, hanging: int = 0) -> Iterator[str]:
    """Yield the text in lines of at most ``size`` columns; None: in one line.

    Lines after the first begin with ``hanging`` blanks; a closing mark never begins a line.
    """
    line, room = "", size or 0
    for letter in printable(text):
        if size and width(line) + _width(letter) > room and letter not in _NOT_FIRST:
            yield line.rstrip()
            line = " " * hanging + letter.lstrip()
        else:
            line += letter
    yield line


def paragraphs(texts: Iterable[str], hanging: int) -> Iterator[str]:
    """Yield several texts, each wrapped to the terminal."""
    for text in texts:
        yield from wrap(text, columns(), hanging)
