"""Cells in words: 「基本目標1 L14:L24、M30」, neighbours in a column as a range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..domain.cells import Cell
from ..office.addresses import address_of, place_of

_FIRST: Final = 4


def cells_in_words(cells: Iterable[Cell]) -> str:
    """Return cells by sheet: 「基本目標1 L14、M14」."""
    return "、".join(f"{sheet} {'、'.join(ranges)}" for sheet, ranges in by_sheet(cells).items())


def first_in_words(cells: Iterable[Cell]) -> str:
    """Return the first cells, where there are many: 「基本目標1 L14、L16 ほか9か所」."""
    every = tuple(cells)
    more = f" ほか{len(every) - _FIRST}か所" if len(every) > _FIRST else ""
    return cells_in_words(every[:_FIRST]) + more


def by_sheet(cells: Iterable[Cell]) -> dict[str, list[str]]:
    """Return the addresses of cells by sheet, those that follow one another in a column as a range."""
    places: dict[str, list[tuple[int, int]]] = {}
    for cell in cells:
        places.setdefault(cell.sheet, []).append(place_of(cell.address))
    return {sheet: list(_ranges(found)) for sheet, found in places.items()}


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
