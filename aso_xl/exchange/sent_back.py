"""差戻し as the history of the master keeps it: a row of 変更履歴 for each workbook that went out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ..domain.ledger import Ledger
from .note_sheets import Row, changes_called
from .three_way import Source

WORD: Final = "差戻し"
_UNTIL: Final = "、期限 "


@dataclass(frozen=True)
class SentBack:
    """A workbook that was sent back: when (YYYY-MM-DD HH:MM), to whom, its split, and until when
    it is asked for (as printed; empty where nothing was said).
    """

    when: str
    department: str
    split: str
    file: str
    deadline: str = ""

    @property
    def source(self) -> Source:
        return Source(self.split, self.department)

    @property
    def day(self) -> str:
        return self.when[:10]


def row(sent: SentBack, round_: str, what: str) -> Row:
    """Return the row of 変更履歴 that keeps it."""
    until = f"{_UNTIL}{sent.deadline}" if sent.deadline else ""
    about = (WORD, round_, None, f"{what}{until}")
    return (sent.when, None, *about, sent.file, sent.department, sent.split)


def every(ledger: Ledger) -> Iterator[SentBack]:
    """Yield what was sent back in the round, the oldest first."""
    for when, file, department, split, what in changes_called(ledger, WORD):
        yield SentBack(when, department, split, file, what.partition(_UNTIL)[2])


def still_out(ledger: Ledger, came: Iterable[Source]) -> dict[str, SentBack]:
    """Return by department the newest workbook that was sent back and has not come home.

    ``came`` are the sources of the workbooks that are there.
    """
    newest = {sent.department: sent for sent in every(ledger)}
    home = frozenset(came)
    return {name: sent for name, sent in newest.items() if sent.source not in home}
