"""What is there on this PC and what is missing, each with its remedy."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from . import policies
from .computer import Computer
from .diagnosis import Diagnosis
from .interpreter import refusal
from .shortcuts import FILES

PACKAGES: Final = ("lxml", "openpyxl", "pandas", "python-docx", "xlsxwriter", "xlwings")
ONLY_WINDOWS: Final = ("pywin32",)
_INSTALL: Final = "aso-xl excel install を実行してください。"
_APP_PATHS: Final = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
_INTERNET: Final = 3
"""The zone of the mark of the web from which on Office distrusts a file."""


def elsewhere() -> list[Diagnosis]:
    """Return what can be said of a PC that is no Windows."""
    finding = f"このPCは Windows ではありません({sys.platform})。"
    remedy = "Excel のボタンは Windows だけで使えます。aso-xl check などはこのPCでも使えます。"
    return [Diagnosis("windows", False, finding, remedy), python(), packages(PACKAGES)]


def examined(computer: Computer, addin: bytes) -> list[Diagnosis]:
    """Return everything that was looked at, in the order in which it should be put right."""
    return [
        Diagnosis("windows", True, "このPCは Windows です。"),
        python(),
        packages((*PACKAGES, *ONLY_WINDOWS)),
        program(computer, "excel", "Excel", "excel.exe"),
        program(computer, "word", "Word", "winword.exe"),
        addin_file(computer, addin),
        mark(computer.folders.addin),
        launcher(computer),
        shortcuts(computer),
        *policies.examined(computer),
    ]


def python() -> Diagnosis:
    """Return the Python that runs this; the bundle and Office's bridge want 64 bits."""
    number = ".".join(map(str, sys.version_info[:3]))
    if sys.maxsize > 2**32:
        return Diagnosis("python", True, f"Python {number}(64ビット): {sys.executable}")
    remedy = "python.org の 64 ビット版を入れてください。"
    return Diagnosis("python", False, f"Python {number} は 32 ビット版です。", remedy)


def packages(names: tuple[str, ...]) -> Diagnosis:
    """Return the versions of the packages, or which are missing."""
    installed, missing = [], []
    for name in names:
        try:
            installed.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        remedy = "aso_xl をインストールし直してください。"
        return Diagnosis(
            "packages", False, f"パッケージ {'、'.join(missing)} がありません。", remedy
        )
    return Diagnosis("packages", True, "パッケージ: " + "、".join(installed))


def program(computer: Computer, name: str, words: str, file: str) -> Diagnosis:
    """Return whether a program of Office is registered as installed."""
    place = computer.registry.values(f"{_APP_PATHS}\\{file}").get("")
    if isinstance(place, str) and place:
        return Diagnosis(name, True, f"{words}: {computer.expand(place)}")
    remedy = f"{words}(デスクトップ版)を入れてください。"
    return Diagnosis(name, False, f"{words} が見つかりません。", remedy)


def addin_file(computer: Computer, addin: bytes) -> Diagnosis:
    """Return whether the add-in stands in XLSTART and is the one of this version."""
    path = computer.folders.addin
    if not path.is_file():
        return Diagnosis("addin", False, f"アドイン {path} がありません。", _INSTALL)
    if path.read_bytes() != addin:
        finding = f"アドイン {path} は、この版の aso_xl のものと違います。"
        return Diagnosis("addin", False, finding, f"Excel を閉じてから {_INSTALL}")
    return Diagnosis("addin", True, f"アドイン: {path}")


def mark(path: Path) -> Diagnosis:
    """Return whether Windows has marked the add-in as coming from the internet."""
    try:
        stream = Path(f"{path}:Zone.Identifier").read_text(encoding="ascii", errors="replace")
    except OSError:
        return Diagnosis(
            "mark_of_the_web", True, "アドインに「インターネットから」の印はありません。"
        )
    zone = next((z for z in _zones(stream)), 0)
    if zone < _INTERNET:
        return Diagnosis("mark_of_the_web", True, f"アドインの印(ゾーン {zone})は問題ありません。")
    finding = "アドインに「インターネットから」の印があり、マクロが止められます。"
    remedy = f"{path} の「プロパティ」で「許可する」にチェックを入れてください。"
    return Diagnosis("mark_of_the_web", False, finding, remedy)


def _zones(stream: str) -> Iterator[int]:
    for line in stream.splitlines():
        name, _, value = line.partition("=")
        if name.strip().lower() == "zoneid" and value.strip().isdigit():
            yield int(value)


def launcher(computer: Computer) -> Diagnosis:
    """Return whether the buttons will start this very Python, and whether it starts."""
    path = computer.folders.python_txt
    try:
        named = path.read_bytes().decode(computer.encoding).splitlines()[0].strip()
    except (OSError, UnicodeDecodeError, IndexError):
        return Diagnosis("launcher", False, f"起動の設定 {path} がないか、読めません。", _INSTALL)
    if named.lower() != computer.python.lower():
        finding = f"ボタンが起動するのは別の Python です: {named}"
        return Diagnosis("launcher", False, finding, f"この Python を使うなら {_INSTALL}")
    if why := refusal(named, computer.python_base, computer.encoding):
        return Diagnosis("launcher", False, why, _INSTALL)
    if not computer.runs(named):
        remedy = f"Python と aso_xl を入れ直してから {_INSTALL}"
        return Diagnosis("launcher", False, f"ボタンの Python が起動できません: {named}", remedy)
    return Diagnosis("launcher", True, f"ボタンが起動する Python: {named}")


def shortcuts(computer: Computer) -> Diagnosis:
    """Return whether the shortcuts of 「送る」 are there."""
    folder = computer.folders.send_to
    missing = [Path(name).stem for name in FILES.values() if not (folder / name).is_file()]
    if missing:
        return Diagnosis(
            "send_to", False, f"「送る」に {'、'.join(missing)} がありません。", _INSTALL
        )
    return Diagnosis("send_to", True, "「送る」に「総合戦略 …」の項目がそろっています。")
