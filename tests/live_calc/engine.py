"""An xlwings engine over a live LibreOffice Calc, so that macros for Excel run here unchanged.

Only the BSD part of xlwings is used (``xlwings.base_classes``), never ``xlwings.pro``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import xlwings
from xlwings import base_classes

from .books import Books
from .calls import Counted
from .process import desktop_of, resident_of
from .ranges import Range
from .values import ERRORS

NAME = "libreoffice"
CELLS = "com.sun.star.sheet.SheetCellRange"
REPAINT = 1  # awt.InvalidateStyle.CHILDREN
CAUTIOUS = {"ok": "ok", "ok_cancel": "cancel", "yes_no": "no", "yes_no_cancel": "cancel"}


@dataclass(frozen=True)
class Alert:
    """A dialog as the macro asked for it."""

    prompt: str
    title: str | None
    buttons: str | None
    mode: str | None


class Engine:
    name, type = NAME, "desktop"

    def __init__(self) -> None:
        self.apps = Apps()

    def prepare_xl_data_element(self, value: Any, options: Any) -> Any:
        """Return a value as it is handed to Excel: no None, no NaN, no types of numpy."""
        if value is None or value != value:
            return ""
        return value.item() if hasattr(value, "item") else value

    def clean_value_data(
        self,
        data: list[list[Any]],
        date: Callable[..., Any],
        empty: Any,
        number: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Return what was read as the macro asked for it (``Range.options``)."""
        errors = {code: name for name, code in ERRORS.items()}

        def clean(value: Any) -> Any:
            match value:
                case None | "":
                    return empty
                case int() if value in errors:
                    return errors[value] if err_to_str else None
                case dt.datetime():
                    fields = value.timetuple()[:6]
                    names = ("year", "month", "day", "hour", "minute", "second")
                    extra = {"microsecond": value.microsecond, "tzinfo": None}
                    return date(**dict(zip(names, fields, strict=True)), **extra)
                case float() if number and not math.isnan(value):
                    return number(value)
            return value

        return [[clean(value) for value in row] for row in data]


class Apps(base_classes.Apps):
    """The offices that were attached, the newest first, as Excel's windows are."""

    def __init__(self) -> None:
        self.attached: list[App] = []

    def __iter__(self) -> Iterator[App]:
        return iter(self.attached)

    def __len__(self) -> int:
        return len(self.attached)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self.attached if app.pid == pid)

    def keys(self) -> list[int]:
        return [app.pid for app in self.attached]


