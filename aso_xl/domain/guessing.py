"""What a text that is no number seems to mean: to be offered to who typed it, never to be used.

A figure is offered only where nobody could take it for another one: a minus in any guise is kept,
and where digits of another kind touch the figure (12O, 1.5.3, 三, ½, 20-30), where a sign joins it
to more digits (1'234, 120→130, 0x10), or where it measures something else (5割, 令和9年), nothing
is offered.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from .numerals import DASHES, parse_number
from .text import bare, name_of, narrow

_LONGEST_TEXT: Final = 200
_FIGURE: Final = re.compile(
    r"[0-9][0-9,]*(?:\.[0-9]+)?(?:[兆億万千][0-9][0-9,]*(?:\.[0-9]+)?)*[兆億万千]?"
)
_SIGNS: Final = DASHES.replace("ー", "") + "△▲▽▼▾▿∇🔻🔽↓⬇"
_WORDS: Final = r"マイナス|まいなす|負の?|減少?|赤字"
_MINUS: Final = re.compile(rf"(?:[{re.escape(_SIGNS)}]|(?<![ァ-ヺー])ー|{_WORDS})$")
_LESS: Final = re.compile(r"(?:の|ポイント|pt)*減")
_IN_BRACKETS: Final = re.compile(r"\((?P<inside>[0-9][^()]*)\)(?P<unit>[^0-9()]*)")
_BEFORE: Final = re.compile(
    r"[A-Za-z.|±~〜〇零一二三四五六七八九十百(\[{〔【〈《「『<]$|(?:令和|平成|昭和|大正|明治)$"
)
_PLAIN_SIGNS: Final = "+=≒≈≃>≧≥→↑$¥"
"""Signs before a figure that leave it as it is; any other might be a minus."""
_SIGN_KINDS: Final = {"Pd", "Sm", "Sk", "So", "Sc"}
_STRAY: Final = re.compile(rf"[{re.escape(_SIGNS)}減]|(?<![ァ-ヺー])ー|マイナス")
_AFTER: Final = re.compile(
    r"[OoIl〇○◯零一二三四五六七八九十百千万億兆\u0300-\u036f]|[.,][0-9]|[Ee][+-]?[0-9]"
    rf"|[{re.escape(_SIGNS)}ー]|[A-Za-z_]+[0-9]|[^\w\s※#()\[\]][0-9]"
)
_OTHER_MEASURE: Final = re.compile(r"割|分の|[年月日時]|[%‰]|パーセント")
_LISTED: Final = re.compile(r"[0-9]、[1-9]")
_SIDE_BY_SIDE: Final = re.compile(r"[0-9] +[0-9]")


def guess_number(text: str, unit: str = "") -> Decimal | None:
    """Return the number a text seems to mean (``約120人`` → 120, ``▼30`` → −30), or None."""
    plain = _ascii_digits(name_of(narrow(text)))
    if _LISTED.search(plain) or _SIDE_BY_SIDE.search(plain):
        return None
    plain = plain.replace("、", ",")
    if len(plain) > _LONGEST_TEXT or any(map(_is_fraction, plain)):
        return None
    plain = re.sub(r"(?<=[0-9]) (?![0-9])|(?<![0-9]) ", "", plain)
    if whole := _IN_BRACKETS.fullmatch(plain):
        size = guess_number(whole["inside"] + whole["unit"], unit)
        return None if size is None else -abs(size)
    found = _FIGURE.search(plain)
    return _figure(plain[: found.start()], found[0], plain[found.end() :], unit) if found else None


def _figure(before: str, figure: str, after: str, unit: str) -> Decimal | None:
    """Return the value of a figure between what stands before and after it."""
    minus = _MINUS.search(before)
    before = before[: minus.start()] if minus else before
    if _BEFORE.search(before) or _STRAY.search(before) or _AFTER.match(after):
        return None
    if _ends_in_a_sign(before):
        return None
    own = bare(unit)
    after = after.removeprefix(own)
    if own != "%" and _OTHER_MEASURE.match(after):
        return None
    less = _LESS.match(after)
    if not less and "減" in re.split(r"[(、。\[]", after)[0]:
        return None
    digits = re.sub(r"(?<=[0-9]),(?=[0-9])", "", figure.rstrip(","))
    value = parse_number(digits + own, unit)
    if value is None:
        value = parse_number(digits, unit)
    return -value if value is not None and (minus or less) else value


def _ends_in_a_sign(text: str) -> bool:
    """Return whether a sign that may mean something stands last, such as ⊖ or ∼."""
    last = text[-1:]
    return unicodedata.category(last or " ") in _SIGN_KINDS and last not in _PLAIN_SIGNS


def _ascii_digits(text: str) -> str:
    """Return the text with the digits of other scripts as ours."""
    return "".join(
        str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else c for c in text
    )


def _is_fraction(letter: str) -> bool:
    return not unicodedata.numeric(letter, 0.0).is_integer()
