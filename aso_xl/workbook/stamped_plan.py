"""The plan whose definition is stamped into workbooks."""

from __future__ import annotations

from functools import lru_cache

from ..domain.plan import Plan
from ..strategies.definition import from_text
from .layout import STAMP


@lru_cache(maxsize=8)
def plan_of(text: str) -> Plan:
    """Return the plan of a stamp; many workbooks of one plan carry the same.

    Raise DefinitionError for a text that was tampered with.
    """
    return from_text(text, STAMP)
