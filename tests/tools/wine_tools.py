"""Windows programs run through Wine: paths, the registry, and a stand-in for python.exe.

A difference to Windows: Wine 8's cmd.exe loses a % in the folder of a script, so that letter is
left to a person with Windows.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

STAND_IN = r"""
#include <windows.h>
#include <stdio.h>
/* Notes its arguments; as "probe" it fits if FITS has its first one, else returns RESULT. */
int wmain(int argc, wchar_t **argv) {
    wchar_t place[1024] = L"", fits[1024] = L"", result[64] = L"0";
    int i;
    FILE *notes;
    GetEnvironmentVariableW(L"NOTES", place, 1024);
    GetEnvironmentVariableW(L"FITS", fits, 1024);
    GetEnvironmentVariableW(L"RESULT", result, 64);
    if ((notes = _wfopen(place, L"ab"))) {
        for (i = 0; i < argc; i++) {
            fwrite(argv[i], sizeof(wchar_t), wcslen(argv[i]), notes);
            fwrite(i + 1 < argc ? L"\x1f" : L"\x1e", sizeof(wchar_t), 1, notes);
        }
        fclose(notes);
    }
    if (wcscmp(argv[argc - 1], L"probe") == 0) return wcsstr(fits, argv[1]) ? 0 : _wtoi(result);
    return _wtoi(result);
}
"""
_HIVES = {"HKEY_CURRENT_USER": "HKCU", "HKEY_LOCAL_MACHINE": "HKLM", "HKEY_CLASSES_ROOT": "HKCR"}


def need(program: str, reason: str) -> None:
    """Skip without the program; in CI that is a failure."""
    if not shutil.which(program):
        assert not os.environ.get("ASO_XL_NOTHING_SKIPPED"), reason
        pytest.skip(reason)


@dataclass(frozen=True)
class Wine:
    """A Windows of its own below ``prefix``."""

    prefix: Path

    @property
    def drive(self) -> Path:
        return self.prefix / "drive_c"

    def spell(self, path: Path) -> str:
        """Return a path as Windows writes it."""
        if path.is_relative_to(self.drive):
            return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")

    def run(
        self, *command: str, cwd: Path | None = None, **environ: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Return the finished program of Windows."""
        with tempfile.TemporaryFile() as out:  # a pipe would be held open by Wine's services
            done = subprocess.run(
                ["wine", *command],
                cwd=cwd or self.drive,
                env={**self.environ, **environ},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=180,
            )
            out.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, out.read())

    @property
    def environ(self) -> dict[str, str]:
        settings = {
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "LC_ALL": "C.UTF-8",
        }
        return {**os.environ, **settings}

    def start(self) -> None:
        """Make the prefix and keep its server running, which would else start for each program."""
        self.prefix.mkdir()
        subprocess.run(["wineserver", "--persistent"], env=self.environ, check=True)
        self.run("wineboot", "--init", cwd=self.prefix)

    def stop(self) -> None:
        """End this prefix's programs, no others, and give its half gigabyte back."""
        subprocess.run(["wineserver", "--kill"], env=self.environ, check=False)
        subprocess.run(["wineserver", "--wait"], env=self.environ, check=False)
        shutil.rmtree(self.prefix, ignore_errors=True)

    def code(self, command: list[str]) -> int:
        """Return the exit code of a program, as the project's own runner does."""
        return self.run(*command).returncode

    def stand_in(self, path: Path) -> Path:
        """Put a program that notes its arguments at ``path``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        built = self.prefix / "stand_in.exe"
        if not built.exists():
            source = self.prefix / "stand_in.c"
            source.write_text(STAND_IN, encoding="ascii")
            compiler = ["x86_64-w64-mingw32-gcc", "-municode", "-o", str(built), str(source)]
            subprocess.run(compiler, check=True)
        shutil.copyfile(built, path)
        return path

    def notes(self, path: Path) -> list[list[str]]:
        """Return the arguments of each start of a stand-in; its own name is left out."""
        starts = path.read_bytes().decode("utf-16-le") if path.exists() else ""
        return [start.split("\x1f")[1:] for start in starts.split("\x1e")[:-1]]


def target_of(link: bytes) -> tuple[str, str, str]:
    """Return target, arguments and working directory of a shortcut ([MS-SHLLINK] 2.1, 2.2, 2.4).

    Wine's WScript.Shell writes shortcuts and cannot read them.
    """
    size, identifier, flags = struct.unpack_from("<I16sI", link)
    assert (size, identifier[:4]) == (0x4C, b"\x01\x14\x02\0")
    has_list, has_info, unicode = flags & 1, flags & 2, flags & 0x80
    assert has_list and unicode
    target, position = _target(link, size + 2), size + 2 + _word(link, size)
    if has_info:
        position += struct.unpack_from("<I", link, position)[0]
    texts = {}
    for flag in (4, 8, 0x10, 0x20):  # description, relative path, working directory, arguments
        if flags & flag:
            end = position + 2 + 2 * _word(link, position)
            text = link[position + 2 : end].decode("utf-16-le")
            texts[flag], position = text.rstrip("\0"), end  # Wine counts the final zero
    return target, texts[0x20], texts[0x10]


def _target(link: bytes, position: int) -> str:
    """Return the path that the list of shell items spells: a drive, then long names."""
    names = []
    while length := _word(link, position):
        item = link[position : position + length]
        if item[2] == 0x23:
            names.append(item[3:5].decode("ascii"))
        elif item[2] in (0x31, 0x32):
            start = _word(item, length - 2) + 20
            names.append(item[start : length - 2].decode("utf-16-le").split("\0")[0])
        position += length
    return "\\".join(names)


def _word(data: bytes, position: int) -> int:
    number: int = struct.unpack_from("<H", data, position)[0]
    return number


@dataclass(frozen=True)
class WineRegistry:
    """The registry below Wine, read with ``reg query``."""

    wine: Wine

    def add(self, key: str, name: str, kind: str, value: str) -> None:
        """Write a value; the name ``""`` is the default one."""
        which = ["/v", name] if name else ["/ve"]
        done = self.wine.run("reg", "add", key, *which, "/t", kind, "/d", value, "/f")
        assert done.returncode == 0

    def delete(self, key: str) -> None:
        self.wine.run("reg", "delete", key, "/f")

    def values(self, key: str) -> dict[str, str | int | bytes]:
        found: dict[str, str | int | bytes] = {}
        for line in self._lines(key):
            if match := re.fullmatch(r"    (.+?)    (REG_\w+)(?:    (.*))?", line):
                name, kind, text = match.group(1).lower(), match.group(2), match.group(3) or ""
                found["" if name == "(default)" else name] = _value(kind, text)
        return found

    def subkeys(self, key: str) -> list[str]:
        return [
            short for line in self._lines(key) if (short := _short(line)).startswith(f"{key}\\")
        ]

    def _lines(self, key: str) -> list[str]:
        done = self.wine.run("reg", "query", key)
        return done.stdout.decode("utf-8", "replace").splitlines() if not done.returncode else []


def _short(line: str) -> str:
    hive, separator, rest = line.partition("\\")
    return f"{_HIVES.get(hive, hive)}{separator}{rest}"


def _value(kind: str, text: str) -> str | int | bytes:
    if kind == "REG_DWORD":
        return int(text, 16)
    return bytes.fromhex(text) if kind == "REG_BINARY" else text
