"""Single values of a definition: texts, numbers, years, choices, and what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from ..domain.numerals import FiscalYear
from ..errors import Finding
from . import shapes
from .shapes import Table, short

FAR: Final = 30
"""Digits before or behind the decimal point beyond which a number is no figure of a plan."""


class WrittenId(NamedTuple):
    """How ids of a kind are written, and one as an example."""

    pattern: re.Pattern[str]
    example: str


class Values:
    """Reads values out of raw tables and collects everything that is wrong, with its entry."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.findings: list[Finding] = []

    def problem(self, entry: str, text: str) -> None:
        self.findings.append(Finding(self.source, short(entry), text))

    def fitting(self, entry: str, raw: Any, shape: shapes.Shape) -> Table:
        """Return what of a table can be used, and complain of the rest."""
        if not isinstance(raw, dict):
            self.problem(entry, "項目 = 値 の表として書いてください")
            return {}
        wrong = dict(shapes.misfits(raw, shape))
        for text in wrong.values():
            self.problem(entry, text)
        return {key: value for key, value in raw.items() if key not in wrong}

    def text(self, entry: str, raw: Table, key: str) -> str:
        value = raw.get(key, "")
        if not value.strip():
            self.problem(entry, f"{key} を書いてください")
        return str(value)

    def choice(self, entry: str, raw: Table, key: str, words: Mapping[str, str]) -> Any:
        """Return the word under a key, the first of ``words`` where none is; say what they mean."""
        value = raw.get(key, first := next(iter(words)))
        if value in words:
            return value
        offered = "、".join(f'"{word}"({meaning})' for word, meaning in words.items())
        self.problem(entry, f"{key} には {offered} のどれかを書いてください")
        return first

    def number(self, entry: str, raw: Table, key: str) -> Decimal | None:
        if (value := raw.get(key)) is None:
            return None
        try:
            number = Decimal(value) if isinstance(value, str) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or _is_far(number):
            self.problem(entry, f'{key} は "1241.55" のように引用符の中に半角数字で書いてください')
            return None
        return number

    def was(self, entry: str, raw: Table, written: WrittenId) -> tuple[str, ...]:
        """Return the ids that something had in earlier versions of the strategy."""
        ids = tuple(raw.get("was", ()))
        for id_, times in Counter(ids).items():
            if times > 1:
                self.problem(entry, f"was に {short(id_)} が {times} 回あります")
            if not written.pattern.fullmatch(id_):
                self.problem(
                    entry, f'was には前の番号を "{written.example}" のように書いてください'
                )
        return ids

    def years(self, entry: str, values: Any) -> tuple[FiscalYear, ...]:
        """Return the years of a list, without what is none."""
        return tuple(year for value in values if (year := self.year(entry, value)))

    def year(self, entry: str, value: str | int) -> FiscalYear | None:
        try:
            return FiscalYear.parse(str(value))
        except ValueError:
            refusal = f"「{short(value)}」は年度ではありません。" if value != "" else ""
            self.problem(entry, f'{refusal}年度を "R8" のように書いてください')
            return None


def _is_far(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return number.adjusted() > FAR or not isinstance(exponent, int) or abs(exponent) > FAR
