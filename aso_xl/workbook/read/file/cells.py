"""From what a cell's XML stores to what one sees in the cell."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from ....domain.catalogue import FORMAT_HIDES, RAISED_CELL, STORED_BROKEN, STRUCK_CELL, IssueKind
from ....domain.cells import CellValue
from ...escapes import decoded
from ..book import shown
from .days import from_days, from_text
from .looks import PLAIN, Look
from .number_formats import GENERAL, effect, hides_text
from .texts import FontEffect, Run, Text, read_runs

Take = Callable[[str, str, "Text | None", int, bool], "Stored | None"]
"""Makes a cell of its type, stored value, inline text, look and whether it has a formula."""

_NUMBER: Final = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*", re.ASCII)
_SHORT: Final = 16


class Stored(NamedTuple):
    """A cell as one sees it: see ``Cell`` of the ledger."""

    value: CellValue = None
    number_format: str = GENERAL
    is_formula: bool = False
    is_error: bool = False
    flaw: IssueKind | None = None
    left_out: str = ""


class CellMaker:
    """Makes cells of stored ones, with the texts and looks that the workbook keeps for all."""

    def __init__(self, texts: Sequence[Text], looks: Sequence[Look], epoch: dt.datetime) -> None:
        self._texts, self._looks, self._epoch = texts, looks, epoch

    def make(
        self, kind: str, stored: str, inline: Text | None, look_number: int, is_formula: bool
    ) -> Stored | None:
        """Return the cell; None for a blank one of no particular look."""
        looks = self._looks
        look = looks[look_number] if 0 <= look_number < len(looks) else PLAIN
        if not stored and inline is None:
            if not is_formula and look.number_format == GENERAL:
                return None
            return Stored(None, look.number_format, is_formula)
        if kind == "s":
            try:
                text = self._texts[int(stored)]
            except (ValueError, IndexError):
                return Stored(None, look.number_format, is_formula, False, STORED_BROKEN, stored)
            return _text(text, look, is_formula)
        if kind == "inlineStr":
            return _text(inline or "", look, is_formula)
        if kind == "str":
            return _text(decoded(stored), look, is_formula)
        return self._other(kind, stored, look, is_formula)

    def _other(self, kind: str, stored: str, look: Look, is_formula: bool) -> Stored:
        value, broken = self._value(kind, stored, look)
        if broken:
            return Stored(None, look.number_format, is_formula, False, STORED_BROKEN, stored[:100])
        is_error = kind == "e" or value == "#VALUE!"
        if look.mark is FontEffect.STRUCK:
            return Stored(None, look.number_format, is_formula, False, STRUCK_CELL, str(value))
        flaw = None
        if isinstance(value, int | float) and not isinstance(value, bool):
            flaw = effect(look.number_format, value)
        if look.mark is not FontEffect.NONE and not is_error:
            flaw = flaw or RAISED_CELL
        return Stored(value, look.number_format, is_formula, is_error, flaw)

    def _value(self, kind: str, stored: str, look: Look) -> tuple[CellValue, bool]:
        """Return the value, and whether what is stored is none of its kind."""
        match kind:
            case "n" if _NUMBER.fullmatch(stored):
                return self._number(stored, look)
            case "b" if stored in ("0", "1", "true", "false"):
                return stored in ("1", "true"), False
            case "e":
                return stored, False
            case "d":
                return _moment(stored)
        return None, True

    def _number(self, stored: str, look: Look) -> tuple[CellValue, bool]:
        is_short_whole = len(stored) < _SHORT and stored.isdecimal()
        number = int(stored) if is_short_whole else shown(float(stored))
        if math.isinf(number):
            return None, True
        if look.number_format == GENERAL or not look.is_date:
            return number, False
        try:
            return from_days(number, self._epoch, is_duration=look.is_duration), False
        except (OverflowError, ValueError):
            return "#VALUE!", False


def _moment(stored: str) -> tuple[CellValue, bool]:
    """Return a date or time as strict workbooks store it, and whether it is none."""
    try:
        return from_text(stored), False
    except ValueError:
        return None, True


def _text(text: Text, look: Look, is_formula: bool) -> Stored:
    """Return a cell of text; empty text is none, as no spreadsheet tells them apart."""
    if isinstance(text, str) and look.mark is FontEffect.NONE:
        flaw = FORMAT_HIDES if text and hides_text(look.number_format) else None
        return Stored(text or None, look.number_format, is_formula, False, flaw)
    runs = (Run(text),) if isinstance(text, str) else text
    read = read_runs(runs, look.mark)
    return Stored(
        read.value or None, look.number_format, is_formula, False, read.flaw, read.left_out
    )
