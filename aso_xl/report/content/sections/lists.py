"""Tables whose columns say themselves what stands in their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ....domain.achievement import Achievement
from ....domain.plan import Plan
from ..blocks import Align, DataTable, TableCell, TableColumn
from .by_rule import has_targets_by_year

Item = TypeVar("Item")
About = TypeVar("About", contravariant=True)


@dataclass(frozen=True)
class ListColumn(Generic[About]):
    """A column of a list: heading, width, alignment, and the cell of what a row is about."""

    heading: str
    width: int
    align: Align
    cell: Callable[[About], TableCell]


def list_table(
    caption: str,
    columns: Sequence[ListColumn[Item]],
    items: Iterable[Item],
    description: str,
    name: str,
    keys: tuple[str, ...],
) -> DataTable:
    """Return the table of some items, a row each; ``keys`` name the rows."""
    return DataTable(
        caption,
        tuple(TableColumn(column.heading, column.width, column.align) for column in columns),
        tuple(tuple(column.cell(item) for column in columns) for item in items),
        description,
        name,
        keys,
    )


def number_width(achievements: Iterable[Achievement]) -> int:
    """Return the width of the column 番号: more where a figure has several numbers."""
    return 20 if any(achievement.also for achievement in achievements) else 15


def more_for_two(plan: Plan) -> int:
    """Return how much wider a column of targets is in a plan that has two of an indicator."""
    return 6 if has_targets_by_year(plan) else 0
