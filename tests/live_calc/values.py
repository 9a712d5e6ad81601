"""What Excel makes of a value that is put into a cell, in LibreOffice's words; and back.

Excel takes text as if it were typed: ``'`` in front keeps it text, ``=`` makes a formula, and what
looks like a number or a date becomes one (``1-01-1`` is 2001-01-01), except in text cells (``@``).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

EPOCH: Final = dt.datetime(1899, 12, 30)
ERRORS: Final = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
}
"""What Excel hands out for a cell in error."""

CALC_ERRORS: Final = {
    502: "#VALUE!",
    503: "#NUM!",
    508: "#NAME?",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}
"""Excel's names of the errors that LibreOffice numbers."""

DATE_FORMAT, TIME_FORMAT, PERCENT_FORMAT = "yyyy/m/d", "yyyy/m/d h:mm", "0.00%"
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?(?<=[\d.])([eE][+-]?\d+)?%?")
_DATE = re.compile(r"(?:(\d{1,4})[-/])?(\d{1,2})[-/](\d{1,2})")
_TEXT = r'"(?:[^"]|"")*"'
_QUOTED = "'(?:[^']|'')*'"
_EXCELS = re.compile(rf"{_TEXT}|(?P<sheet>{_QUOTED})!|[{{}};,|!]")
_CALCS = re.compile(rf"{_TEXT}|\$?(?P<sheet>{_QUOTED}|[^\W\d]\w*)\.(?=\$?[A-Z]+\$?\d)|[{{}};|]")


@dataclass(frozen=True)
class Entry:
    """What goes into one cell: LibreOffice's input, and the format it brings if it brings one."""

    text: str
    format: str | None = None


def must_ask_format(value: Any) -> bool:
    """Return whether it depends on the cell's format what Excel makes of this value."""
    return isinstance(value, str) and value[:1] != "'" and typed(value) != _text(value)


def entry(value: Any, *, text_cell: bool = False) -> Entry:
    """Return what putting ``value`` into a cell amounts to. Raises TypeError as pywin32 would."""
    match value:
        case None | "":
            return Entry("")
        case bool():
            return Entry("TRUE" if value else "FALSE", "BOOLEAN")
        case int() | float():
            return Entry("" if math.isnan(value) else repr(float(value)))
        case dt.datetime():
            return Entry(repr(serial(value)), TIME_FORMAT if value.time() else DATE_FORMAT)
        case dt.date():
            return Entry(repr(serial(dt.datetime(*value.timetuple()[:3]))), DATE_FORMAT)
        case str():
            return _text(value) if text_cell else typed(value)
    raise TypeError(f"Excel takes no {type(value).__name__}: {value!r}")


def typed(text: str) -> Entry:
    """Return what typing the text into an ordinary cell amounts to."""
    if text.startswith("'"):
        return _text(text[1:])
    if text.startswith("=") and len(text) > 1:
        return Entry(formula_in(text))
    if text.upper() in ("TRUE", "FALSE"):
        return Entry(text.upper(), "BOOLEAN")
    bare = text.strip()
    if bare and _NUMBER.fullmatch(bare):
        number = float(bare.rstrip("%").replace(",", ""))
        return Entry(repr(number / 100), PERCENT_FORMAT) if "%" in bare else Entry(repr(number))
    if (found := _DATE.fullmatch(bare)) and (day := _day(*found.groups())):
        return Entry(repr(serial(day)), DATE_FORMAT)
    return _text(text)


def _text(text: str) -> Entry:
    return Entry(f"'{text}" if text else "")


def _day(year: str | None, month: str, day: str) -> dt.datetime | None:
    number = dt.date.today().year if year is None else int(year)
    if number < 100:
        number += 2000 if number < 30 else 1900
    try:
        return dt.datetime(number, int(month), int(day))
    except ValueError:
        return None


def serial(moment: dt.datetime) -> float:
    """Return a date and time as the spreadsheet counts them: days since 1899-12-30."""
    return (moment.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)


def moment(days: float) -> dt.datetime:
    """Return the date and time of a serial, to the microsecond Excel's display would show."""
    seconds = round(days * 86400, 6)
    return EPOCH + dt.timedelta(seconds=seconds)


def formula_in(formula: str) -> str:
    """Return an Excel formula in the grammar of LibreOffice's API (``;`` and ``Sheet.A1``)."""
    return _translated(_EXCELS, formula, {",": ";", "!": "."}, {",": ";", ";": "|"})


def formula_out(text: str) -> str:
    """Return what LibreOffice says of a cell in Excel's grammar: a formula, or a constant."""
    if text.startswith("{="):
        text = text[1:-1]  # an array formula, which Excel shows in braces but does not hand out so
    if not text.startswith("="):
        return text.removeprefix("'")
    return _translated(_CALCS, text, {";": ","}, {";": ",", "|": ";"})


def _translated(
    pieces: re.Pattern[str], formula: str, marks: Mapping[str, str], in_array: Mapping[str, str]
) -> str:
    """Return a formula with its separators replaced; text in quotes stays as it is."""
    depth = 0

    def replaced(found: re.Match[str]) -> str:
        nonlocal depth
        piece = found.group()
        if sheet := found["sheet"]:
            return f"${sheet}." if piece.endswith("!") else f"{sheet}!"
        if piece in "{}":
            depth += 1 if piece == "{" else -1
        return (in_array if depth else marks).get(piece, piece)

    return pieces.sub(replaced, formula)
