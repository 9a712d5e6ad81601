"""Whether a document is to be a draft or final: asked in the same order from button and icon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """What staff want: a draft in spite of errors, or a final document with figures not entered."""

    draft: bool
    with_blanks: bool


def wish(
    errors: bool, blanks: Callable[[], int], ask: Callable[[str], bool], draft_question: str
) -> Wish | None:
    """Return what staff want of a document; None: that it is not made.

    With ``errors`` a draft is offered in the words of ``draft_question``; without, figures that are
    not entered are asked about.
    """
    if errors:
        return Wish(draft=True, with_blanks=False) if ask(draft_question) else None
    number = blanks()
    return Wish(draft=False, with_blanks=number > 0 and ask(_BLANKS.format(number)))


_BLANKS = (
    "実績値の未入力が{}項目あります。\n\n"
    "未入力のまま、確定した文書にしますか。「いいえ」を選ぶと、下書きと記します。"
)
