"""A typed value that a revision has no place for: listed with its cell, never dropped."""

from __future__ import annotations

from dataclasses import dataclass

from ..exchange.cell_values import Value


@dataclass(frozen=True)
class LeftBehind:
    """A typed value that found no place: its cell, what it is of, and why."""

    sheet: str
    cell: str
    value: Value
    reason: str
    id: str = ""
    label: str = ""
    round: str | None = None
