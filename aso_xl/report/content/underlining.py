"""Which parts of two texts differ: underlined in 新旧対照表, as official papers have it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Final, TypeAlias

from .blocks import Underlined

Marked: TypeAlias = tuple[str | Underlined, ...]
"""A text in parts, those that differ underlined."""

_WORD: Final = re.compile(
    r"[△-]?[0-9０-９][0-9０-９,，.．]*|[A-Za-z]+|[\u4e00-\u9fff々]+|[\u30a1-\u30ffー]+|[\u3041-\u309f]+|.",
    re.DOTALL,
)
"""A number, or letters of one kind: half a number is never underlined."""


def differing(old: str, new: str) -> tuple[Marked, Marked]:
    """Return an old text with what is gone underlined, and the new one with what came."""
    one, other = _WORD.findall(old), _WORD.findall(new)
    changes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return (
        tuple(_parts((kind, one[first:last]) for kind, first, last, _, _ in changes)),
        tuple(_parts((kind, other[first:last]) for kind, _, _, first, last in changes)),
    )


def _parts(runs: Iterable[tuple[str, list[str]]]) -> Iterator[str | Underlined]:
    for kind, words in runs:
        text = "".join(words)
        if text:
            yield text if kind == "equal" else Underlined(text)
