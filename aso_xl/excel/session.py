"""One click from start to end: Excel's state kept, every failure a Japanese dialog."""

from __future__ import annotations

import datetime as dt
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any, Final

from ..errors import AsoError

TITLE: Final = "総合戦略"
BUSY: Final = frozenset({-2147418111, -2147417846, -2146777998})
"""COM errors of an Excel that takes no calls: rejected, retry later, a cell in edit mode."""

STILL_MANUAL: Final = (
    "Excel が途中から操作を受け付けなくなり、計算方法が「手動」のままです。"
    "「数式」の「計算方法の設定」を「自動」に戻してから、もう一度押してください。"
)

Macro = Callable[[Any], str | None]


def log_file() -> Path:
    """Return where details of failures are kept for this user."""
    local = os.environ.get("LOCALAPPDATA")
    folder = Path(local) if local else Path.home() / ".local" / "share"
    return folder / "aso_xl" / "aso_xl.log"


def macro(doing: str) -> Callable[[Macro], Callable[[Any], int]]:
    """Return a decorator for a button's function: status bar, restored state, dialogs.

    The function returns the sentence to show at the end, or None. The macro returns 0, or 2 when
    it could not be done.
    """

    def decorate(function: Macro) -> Callable[[Any], int]:
        @wraps(function)
        def run(book: Any) -> int:
            try:
                with working(book.app, f"{TITLE}: {doing}"):
                    message = function(book)
            except Exception as error:  # the last net: staff see a sentence, never a traceback
                alert(book.app, sentence(error), "critical")
                return 2
            if message:
                alert(book.app, message, "info")
            return 0

        return run

    return decorate


@contextmanager
def working(app: Any, status: str) -> Iterator[None]:
    """Show ``status`` and keep the screen still; restore everything, whatever happens."""
    screen, bar = app.screen_updating, app.status_bar
    sheet, selection = app.books.active.sheets.active, app.selection
    try:
        app.status_bar = status
        app.screen_updating = False
        yield
    finally:
        with suppress(Exception):
            sheet.activate()
            if selection is not None:
                selection.select()
        with suppress(Exception):
            app.status_bar = bar
        with suppress(Exception):
            app.screen_updating = screen


def full_name(book: Any) -> str:
    """Return the workbook's path or address as Excel says it.

    xlwings' own ``fullname`` looks for a local copy of a web workbook, and fails without one.
    """
    return str(book.api.FullName)


@contextmanager
def manual_calculation(app: Any) -> Iterator[None]:
    """Hold back recalculation while blocks are written, then restore the user's own mode.

    Raises AsoError if Excel takes no calls any more when it is to be restored.
    """
    mode = app.calculation
    app.calculation = "manual"
    try:
        yield
    finally:
        try:
            app.calculation = mode
        except Exception as error:
            if is_busy(error):
                raise AsoError(STILL_MANUAL) from None
            raise


def alert(app: Any, message: str, mode: str, buttons: str = "ok") -> str | None:
    """Show a dialog in Excel; return the button pressed."""
    answer = app.alert(message, title=TITLE, buttons=buttons, mode=mode)
    return None if answer is None else str(answer)


def sentence(error: Exception) -> str:
    """Return what staff read about a failure; details of unforeseen ones go to the log."""
    if isinstance(error, AsoError):
        return str(error)
    if is_busy(error):
        return (
            "Excel が操作を受け付けません。セルの入力中なら Enter キーで確定し、"
            "開いている画面を閉じてから、もう一度押してください。"
        )
    return f"処理を最後まで行えませんでした。この記録を担当者に送ってください: {log(error)}"


def is_busy(error: Exception) -> bool:
    """Return whether Excel takes no calls now; COM says so itself or passes on what Excel said."""
    said = getattr(error, "excepinfo", None) or ()
    return not BUSY.isdisjoint([getattr(error, "hresult", None), *said[5:6]])


def log(error: Exception) -> Path:
    """Add the failure to the log file and return where it is."""
    path = log_file()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as stream:
            stream.write(f"--- {dt.datetime.now().isoformat(timespec='seconds')}\n")
            stream.writelines(traceback.format_exception(error))
    return path
