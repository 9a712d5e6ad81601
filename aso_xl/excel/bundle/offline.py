"""Setting up a PC without internet from this folder; install.cmd and uninstall.cmd start it.

Only Python's own library is used: in the bundle this file stands alone, as setup_aso_xl.py.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

SCRIPT = "setup_aso_xl.py"
WHEELS = "wheels"
SUMS = "SHA256SUMS"
OLDEST, NEWEST = (3, 11), (3, 13)


class Stop(Exception):
    """Cannot go on: one Japanese sentence with the remedy."""


def main(arguments: list[str]) -> int:
    """Return the exit code: 0 done, 2 could not be done (a sentence says why)."""
    action = arguments[0] if arguments else ""
    here = Path(__file__).resolve().parent
    if action == "probe":
        return 0 if fits() else 2
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        local = os.environ.get("LOCALAPPDATA")
        if not local or action not in ("install", "uninstall"):
            raise Stop("Windows で install.cmd または uninstall.cmd から実行してください。")
        home = Path(local) / "aso_xl"
        return install(here, home) if action == "install" else uninstall(home)
    except Stop as stop:
        print(stop)
    except OSError as error:
        print(f"続けられません({error})。{_remedy(error)}")
    return 2


def _remedy(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "ディスクの空き容量を増やしてください。"
    if isinstance(error, PermissionError):
        return "Excel をすべて閉じ、権限を確かめてください。"
    return "配布フォルダーを確かめ、もう一度実行してください。"


def fits() -> bool:
    """Return whether this Python can serve: version, 64 bits, not from the Microsoft Store."""
    version = OLDEST <= sys.version_info[:2] <= NEWEST
    return version and sys.maxsize > 2**32 and "windowsapps" not in sys.base_prefix.lower()


def install(here: Path, home: Path) -> int:
    """Return the exit code of installing from the folder ``here`` into a venv below ``home``."""
    verify(here)
    print("aso_xl を準備しています。数分かかることがあります。")
    python = environment(home / "venv")
    command = [str(python), "-I", "-m", "pip", "--isolated", "--disable-pip-version-check"]
    command += ["install", "--quiet", "--no-index", "--only-binary=:all:", "--force-reinstall"]
    command += ["--find-links", str(here / WHEELS), "aso-xl"]
    if run(command):
        raise Stop(
            "パッケージを入れられません。Excel を閉じて、もう一度実行してください。"
            "続くときは、上の表示を担当者に知らせてください。"
        )
    return run([str(python), "-I", "-m", "aso_xl", "excel", "install"])


def uninstall(home: Path) -> int:
    """Return the exit code of removing all that install made: Excel's part, then the venv."""
    place = home / "venv"
    if not home.exists():
        print("aso_xl はインストールされていません。")
        return 0
    python = interpreter(place)
    if python.exists():
        if run([str(python), "-I", "-c", "import aso_xl"], unseen=True):
            raise Stop("aso_xl が壊れています。install.cmd で入れ直してから削除してください。")
        if run([str(python), "-I", "-m", "aso_xl", "excel", "uninstall"]):
            return 2
    shutil.rmtree(place, ignore_errors=True)
    if place.exists():
        raise Stop(f"{place} を削除しきれません。Excel を閉じて、もう一度実行してください。")
    if home.exists() and not any(home.iterdir()):
        home.rmdir()
    if home.exists():
        print(f"{home} には、ほかのファイルがあるため残しました。")
    print("aso_xl を取り除きました。")
    return 0


def verify(here: Path) -> None:
    """Raise Stop unless the folder holds exactly the files it was made with, undamaged."""
    listed = dict(_sums(here))
    if not listed:
        raise Stop(f"{SUMS} がないか読めません。配布フォルダー全体をコピーし直してください。")
    damaged = [name for name, digest in listed.items() if _digest(here / name) != digest]
    if damaged:
        raise Stop(f"{damaged[0]} が壊れています。配布フォルダー全体をコピーし直してください。")
    present = {f"{WHEELS}/{path.name}" for path in (here / WHEELS).iterdir()}
    if foreign := sorted(present - listed.keys()):
        raise Stop(f"{foreign[0]} は配布されたものではありません。削除してから実行してください。")


def environment(place: Path) -> Path:
    """Return the Python of the venv at ``place``, which is made anew where it does not run."""
    python = interpreter(place)
    if not python.exists() or run([str(python), "-I", "-m", "pip", "--version"], unseen=True):
        venv.EnvBuilder(clear=True, with_pip=True).create(place)
    return python


def interpreter(place: Path) -> Path:
    """Return where a venv keeps its Python on this system."""
    return place / "Scripts" / "python.exe" if os.name == "nt" else place / "bin" / "python"


def run(command: list[str], *, unseen: bool = False) -> int:
    """Return the exit code of a command."""
    sink = subprocess.DEVNULL if unseen else None
    sys.stdout.flush()
    return subprocess.run(command, check=False, stdout=sink, stderr=sink).returncode


def _sums(here: Path) -> Iterator[tuple[str, str]]:
    try:
        lines = (here / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        digest, _, name = line.partition("  ")
        yield name, digest


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
