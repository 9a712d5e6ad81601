"""Tables whose columns say themselves what stands in their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil
from typing import Generic, TypeVar

from ....domain.achievement import Achievement
from ....domain.plan import Plan
from ..blocks import Align, DataTable, TableCell, TableColumn
from .by_rule import has_targets_by_year
from .heights import cell_width

_PROSE, _WIDEST = 20, 48
"""Millimetres that a column of prose keeps, and that one of figures gets at most."""

Item = TypeVar("Item")
About = TypeVar("About", contravariant=True)


@dataclass(frozen=True)
class ListColumn(Generic[About]):
    """A column of a list: heading, width, alignment, and the cell of what a row is about.

    The width is in millimetres, more or less. Figures and what ``is_short`` get more of it where a
    line would break, at the cost of the columns of prose.
    """

    heading: str
    width: int
    align: Align
    cell: Callable[[About], TableCell]
    is_short: bool = False

    @property
    def is_whole(self) -> bool:
        """Return whether lines should not break."""
        return self.is_short or self.align != "left"


def list_table(
    caption: str,
    columns: Sequence[ListColumn[Item]],
    items: Iterable[Item],
    description: str,
    name: str,
    keys: tuple[str, ...],
) -> DataTable:
    """Return the table of some items, a row each; ``keys`` name the rows."""
    rows = tuple(tuple(column.cell(item) for column in columns) for item in items)
    widths = _widths(columns, rows)
    return DataTable(
        caption,
        tuple(TableColumn(c.heading, w, c.align) for c, w in zip(columns, widths, strict=True)),
        rows,
        description,
        name,
        keys,
    )


def _widths(columns: Sequence[ListColumn[Item]], rows: Sequence[Sequence[TableCell]]) -> list[int]:
    """Return the widths of the columns, which add up to those that they ask for."""
    lacking = [
        max(0, _needed(row[n].text for row in rows) - column.width) if column.is_whole else 0
        for n, column in enumerate(columns)
    ]
    spare = [0 if c.is_whole else max(0, c.width - _PROSE) // 2 for c in columns]
    given = min(sum(lacking), sum(spare))
    more, less = _shared(given, lacking), _shared(given, spare)
    return [c.width + m - s for c, m, s in zip(columns, more, less, strict=True)]


def _needed(texts: Iterable[str]) -> int:
    """Return the width of the longest line; those that no column could hold break anyway."""
    lines = (line for text in texts for line in text.split("\n"))
    widths = (ceil(cell_width(line)) for line in lines)
    return max((width for width in widths if width <= _WIDEST), default=0)


def _shared(whole: int, shares: Sequence[int]) -> list[int]:
    """Return a number split by shares into whole ones."""
    total = sum(shares) or 1
    edges = [whole * edge // total for edge in accumulate(shares, initial=0)]
    return [right - left for left, right in pairwise(edges)]


def number_width(achievements: Iterable[Achievement]) -> int:
    """Return the width of the column 番号: more where a figure has several numbers."""
    return 20 if any(achievement.also for achievement in achievements) else 15


def more_for_two(plan: Plan) -> int:
    """Return how much wider a column of targets is in a plan that has two of an indicator."""
    return 6 if has_targets_by_year(plan) else 0
