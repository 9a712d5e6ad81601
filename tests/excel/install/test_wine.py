"""The Windows half of installing, run by Wine: real shortcuts, cmd.exe, the registry.

Python for Windows is not here: a small program stands in for it and notes its arguments.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pc_tools import computer, tree
from wine_tools import Wine, WineRegistry, need, target_of

from aso_xl.excel.bundle.bundle import _scripts
from aso_xl.excel.install import doctor, policies, shortcuts
from aso_xl.excel.install.computer import Computer
from aso_xl.excel.install.folders import Folders
from aso_xl.excel.install.install import install, uninstall
from aso_xl.excel.install.shortcuts import FILES, Link

pytestmark = pytest.mark.wine

USERS = ["taro", "R8 & (2) it's ! ^", "総務部 企画財政課"]
HOSTILE = [r"C:\Temp\R8 & (2) it's ! ^ 総合戦略.xlsx", r"C:\Temp\50% off %PATH%.xlsx"]
SECURITY = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"
ADDIN = b"add-in"


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    """Return a Windows made for these tests."""
    need("wine", "Wine がないため、Windows の側の試験を省きます。")
    windows = Wine(tmp_path_factory.mktemp("wine") / "prefix")
    windows.start()
    yield windows
    windows.stop()


@pytest.fixture(scope="module")
def stand_in(wine: Wine) -> Wine:
    """Return the same Windows, able to have a stand-in for Python."""
    need("x86_64-w64-mingw32-gcc", "MinGW がないため、起動した引数の試験を省きます。")
    return wine


def pc(wine: Wine, user: str) -> Computer:
    """Return a PC whose folders are the user's below Wine and whose links are real."""
    data = wine.drive / "users" / user / "AppData"
    folders = Folders(data / "Roaming", data / "Local")
    python = wine.spell(folders.venv / "Scripts" / "python.exe")
    link = functools.partial(shortcuts.make, run=wine.code, spell=wine.spell)
    return replace(computer(data), folders=folders, python=python, make_link=link)


@pytest.mark.parametrize("user", USERS)
def test_the_shortcuts_are_real_and_start_python_isolated(wine: Wine, user: str) -> None:
    this = pc(wine, user)
    (wine.drive / "users" / user).mkdir(exist_ok=True)
    done = install(this, ADDIN)
    assert done.notes == ()
    for action, name in FILES.items():
        scripts = f"C:\\users\\{user}\\AppData\\Local\\aso_xl\\venv\\Scripts"
        assert target_of((this.folders.send_to / name).read_bytes()) == (
            f"{scripts}\\pythonw.exe",
            f"-I -m aso_xl.excel.dropped {action}",
            scripts,
        )
    uninstall(this.folders)
    assert tree(wine.drive / "users" / user) == set()


def test_a_script_host_that_fails_is_a_note(wine: Wine) -> None:
    this = pc(wine, "banned")
    missing = functools.partial(shortcuts.make, run=lambda words: wine.code(["no.exe", *words[1:]]))
    done = install(replace(this, make_link=missing), ADDIN)
    assert len(done.notes) == 1
    uninstall(this.folders)


@pytest.mark.parametrize("book", HOSTILE)
def test_a_file_dropped_on_the_shortcut_arrives_whole(
    stand_in: Wine, tmp_path: Path, book: str
) -> None:
    folder = stand_in.drive / "Python 3.12 & (x)"
    stand_in.stand_in(folder / "pythonw.exe")
    path, notes = folder / FILES["check"], tmp_path / "notes"
    link = Link.to(stand_in.spell(folder / "python.exe"), "check")
    shortcuts.make(path, link, run=stand_in.code, spell=stand_in.spell)
    (folder / "check.lnk").write_bytes(path.read_bytes())
    opened = stand_in.run(
        *("start", "/wait", stand_in.spell(folder / "check.lnk"), book),
        NOTES=stand_in.spell(notes),
    )
    assert opened.returncode == 0
    wait_for(notes)
    assert stand_in.notes(notes) == [["-I", "-m", "aso_xl.excel.dropped", "check", book]]


def wait_for(path: Path) -> None:
    """Wait until a program of Windows, which goes on by itself, has written."""
    for _ in range(100):
        if path.exists() and path.stat().st_size:
            return
        time.sleep(0.1)