class App(Counted, base_classes.App):
    """One LibreOffice as macros see an Excel. What a test wants to know or decide is public:

    ``alerts``: the dialogs so far; ``answer``: called with each, returns the button pressed;
    ``status_texts``: what the status bar showed; ``addresses``: file path → the address (https://…)
    under which a book pretends to be open.
    """

    LOCAL = frozenset({"api", "engine", "books", "reset", "cautious", "resident"})
    version = "16.0"
    visible = True
    interactive = True
    cut_copy_mode = None
    path = startup_path = ""

    def __init__(self, context: Any, pid: int, hwnd: int | None = None) -> None:
        self.context, self.desktop = context, desktop_of(context)
        self._pid, self._hwnd = pid, pid if hwnd is None else hwnd
        self._resident: Callable[..., Any] | None = None
        self.reset()

    def reset(self) -> None:
        """Forget what earlier tests did to the application."""
        self.alerts: list[Alert] = []
        self.answer: Callable[[Alert], str] = self.cautious
        self.status_texts: list[str | bool] = []
        self.addresses: dict[str, str] = {}
        self._status: str | bool = False
        self._indicator: Any = None
        self._alerting = self._events = self._updating = True

    def cautious(self, alert: Alert) -> str:
        """Return the answer of someone who agrees to nothing."""
        return CAUTIOUS[alert.buttons or "ok"]

    @property
    def engine(self) -> Engine:
        return ENGINE

    @property
    def api(self) -> Any:
        return self.desktop

    @property
    def resident(self) -> Callable[..., Any]:
        """Return what calls a function inside of the office (``resident``)."""
        if self._resident is None:
            self._resident = resident_of(self.context)
        return self._resident

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def pid(self) -> int:
        return self._pid

    @property
    def hwnd(self) -> int:
        return self._hwnd

    @property
    def selection(self) -> Range | None:
        """Return the selected cells of the book in front; None for a drawing or no book."""
        book = self.books.active
        chosen = book.document and book.document.CurrentSelection
        if not chosen or not chosen.supportsService(CELLS):
            return None
        return Range(book.sheets(chosen.RangeAddress.Sheet + 1), chosen)

    @property
    def screen_updating(self) -> bool:
        return self._updating

    @screen_updating.setter
    def screen_updating(self, updating: bool) -> None:
        if updating != self._updating:
            for book in self.books:
                lock = (
                    book.document.unlockControllers if updating else book.document.lockControllers
                )
                lock()
        self._updating = updating

    @property
    def calculation(self) -> str:
        document = self.books.active.document
        return "automatic" if document.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, mode: str) -> None:
        for book in self.books:
            book.document.enableAutomaticCalculation(mode != "manual")
            if mode != "manual":  # Calc would only do it by and by
                book.document.calculate()

    def calculate(self) -> None:
        for book in self.books:
            book.document.calculate()

    @property
    def status_bar(self) -> str | bool:
        return self._status

    @status_bar.setter
    def status_bar(self, text: str | bool) -> None:
        if self._indicator is not None:
            self._indicator.end()
            self._indicator = None
        self._status = text if isinstance(text, str) else False
        self.status_texts.append(self._status)
        document = self.books.active.document
        if isinstance(text, str) and document:
            self._indicator = document.CurrentController.Frame.createStatusIndicator()
            self._indicator.start(text, 0)

    @property
    def display_alerts(self) -> bool:
        return self._alerting

    @display_alerts.setter
    def display_alerts(self, alerting: bool) -> None:
        self._alerting = alerting

    @property
    def enable_events(self) -> bool:
        return self._events

    @enable_events.setter
    def enable_events(self, events: bool) -> None:
        self._events = events

    def alert(
        self,
        prompt: str,
        title: str | None,
        buttons: str | None,
        mode: str | None,
        callback: str | None,
    ) -> str:
        alert = Alert(prompt, title, buttons, mode)
        self.alerts.append(alert)
        return self.answer(alert)

    def activate(self, steal_focus: bool = False) -> None:
        attached = ENGINE.apps.attached
        attached.insert(0, attached.pop(attached.index(self)))


def _hold_screen(document: Any, *, held: bool) -> None:
    """Stop painting, or paint anew: Calc does not see what a rule takes from another sheet."""
    if held:
        document.lockControllers()
        return
    document.unlockControllers()
    if document.isAutomaticCalculationEnabled():
        document.calculate()
    document.CurrentController.Frame.ComponentWindow.invalidate(REPAINT)


ENGINE = Engine()


def attach(context: Any, pid: int, hwnd: int | None = None) -> xlwings.App:
    """Make a running office xlwings' active application and return it."""
    if NAME not in xlwings.engines.engines_by_name:
        xlwings.engines.add(xlwings.Engine(impl=ENGINE))
    app = App(context, pid, hwnd)
    ENGINE.apps.attached.insert(0, app)
    xlwings.engines[NAME].activate()
    return xlwings.App(impl=app)


def detach(app: xlwings.App) -> None:
    """Forget an application; xlwings is left as it was when the last one goes."""
    ENGINE.apps.attached.remove(app.impl)
    if not ENGINE.apps.attached:
        xlwings.engines.active = None
        del xlwings.engines.engines_by_name[NAME]
        xlwings.engines.engines[:] = [e for e in xlwings.engines if e.name != NAME]
