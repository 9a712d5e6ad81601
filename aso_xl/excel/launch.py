"""What the launcher in Excel starts: ``python -I -m aso_xl.excel.launch ACTION HWND``.

Which workbook is meant comes in the environment variable ASO_XL_BOOK, so that no file name is ever
quoted on a command line.
"""

from __future__ import annotations

import os
import sys

from ..last_net import COULD_NOT, guarded, make_fit, require_memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

BOOK: Final = "ASO_XL_BOOK"
UNUSED: Final = ("numpy", "pandas", "polars", "matplotlib", "PIL", "plotly", "xlwings.pro")
"""What xlwings imports if it finds it, and no click needs: most of the time of a click.

``xlwings.pro`` comes with it under another licence, and does nothing here.
"""
_XLWINGS: Final = 32 * 2**20
"""Bytes that xlwings and the buttons take while they are loaded."""


def main(arguments: list[str] | None = None) -> int:
    """Run the action on the workbook the click came from; return the exit code."""

    def act() -> int:
        if arguments is None:
            _as_program()
        return _run(sys.argv[1:] if arguments is None else arguments)

    return guarded(act, _tell)


def _as_program() -> None:
    make_fit()
    leave_out_unused()
    require_memory(_XLWINGS)  # out of memory in the midst of an import, Python 3.11 may hang


def leave_out_unused() -> None:
    """See to it that xlwings, imported next, does not find what no click needs."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def _tell(sentence: str) -> None:
    """Say what stopped it before Excel was found, or with an Excel that says nothing any more."""
    from .dialogs import dialogs

    dialogs().say(sentence, grave=True)


def _run(arguments: list[str]) -> int:
    name, hwnd = [*arguments, "", ""][:2]
    from ..actions import ACTIONS
    from ..errors import WorkbookError

    if name not in ACTIONS:
        return 3
    import xlwings

    from .buttons.application import complain
    from .buttons.press import press, press_alone

    app = app_of(xlwings.apps, hwnd)
    if app is None:
        return 4
    if ACTIONS[name].is_alone:
        return press_alone(name, app)
    try:
        book = book_of(app, os.environ.get(BOOK, ""))
    except WorkbookError as error:
        complain(app, str(error))
        return COULD_NOT
    return press(name, book)


def app_of(apps: Any, hwnd: str) -> Any:
    """Return the Excel with this window, or the active one if the handle is not known."""
    for app in apps:
        if hwnd and str(getattr(app, "hwnd", "")) == hwnd:
            return app
    return apps.active


def book_of(app: Any, name: str) -> Any:
    """Return the open workbook with this full name, else the active one.

    Raise WorkbookError if none is open.
    """
    from ..actions import TITLE
    from ..errors import WorkbookError
    from .buttons.application import full_name

    books = list(app.books)
    for book in books:
        if name and full_name(book) == name:
            return book
    for book in books:
        if name and str(book.name) == name:
            return book
    if not books or app.books.active is None:
        raise WorkbookError(
            f"開いているブックがありません。{TITLE}のブックを開いてから押してください。"
        )
    return app.books.active


if __name__ == "__main__":
    raise SystemExit(main())
