"""What Word is told of a new document: a stand-in for its object model, which only Windows has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aso_xl.excel.word_window import show, show_in

PATH = Path("C:/文書/年次評価 R9.docx")


class Word:
    """As much of Word.Application as is used; what happens is noted down in order."""

    def __init__(self, contents: int, *, broken: bool = False) -> None:
        self.Visible, self.DisplayAlerts = False, -1
        self.done: list[object] = []
        self.broken, self.Count = broken, contents
        self.Documents = self.TablesOfContents = self

    def Open(self, name: str, *, ConfirmConversions: bool) -> Any:
        self.done.append((name, ConfirmConversions, self.DisplayAlerts))
        return self

    def Item(self, number: int) -> Any:
        self.done.append(number)
        return self

    def Update(self) -> None:
        if self.broken:
            raise OSError("RPC_E_CALL_REJECTED")
        self.done.append("updated")

    def Save(self) -> None:
        self.done.append("saved")

    def Activate(self) -> None:
        self.done.append("in front")


def test_the_contents_are_filled_in_and_saved_without_a_question() -> None:
    word = Word(1)
    show_in(word, PATH)
    assert word.done == [(str(PATH), False, 0), 1, "updated", "saved", "in front"]
    assert (word.Visible, word.DisplayAlerts) == (True, -1)


def test_a_document_without_contents_is_not_saved_again() -> None:
    word = Word(0)
    show_in(word, PATH)
    assert word.done == [(str(PATH), False, 0), "in front"]


def test_what_goes_wrong_is_told_and_alerts_are_as_before() -> None:
    word = Word(2, broken=True)
    with pytest.raises(OSError, match="RPC"):
        show_in(word, PATH)
    assert word.DisplayAlerts == -1 and "saved" not in word.done


def test_where_there_is_no_windows_nothing_is_opened(tmp_path: Path) -> None:
    assert show(tmp_path / "文書.docx") is False
