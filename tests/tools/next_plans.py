"""The strategy that follows another: the same indicators four years later, with no baseline yet."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

from aso_xl.defining.any_definition import examine
from aso_xl.defining.toml_text import toml_text
from aso_xl.strategies.revised_tables import indicator_tables

PLAN: Final = {
    "id": "next",
    "title": "次の総合戦略",
    "short_title": "次の総合戦略",
    "period": ["R12", "R15"],
    "rounds": ["R12", "R13", "R14", "R15"],
    "round": "R12",
    "baseline_year": "R11",
    "target_year": "R14",
}
_OF_ITS_YEARS: Final = ("baseline", "baseline_year", "target_year", "targets", "revised")


def next_tables(name: str = "third") -> dict[str, Any]:
    """Return the tables of the strategy after a definition (``third``, or a file)."""
    raw = deepcopy(examine(name).tables.raw)
    raw["plan"] |= PLAN
    for table in indicator_tables(raw):
        for key in (*_OF_ITS_YEARS, "from", "until"):
            table.pop(key, None)
    return raw


def next_text(name: str = "third") -> str:
    """Return its definition file."""
    return toml_text(next_tables(name), {})
