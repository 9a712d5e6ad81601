"""One folder with all that a PC without internet needs: wheels, scripts, a page for IT."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from ... import __version__
from ...errors import AsoError, OutputError
from ...files.output import cannot_save
from . import offline
from .staff_files import put_staff_files
from .wheels import PYTHONS, gather

FILES: Final = Path(__file__).with_name("files")
PAGE: Final = "IT担当者へ.txt"
_PROJECT: Final = ("pyproject.toml", "README.md", "LICENSE", "aso_xl")


def bundle(folder: Path, source: Path | None = None) -> Path:
    """Return the new folder with the wheels for Windows, install and uninstall scripts, what
    staff need, sums.

    It gets its name only when it is whole. Raise AsoError if something stands there already, or
    the package index cannot be reached.
    """
    source = source or _source()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(
            f"{folder} には既にファイルがあります。新しいフォルダーを指定してください。"
        )
    partial = folder.with_name(f"~{os.urandom(6).hex()}.tmp")
    try:
        (partial / offline.WHEELS).mkdir(parents=True)
        _wheels(source, partial / offline.WHEELS)
        _scripts(partial)
        put_staff_files(partial, source / "docs")
        _sums(partial)
        with suppress(OSError):
            folder.rmdir()
        return partial.rename(folder)
    except OSError as error:
        raise OutputError(cannot_save(folder, error)) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def contents(folder: Path) -> tuple[list[str], list[str]]:
    """Return the names of the wheels in a bundle, and the Pythons they serve."""
    return sorted(wheel.name for wheel in (folder / offline.WHEELS).iterdir()), list(PYTHONS)


def _source() -> Path:
    """Return the folder of the project: where the package stands, or where this was started."""
    for place in (Path(__file__).parents[3], Path.cwd()):
        if (place / "pyproject.toml").is_file() and (place / "aso_xl").is_dir():
            return place
    raise AsoError(
        "配布フォルダーは、プロジェクトのフォルダー(pyproject.toml のある所)で作ります。"
        "そこに移ってから、もう一度実行してください。"
    )


def project_wheel(source: Path, folder: Path) -> Path:
    """Return the project's own wheel, built in a copy so that the project stays as it is."""
    with tempfile.TemporaryDirectory(prefix="aso_xl_") as place:
        copy = Path(place, "project")
        for name in _PROJECT:
            _copy(source / name, copy / name)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", "--wheel-dir", str(folder), str(copy)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    built = sorted(folder.glob("aso_xl-*.whl"))
    if done.returncode or not built:
        last = (done.stderr.strip() or "理由は不明です").splitlines()[-1]
        raise AsoError(
            f"aso_xl の wheel を作れません。pip と pyproject.toml を確かめてください。{last}"
        )
    return built[0]


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    elif source.exists():
        shutil.copyfile(source, target)


def _wheels(source: Path, folder: Path) -> None:
    project = project_wheel(source, folder)
    for python in PYTHONS:
        with tempfile.TemporaryDirectory(prefix="aso_xl_") as place:
            gather(project, Path(place), python)
            for wheel in Path(place).glob("*.whl"):
                shutil.copyfile(wheel, folder / wheel.name)


def _scripts(folder: Path) -> None:
    """Write the scripts as Windows wants them: ASCII for cmd.exe, the texts in their code pages."""
    command = (FILES / "setup.cmd").read_text(encoding="ascii")
    command = command.replace("@PYTHONS@", " ".join(reversed(PYTHONS)))
    for action in ("install", "uninstall"):
        _text(folder / f"{action}.cmd", command.replace("@ACTION@", action), "ascii")
    shutil.copyfile(offline.__file__, folder / offline.SCRIPT)
    no_python = (FILES / "no_python.txt").read_text(encoding="utf-8")
    _text(folder / "no_python.txt", no_python, "cp932")
    page = (FILES / "it_page.txt").read_text(encoding="utf-8")
    pythons = f"{PYTHONS[0]}～{PYTHONS[-1]}"
    page = page.replace("@VERSION@", __version__).replace("@PYTHONS@", pythons)
    _text(folder / PAGE, page, "utf-8-sig")


def _text(path: Path, text: str, encoding: str) -> None:
    path.write_text(text, encoding=encoding, newline="\r\n")


def _sums(folder: Path) -> None:
    """List every file with its SHA-256, as ``sha256sum -c`` reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
    ]
    (folder / offline.SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
