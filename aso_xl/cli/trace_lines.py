"""Where printed figures come from, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..console import cut, paragraphs

if TYPE_CHECKING:
    from ..jobs.evidence import Traced

_SHOWN = 40


def traced_lines(traced: Traced) -> Iterator[str]:
    """Yield how many figures were traced, where the list is, and which figures are others now."""
    names = "、".join(traced.documents)
    number = len(traced.evidence)
    yield f"{names}({traced.round.label}の評価)の{number}か所の根拠を {traced.path} に示しました。"
    if traced.stale:
        yield f"  文書の値がいまのブックと違うところが{len(traced.stale)}か所あります。"
        each = (
            f"  {e.figure.label}: {_shown(e.figure.text)} → {_shown(e.current or '')}"
            for e in traced.stale
        )
        yield from paragraphs(each, 4)


def _shown(text: str) -> str:
    return cut(" ".join(text.split()), _SHOWN)
