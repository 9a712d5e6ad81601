"""Text as people see it: what looks the same is the same, and nothing else is.

Programs write one text in several ways: a Mac takes が apart, pages and mails bring blanks of other
kinds and characters that show nothing. Only full-width forms are folded; ① is no 1.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_TAKEN_APART: Final = re.compile(r"[^\W\d_][\u0300-\u036f\u3099\u309a]+")
_INVISIBLE: Final = re.compile(
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
_VARIANT: Final = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_HALF_KATAKANA: Final = re.compile(r"[\uff61-\uff9f]+")
_WIDE_BLANKS: Final = dict.fromkeys(map(ord, "\u2001\u2003"), "\u3000")
_NARROW_BLANKS: Final = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2002\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"), " "
)
_BLANKS: Final = _WIDE_BLANKS | _NARROW_BLANKS
_NARROW: Final = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: " ", 0xFFE5: "¥"}
_EDGE: Final = re.compile(rf"(?:\s|{_INVISIBLE.pattern})+")


def seen(text: str) -> str:
    """Return the text with が in one piece, blanks of one kind per width, nothing invisible.

    Letters stay as they are: the old 神 and ① are others than 神 and 1.
    """
    if text.isascii():
        return text
    shown = _INVISIBLE.sub("", text)
    whole = _TAKEN_APART.sub(lambda match: unicodedata.normalize("NFC", match[0]), shown)
    return whole.translate(_BLANKS)


def trimmed(text: str) -> str:
    """Return the text without blanks and invisible characters around it."""
    if text.isascii():
        return text.strip()
    start = match.end() if (match := _EDGE.match(text)) else 0
    text = text[start:].rstrip()
    while text and _INVISIBLE.match(text[-1]):
        text = text[:-1].rstrip()
    return text


def one_line(text: str) -> str:
    """Return a name as it is shown: as it is seen, on one line, with single blanks."""
    return " ".join(seen(text).split())


def name_of(text: str) -> str:
    """Return a name for comparison: as it is seen, on one line, without variants of a letter."""
    return one_line(_VARIANT.sub("", text))


def narrow(text: str) -> str:
    """Return the text as it is seen, with full-width forms folded and half-width katakana wide."""
    if text.isascii():
        return text
    wide = _HALF_KATAKANA.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return seen(wide).translate(_NARROW)


def bare(text: str) -> str:
    """Return a word or heading for comparison: narrow, without any blanks."""
    return seen("".join(narrow(text).split()))
