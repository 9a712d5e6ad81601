"""A new document shown in Word, which brings the page numbers of its contents up to date itself.

A document that asks Word to do so when it is opened has Word put a question that staff cannot
answer; told through its object model, Word asks nothing. Without Word nothing is changed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final

_NO_ALERTS: Final = 0
"""wdAlertsNone."""


def show(document: Path) -> bool:
    """Open a document that was just made; return whether there is a program for it.

    With Word its contents have page numbers, and are saved so. Whatever keeps Word from being told,
    the document is opened as by a double click. Raise OSError where that cannot be done either.
    """
    if sys.platform != "win32":
        return False
    try:
        import win32com.client

        show_in(win32com.client.Dispatch("Word.Application"), document)
    except Exception:  # no Word, no COM, or one that is busy: each has its own errors
        os.startfile(document)
    return True


def show_in(word: Any, document: Path) -> None:
    """Open a document in a Word application, fill in its contents, save it and bring it to front."""
    word.Visible = True
    alerts, word.DisplayAlerts = word.DisplayAlerts, _NO_ALERTS
    try:
        opened = word.Documents.Open(str(document), ConfirmConversions=False)
        contents = opened.TablesOfContents
        for number in range(1, contents.Count + 1):
            contents.Item(number).Update()
        if contents.Count:
            opened.Save()
    finally:
        word.DisplayAlerts = alerts
    word.Activate()
