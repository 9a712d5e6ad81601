"""This PC, as far as installing is concerned: folders, registry, Python, and how links are made."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...errors import AsoError
from . import interpreter, shortcuts
from .folders import Folders
from .registry import Registry, expanded, this_registry
from .shortcuts import Link

ANSI = "mbcs" if sys.platform == "win32" else "cp932"
_SHELL_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"


@dataclass(frozen=True)
class Computer:
    """What an installation finds and uses; tests give folders, a registry and Wine instead."""

    folders: Folders
    registry: Registry
    environ: Mapping[str, str]
    python: str
    python_base: str
    make_link: Callable[[Path, Link], None] = shortcuts.make
    runs: Callable[[str], bool] = interpreter.runs
    encoding: str = ANSI

    @classmethod
    def this(cls) -> Computer:
        """Return the PC this runs on. Raise AsoError if it is no Windows."""
        return cls(
            Folders.of(os.environ),
            this_registry(),
            dict(os.environ),
            interpreter.console(sys.executable),
            sys.base_prefix,
        )

    def desktop(self) -> Path:
        """Return the user's desktop, also where it is kept in a synchronized folder."""
        folder = self.registry.values(_SHELL_FOLDERS).get("desktop")
        if not isinstance(folder, str):
            raise AsoError(
                "デスクトップの場所が分かりません。--desktop を付けずに実行してください。"
            )
        return Path(self.expand(folder))

    def expand(self, text: str) -> str:
        """Return text with ``%NAME%`` replaced by the environment."""
        return expanded(text, self.environ)
