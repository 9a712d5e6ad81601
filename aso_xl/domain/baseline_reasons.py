"""Why baselines are others than those of the definition, as 設定 says it."""

from __future__ import annotations

import re

from .plan import Plan
from .text import narrow

BaselineReasons = tuple[tuple[str, str], ...]
"""Ids with the reason why their baseline is another one now."""


def read_reasons(text: str, plan: Plan) -> BaselineReasons:
    """Return the ids and reasons of a text: 「1-01-1 国勢調査の確報」, one after the other.

    Raise ValueError for a text that does not begin with an id, and for an id without a reason.
    """
    ids = "|".join(map(re.escape, sorted(plan.by_id, key=len, reverse=True)))
    parts = re.split(rf"(?<![0-9A-Za-z-])({ids})(?![0-9A-Za-z-])", narrow(text))
    reasons = [" ".join(part.strip(" \t\n\r:、;").split()) for part in parts]
    if reasons[0] or len(parts) < 3 or not all(reasons[2::2]):
        raise ValueError(text)
    return tuple(zip(parts[1::2], reasons[2::2], strict=True))
