"""Doing one thing with each of several workbooks: a bad one does not stop the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..console import complain, print_json, say
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..errors import AsoError
from ..last_net import sentence_of
from ..workbook.read.reading import read

DONE, FOUND, FAILED = 0, 1, 2


@dataclass(frozen=True)
class Outcome:
    """What came of one workbook: its JSON, its lines for people, and whether errors were found."""

    payload: dict[str, Any]
    lines: Iterable[str]
    found: bool


def each(paths: list[Path], work: Callable[[Path], Outcome], *, as_json: bool) -> int:
    """Return the exit code of doing ``work`` with every workbook: the gravest of all.

    One workbook's failure is raised; of several, each failure is told and the others go on.
    """
    paths = list(_expanded(paths))
    if len(paths) == 1:
        return show(work(paths[0]), as_json=as_json)
    worst, payloads = DONE, []
    for number, path in enumerate(paths, start=1):
        told(number, len(paths), path)
        try:
            outcome = work(path)
        except Exception as error:
            sentence = sentence_of(error)
            complain(sentence)
            payloads.append({"workbook": str(path), "failed": sentence})
            worst = FAILED
            continue
        payloads.append({"workbook": str(path), **outcome.payload})
        worst = max(worst, FOUND if outcome.found else DONE)
        if not as_json:
            say(*outcome.lines, "")
    if as_json:
        print_json({"workbooks": payloads})
    return worst


def show(outcome: Outcome, *, as_json: bool) -> int:
    """Print the outcome of one workbook and return its exit code."""
    if as_json:
        print_json(outcome.payload)
    else:
        say(*outcome.lines)
    return FOUND if outcome.found else DONE


def opened(path: Path, wanted: str | None) -> tuple[Ledger, FiscalYear]:
    """Return a workbook and the round to evaluate: the one wanted, else the one set in it.

    Raises AsoError naming the rounds there are for any other.
    """
    ledger = read(path)
    if wanted is None:
        return ledger, ledger.settings.round
    try:
        round_ = FiscalYear.parse(wanted)
    except ValueError:
        round_ = None
    if round_ not in ledger.plan.rounds:
        rounds = "、".join(map(str, ledger.plan.rounds))
        raise AsoError(
            f"{path.name} に評価年度「{wanted}」はありません。{rounds} のどれかを指定してください。"
        )
    return ledger, round_


def told(number: int, of: int, path: Path) -> None:
    """Tell on a terminal's stderr how far long work has come."""
    if sys.stderr is not None and sys.stderr.isatty():
        complain(f"{number}/{of} {path.name}")


def _expanded(paths: list[Path]) -> Iterator[Path]:
    """Yield the paths, with * and ? resolved where the shell leaves that to the program."""
    for path in paths:
        found = []
        if os.name == "nt" and set("*?") & set(path.name):
            found = [p for p in sorted(path.parent.glob(path.name)) if not p.name.startswith("~$")]
        yield from found or [path]
