"""Rows that several tables have in common."""

from __future__ import annotations

from typing import Final

from ..blocks import Cell, Column
from .wording import NONE

NO_ROW: Final = "none"
"""The key of the row that says that there is none, so that its table keeps its place."""


def nobody(
    columns: tuple[Column, ...], words: str = "該当する指標はありません。"
) -> tuple[Cell, ...]:
    """Return the row of a table that has none; its words stand in the second column."""
    return (Cell(NONE), Cell(words), *(Cell(NONE) for _ in columns[2:]))
