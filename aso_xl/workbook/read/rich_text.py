"""Text whose runs have fonts of their own: what one reads of it, and what its looks leave out.

A struck-out run is no longer there (見え消し); a raised one beside a figure is the number of a
footnote. Elsewhere raised and lowered digits keep their meaning as the characters for them (m², CO₂).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from ...domain.catalogue import (
    RAISED_CELL,
    RAISED_KEPT,
    RAISED_TEXT,
    STRUCK_CELL,
    STRUCK_TEXT,
    IssueKind,
)


class FontEffect(Enum):
    """How a font changes what a text says."""

    NONE = ""
    STRUCK = "struck"
    RAISED = "raised"
    LOWERED = "lowered"


class Run(NamedTuple):
    """A run of text; its mark is None where it has the font of its cell."""

    text: str
    mark: FontEffect | None = None


class Read(NamedTuple):
    """What is read of a text: the finding if something is to be said of it, and what it concerns."""

    value: str
    flaw: IssueKind | None = None
    left_out: str = ""


_PLACES: Final = {
    FontEffect.RAISED: str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
    FontEffect.LOWERED: str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
_FIGURE: Final = re.compile(r"\s*[△▲−－\-+＋]?\s*[\d０-９][\d０-９,.，．\s]*", re.ASCII)


def is_figure(text: str) -> bool:
    """Return whether a text is digits, with nothing beside them that a raised one could belong to."""
    return bool(_FIGURE.fullmatch(text))


def read_runs(runs: Sequence[Run], own: FontEffect) -> Read:
    """Return what one reads of runs in a cell whose font has the mark ``own``."""
    marked = [Run(run.text, own if run.mark is None else run.mark) for run in runs]
    struck = "".join(run.text for run in marked if run.mark is FontEffect.STRUCK).strip()
    seen = [run for run in marked if run.mark is not FontEffect.STRUCK]
    whole = "".join(run.text for run in seen)
    if struck and not whole.strip():
        return Read("", STRUCK_CELL, struck)
    read = _raised(seen, whole)
    if not struck:
        return read
    gone = read.left_out if read.flaw == RAISED_TEXT else ""
    return Read(read.value.strip(), STRUCK_TEXT, "、".join(filter(None, (struck, gone))))


def _raised(runs: Sequence[Run], whole: str) -> Read:
    moved = "".join(run.text for run in runs if run.mark in _PLACES).strip()
    level = "".join(run.text for run in runs if run.mark not in _PLACES)
    if not moved:
        return Read(whole)
    if not level.strip():
        return Read(whole, RAISED_CELL, moved) if is_figure(whole) else Read(whole)
    if is_figure(level):
        return Read(level.strip(), RAISED_TEXT, moved)
    kept = "".join(run.text.translate(_PLACES.get(run.mark or FontEffect.NONE, {})) for run in runs)
    return Read(kept, RAISED_KEPT, moved)
