"""Every wheel that a PC with Windows needs, gathered on any system.

pip evaluates environment markers for the system it runs on, so what only Windows needs would be
lost. Hence pip is asked for single packages, and the requirements are followed here, with their
markers evaluated as on Windows.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from typing import Final

from ...errors import AsoError

try:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name, parse_wheel_filename
except ImportError as error:
    raise AsoError(
        "配布フォルダーを作るには packaging が要ります。"
        "python -m pip install packaging を実行してから、もう一度実行してください。"
    ) from error

PYTHONS: Final = ("3.11", "3.12", "3.13")
PLATFORM: Final = "win_amd64"
Fetch = Callable[[list[str], Path, str], None]


def windows(python: str, extra: str = "") -> dict[str, str]:
    """Return the environment of markers on 64-bit Windows with this Python."""
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_release": "10",
        "platform_system": "Windows",
        "platform_version": "10.0.19045",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "win32",
        "extra": extra,
    }


def fetch(wanted: list[str], folder: Path, python: str) -> None:
    """Put the newest wheels that fit into the folder, without what they need in turn.

    Raise AsoError if pip or the package index cannot serve.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary=:all:", "--platform", PLATFORM]
    command += ["--implementation", "cp", "--python-version", python, "--dest", str(folder)]
    done = subprocess.run([*command, *wanted], capture_output=True, text=True, check=False)
    if done.returncode:
        raise AsoError(
            f"Windows 用のパッケージ({'、'.join(wanted)}、Python {python})を取得できません。"
            f"インターネットにつながっているかを確かめてください。pip: {_last(done.stderr)}"
        )


def gather(project: Path, folder: Path, python: str, fetched: Fetch = fetch) -> None:
    """Put every wheel that ``project`` needs on Windows into the folder, until nothing is missing.

    A package that a later one narrows is asked for again, with all that is known by then.
    """
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    pending = list(needed(project, python))
    while pending:
        changed = set()
        for requirement in pending:
            name = canonicalize_name(requirement.name)
            requirement.marker = None
            if str(requirement) not in wanted[name]:
                wanted[name].add(str(requirement))
                changed.add(name)
        for wheel in wheels_of(folder, changed):
            wheel.unlink()
        if changed:
            fetched(sorted(text for name in changed for text in wanted[name]), folder, python)
        extras = {
            n: frozenset(e for t in wanted[n] for e in Requirement(t).extras) for n in changed
        }
        gathered = [
            (w, extras[parse_wheel_filename(w.name)[0]]) for w in wheels_of(folder, changed)
        ]
        pending = [r for wheel, extra in gathered for r in needed(wheel, python, extra)]


def needed(wheel: Path, python: str, extras: Iterable[str] = frozenset()) -> Iterator[Requirement]:
    """Yield what the wheel requires on Windows with this Python and these extras."""
    environments = [windows(python, extra) for extra in ("", *extras)]
    for text in metadata(wheel).get_all("Requires-Dist", []):
        requirement = Requirement(text)
        if requirement.marker is None or any(requirement.marker.evaluate(e) for e in environments):
            yield requirement


def metadata(wheel: Path) -> Message:
    """Return the headers of the wheel's METADATA."""
    with zipfile.ZipFile(wheel) as package:
        name = next(n for n in package.namelist() if n.endswith(".dist-info/METADATA"))
        return HeaderParser().parsestr(package.read(name).decode("utf-8"))


def wheels_of(folder: Path, names: Iterable[str]) -> list[Path]:
    """Return the wheels in the folder of the packages with these normalized names."""
    wanted = set(names)
    return [w for w in sorted(folder.glob("*.whl")) if parse_wheel_filename(w.name)[0] in wanted]


def _last(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "理由は不明です"
