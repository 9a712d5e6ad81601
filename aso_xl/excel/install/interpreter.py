"""The Python that Excel's buttons start: its path, and whether it can serve."""

from __future__ import annotations

import subprocess
import sys
from pathlib import PureWindowsPath
from typing import Final

_STORE: Final = ("\\windowsapps\\", "\\pythonsoftwarefoundation.python")
_ALONE: Final = "import aso_xl.excel"
if sys.platform == "win32":
    _HIDDEN = subprocess.CREATE_NO_WINDOW
else:
    _HIDDEN = 0


def console(executable: str) -> str:
    """Return the path of python.exe, also where the running program is pythonw.exe."""
    path = PureWindowsPath(executable)
    if path.name.lower() == "pythonw.exe":
        return str(path.with_name("python.exe"))
    return executable


def refusal(python: str, base: str, encoding: str) -> str | None:
    """Return why Excel could not start this Python, one sentence with the remedy; None if it can.

    ``base`` is the folder of the Python that a venv was made from, ``encoding`` the ANSI code page
    in which VBA reads the path.
    """
    if any(store in f"{place.lower()}\\" for place in (python, base) for store in _STORE):
        return (
            "Microsoft Store 版の Python は、ほかのプログラムから見えない所に設定を書くため使えません。"
            "python.org の Python を入れて、もう一度実行してください。"
        )
    remedy = "別の場所に Python(または venv)を置いて、もう一度実行してください。"
    if set(python) & set('%"\r\n'):
        return (
            f'Python の場所 {python} に「%」または「"」が含まれ、Excel から起動できません。{remedy}'
        )
    try:
        python.encode(encoding)
    except UnicodeEncodeError as error:
        letter = python[error.start]
        return f"Python の場所 {python} の「{letter}」は Excel のマクロが読めない文字です。{remedy}"
    return None


def runs(python: str) -> bool:
    """Return whether this Python starts as the buttons start it, and finds aso_xl."""
    try:
        return unseen([python, "-I", "-c", _ALONE]) == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def unseen(command: list[str]) -> int:
    """Return the exit code of a command, run without a console window.

    Raise OSError if it cannot be started, TimeoutExpired after two minutes.
    """
    done = subprocess.run(
        command, capture_output=True, check=False, timeout=120, creationflags=_HIDDEN
    )
    return done.returncode
