"""From what is typed in a cell of a definition workbook to a value of a definition."""

from __future__ import annotations

import re
from typing import Any, Final

from ..domain.numerals import FiscalYear, from_float, is_no_value
from ..domain.text import bare, narrow, trimmed
from ..strategies.shapes import short
from . import sheets
from .book import BookCell
from .numbering import NUMERAL, number_of
from .sheets import Column

_YES: Final = frozenset(("○", "◯", "〇", "はい", "有", "true", "1", "✓", "✔"))
_NO: Final = frozenset(("×", "✕", "✖", "いいえ", "無", "false", "0"))
_WHOLE: Final = re.compile(
    rf"(?:基本目標|施策|No\.?|第)?\s*[(]?\s*([0-9]{{1,9}}|{NUMERAL})\s*[)]?\s*(?:年|年度|項目)?",
    re.I,
)
_DIGITS: Final = re.compile(r"[△▲−-]?[0-9０-９][0-9０-９,.，．]*$")
_LINE_END: Final = re.compile(r"(?<=[^\x00-\x7f])\s*[\r\n]\s*|\s*[\r\n]\s*(?=[^\x00-\x7f])")
_WORDS: Final = ("name", "title", "statement", "source", "note", "municipality", "department")
_NO_DIGITS: Final = ("unit",)
_RANGE: Final = re.compile(r"(.+?)\s*(?:[~〜～―]|から)\s*(.+?)(?:まで)?$")
_ALIASES: Final = {"重要業績評価指標": "kpi", "重要業績評価指標(KPI)": "kpi", "kpi": "kpi"}


class Unfit(Exception):
    """A value is none of its column's kind; the message says what to type."""


def text_of(entry: BookCell) -> str:
    """Return a cell as text; numbers in plain digits. Line ends are those of Excel."""
    value = entry.value
    if isinstance(value, float):
        return format(from_float(value), "f")
    return "" if value is None else trimmed(str(value).replace("\r\n", "\n"))


def value_of(entry: BookCell, column: Column) -> Any:
    """Return the value of a definition that a cell stands for; None for a blank one.

    Raise Unfit, with what to type instead.
    """
    if entry.flaw:
        raise Unfit(entry.flaw)
    if entry.is_blank:
        return None
    text = text_of(entry)
    match column.kind:
        case "whole":
            return _whole(text)
        case "flag":
            return _flag(text)
        case "year":
            return _year(entry, text)
        case "years":
            return _years(text)
        case "list":
            return split(text)
        case "ids":
            return split(narrow(text))
        case "id":
            return narrow(text)
        case "choice":
            return _choice(text, column)
    if column.key == "unit" and is_no_value(text):
        return None  # printed so where there is no unit
    is_number = not isinstance(entry.value, str)
    if (column.key in _WORDS and is_number) or (column.key in _NO_DIGITS and _DIGITS.match(text)):
        raise Unfit(
            f"{column.head}の欄に数字だけが入っています。列がずれていないか確かめてください"
        )
    return text if column.kind == "lines" else " ".join(_LINE_END.sub("", text).splitlines())


def split(text: str) -> list[str]:
    """Return the names in a cell: a line each, or divided by 「、」."""
    parts = text.split("\n") if "\n" in text else re.split(sheets.SEPARATORS, text)
    return [part.strip() for part in parts if part.strip()]


def _whole(text: str) -> int:
    found = _WHOLE.fullmatch(narrow(text).removesuffix(".0"))
    if not found:
        raise Unfit(f"「{short(text)}」は番号や数ではありません。1 のように数字で書いてください")
    return number_of(found[1].upper())


def _flag(text: str) -> bool:
    word = bare(text).lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise Unfit(f"「{short(text)}」ではなく、○ か空欄にしてください")


def _year(entry: BookCell, text: str) -> str | int:
    try:
        FiscalYear.parse(text)
    except ValueError:
        raise Unfit(f"「{short(text)}」は年度ではありません。R8 のように書いてください") from None
    return entry.value if isinstance(entry.value, int) else text


def _years(text: str) -> list[str]:
    """Return years: a range of two, or each one."""
    plain = narrow(text)
    found = _RANGE.fullmatch(plain) if not re.search(sheets.SEPARATORS, plain) else None
    parts = [found[1], found[2]] if found else split(text)
    try:
        years = [FiscalYear.parse(part) for part in parts]
    except ValueError:
        raise Unfit(
            f"「{short(text)}」を年度として読めません。R8～R11 のように書いてください"
        ) from None
    if not found:
        return parts
    if not 0 <= years[1] - years[0] <= 100:
        raise Unfit(f"「{short(text)}」は、はじめの年度が後になっています")
    return [str(years[0] + n) for n in range(years[1] - years[0] + 1)]


def _choice(text: str, column: Column) -> str:
    words = {bare(word): code for code, word in column.choices.items()}
    word = bare(text)
    if word in words:
        return words[word]
    if word in column.choices:
        return word
    if _ALIASES.get(word) in column.choices:
        return _ALIASES[word]
    offered = "・".join(column.choices.values())
    raise Unfit(f"「{short(text)}」は選べません。{offered} から選んでください")
