"""Shortcuts for 「送る」: the same jobs on a file, for PCs on which macros are banned."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Final

from ...actions import Door, at
from ...errors import AsoError
from .interpreter import unseen
from .put_file import put

FILES: Final = {action.name: action.shortcut for action in at(Door.ICON)}
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


def make(path: Path, link: Link, *, run: Run = unseen, spell: Spell = str) -> None:
    """Make the shortcut at ``path``, replacing what is there. Raise AsoError if it cannot be.

    WScript.Shell saves a shortcut only under a name in the ANSI code page, so it is made under an
    ASCII name and moved. ``spell`` writes a path as Windows reads it.
    """
    try:
        content = _made(link, run, spell)
        if content:
            put(path, content)
            return
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AsoError(_sentence(path)) from error
    raise AsoError(_sentence(path))


def _made(link: Link, run: Run, spell: Spell) -> bytes:
    """Return a shortcut as Windows writes it; nothing if the script did not end well."""
    with tempfile.TemporaryDirectory(prefix="aso_xl_") as folder:
        script, made = Path(folder, "make.vbs"), Path(folder, "made.lnk")
        script.write_text(_SCRIPT, encoding="ascii")
        words = [spell(made), link.target, link.arguments, link.folder]
        code = run(["cscript.exe", "//nologo", "//B", spell(script), *words])
        return b"" if code else made.read_bytes()


def _sentence(path: Path) -> str:
    return (
        f"「総合戦略 …」のショートカットを {path.parent} に作れません。"
        "Windows Script Host(cscript.exe)が使えるかを管理者に確かめてください。"
    )
