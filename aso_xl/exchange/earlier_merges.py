"""What earlier merges dealt with, found again in what comes back now.

Lists of earlier versions name the file and not the split that a value came from: there a workbook
is known by its file only if it was sent before that merge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..domain.ledger import Ledger
from . import note_sheets as sheets
from .cell_values import comparable, same
from .three_way import Conflict, Known, Source, Submission


def listed(ledger: Ledger, submissions: Sequence[Submission]) -> Iterator[Conflict]:
    """Yield the conflicts of earlier merges with their decisions."""
    for row in sheets.listed(ledger):
        yield row if row.split else replace(row, split=_split_of(row, submissions))


def _split_of(row: Conflict, submissions: Iterable[Submission]) -> str:
    for each in submissions:
        pairs = (each.theirs.get(row.key), row.submitted), (each.base.get(row.key), row.base)
        if each.department == row.department and all(same(*pair) for pair in pairs):
            return each.split
    return ""


def taken(ledger: Ledger, submissions: Sequence[Submission]) -> frozenset[Known]:
    """Return every value that an earlier merge took, with the workbook that brought it."""
    return frozenset(
        Known(row.key, source, comparable(row.value))
        for row in sheets.taken(ledger)
        for source in row.sources or _sources_of(row, submissions)
    )


def _sources_of(row: sheets.Taken, submissions: Iterable[Submission]) -> list[Source]:
    named = (each for each in submissions if each.file == row.file)
    return [each.source for each in named if _minute(each.split) < _minute(row.when)]


def _minute(time: str) -> str:
    """Return the digits of a time to the minute: the id of a split begins with its time."""
    return "".join(c for c in time if c.isdigit())[:12]
