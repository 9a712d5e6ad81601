"""The launcher at work: its VBA in LibreOffice, its Windows half as VBScript under Wine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from build_addin import addin
from live_calc.process import Office, desktop_of, missing
from live_calc.uno_bridge import properties, url_of

from aso_xl.excel.addin.button_workbook import make

VBA_FILTER = "Calc MS Excel 2007 VBA XML"
SHOW = """\
#include <windows.h>
static void put(HANDLE file, const WCHAR *text) {
    DWORD written;
    WriteFile(file, text, lstrlenW(text) * sizeof(WCHAR), &written, NULL);
}
int main(void) {
    static WCHAR name[1024], book[1024];
    GetModuleFileNameW(NULL, name, 1000);
    lstrcatW(name, L".txt");
    GetEnvironmentVariableW(L"ASO_XL_BOOK", book, 1024);
    HANDLE file = CreateFileW(name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    put(file, GetCommandLineW());
    put(file, L"\\n");
    put(file, book);
    CloseHandle(file);
    return 7;
}
"""
"""A program that writes its command line and the workbook's name beside itself."""

FOLDERS = ["AppData Local", "プログラム & (x86) it's ^caret", "利用者 100,5;=@!"]
BOOKS = [
    "R8 & 50% (2) it's.xlsx",
    "%PATH% 評価「ブック」^!.xlsx",
    "https://例え.jp/総合 戦略/1.xlsx",
]
SCRIPTED = ("AsoCanBeQuoted", "AsoCommand", "AsoHost", "AsoStartWithHost")


def tool(name: str) -> str:
    """Return the path of a program; skip without it, where skipping is allowed."""
    found = shutil.which(name)
    if not found:
        skip(f"{name} がないため、Windows での起動を確かめる試験を省きます。")
    return str(found)


def skip(reason: str) -> None:
    assert not os.environ.get("ASO_XL_NOTHING_SKIPPED"), reason
    pytest.skip(reason)


# ---- LibreOffice


class Launched:
    """A LibreOffice where ``python.txt`` names a program that records its arguments."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.desktop, self.context = desktop_of(office.context), office.context
        self.calls = folder / "calls.txt"

    def open(self, path: Path) -> Any:
        how = properties(MacroExecutionMode=4, Hidden=True, FilterName=VBA_FILTER)
        return self.desktop.loadComponentFromURL(url_of(path), "_blank", 0, how)

    def run(self, document: Any, sub: str, *arguments: Any) -> Any:
        """Return what a procedure (``Library.Module.Name``) of the document returns."""
        place = f"vnd.sun.star.script:{sub}?language=Basic&location=document"
        return document.getScriptProvider().getScript(place).invoke(arguments, (), ())[0]

    def arguments(self, seconds: float = 20) -> list[str]:
        """Return what the program was called with, once it has been."""
        deadline = time.monotonic() + seconds
        while not self.calls.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        lines = self.calls.read_text(encoding="utf-8").splitlines()
        self.calls.unlink()
        return lines


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launched]:
    if reason := missing():
        skip(reason)
    folder = tmp_path_factory.mktemp("local")
    program = folder / "python (64 & 50) it's.sh"
    program.write_text(
        "#!/bin/sh\n"
        f'for a in "$0" "$@"; do echo "$a"; done > "{folder}/new"\n'
        f'mv "{folder}/new" "{folder}/calls.txt"\n'
    )
    program.chmod(0o755)
    (folder / "aso_xl").mkdir()
    (folder / "aso_xl" / "python.txt").write_text(f"{program}\nsecond line\n")
    with Office(env={"LOCALAPPDATA": str(folder)}) as office:
        yield Launched(office, folder)


@pytest.fixture(scope="module")
def add_in(launched: Launched, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return the add-in, opened from a copy: another office at work may hold the file itself."""
    copy = tmp_path_factory.mktemp("addin") / "aso_xl.xlam"
    copy.write_bytes((addin.EXCEL / "aso_xl.xlam").read_bytes())
    document = launched.open(copy)
    yield document
    document.close(True)


@pytest.mark.libreoffice
def test_ribbon_callback_starts_the_action_of_its_button(launched: Launched, add_in: Any) -> None:
    service = "com.sun.star.form.component.CommandButton"
    control = launched.context.ServiceManager.createInstanceWithContext(service, launched.context)
    control.Tag = "report"
    launched.run(add_in, "AsoXl.AsoRibbon.AsoClicked", control)
    program, *rest = launched.arguments()
    assert Path(program).name == "python (64 & 50) it's.sh"
    assert rest == ["-I", "-m", "aso_xl.excel.launch", "report", "0"]


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("macro", "action"),
    [
        ("AsoCheck", "check"),
        ("AsoCalculate", "calculate"),
        ("AsoReport", "report"),
        ("AsoSplit", "split"),
        ("AsoStatus", "status"),
        ("AsoMerge", "merge"),
    ],
)
def test_button_starts_its_action(
    launched: Launched, sample_path: Path, tmp_path: Path, macro: str, action: str
) -> None:
    book = tmp_path / "R8 & 50% (2) it's 評価.xlsm"
    book.write_bytes(make(sample_path.read_bytes()))
    document = launched.open(book)
    form = document.Sheets.getByName("使い方").DrawPage.Forms.getByIndex(0)
    scripts = [form.getScriptEvents(i)[0].ScriptCode for i in range(form.Count)]
    assert document.Sheets.getByName("基本目標1").isProtected()
    (sub,) = [s.split(":")[1].split("?")[0] for s in scripts if f".{macro}?" in s]
    launched.run(document, sub)
    document.close(True)
    assert launched.arguments()[1:] == ["-I", "-m", "aso_xl.excel.launch", action, "0"]


