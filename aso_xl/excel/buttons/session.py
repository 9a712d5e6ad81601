"""One click from start to end: Excel's state kept, every failure a Japanese dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Any, Final

from ...errors import AsoError
from ...last_net import log, log_file, sentence_of

__all__ = ["log", "log_file"]
TITLE: Final = "総合戦略"
BUSY: Final = frozenset({-2147418111, -2147417846, -2146777998})
"""COM errors of an Excel that takes no calls: rejected, retry later, a cell in edit mode."""

STILL_MANUAL: Final = (
    "Excel が途中から操作を受け付けなくなり、計算方法が「手動」のままです。"
    "「数式」の「計算方法の設定」を「自動」に戻してから、もう一度押してください。"
)

Macro = Callable[[Any], str | None]


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
    if is_busy(error):
        return (
            "Excel が操作を受け付けません。セルの入力中なら Enter キーで確定し、"
            "開いている画面を閉じてから、もう一度押してください。"
        )
    return sentence_of(error)


def is_busy(error: Exception) -> bool:
    """Return whether Excel takes no calls now; COM says so itself or passes on what Excel said."""
    said = getattr(error, "excepinfo", None) or ()
    return not BUSY.isdisjoint([getattr(error, "hresult", None), *said[5:6]])
