"""The texts of cells, shared strings or in the cells themselves: what one reads of their XML.

A text may have runs with fonts of their own. A struck-out run is no longer there (見え消し); a raised
one beside a figure is the number of a footnote. Elsewhere raised and lowered digits keep their
meaning as the characters for them (m², CO₂).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from ....domain.catalogue import (
    RAISED_CELL,
    RAISED_KEPT,
    RAISED_TEXT,
    STRUCK_CELL,
    STRUCK_TEXT,
    IssueKind,
)
from ....office.xml_stream import TooMuch, tags
from ...escapes import decoded

MOST_TEXTS: Final = 1_000_000
TEXT_TAGS: Final = tags("si", "t", "r", "rPr", "strike", "vertAlign", "rPh")


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


Text = str | tuple[Run, ...]
"""A text of one font, or the runs of one with several."""

_MARKS: Final = {"superscript": FontEffect.RAISED, "subscript": FontEffect.LOWERED}
_PLACES: Final = {
    FontEffect.RAISED: str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
    FontEffect.LOWERED: str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
_FIGURE: Final = re.compile(r"\s*[△▲−－\-+＋]?\s*[\d０-９][\d０-９,.，．\s]*", re.ASCII)


def is_figure(text: str) -> bool:
    """Return whether a text is digits, with nothing beside them that a raised one could belong to."""
    return bool(_FIGURE.fullmatch(text))


def read_runs(runs: Sequence[Run], of_cell: FontEffect) -> Read:
    """Return what one reads of runs in a cell whose font has the mark ``of_cell``."""
    marked = [Run(run.text, of_cell if run.mark is None else run.mark) for run in runs]
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


def font_mark(tag: str, attributes: dict[str, str]) -> FontEffect | None:
    """Return the mark that an element of a font gives; None where it says nothing of it."""
    if tag == "strike":
        return None if attributes.get("val", "1") in ("0", "false", "off") else FontEffect.STRUCK
    return _MARKS.get(attributes.get("val", "")) if tag == "vertAlign" else None


class TextBuilder:
    """Builds one text from its elements; phonetics (ふりがな) are no part of it."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._runs: list[Run] = []
        self._mark: FontEffect | None = None
        self._pieces: list[str] = []
        self._in_text = False
        self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "t":
                self._in_text = not self._phonetic
            case "r":
                self._mark = None
            case "rPr":
                self._mark = FontEffect.NONE
            case "strike" | "vertAlign":
                mark = font_mark(tag, attributes)
                if mark and self._mark is not FontEffect.STRUCK:
                    self._mark = mark
            case "rPh":
                self._phonetic = True

    def end(self, tag: str) -> None:
        match tag:
            case "t" if self._in_text:
                self._in_text = False
                self._runs.append(Run("".join(self._pieces), self._mark))
                self._pieces = []
            case "r":
                self._mark = None
            case "rPh":
                self._phonetic = False

    def text(self, data: str) -> None:
        if self._in_text:
            self._pieces.append(data)

    def built(self) -> Text:
        """Return the text; its runs only where one has a font that matters, or hides the cell's."""
        runs = self._runs
        if len(runs) == 1 and runs[0].mark is None:
            return decoded(runs[0].text)
        if all(run.mark is None for run in runs):
            return decoded("".join(run.text for run in runs))
        return tuple(Run(decoded(run.text), run.mark) for run in runs)


class SharedTexts:
    """Takes in the part of the shared strings; ``texts`` are then those by their number."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self._one = TextBuilder()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = TEXT_TAGS.get(name, "")
        if tag == "si":
            self._one.clear()
        elif tag:
            self._one.start(tag, attributes)

    def end(self, name: str) -> None:
        tag = TEXT_TAGS.get(name, "")
        if tag == "si":
            if len(self.texts) >= MOST_TEXTS:
                raise TooMuch
            self.texts.append(self._one.built())
        elif tag:
            self._one.end(tag)

    def text(self, data: str) -> None:
        self._one.text(data)
