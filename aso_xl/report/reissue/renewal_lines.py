"""What re-issuing did and could not do, as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from ...console import cut, paragraphs, width

if TYPE_CHECKING:
    from .changes import Change, Renewal

_NOWHERE: Final[Mapping[str, str]] = {}
_SHOWN: Final = 60
_LED: Final = 12
"""Letters of a text that are shown, and of those before what has changed."""


def change_lines(changes: Iterable[Change], cells: Mapping[str, str] = _NOWHERE) -> Iterator[str]:
    """Yield what was renewed, or is out of date: its place, what was printed, what is now, and by
    name the ``cells`` that it comes from, in words.
    """
    lines = (
        f"  {change.label}: {_change(change)}"
        + (f"({where})" if (where := cells.get(change.name)) else "")
        for change in changes
    )
    yield from paragraphs(lines, 4)


def _change(change: Change) -> str:
    if not change.before:
        return f"加わりました「{_shown(change.after)}」"
    if not change.after:
        return f"なくなりました「{_shown(change.before)}」"
    before, after = (" ".join(text.split()) for text in (change.before, change.after))
    if max(map(width, (before, after))) > _SHOWN:
        pairs = zip(before, after, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        start = max(0, same - _LED)
        before, after = (("…" if start else "") + text[start:] for text in (before, after))
    return f"{_shown(before)} → {_shown(after)}"


def _shown(text: str) -> str:
    return cut(text, _SHOWN)


def lack_lines(renewal: Renewal) -> Iterator[str]:
    """Yield what was not found, what was left as it is, and what remains to be said."""
    for title, lacks in (
        (
            "文書に見つからないところ(消されています。必要なら手で加えてください)",
            renewal.missing,
        ),
        ("ブックの報告にはもうないところ(そのままです。要らなければ消してください)", renewal.left),
    ):
        if lacks:
            yield f"  {title}:"
            yield from paragraphs((f"    {lack.label}" for lack in lacks), 6)
    if renewal.kept:
        yield "  文書とブックの両方で書き換えられたところ(文書のままです。ブックの文を確かめてください):"
        yield from paragraphs((f"    {kept.label}: {_change(kept)}" for kept in renewal.kept), 6)
    yield from paragraphs((f"  注意: {remark}" for remark in renewal.remarks), 4)
