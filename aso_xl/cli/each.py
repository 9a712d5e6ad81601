"""Doing one thing with each of several workbooks: a bad one does not stop the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..console import complain, print_json, say
from ..last_net import COULD_NOT, DONE, FOUND
from ..processes import Failed, each_in_order


@dataclass(frozen=True)
class Printout:
    """What is printed of one workbook: its JSON, or its lines for people; and whether errors were found."""

    payload: dict[str, Any]
    lines: Iterable[str]
    has_findings: bool = False


def each(
    paths: list[Path], work: Callable[[Path], Printout], *, as_json: bool, at_once: bool = True
) -> int:
    """Return the exit code of doing ``work`` with every workbook: the gravest of all.

    One workbook's failure is raised; of several, each failure is said and the others go on. Many
    are done in several processes: see ``each_in_order`` for what ``work`` must be.
    """
    paths = list(_expanded(paths))
    if len(paths) == 1:
        return show(work(paths[0]), as_json=as_json)
    worst, payloads = DONE, list[dict[str, Any]]()
    results = each_in_order(work, paths, at_once=at_once)
    for number, path in enumerate(paths, start=1):
        show_progress(number, len(paths), path)
        printout = next(results)
        if isinstance(printout, Failed):
            complain(printout.sentence)
            payloads.append({"workbook": str(path), "failed": printout.sentence})
            worst = COULD_NOT
            continue
        payloads.append({"workbook": str(path), **printout.payload})
        worst = max(worst, FOUND if printout.has_findings else DONE)
        if not as_json:
            say(*printout.lines, "")
    if as_json:
        print_json({"workbooks": payloads})
    return worst


def show(printout: Printout, *, as_json: bool) -> int:
    """Print the printout of one workbook and return its exit code."""
    if as_json:
        print_json(printout.payload)
    else:
        say(*printout.lines)
    return FOUND if printout.has_findings else DONE


def show_saved(path: Path | None, *, as_json: bool) -> None:
    """Say where a table was saved; on stderr, where stdout holds the JSON."""
    if path:
        (complain if as_json else say)(f"{path} を作りました。")


def show_progress(number: int, of: int, path: Path) -> None:
    """Show on a terminal's stderr how far long work has come."""
    if sys.stderr is not None and sys.stderr.isatty():
        complain(f"{number}/{of} {path.name}")


def _expanded(paths: list[Path]) -> Iterator[Path]:
    """Yield the paths, with * and ? resolved where the shell leaves that to the program."""
    for path in paths:
        matching = []
        if os.name == "nt" and set("*?") & set(path.name):
            matching = [
                p for p in sorted(path.parent.glob(path.name)) if not p.name.startswith("~$")
            ]
        yield from matching or [path]
