"""Cells in words: 「基本目標1 L14:L24、M30」, neighbours in a column as a range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..domain.cells import Cell
from ..office.addresses import address_of, corners_of, place_of

_FIRST: Final = 4


def first_in_words(cells: Iterable[Cell], *, with_sheets: bool = True) -> str:
    """Return the first cells by sheet, and how many more there are: 「基本目標1 L14:L24 ほか9か所」."""
    every = tuple(cells)
    shown, left = list[str](), len(every)
    for sheet, ranges in by_sheet(every).items():
        own = ranges[: _FIRST - len(shown)]
        left -= sum(map(_size, own))
        if own:
            named = f"{sheet} " if with_sheets else ""
            shown += [named + own[0], *own[1:]]
    return "、".join(shown) + (f" ほか{left}か所" if left else "")


def by_sheet(cells: Iterable[Cell]) -> dict[str, list[str]]:
    """Return the addresses of cells by sheet, those that follow one another in a column as a range."""
    places: dict[str, list[tuple[int, int]]] = {}
    for cell in cells:
        places.setdefault(cell.sheet, []).append(place_of(cell.address))
    return {sheet: list(_ranges(found)) for sheet, found in places.items()}


def _size(range_: str) -> int:
    """Return how many cells there are in a range of one column."""
    corners = corners_of(range_)
    return corners.bottom - corners.top + 1


def _ranges(places: list[tuple[int, int]]) -> Iterator[str]:
    runs: list[list[tuple[int, int]]] = []
    for row, column in places:
        if runs and runs[-1][-1] == (row - 1, column):
            runs[-1].append((row, column))
        else:
            runs.append([(row, column)])
    for run in runs:
        first, last = address_of(*run[0]), address_of(*run[-1])
        yield first if first == last else f"{first}:{last}"
