"""A PC made up in a folder: its registry is a dictionary, its links are text files."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from aso_xl.excel.install.computer import Computer
from aso_xl.excel.install.folders import Folders
from aso_xl.excel.install.registry import Value
from aso_xl.excel.install.shortcuts import Link

PYTHON = r"C:\Users\観光 太郎\AppData\Local\aso_xl\venv\Scripts\python.exe"
BASE = r"C:\Users\観光 太郎\AppData\Local\Programs\Python\Python312"


@dataclass
class Keys:
    """A registry of given keys."""

    keys: dict[str, dict[str, Value]] = field(default_factory=dict)

    def values(self, key: str) -> dict[str, Value]:
        return {name.lower(): value for name, value in self.keys.get(key, {}).items()}

    def subkeys(self, key: str) -> list[str]:
        below = (k for k in self.keys if k.startswith(f"{key}\\"))
        return [k for k in below if "\\" not in k[len(key) + 1 :]]


def link_as_text(path: Path, link: Link) -> None:
    """Write what a shortcut would start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{link.target}\n{link.arguments}", encoding="utf-8")


def computer(
    place: Path, keys: dict[str, dict[str, Value]] | None = None, **changes: object
) -> Computer:
    """Return a PC whose folders are below ``place`` and whose Python always starts."""
    environ = {"APPDATA": str(place / "Roaming"), "LOCALAPPDATA": str(place / "Local")}
    pc = Computer(
        Folders.of(environ),
        Keys(keys or {}),
        environ,
        PYTHON,
        BASE,
        make_link=link_as_text,
        runs=lambda python: True,
        encoding="cp932",
    )
    return replace(pc, **changes)  # type: ignore[arg-type]


def tree(place: Path) -> set[str]:
    """Return every file and folder below ``place``."""
    return {str(path.relative_to(place)) for path in place.rglob("*")}
