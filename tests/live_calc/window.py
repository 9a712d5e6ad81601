"""LibreOffice in a real window: buttons found by what is written on them, and clicked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from .engine import Alert
from .process import Office, desktop_of
from .screen import Screen
from .uno_bridge import enum, properties, url_of

_T = TypeVar("_T")
ALWAYS_RUN_MACROS = 4  # document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
ALERT_BOX, PUSH_BUTTON, STATIC_TEXT = 1, 44, 86  # accessibility.AccessibleRole
BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}  # awt.MessageBoxButtons
ANSWERS = ("cancel", "ok", "yes", "no")  # awt.MessageBoxResults


class Window:
    """An office on a screen, with one workbook in front; a context manager that ends both."""

    def __init__(self, env: dict[str, str] | None = None) -> None:
        self.screen = Screen()
        self._env = env or {}
        self.document: Any = None

    def __enter__(self) -> Window:
        self.screen.__enter__()
        try:
            self.office = Office(screen=self.screen.name, env=self._env)
            self.office.__enter__()
        except BaseException:
            self.screen.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.office.__exit__(kind, value, trace)
        self.screen.__exit__(kind, value, trace)

    def open(self, path: str | Path) -> Any:
        """Open a workbook with its macros over the whole screen; return the UNO document."""
        return self._load(url_of(path))

    def new(self) -> Any:
        """Open an empty workbook over the whole screen; return the UNO document."""
        return self._load("private:factory/scalc")

    def _load(self, url: str) -> Any:
        desktop = desktop_of(self.office.context)
        how = properties(MacroExecutionMode=ALWAYS_RUN_MACROS)
        self.document = desktop.loadComponentFromURL(url, "_blank", 0, how)
        window = self.document.CurrentController.Frame.ContainerWindow
        window.setPosSize(0, 0, self.screen.width, self.screen.height, 15)
        window.setFocus()
        self.document.CurrentController.Sidebar.setVisible(False)
        self.settle()
        return self.document

    def show(self, sheet: str) -> None:
        """Bring a sheet to the front."""
        self.document.CurrentController.ActiveSheet = self.document.Sheets.getByName(sheet)

    def button_labels(self) -> list[str]:
        """Return what is written on the form buttons of the sheet in front."""
        return [model.Label for model in self._button_models()]

    def click_button(self, label: str) -> None:
        """Click a form button of the sheet in front. Raises LookupError if there is none."""
        found = [m for m in self._button_models() if m.Label == label]
        if not found:
            raise LookupError(f"no button {label!r}, only {self.button_labels()}")
        control = wait_for(lambda: self._control(found[0]))
        self._click(control.AccessibleContext)

    def dialog(self) -> str | None:
        """Return the text of the message box that is open, if one is."""
        labels = [i.AccessibleName for i in self._dialog_parts() if i.AccessibleRole == STATIC_TEXT]
        return "\n".join(labels) if labels else None

    def press(self, label: str) -> None:
        """Click a button of the message box that is open, and see it close.

        Raises LookupError if it has none of this name. A box that has only just come up may not
        have taken its place yet, so a click that changed nothing is made again.
        """
        text = self.dialog()
        for _ in range(5):
            buttons = [i for i in self._dialog_parts() if i.AccessibleRole == PUSH_BUTTON]
            found = [b for b in buttons if b.AccessibleName.replace("~", "") == label]
            if not found:
                raise LookupError(f"no {label!r} among {[b.AccessibleName for b in buttons]}")
            self._click(found[0])
            with suppress(TimeoutError):
                wait_for(lambda: self.dialog() != text, 2)
                return
        raise TimeoutError(f"{label!r} does not close {text!r}")

    def shot(self, path: Path, crop: tuple[int, int, int, int] | None = None) -> Path:
        """Save a picture of the window once it has been painted."""
        self.settle()
        time.sleep(0.3)  # the display draws after the office has said what
        return self.screen.shot(path, crop)

    def settle(self) -> None:
        """Wait until the office has drawn and placed what it is going to."""
        toolkit_of(self.office.context).processEventsToIdle()

    def _click(self, context: Any) -> None:
        self.settle()
        corner, size = context.LocationOnScreen, context.Size
        x, y = corner.X + size.Width // 2, corner.Y + size.Height // 2
        if not (0 <= x < self.screen.width and 0 <= y < self.screen.height):
            raise LookupError(f"{context.AccessibleName!r} is off the screen, at {x}, {y}")
        self.screen.click(x, y)

    def _button_models(self) -> list[Any]:
        page = self.document.CurrentController.ActiveSheet.DrawPage
        shapes = (page.getByIndex(i) for i in range(page.Count))
        controls = (s.Control for s in shapes if s.ShapeType.endswith(".ControlShape"))
        return [
            c for c in controls if c.supportsService("com.sun.star.form.component.CommandButton")
        ]

    def _control(self, model: Any) -> Any:
        """Return the live control of a button, once it has a place on the screen."""
        control = self.document.CurrentController.getControl(model)
        placed = control is not None and control.Peer is not None
        return control if placed and control.AccessibleContext.Size.Width else None

    def _dialog_parts(self) -> Iterator[Any]:
        toolkit = toolkit_of(self.office.context)
        for number in range(toolkit.TopWindowCount):
            window = toolkit.getTopWindow(number)
            shown = window is not None and window.isVisible()  # one may go meanwhile
            context = window.AccessibleContext if shown else None
            if context is not None and context.AccessibleRole == ALERT_BOX:
                yield from _tree(context)


def _tree(context: Any) -> Iterator[Any]:
    yield context
    for number in range(context.AccessibleChildCount):
        yield from _tree(context.getAccessibleChild(number).AccessibleContext)


def toolkit_of(context: Any) -> Any:
    """Return the toolkit, which knows the windows."""
    return context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)


def message_box(context: Any) -> Callable[[Alert], str]:
    """Return an answer for ``App.answer`` that asks whoever sits before the window.

    Not for a thread beside one that uses UNO: Python's UNO then loses methods now and then.
    """

    def ask(alert: Alert) -> str:
        toolkit = toolkit_of(context)
        front = next(d for d in desktop_of(context).Components if hasattr(d, "CurrentController"))
        kind = enum("awt.MessageBoxType", "ERRORBOX" if alert.mode == "critical" else "INFOBOX")
        buttons = BUTTONS[alert.buttons or "ok"]
        if buttons > 1:
            kind = enum("awt.MessageBoxType", "QUERYBOX")
        parent, title = front.CurrentController.Frame.ContainerWindow, alert.title or ""
        box = toolkit.createMessageBox(parent, kind, buttons, title, alert.prompt)
        return ANSWERS[box.execute()]

    return ask


def wait_for(look: Callable[[], _T | None], seconds: float = 20) -> _T:
    """Return what ``look`` finds as soon as it does. Raises TimeoutError if it never does."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s for {look}")
        time.sleep(0.05)
    return found
