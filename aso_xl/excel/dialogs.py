"""Saying, asking and opening: message boxes on Windows, stderr elsewhere."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Protocol

from ..actions import TITLE
from . import word_window


class Dialogs(Protocol):
    """How a job started from an icon talks to whoever started it."""

    def say(self, text: str, *, grave: bool = False) -> None:
        """Show a text until it is confirmed."""
        ...

    def ask(self, text: str) -> bool:
        """Return whether the answer to the question was yes."""
        ...

    def open(self, path: Path) -> None:
        """Open a file with the program it belongs to."""
        ...


class Terminal:
    """Where there are no message boxes: everything goes to stderr, every answer is no."""

    def say(self, text: str, *, grave: bool = False) -> None:
        from ..console import complain

        complain(text)

    def ask(self, text: str) -> bool:
        self.say(text)
        return False

    def open(self, path: Path) -> None:
        self.say(f"{path} を作りました。")


if sys.platform == "win32":
    import ctypes
    import os

    _INFORMATION, _WARNING, _QUESTION, _YES_NO, _FOREGROUND = 0x40, 0x30, 0x20, 0x4, 0x10000
    _YES = 6

    class MessageBoxes:
        """Windows' own message boxes, in front of the other windows."""

        def say(self, text: str, *, grave: bool = False) -> None:
            self._show(text, _WARNING if grave else _INFORMATION)

        def ask(self, text: str) -> bool:
            return self._show(text, _YES_NO | _QUESTION) == _YES

        def open(self, path: Path) -> None:
            try:
                if path.suffix.lower() != ".docx" or not word_window.show(path):
                    os.startfile(path)
            except OSError:
                self.say(f"{path} を作りました。開いて確かめてください。")

        def _show(self, text: str, flags: int) -> int:
            box = ctypes.windll.user32.MessageBoxW
            return int(box(None, text, TITLE, flags | _FOREGROUND))


def dialogs() -> Dialogs:
    """Return how to talk on this system."""
    if sys.platform == "win32":
        return MessageBoxes()
    return Terminal()


def may_change(doing: str, change: str) -> str:
    """Return the question before a master is replaced: ``doing`` says what will be done."""
    purpose = change.rpartition("を")[2]
    return f"{doing}{purpose}前のブックは「履歴」フォルダーに残ります。\n\n続けますか。"


def login_name() -> str:
    """Return the name under which somebody works at this computer; "" where it is not known."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
