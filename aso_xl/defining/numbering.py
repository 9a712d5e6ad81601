"""Numbers as strategies print them before goals and 施策: 3, Ⅲ, III, 三, ③."""

from __future__ import annotations

from typing import Final

_ROMAN: Final = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "Ⅵ": 6, "Ⅶ": 7, "Ⅷ": 8}
_KANJI: Final = {kanji: number for number, kanji in enumerate("一二三四五六七八九", start=1)}
_CIRCLED: Final = {chr(0x2460 + n): n + 1 for n in range(20)}
_LETTERS: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}
_SIGNS: Final = "".join((*_ROMAN, *_KANJI, *_CIRCLED))
_LATIN: Final = "|".join(sorted(_LETTERS, key=len, reverse=True))
NUMERAL: Final = rf"[0-9]{{1,3}}|[{_SIGNS}]|(?:{_LATIN})(?![A-Za-z])"
"""Pattern of a printed number, in narrow letters."""


def number_of(numeral: str) -> int:
    """Return a printed number. Raise ValueError for none."""
    for known in (_ROMAN, _KANJI, _CIRCLED, _LETTERS):
        if numeral in known:
            return known[numeral]
    return int(numeral)
