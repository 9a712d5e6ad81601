"""A private LibreOffice: own profile, own pipe, gone with the tests whatever happens to them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from .uno_bridge import error, uno

RESTART_CODES = (79, 81)
"""Exit codes by which a first start asks to be started again; ``soffice`` does it silently."""

NOT_HANDED_ON = frozenset({"DISPLAY", "WAYLAND_DISPLAY", "PYTHONHOME", "PYTHONPATH"})

SETTINGS = {
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel"): 0,
    ("org.openoffice.Office.Common/Misc", "FirstRun"): "false",
    ("org.openoffice.Office.Common/Misc", "ShowTipOfTheDay"): "false",
    ("org.openoffice.Office.Common/Misc", "CrashReport"): "false",
    ("org.openoffice.Setup/Office", "ooSetupInstCompleted"): "true",
    ("org.openoffice.Setup/Product", "ooSetupLastVersion"): "99.9",
    ("org.openoffice.Setup/L10N", "ooSetupSystemLocale"): "ja-JP",
    ("org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode"): 0,
}
"""Macros allowed, no greetings, Japanese habits, and recalculation on opening as Excel does it."""


def missing() -> str | None:
    """Return in Japanese what is lacking for a live Calc; None if it can be started."""
    if not shutil.which("soffice"):
        return "LibreOffice(soffice)がないため、表計算を動かして確かめる試験を省きます。"
    if uno is None:
        return "このPythonで使える python3-uno がないため、表計算を動かして確かめる試験を省きます。"
    return None


class Office:
    """A running LibreOffice; a context manager that ends it."""

    def __init__(self, *, screen: str | None = None, env: Mapping[str, str] | None = None) -> None:
        """Describe an office without a window, or with windows on the X display ``screen``."""
        self.pipe = f"aso_xl_{uuid.uuid4().hex[:12]}"
        self.screen = screen
        self.folder = Path(tempfile.mkdtemp(prefix="aso_xl_office_"))
        self.env = self._environment() | dict(env or {})
        self.process: subprocess.Popen[bytes] | None = None
        self.context: Any = None

    def __enter__(self) -> Office:
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    @property
    def address(self) -> str:
        """Return the UNO address of this office, for another process to reach it."""
        return f"uno:pipe,name={self.pipe};urp;StarOffice.ComponentContext"

    def start(self, seconds: float = 60) -> Office:
        """Start it and wait until it answers. Raises TimeoutError if it does not."""
        write_settings(self.folder / "profile")
        self.process = self._launched()
        deadline = time.monotonic() + seconds
        while self.context is None:
            if self.process.poll() in RESTART_CODES:
                self.process = self._launched()
            elif self.process.poll() is not None or time.monotonic() > deadline:
                raise TimeoutError(f"LibreOffice does not answer (exit {self.process.poll()})")
            time.sleep(0.03)
            self.context = reached(self.address)
        return self

    def stop(self) -> None:
        """End it: politely, else by force; then remove its profile and its pipe."""
        process, context, self.context = self.process, self.context, None
        if process is not None and process.poll() is None and context is not None:
            polite = threading.Thread(target=_terminate, args=(context,), daemon=True)
            polite.start()  # an open dialog would keep it waiting for ever
            polite.join(5)
            with suppress(subprocess.TimeoutExpired):
                process.wait(0 if polite.is_alive() else 5)
        if process is not None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        for left in Path("/tmp").glob(f"OSL_PIPE_*{self.pipe}"):
            left.unlink(missing_ok=True)

    def _launched(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command(),
            env=self.env,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _command(self) -> Sequence[str]:
        program = Path(shutil.which("soffice") or "soffice").resolve()
        inner = program.with_name("soffice.bin")  # no splash process in between to lose
        options = ["--norestore", "--nologo", "--nodefault", "--nofirststartwizard"]
        if self.screen is None:
            options.append("--headless")
        return [
            *(["setpriv", "--pdeathsig", "KILL", "--"] if shutil.which("setpriv") else []),
            str(inner if inner.exists() else program),
            *options,
            f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
            f"--accept=pipe,name={self.pipe};urp;",
        ]

    def _environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in NOT_HANDED_ON}
        window = {"SAL_USE_VCLPLUGIN": "svp"}
        if self.screen is not None:
            window = {"SAL_USE_VCLPLUGIN": "gen", "DISPLAY": self.screen}
        home = {"HOME": str(self.folder), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        own_python = {"PATH": "/usr/bin:/bin"}  # of another on the path it would take the library
        return kept | window | home | own_python | {"ASO_LIVE_OFFICE": self.address}


def reached(address: str) -> Any:
    """Return the component context at a UNO address, or None if nobody answers there."""
    local = uno.getComponentContext()
    service = "com.sun.star.bridge.UnoUrlResolver"
    resolver = local.ServiceManager.createInstanceWithContext(service, local)
    try:
        return resolver.resolve(address)
    except error("connection.NoConnectException"):
        return None


def _terminate(context: Any) -> None:
    """Close every document without asking about changes, then the office."""
    desktop = desktop_of(context)
    with suppress(Exception):  # it is gone before it could answer
        for document in [*desktop.Components]:
            document.setModified(False)
            document.close(True)
        desktop.terminate()


def desktop_of(context: Any) -> Any:
    """Return the desktop, which knows the open documents."""
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def resident_of(context: Any) -> Callable[..., Any]:
    """Return a function that calls one of ``resident`` inside of the office, by name."""
    create = context.ServiceManager.createInstanceWithContext
    here = Path(__file__).with_name("resident.py").as_uri()
    factory = create("com.sun.star.loader.Python", context).activate(
        "aso.live.Resident", "", here, None
    )
    resident = factory.createInstanceWithContext(context)
    return lambda *arguments: resident.invoke(arguments, (), ())[0]


def write_settings(profile: Path) -> None:
    """Write SETTINGS into a new profile."""
    items = "\n".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for (path, name), value in SETTINGS.items()
    )
    folder = profile / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{items}\n</oor:items>\n',
        encoding="utf-8",
    )
