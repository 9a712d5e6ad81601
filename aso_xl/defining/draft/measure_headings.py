"""Which headings are those of 施策: told by the tables of KPIs that follow them."""

from __future__ import annotations

from collections.abc import Sequence

from .items import Item, Line
from .plan_headings import PlanHeading, numbered, unnumbered
from .table_headings import heads_of

_NEAR, _NEXT = 4, 2
"""How many items before its table a heading stands: one in brackets, one that is less sure."""


def heading_of(line: Line) -> PlanHeading | None:
    """Return the 施策 that a line may head: a numbered one, or any heading of Word."""
    return numbered(line.text) or (unnumbered(line.text) if line.style else None)


def hint_of(heading: PlanHeading) -> str:
    """Return where a 施策 was taken from."""
    return f"見出し「{' '.join(filter(None, (heading.label, heading.name)))}」による"


def reach(heading: PlanHeading) -> int:
    """Return how many items before its table a heading may stand."""
    return _NEAR if heading.shape in ("(1)", "①") else _NEXT


def measure_looks(items: Sequence[Item]) -> set[tuple[str, str]]:
    """Return how 施策 are headed where a table of KPIs follows: numbering and level.

    Headings of the same look head 施策 too, those without a KPI.
    """
    looks: set[tuple[str, str]] = set()
    last: tuple[PlanHeading, Line, int] | None = None
    for number, item in enumerate(items):
        if isinstance(item, Line):
            heading = heading_of(item)
            last = (heading, item, number) if heading else last
            continue
        heads = next(filter(None, map(heads_of, item.rows)), None)
        if last is None or heads is None or heads.kind == "headline" or not last[1].style:
            continue
        if heads.first("measure") is None and number - last[2] <= reach(last[0]):
            looks.add((last[0].shape, last[1].style))
    return looks
