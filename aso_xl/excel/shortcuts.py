"""Shortcuts for 「送る」: the same jobs on a file, for PCs on which macros are banned."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Final

from ..errors import AsoError

JOBS: Final = {"check": "総合戦略 入力チェック.lnk", "report": "総合戦略 Word作成.lnk"}
"""The shortcut of each action of ``aso_xl.excel.dropped``."""

_SCRIPT: Final = """\
Set link = CreateObject("WScript.Shell").CreateShortcut(WScript.Arguments(0))
link.TargetPath = WScript.Arguments(1)
link.Arguments = WScript.Arguments(2)
link.WorkingDirectory = WScript.Arguments(3)
link.Save
"""


@dataclass(frozen=True)
class Link:
    """What a shortcut starts; Windows adds the files that are dropped on it, each in quotes."""

    target: str
    arguments: str

    @classmethod
    def to(cls, python: str, action: str) -> Link:
        """Return the shortcut of an action: Python without a console window, isolated."""
        windowless = str(PureWindowsPath(python).with_name("pythonw.exe"))
        return cls(windowless, f"-I -m aso_xl.excel.dropped {action}")

    @property
    def folder(self) -> str:
        """Return the working directory: nothing is looked up where the workbook stands."""
        return str(PureWindowsPath(self.target).parent)


Run = Callable[[list[str]], int]
Spell = Callable[[Path], str]


def cscript(command: list[str]) -> int:
    """Return the exit code of a command, run unseen."""
    hidden = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
    done = subprocess.run(command, capture_output=True, check=False, creationflags=hidden)
    return done.returncode


def make(path: Path, link: Link, *, run: Run = cscript, spell: Spell = str) -> None:
    """Make the shortcut at ``path``, replacing what is there. Raises AsoError if it cannot be.

    WScript.Shell saves a shortcut only under a name in the ANSI code page, so it is made under an
    ASCII name and moved. ``spell`` writes a path as Windows reads it.
    """
    with tempfile.TemporaryDirectory(prefix="aso_xl") as folder:
        script, made = Path(folder, "make.vbs"), Path(folder, "made.lnk")
        script.write_text(_SCRIPT, encoding="ascii")
        words = [spell(made), link.target, link.arguments, link.folder]
        try:
            code = run(["cscript.exe", "//nologo", "//B", spell(script), *words])
            content = made.read_bytes()
        except OSError as error:
            raise AsoError(_sentence(path)) from error
    if code or not content:
        raise AsoError(_sentence(path))
    _put(path, content)


def _put(path: Path, content: bytes) -> None:
    partial = path.with_name(f"~{os.urandom(6).hex()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        raise AsoError(_sentence(path)) from error
    finally:
        partial.unlink(missing_ok=True)


def _sentence(path: Path) -> str:
    return (
        f"「{path.stem}」のショートカットを {path.parent} に作れません。"
        "Windows Script Host(cscript.exe)が使えるかを管理者に確かめてください。"
    )
