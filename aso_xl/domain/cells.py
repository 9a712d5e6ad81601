"""Cells and rows of a workbook as one sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from .catalogue import UNCLEAR, IssueKind
from .text import trimmed

CellValue = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as one sees it: its place, value, and what a check needs to know of it.

    ``flaw`` is the finding if something is to be said of its look or of how it is stored, ``left_out`` what
    it concerns: words that are struck out are no part of the value.
    """

    sheet: str
    address: str
    value: CellValue = None
    number_format: str = "General"
    is_formula: bool = False
    is_error: bool = False
    flaw: IssueKind | None = None
    left_out: str = ""

    @property
    def is_unclear(self) -> bool:
        """Return whether its look or storage leaves open which figure is meant."""
        return self.flaw in UNCLEAR

    @property
    def text(self) -> str:
        """Return the value as text, without surrounding blanks; empty for none."""
        return "" if self.value is None else trimmed(str(self.value))

    @property
    def is_blank(self) -> bool:
        return self.text == "" and not self.is_formula and not self.left_out


@dataclass(frozen=True)
class Row:
    """One row of a table of indicators, 施策 or goals: cells by field."""

    id: str
    sheet: str
    number: int
    cells: Mapping[str, Cell]
    hidden: bool = False
