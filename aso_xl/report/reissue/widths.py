"""Full-width and half-width figures: staff write them by their town's rule, and they stay the same.

Many towns print one digit full-width and longer numbers half-width (「１項目」「12項目」), some print all
of them full-width. A figure that says the same in another width is right. A new one is written as
the numbers that stood in its place, one digit and more apart; where there was none such, as most
of the document's figures are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from ...domain.text import seen

_HALF: Final = "0123456789.,%()+:/"
_WIDER: Final = {ord(sign): ord(sign) + 0xFEE0 for sign in _HALF}
_NARROWER: Final = {wide: half for half, wide in _WIDER.items()}
_SIGNS: Final = ".,%()+"
_TOKEN: Final = re.compile(
    r"(?P<code>[A-Za-z][0-9]+|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)"
    r"|(?P<number>[0-9０-９]+(?:[,.，．][0-9０-９]+)*)"
)
"""Numbers of indicators (1-01-1) and years (R9) are no figures: nobody widens them."""
_MINUS: Final = re.compile(r"(?<![0-9A-Za-z])[▲−－-](?=[0-9])")


class Widths(NamedTuple):
    """Whether numbers of one digit, and longer ones, are full-width; None where there are none."""

    single: bool | None = None
    long: bool | None = None


UNKNOWN: Final = Widths()


def narrow(text: str) -> str:
    """Return a text with full-width digits and the signs of figures made half-width."""
    return text.translate(_NARROWER)


def same(one: str, other: str) -> bool:
    """Return whether two texts say the same, in whatever width and with whatever minus a town
    prints (△10, ▲10, −10); blanks of another kind and line ends around them aside.
    """
    return _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return _MINUS.sub("△", narrow(seen(text))).strip("\n")


def widths_of(texts: Iterable[str]) -> Widths:
    """Return how most of the numbers in texts are written."""
    votes: dict[bool, list[bool]] = {True: [], False: []}
    for text in texts:
        for token in _TOKEN.finditer(text):
            if number := token["number"]:
                votes[len(number) == 1].append(not number.isascii())
    single, long = (_most(votes[is_single]) for is_single in (True, False))
    return Widths(single, long)


def as_in(shown: str, wanted: str, usual: Widths = UNKNOWN) -> str:
    """Return the wanted text in the width of what is shown in its place, else in the ``usual``."""
    own = widths_of([shown])
    single = usual.single if own.single is None else own.single
    long = usual.long if own.long is None else own.long
    if not (single or long):
        return wanted

    def written(token: re.Match[str]) -> str:
        number = token["number"]
        if not number or not (single if len(number) == 1 else long):
            return token[0]
        return number.translate(_WIDER)

    return _with_signs_of(shown, _TOKEN.sub(written, wanted))


def _most(votes: list[bool]) -> bool | None:
    return 2 * sum(votes) > len(votes) if votes else None


def _with_signs_of(shown: str, text: str) -> str:
    """Return a text with its signs as wide as those shown, where all shown are of one width."""
    for half in _SIGNS:
        wide = half.translate(_WIDER)
        if (half in shown) != (wide in shown):
            text = text.replace(*((wide, half) if half in shown else (half, wide)))
    return text