@pytest.mark.libreoffice
def test_only_a_path_that_can_be_quoted_is_run(launched: Launched, add_in: Any) -> None:
    def quotable(path: str) -> bool:
        return bool(launched.run(add_in, "AsoXl.AsoLauncher.AsoCanBeQuoted", path))

    assert quotable(r"C:\Users\阿蘇 太郎 (1)\it's & co\python.exe")
    assert not quotable("")
    assert not quotable(r"C:\%TEMP%\python.exe")
    assert not quotable('C:\\python.exe" --evil "')


@pytest.mark.libreoffice
def test_without_an_installation_no_interpreter_is_found(
    launched: Launched, add_in: Any, tmp_path: Path
) -> None:
    def first_line(path: object) -> object:
        return launched.run(add_in, "AsoXl.AsoLauncher.AsoFirstLine", str(path))

    (tmp_path / "empty.txt").touch()
    assert first_line(tmp_path / "missing.txt") == ""
    assert first_line(tmp_path / "empty.txt") == ""
    assert first_line("") == ""
    (tmp_path / "spaced.txt").write_bytes(b"  C:\\a b\\python.exe \r\nC:\\evil.exe\r\n")
    assert first_line(tmp_path / "spaced.txt") == "C:\\a b\\python.exe"


@pytest.mark.libreoffice
def test_messages_are_japanese(launched: Launched, add_in: Any) -> None:
    assert launched.run(add_in, "AsoXl.AsoLauncher.AsoTitle") == "総合戦略"
    said = launched.run(add_in, "AsoXl.AsoLauncher.AsoNotInstalled")
    assert said.startswith("総合戦略のプログラムが、このパソコンに設定されていません。")


# ---- Wine


def procedure(name: str) -> str:
    """Return a procedure of the launcher as VBScript, which knows no types."""
    pattern = rf"^(?:Public|Private) (Function|Sub) {name}\(.*?^End \1$"
    found = re.search(pattern, addin.source("AsoLauncher"), re.M | re.S)
    assert found
    return re.sub(r" As (?:String|Long|Object|Boolean)\b", "", found[0])


