"""The master that is open in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from ...domain.ledger import Ledger
from ...errors import WorkbookError
from ...exchange.split import as_master
from ..dialogs import login_name, may_change
from . import live
from .application import ask, asked_text


class LiveMaster:
    """An xlwings Book as a Master; its unsaved state counts."""

    def __init__(self, book: Any) -> None:
        self._book = book

    @property
    def path(self) -> Path:
        return live.saved_path(self._book)

    def ledger(self) -> Ledger:
        return as_master(live.ledger_of(self._book), f"「{self.path.name}」")

    def copy(self) -> AbstractContextManager[Path]:
        return live.copy_of(self._book)

    def may_change(self, change: str) -> bool:
        if not live.is_writable(self._book):
            purpose = change.rpartition("を")[2]
            raise WorkbookError(f"このブックは読み取り専用か共有中のため、{purpose}できません。")
        doing = f"いまの内容を保存してブックをいったん閉じ、{change}してから開き直します。"
        return ask(self._book.app, may_change(doing, change))

    def agrees(self, question: str) -> bool:
        return ask(self._book.app, question)

    def name_of_who(self, question: str) -> str:
        return asked_text(self._book.app, question, login_name())

    @contextmanager
    def released(self) -> Iterator[Path]:
        """Give its file, saved and closed: Excel holds an open one. It is opened again after all."""
        path, books = self.path, self._book.app.books
        self._book.save()
        self._book.close()
        try:
            yield path
        finally:
            books.open(str(path))
