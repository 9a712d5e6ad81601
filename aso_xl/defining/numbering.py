"""Numbers as strategies print them before goals and 施策: 3, Ⅲ, III, 三, ③."""

from __future__ import annotations

from typing import Final

KANA: Final = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
KANJI: Final = "一二三四五六七八九"
ROMAN: Final = "ⅠⅡⅢⅣⅤⅥⅦⅧ"
CIRCLED: Final = "".join(chr(0x2460 + n) for n in range(20))
"""The signs for 1, 2, 3, … of each kind."""

_LETTERS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_NUMBERS: Final = {
    sign: number
    for signs in (KANJI, ROMAN, CIRCLED, _LETTERS)
    for number, sign in enumerate(signs, start=1)
}
_SIGNS: Final = KANJI + ROMAN + CIRCLED
_LATIN: Final = "|".join(sorted(_LETTERS, key=len, reverse=True))
NUMERAL: Final = rf"[0-9]{{1,3}}|[{_SIGNS}]|(?:{_LATIN})(?![A-Za-z])"
"""Pattern of a printed number, in narrow letters."""


def number_of(numeral: str) -> int:
    """Return a printed number. Raise ValueError for none."""
    return _NUMBERS[numeral] if numeral in _NUMBERS else int(numeral)
