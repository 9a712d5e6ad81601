"""What the registry says: a small port, so that the rules stand apart from Windows."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Protocol

Value = str | int | bytes


class Registry(Protocol):
    """Reading the registry; keys are spelled as in ``reg query``: ``HKCU\\Software\\…``."""

    def values(self, key: str) -> dict[str, Value]:
        """Return the values of a key by lower-case name, ``""`` the default one; {} if no key."""
        ...

    def subkeys(self, key: str) -> list[str]:
        """Return the full names of the keys directly below; [] if there is no such key."""
        ...


class NoRegistry:
    """The registry of a PC without one."""

    def values(self, key: str) -> dict[str, Value]:
        return {}

    def subkeys(self, key: str) -> list[str]:
        return []


def expanded(text: str, environ: Mapping[str, str]) -> str:
    """Return text with each ``%NAME%`` replaced as Windows does, letter case ignored."""
    for name, value in environ.items():
        position = text.lower().find(f"%{name.lower()}%")
        if position >= 0:
            text = text[:position] + value + text[position + len(name) + 2 :]
    return text


if sys.platform == "win32":
    import winreg

    _HIVES = {
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
        "HKCR": winreg.HKEY_CLASSES_ROOT,
    }

    class WindowsRegistry:
        """The registry of this PC, read in place: ``reg.exe`` is often forbidden by policy."""

        def values(self, key: str) -> dict[str, Value]:
            return {n.lower(): v for n, v in _each(key) if isinstance(v, str | int | bytes)}

        def subkeys(self, key: str) -> list[str]:
            try:
                with _opened(key) as handle:
                    count = winreg.QueryInfoKey(handle)[0]
                    return [f"{key}\\{winreg.EnumKey(handle, i)}" for i in range(count)]
            except OSError:
                return []

    def _opened(key: str) -> winreg.HKEYType:
        hive, _, path = key.partition("\\")
        return winreg.OpenKey(_HIVES[hive], path, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY)

    def _each(key: str) -> Iterator[tuple[str, object]]:
        try:
            with _opened(key) as handle:
                for number in range(winreg.QueryInfoKey(handle)[1]):
                    name, value, _ = winreg.EnumValue(handle, number)
                    yield name, value
        except OSError:
            return


def this_registry() -> Registry:
    """Return the registry of this PC, an empty one where there is none."""
    if sys.platform == "win32":
        return WindowsRegistry()
    return NoRegistry()
