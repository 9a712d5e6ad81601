"""The Excel a click comes from: its state kept, its dialogs, whether it takes calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from ...actions import TITLE
from ...errors import AsoError
from ...last_net import DONE, guarded
from ..dialogs import dialogs

BUSY: Final = frozenset({-2147418111, -2147417846, -2146777998})
"""COM errors of an Excel that takes no calls: rejected, retry later, a cell in edit mode."""

TAKES_NO_CALLS: Final = (
    "Excel が操作を受け付けません。セルの入力中なら Enter キーで確定し、"
    "開いている画面を閉じてから、もう一度押してください。"
)
STILL_MANUAL: Final = (
    "Excel が途中から操作を受け付けなくなり、計算方法が「手動」のままです。"
    "「数式」の「計算方法の設定」を「自動」に戻してから、もう一度押してください。"
)


def clicked(book: Any, doing: str, act: Callable[[Any], str | None]) -> int:
    """Return the exit code of one click: 0, or 2 when it could not be done.

    ``act`` returns the sentence to show at the end, or None. Meanwhile the status bar says what is
    being done; whatever stops it is said in a dialog.
    """

    def work() -> int:
        try:
            with working(book.app, f"{TITLE}: {doing}"):
                message = act(book)
            if message:
                alert(book.app, message, "info")
            return DONE
        except Exception as error:
            if is_busy(error):
                raise AsoError(TAKES_NO_CALLS) from error
            raise

    return guarded(work, lambda sentence: complain(book.app, sentence))


def complain(app: Any, sentence: str) -> None:
    """Say in Excel what stopped a click; without it where Excel says nothing any more."""
    try:
        alert(app, sentence, "critical")
    except Exception:
        dialogs().say(sentence, grave=True)


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

    Raise AsoError if Excel takes no calls any more when it is to be restored.
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


def ask(app: Any, question: str, mode: str = "info") -> bool:
    """Return whether the answer to a question asked in Excel was yes."""
    return alert(app, question, mode, "yes_no") == "yes"


_TEXT: Final = 2
"""Of Excel's input box: a text is asked for."""


def asked_text(app: Any, question: str, usual: str) -> str:
    """Return a text typed in Excel, ``usual`` being offered; "" where none is given.

    A program without an input box asks whether it is the usual one.
    """
    try:
        answer = app.api.InputBox(question, TITLE, usual, Type=_TEXT)
    except (AttributeError, TypeError):
        return usual if usual and ask(app, f"{question}は「{usual}」ですか。") else ""
    return answer.strip() if isinstance(answer, str) else ""


def is_busy(error: Exception) -> bool:
    """Return whether Excel takes no calls now; COM says so itself or passes on what Excel said."""
    details = getattr(error, "excepinfo", None) or ()
    return not BUSY.isdisjoint([getattr(error, "hresult", None), *details[5:6]])