@pytest.fixture(params=["plain", "R8 & (2) it's ! ^ 配布", "a;b,c=d [1] {2} ~"])
def folder(stand_in: Wine, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Return a bundle's folder with the real scripts, named as people name folders."""
    place = stand_in.drive / "bundles" / str(request.param)
    place.mkdir(parents=True)
    _scripts(place)
    yield place
    shutil.rmtree(place)


def started(
    wine: Wine, folder: Path, action: str, launcher: str | None, **environ: str
) -> tuple[subprocess.CompletedProcess[bytes], list[list[str]]]:
    """Return how a script ended and what it started; ``launcher`` is the only program on PATH."""
    programs, notes = wine.drive / "programs", wine.drive / "notes"
    shutil.rmtree(programs, ignore_errors=True)
    notes.unlink(missing_ok=True)
    programs.mkdir()
    if launcher:
        wine.stand_in(programs / launcher)
    script = wine.spell(folder / f"{action}.cmd")
    done = wine.run(script, "/quiet", WINEPATH="C:\\programs", NOTES=r"C:\notes", **environ)
    return done, wine.notes(notes)


@pytest.mark.parametrize("action", ["install", "uninstall"])
def test_the_newest_fitting_python_runs_the_script_beside(
    stand_in: Wine, folder: Path, action: str
) -> None:
    done, starts = started(stand_in, folder, action, "py.exe", FITS="-3.12 -3.11", RESULT="7")
    script = stand_in.spell(folder / "setup_aso_xl.py")
    assert starts == [
        ["-3.13", "-I", script, "probe"],
        ["-3.12", "-I", script, "probe"],
        ["-3.12", "-I", script, action],
    ]
    assert done.returncode == 7


def test_without_the_launcher_python_itself_will_do(stand_in: Wine, folder: Path) -> None:
    done, starts = started(stand_in, folder, "install", "python.exe", FITS="-I")
    script = stand_in.spell(folder / "setup_aso_xl.py")
    assert starts == [["-I", script, "probe"], ["-I", script, "install"]]
    assert done.returncode == 0


@pytest.mark.parametrize("result", ["1", "103", "-1073741515"])
def test_no_fitting_python_is_said_and_is_a_failure(
    stand_in: Wine, folder: Path, result: str
) -> None:
    """-1073741515 is how a program that lacks a DLL ends: below 0 is no success either."""
    done, starts = started(stand_in, folder, "install", "py.exe", FITS="", RESULT=result)
    assert done.returncode == 2
    assert [start[-1] for start in starts] == ["probe"] * 3
    assert b"64-bit Python" in done.stdout


def test_a_program_planted_in_the_folder_is_not_started(stand_in: Wine, folder: Path) -> None:
    """Windows' cmd.exe would look in the current folder first, were it not told otherwise."""
    text = (folder / "install.cmd").read_text(encoding="ascii").splitlines()
    guard = text.index('set "NoDefaultCurrentDirectoryInExePath=1"')
    assert guard < next(number for number, line in enumerate(text) if "py -" in line)


def test_the_doctor_reads_policies_from_the_registry(wine: Wine) -> None:
    registry, this = WineRegistry(wine), pc(wine, "taro")
    roaming = wine.spell(this.folders.roaming)
    this = replace(
        this,
        registry=registry,
        environ={"APPDATA": roaming},
        folders=Folders(Path(roaming), this.folders.local),
    )
    places = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations"
    fine = {"trusted_location": None, "macros": True, "child_process": True, "disabled_items": True}
    assert verdicts(this) == fine
    registry.add(SECURITY, "VBAWarnings", "REG_DWORD", "4")
    disabled = r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
    item = rf"{roaming}\aso_xl.xlam".encode("utf-16-le").hex()
    registry.add(disabled, "1A2B", "REG_BINARY", item)
    assert verdicts(this) == {**fine, "macros": False, "disabled_items": False}
    place = r"%APPDATA%\Microsoft\Excel\XLSTART"
    registry.add(f"{places}\\Location0", "Path", "REG_SZ", r"C:\Elsewhere")
    registry.add(f"{places}\\Location1", "Path", "REG_EXPAND_SZ", place)
    assert verdicts(this) == {**fine, "trusted_location": True, "disabled_items": False}
    assert this.desktop() == Path(r"%USERPROFILE%\Desktop")


def verdicts(this: Computer) -> dict[str, bool | None]:
    return {item.name: item.ok for item in policies.examined(this)}


def test_the_doctor_finds_the_programs_of_office(wine: Wine) -> None:
    registry = WineRegistry(wine)
    this = replace(pc(wine, "taro"), registry=registry)
    assert doctor.program(this, "excel", "Excel", "excel.exe").ok is False
    apps = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
    place = r"C:\Program Files\Microsoft Office\Root\Office16\EXCEL.EXE"
    registry.add(f"{apps}\\excel.exe", "", "REG_SZ", place)
    item = doctor.program(this, "excel", "Excel", "excel.exe")
    assert (item.ok, item.finding) == (True, f"Excel: {place}")
    registry.add(r"HKCR\Excel.Application\CurVer", "", "REG_SZ", "Excel.Application.15")
    assert policies.Office.on(this).version == "15.0"
