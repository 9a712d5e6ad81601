"""A chart's figures as they stand in its XML: ranges of its workbook, and caches that agree with it.

The workbook has the categories in column A, the series beside them and their names in row 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from ..markup import escape

SHEET: Final = "Sheet1"
CORNER: Final = "項目"
GENERAL: Final = "General"


def column(index: int) -> str:
    """Return the letters of a column, from 0: A, …, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def number(value: Decimal) -> str:
    """Return all digits of a finite value, without an exponent."""
    return f"{value:f}"


def name_xml(series: int, name: str) -> str:
    """Return the c:tx of a series, counted from 0."""
    cache = _points([name])
    at = f"{SHEET}!${column(series + 1)}$1"
    return f"<c:tx><c:strRef><c:f>{at}</c:f><c:strCache>{cache}</c:strCache></c:strRef></c:tx>"


def categories_xml(categories: Sequence[str]) -> str:
    """Return the c:cat that every series has."""
    at = _range(0, len(categories))
    cache = _points(categories)
    return f"<c:cat><c:strRef><c:f>{at}</c:f><c:strCache>{cache}</c:strCache></c:strRef></c:cat>"


def values_xml(series: int, values: Sequence[Decimal | None], code: str = GENERAL) -> str:
    """Return the c:val of a series; None is a gap. ``code`` is the number format of its cells."""
    at = _range(series + 1, len(values))
    cache = _points(None if value is None else number(value) for value in values)
    cache = f"<c:formatCode>{escape(code)}</c:formatCode>{cache}"
    return f"<c:val><c:numRef><c:f>{at}</c:f><c:numCache>{cache}</c:numCache></c:numRef></c:val>"


def _range(index: int, rows: int) -> str:
    letters = column(index)
    return f"{SHEET}!${letters}$2:${letters}${max(2, rows + 1)}"


def _points(texts: Iterable[str | None]) -> str:
    shown = [
        "" if text is None else f'<c:pt idx="{index}"><c:v>{escape(text)}</c:v></c:pt>'
        for index, text in enumerate(texts)
    ]
    return f'<c:ptCount val="{len(shown)}"/>{"".join(shown)}'