class Windows:
    """A Wine of its own, with a program that shows what arrives."""

    def __init__(self, folder: Path) -> None:
        self.prefix = folder / "prefix"
        self.program, self.script = folder / "show.exe", folder / "launch.vbs"
        self.env = {k: v for k, v in os.environ.items() if k != "DISPLAY"} | {
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",  # no windows that offer downloads
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
        }

    def prepare(self, compiler: str) -> None:
        source = self.program.with_suffix(".c")
        source.write_text(SHOW)
        subprocess.run([compiler, "-s", "-o", self.program, source], check=True)
        self.script.write_text(
            "\n".join(["Option Explicit", *map(procedure, SCRIPTED)])
            + "\nIf Not AsoCanBeQuoted(WScript.Arguments(0)) Then WScript.Quit 99"
            + "\nDim command, wait"
            + '\ncommand = AsoCommand(WScript.Arguments(0), "check", "1234")'
            + '\nwait = WScript.Arguments(1) = "wait"'
            + '\nWScript.Quit AsoStartWithHost(AsoHost(), command, "", wait)\n'
        )
        self.wine("wineboot", "-i")

    def wine(self, *command: str, **variables: str) -> int:
        env = self.env | variables
        return subprocess.run(
            ["wine", *command], env=env, capture_output=True, timeout=180, check=False
        ).returncode

    def launch(self, path: str, book: str = "", *, wait: bool = True) -> int:
        """Return the exit code of the launcher starting a program at a Windows path."""
        script = "Z:" + str(self.script).replace("/", "\\")
        return self.wine(
            "cscript", "//Nologo", script, path, "wait" if wait else "go", ASO_XL_BOOK=book
        )


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    compiler = tool("x86_64-w64-mingw32-gcc")
    tool("wine")
    found = Windows(tmp_path_factory.mktemp("windows"))
    found.prepare(compiler)
    yield found
    subprocess.run(["wineserver", "-k"], env=found.env, check=False)


@pytest.mark.wine
@pytest.mark.parametrize(("folder", "book"), [*zip(FOLDERS, BOOKS, strict=True)])
def test_program_arguments_and_book_arrive_whole(windows: Windows, folder: str, book: str) -> None:
    """Wine cannot set variables for WScript.Shell: the book's name comes from the parent here."""
    place = windows.prefix / "drive_c" / folder
    place.mkdir()
    shutil.copy(windows.program, place / "python 3.exe")
    path = f"C:\\{folder}\\python 3.exe"
    assert windows.launch(path, book) == 7
    line, name = (place / "python 3.exe.txt").read_bytes().decode("utf-16-le").split("\n")
    assert line == f'"{path}" -I -m aso_xl.excel.launch check 1234'
    assert name == book


@pytest.mark.wine
def test_what_is_not_waited_for_is_started_all_the_same(windows: Windows) -> None:
    """So 統合 goes: the workbook that holds the launcher is closed meanwhile."""
    place = windows.prefix / "drive_c" / "go"
    place.mkdir()
    shutil.copy(windows.program, place / "python.exe")
    assert windows.launch("C:\\go\\python.exe", "評価.xlsm", wait=False) == 0
    written = place / "python.exe.txt"
    deadline = time.monotonic() + 20
    while not written.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    line, name = written.read_bytes().decode("utf-16-le").split("\n")
    assert line == '"C:\\go\\python.exe" -I -m aso_xl.excel.launch check 1234'
    assert name == "評価.xlsm"
    assert windows.launch("C:\\gone\\python.exe", wait=False) not in (0, 2)


@pytest.mark.wine
def test_program_that_is_gone_gives_a_code_that_is_reported(windows: Windows) -> None:
    assert windows.launch("C:\\gone\\python.exe") not in (0, 2)


@pytest.mark.wine
def test_path_that_would_be_expanded_is_not_started(windows: Windows) -> None:
    assert windows.launch("C:\\%WINDIR%\\python.exe") == 99
