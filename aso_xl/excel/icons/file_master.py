"""The master whose file was chosen with an icon."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from ...domain.ledger import Ledger
from ...exchange.split import master_of
from ..dialogs import Dialogs, login_name, may_change


class FileMaster:
    """A file as a Master; the file is its own copy."""

    def __init__(self, path: Path, talk: Dialogs) -> None:
        self.path = path
        self._talk = talk

    def ledger(self) -> Ledger:
        return master_of(self.path)

    def copy(self) -> AbstractContextManager[Path]:
        return nullcontext(self.path)

    def may_change(self, change: str) -> bool:
        return self._talk.ask(may_change(f"{self.path.name} に{change}します。", change))

    def agrees(self, question: str) -> bool:
        return self._talk.ask(question)

    def name_of_who(self, question: str) -> str:
        name = login_name()
        return name if name and self._talk.ask(f"{question}は「{name}」ですか。") else ""

    def released(self) -> AbstractContextManager[Path]:
        return nullcontext(self.path)
