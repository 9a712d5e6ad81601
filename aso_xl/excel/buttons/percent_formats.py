"""Asking Excel whether a percentage stands in a cell that shows it as percent (48% is 0.48 then).

A block of values does not tell the formats. Excel names the format that several cells share in one
call, so the cells that were built alike are asked together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from ...domain.entry import is_percent_format
from ...domain.ledger import Ledger
from ...office.addresses import Corners, place_of
from ...workbook.build.styles import number_format
from .live_book import LiveSheet, NotPlain

Run = tuple[int, int]
LONGEST: Final = 255
"""Excel takes no longer address."""

MOST: Final = 20
"""Asking more often than this takes longer than a saved copy."""


def require_none(sheets: Sequence[LiveSheet], ledger: Ledger) -> None:
    """Raise NotPlain unless it is sure that no percentage stands in a percent format."""
    by_title = {sheet.title: sheet for sheet in sheets}
    areas = [
        (by_title[title], area)
        for (title, _), addresses in _alike(ledger).items()
        for area in joined(addresses)
    ]
    if len(areas) > MOST:
        raise NotPlain
    for sheet, area in areas:
        shared = sheet.number_format(area)
        if shared is None or is_percent_format(shared):
            raise NotPlain


def _alike(ledger: Ledger) -> Mapping[tuple[str, str], list[str]]:
    """Return the cells that hold percentages, by sheet and the format they were built with."""
    by_format: dict[tuple[str, str], list[str]] = {}
    for figure in ledger.every_figure():
        cell, indicator = figure.cell, figure.indicator
        if indicator.is_percentage and isinstance(cell.value, int | float):
            by_format.setdefault((cell.sheet, number_format(indicator)), []).append(cell.address)
    return by_format


def joined(addresses: Iterable[str]) -> list[str]:
    """Return cells as an address of ranges, ``J5:L6,J9``; as several where it gets too long."""
    ranges: list[str] = []
    for part in _rectangles(addresses):
        if ranges and len(ranges[-1]) + len(part) < LONGEST:
            ranges[-1] += f",{part}"
        else:
            ranges.append(part)
    return ranges


def _rectangles(addresses: Iterable[str]) -> Iterator[str]:
    """Yield the ranges of cells: side by side ones, and those stacked."""
    rows: dict[int, list[int]] = {}
    for row, column in map(place_of, addresses):
        rows.setdefault(row, []).append(column)
    spans: dict[Run, list[int]] = {}
    for row, columns in rows.items():
        for span in _runs(columns):
            spans.setdefault(span, []).append(row)
    for (left, right), numbers in spans.items():
        for top, bottom in _runs(numbers):
            yield Corners(left, top, right, bottom).address


def _runs(numbers: Iterable[int]) -> list[Run]:
    """Return the first and last of every unbroken run of numbers."""
    runs: list[Run] = []
    for number in sorted(numbers):
        first = runs.pop()[0] if runs and runs[-1][1] == number - 1 else number
        runs.append((first, number))
    return runs
