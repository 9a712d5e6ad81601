"""Texts put into the hidden sheet of a workbook, each under its key, in as many rows as it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from ..layout import STAMP
from ..packed_record import chunks
from .writing import CellEdit


def hidden_edits(
    texts: Mapping[str, str], rows: Mapping[str, tuple[int, ...]]
) -> Iterator[CellEdit]:
    """Yield what puts the texts into the hidden sheet; an empty one takes its key away.

    ``rows`` are the rows in use, by key: a text goes over its own, what has no room below all.
    """
    free = 1 + max((row for each in rows.values() for row in each), default=0)
    for key, text in texts.items():
        for row, piece in zip_longest(rows.get(key, ()), chunks(text)):
            if row is None:
                row, free = free, free + 1
            yield CellEdit(STAMP, f"A{row}", key if piece else None)
            yield CellEdit(STAMP, f"B{row}", piece)
