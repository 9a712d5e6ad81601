"""From a raw cell to an Actual: what was typed, how it was read, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .catalogue import (
    BOOLEAN,
    DATE,
    EXCEL_ERROR,
    EXTREME,
    FORMAT_MISLEADS,
    FORMULA_NO_VALUE,
    NO_VALUE_MARK,
    NOT_A_NUMBER,
    NOT_A_VERDICT,
    NUMERAL_READ,
    PERCENT_FRACTION,
    PERCENT_UNCLEAR,
    RULE_TYPED,
    UNKNOWN_MARK,
    IssueKind,
)
from .cells import Cell, Row
from .field_declaration import Field
from .fields import notes
from .guessing import guess_number
from .numerals import LONGEST, MINUS, from_float, is_no_value, parse_number
from .plan import BLANK, Actual, Indicator, Mark, Verdict
from .text import bare

_QUOTED = re.compile(r'"[^"]*"|\\.')
_SCALE = re.compile(r'[0#?](?:[\s"\\!]|_.)*([十百千万億兆割‰]+)')
_PLACE = re.compile(
    r"(?:全国|国内|世界|県内|都内|道内|府内|管内|圏域内?|都道府県中|市町村中)?第?([0-9]{1,7})位"
)
"""A rank as it is said: 全国3位, 第3位."""
_LIMIT = re.compile(r"(.+?)(?:以上|以下|以内|未満|を?超(?:え|える)?|を[上下]回る)")
"""A figure with the word of a rule behind it, as targets are written."""
_SMALL = Decimal(20)
_MANY_DIGITS = re.compile(rf"[{MINUS}]?[0-9.,]{{{LONGEST},}}")
_DIGITS_HELD = 15
"""Digits that Excel holds: what has more before the point, or its first so far behind, is no figure."""


@dataclass(frozen=True)
class Reading:
    """An actual, what is to be said about it (None: nothing), and a better value."""

    actual: Actual = BLANK
    kind: IssueKind | None = None
    better: Decimal | None = None


def read(cell: Cell, indicator: Indicator) -> Reading:
    """Return how the cell of an actual is read. Nothing is altered: ``better`` is only offered."""
    value = cell.value
    if cell.is_unclear:
        return Reading(kind=cell.flaw)
    if cell.is_error:
        return Reading(kind=EXCEL_ERROR)
    if value is None:
        return Reading(kind=FORMULA_NO_VALUE) if cell.is_formula else Reading()
    if isinstance(value, bool):
        return Reading(kind=BOOLEAN)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return Reading(kind=DATE)
    if isinstance(value, str):
        return _read_text(value, indicator)
    if indicator.rule.is_typed:
        return Reading(kind=NOT_A_VERDICT)
    number = from_float(value) if isinstance(value, float) else Decimal(value)
    if is_extreme(number):
        return Reading(kind=EXTREME)
    if number and _scale_of(cell.number_format, indicator.unit):
        return Reading(kind=FORMAT_MISLEADS)
    in_percent = is_percent_format(cell.number_format)
    return _as_share(number, indicator, in_percent=in_percent) or Reading(Actual(number))


def is_extreme(number: Decimal) -> bool:
    """Return whether a number is beyond what Excel holds to the digit (1e308, 1e-300, infinity)."""
    return not number.is_finite() or (number != 0 and abs(number.adjusted()) > _DIGITS_HELD)


def _scale_of(number_format: str, unit: str) -> str:
    """Return the 万, 億 … that a format puts behind the digits though the unit has none."""
    found = _SCALE.search(number_format)
    return found[1] if found and not bare(unit).startswith(found[1]) else ""


def is_percent_format(number_format: str) -> bool:
    """Return whether Excel multiplies by 100 to show a number: % outside quotes."""
    return "%" in _QUOTED.sub("", number_format)


def _read_text(text: str, indicator: Indicator) -> Reading:
    word = bare(text)
    if not word:
        return Reading()
    if word in set(Mark):
        return Reading(Actual(mark=Mark(word)))
    if indicator.rule.is_typed:
        if word in set(Verdict):
            return Reading(Actual(verdict=Verdict(word)))
        return Reading(kind=NOT_A_VERDICT)
    if is_no_value(word):
        return Reading(kind=NO_VALUE_MARK)
    if (number := _number(text, indicator)) is not None:
        if is_extreme(number):
            return Reading(kind=EXTREME)
        return _as_share(number, indicator) or Reading(Actual(number), NUMERAL_READ, number)
    if _MANY_DIGITS.fullmatch(word):
        return Reading(kind=EXTREME)
    if (limit := _limit(word, indicator)) is not None:
        return Reading(kind=RULE_TYPED, better=limit)
    if (guess := guess_number(text, indicator.unit)) is not None:
        return Reading(kind=NOT_A_NUMBER, better=guess)
    return Reading(kind=UNKNOWN_MARK)


def _number(text: str, indicator: Indicator) -> Decimal | None:
    """Return the number that is written; of a rank also with the place that it is of (全国3位)."""
    if indicator.is_rank and (place := _PLACE.fullmatch(bare(text))):
        return Decimal(place[1])
    return parse_number(text, indicator.unit)


def _limit(word: str, indicator: Indicator) -> Decimal | None:
    """Return the figure of a text that is written like a target (75%以上); None for any other."""
    found = _LIMIT.fullmatch(word)
    if not found:
        return None
    number = _number(found[1], indicator)
    return guess_number(found[1], indicator.unit) if number is None else number


def _as_share(number: Decimal, indicator: Indicator, *, in_percent: bool = False) -> Reading | None:
    """Return a reading where 48 % arrived as 0.48: a percent format, or far too small a share.

    Between baseline and target (1 on the way from 0 % to 100 %) the small share may be meant.
    """
    if not indicator.is_percentage or number == 0:
        return None
    whole = number.scaleb(2) if abs(number) <= 1 or indicator.over_100 else number
    if in_percent:
        return Reading(Actual(number), PERCENT_FRACTION, whole)
    known = [v for v in (indicator.baseline, indicator.target) if v is not None]
    if not known or abs(number) > 1 or abs(number) * _SMALL >= max(map(abs, known)):
        return None
    meant = min(known) <= number <= max(known)
    return Reading(Actual(number), PERCENT_UNCLEAR if meant else PERCENT_FRACTION, whole)


def mark_of(actual: Actual) -> str | None:
    """Return the word that stands for an actual: its mark, or the verdict of a 定性 indicator."""
    word = actual.mark or actual.verdict
    return word.value if word else None


def note_of(cell: Cell, field: Field) -> str | Decimal | None:
    """Return what is written in a cell beside the figures; None for a blank.

    A number is read where the field is one; what is none there, is its text.
    """
    if field.is_text or not cell.text:
        return cell.text or None
    if isinstance(cell.value, float | int) and not isinstance(cell.value, bool):
        return from_float(float(cell.value))
    number = parse_number(cell.text, field.unit)
    return cell.text if number is None else number


def notes_of(fields: Iterable[Field], row: Row | None) -> dict[str, str | Decimal | None]:
    """Return what is written beside the figures of a row, by field; None where nothing is."""
    cells = row.cells if row else {}
    return {
        field.key: note_of(cells[field.key], field) if field.key in cells else None
        for field in notes(fields)
    }
