"""A master workbook that an action is done with, whether it is open in Excel or a file on an icon.

What such an action has to say is the same in both, so it is written once: it takes a Master and
returns an Answer.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..domain.ledger import Ledger
from ..office.suffixes import MACRO_BOOK


class Master(Protocol):
    """The workbook of a click or of an icon."""

    @property
    def path(self) -> Path:
        """Return where it stands. Raise WorkbookError for one that was never saved."""
        ...

    def ledger(self) -> Ledger:
        """Return what it holds now. Raise AsoError for a department's workbook."""
        ...

    def copy(self) -> AbstractContextManager[Path]:
        """Give a file that holds what it holds now, to be read only."""
        ...

    def may_change(self, change: str) -> bool:
        """Return whether staff agree to a change of it: ``change`` ends as 「…を統合」 does.

        Raise WorkbookError where it cannot be changed.
        """
        ...

    def agrees(self, question: str) -> bool:
        """Return whether the answer of staff to a question is yes."""
        ...

    def name_of_who(self, question: str) -> str:
        """Return the name of whoever does it, as staff give it; "" where they give none."""
        ...

    def released(self) -> AbstractContextManager[Path]:
        """Give its own file, saved and held by no program, to be replaced."""
        ...


@dataclass(frozen=True)
class Answer:
    """What an action says at its end, what it made (to be looked at), and whether it found faults."""

    text: str
    made: Path | None = None
    has_findings: bool = False


Job = Callable[[Master], Answer | None]
"""An action on a master: its answer, or None where staff did not agree."""


def with_buttons_as(master: Path) -> Callable[[bytes], bytes]:
    """Return what puts buttons into a new master where this one is a workbook with buttons."""
    if master.suffix.lower() != MACRO_BOOK:
        return bytes
    from .addin.button_workbook import make

    return make
