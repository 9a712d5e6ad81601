"""Installing for one user, and removing exactly that: on folders of a made-up PC."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest
from cli_tools import NOBODY, Command, needs_root
from pc_tools import PYTHON, computer, tree

from aso_xl.errors import AsoError
from aso_xl.excel.install.folders import Folders
from aso_xl.excel.install.install import install, packaged_addin, uninstall
from aso_xl.excel.install.installed_files import Record
from aso_xl.excel.install.interpreter import console, refusal, runs
from aso_xl.excel.install.registry import expanded
from aso_xl.excel.install.shortcuts import Link, make

ADDIN, NEWER = b"add-in 1", b"add-in 2"
DESKTOP = {
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders": {
        "Desktop": r"%OneDrive%/Desktop"
    }
}
LINKS = [
    f"総合戦略 {job}.lnk"
    for job in (
        "新しいブック",
        "入力チェック",
        "集計",
        "Word作成",
        "配布",
        "回収状況",
        "統合",
        "差戻し",
        "年度の確定",
        "次年度へ",
        "評価ブックを作る",
    )
]
INSTALLED = {
    "Roaming/Microsoft/Excel/XLSTART/aso_xl.xlam",
    *(f"Roaming/Microsoft/Windows/SendTo/{name}" for name in LINKS),
    "Local/aso_xl/python.txt",
    "Local/aso_xl/installed.json",
}


def files(place: Path) -> set[str]:
    return {name for name in tree(place) if (place / name).is_file()}


def test_each_file_stands_where_windows_and_the_launcher_look(tmp_path: Path) -> None:
    done = install(computer(tmp_path), ADDIN)
    assert files(tmp_path) == INSTALLED
    assert {str(path.relative_to(tmp_path)) for path in done.files} | {
        "Local/aso_xl/installed.json"
    } == INSTALLED
    assert done.notes == ()
    folders = computer(tmp_path).folders
    assert folders.addin.read_bytes() == ADDIN
    assert folders.python_txt.read_bytes() == f"{PYTHON}\r\n".encode("cp932")
    link = (folders.send_to / "総合戦略 入力チェック.lnk").read_text(encoding="utf-8")
    target = PYTHON.replace("python.exe", "pythonw.exe")
    assert link == f"{target}\n-I -m aso_xl.excel.dropped check"
    link = (folders.send_to / "総合戦略 Word作成.lnk").read_text(encoding="utf-8")
    assert link == f"{target}\n-I -m aso_xl.excel.dropped report"


def test_uninstalling_leaves_nothing_not_even_the_log_or_a_folder_made(tmp_path: Path) -> None:
    pc = computer(tmp_path)
    install(pc, ADDIN)
    (pc.folders.home / "aso_xl.log").write_text("x", encoding="utf-8")
    (pc.folders.home / "aso_xl.log.1").write_text("x", encoding="utf-8")
    removal = uninstall(pc.folders)
    assert tree(tmp_path) == set()
    assert len(removal.removed) == len(INSTALLED) + 2
    assert removal.kept == ()


def test_what_was_there_before_is_there_afterwards(tmp_path: Path) -> None:
    pc = computer(tmp_path)
    mine = [pc.folders.xlstart / "PERSONAL.XLSB", pc.folders.send_to / "メール.lnk"]
    for path in mine:
        path.parent.mkdir(parents=True)
        path.write_bytes(b"mine")
    before = tree(tmp_path) | {"Local"}
    (tmp_path / "Local").mkdir()
    install(pc, ADDIN)
    uninstall(pc.folders)
    assert tree(tmp_path) == before
    assert [path.read_bytes() for path in mine] == [b"mine", b"mine"]


def test_installing_again_is_an_upgrade_and_is_still_removed_whole(tmp_path: Path) -> None:
    pc = computer(tmp_path)
    install(pc, ADDIN)
    install(pc, NEWER)
    assert pc.folders.addin.read_bytes() == NEWER
    assert files(tmp_path) == INSTALLED
    uninstall(pc.folders)
    assert tree(tmp_path) == set()


@pytest.mark.parametrize("name", ["addin", "shortcut"])
def test_a_users_own_file_is_never_replaced(tmp_path: Path, name: str) -> None:
    pc = computer(tmp_path)
    shortcut = pc.folders.send_to / "総合戦略 Word作成.lnk"
    path = pc.folders.addin if name == "addin" else shortcut
    path.parent.mkdir(parents=True)
    path.write_bytes(b"mine")
    before = tree(tmp_path)
    with pytest.raises(AsoError, match="名前を変える"):
        install(pc, ADDIN)
    assert tree(tmp_path) == before
    assert path.read_bytes() == b"mine"


def test_an_addin_changed_after_installing_is_kept_and_named(tmp_path: Path) -> None:
    pc = computer(tmp_path)
    install(pc, ADDIN)
    pc.folders.addin.write_bytes(b"changed by its user")
    with pytest.raises(AsoError, match="変更された"):
        install(pc, NEWER)
    removal = uninstall(pc.folders)
    assert [path for path, _ in removal.kept] == [pc.folders.addin]
    assert files(tmp_path) == {"Roaming/Microsoft/Excel/XLSTART/aso_xl.xlam"}


def test_a_lost_record_does_not_stop_installing_the_same_addin(tmp_path: Path) -> None:
    pc = computer(tmp_path)
    pc.folders.addin.parent.mkdir(parents=True)
    pc.folders.addin.write_bytes(ADDIN)
    install(pc, ADDIN)
    assert files(tmp_path) == INSTALLED


def test_without_a_record_nothing_is_removed(tmp_path: Path) -> None:
    pc = computer(tmp_path)
    install(pc, ADDIN)
    pc.folders.record.write_text("{damaged", encoding="utf-8")
    uninstall(pc.folders)
    assert files(tmp_path) == INSTALLED - {"Local/aso_xl/installed.json"}


def test_the_venv_of_the_bundle_and_other_files_are_named_as_left(tmp_path: Path) -> None:
    pc = computer(tmp_path)
    install(pc, ADDIN)
    (pc.folders.venv / "Scripts").mkdir(parents=True)
    assert [path for path, _ in uninstall(pc.folders).kept] == [pc.folders.venv]
    (pc.folders.venv / "Scripts").rmdir()
    pc.folders.venv.rmdir()
    (pc.folders.home / "memo.txt").write_text("mine", encoding="utf-8")
    assert [path for path, _ in uninstall(pc.folders).kept] == [pc.folders.home]
    assert files(tmp_path) == {"Local/aso_xl/memo.txt"}


def test_a_shortcut_that_cannot_be_made_is_a_note_not_the_end(tmp_path: Path) -> None:
    def forbidden(path: Path, link: Link) -> None:
        make(path, link, run=lambda command: 1)

    pc = computer(tmp_path, make_link=forbidden)
    done = install(pc, ADDIN)
    assert [note.count("cscript.exe") for note in done.notes] == [1]
    assert done.files == (pc.folders.addin, pc.folders.python_txt)
    uninstall(pc.folders)
    assert tree(tmp_path) == set()


def test_desktop_icons_are_the_same_shortcuts_where_the_desktop_really_is(tmp_path: Path) -> None:
    pc = computer(tmp_path, DESKTOP)
    pc = computer(tmp_path, DESKTOP, environ={**pc.environ, "OneDrive": str(tmp_path / "Cloud")})
    install(pc, ADDIN, desktop=True)
    desktop = {f"Cloud/Desktop/{name}" for name in LINKS}
    assert files(tmp_path) == INSTALLED | desktop
    install(pc, ADDIN)  # without --desktop the icons stay known
    uninstall(pc.folders)
    assert tree(tmp_path) == set()


@needs_root
def test_an_addin_that_cannot_be_replaced_stops_both_ways_with_the_remedy() -> None:
    """A file held by Excel is refused by Windows in the same way as a folder without permission."""
    with tempfile.TemporaryDirectory() as folder:
        place, pc = Path(folder), computer(Path(folder))
        install(pc, ADDIN)
        for path in (place, *place.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        os.chown(pc.folders.xlstart, 0, 0)
        os.seteuid(NOBODY)
        try:
            with pytest.raises(AsoError, match="Excel をすべて閉じて"):
                install(pc, NEWER)
            with pytest.raises(AsoError, match="Excel をすべて閉じて"):
                uninstall(pc.folders)
        finally:
            os.seteuid(0)
        assert files(place) == INSTALLED
        assert pc.folders.addin.read_bytes() == ADDIN
        uninstall(pc.folders)
        assert tree(place) == set()


@pytest.mark.parametrize(
    ("python", "base", "word"),
    [
        (r"C:\100%\python.exe", r"C:\100%", "%"),
        ('C:\\a"b\\python.exe', r"C:\a", '"'),
        (r"C:\한글\python.exe", r"C:\x", "한"),
        (r"C:\v\Scripts\python.exe", r"C:\Program Files\WindowsApps\PythonSoftware", "Store"),
        (r"C:\Users\x\AppData\Local\Microsoft\WindowsApps\python.exe", r"C:\x", "Store"),
    ],
)
def test_a_python_that_excel_cannot_start_is_refused_before_anything(
    tmp_path: Path, python: str, base: str, word: str
) -> None:
    with pytest.raises(AsoError, match=word):
        install(computer(tmp_path, python=python, python_base=base), ADDIN)
    assert tree(tmp_path) == set()


@pytest.mark.parametrize("python", [PYTHON, r"C:\R8 & (2) it's 日本語\python.exe"])
def test_any_other_path_will_do(python: str) -> None:
    assert refusal(python, r"C:\Python312", "cp932") is None


def test_a_python_without_the_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AsoError, match="pip install"):
        install(computer(tmp_path, runs=lambda python: False), ADDIN)
    assert tree(tmp_path) == set()


def test_a_program_that_is_no_python_does_not_run(tmp_path: Path) -> None:
    assert not runs(str(tmp_path / "python.exe"))


def test_the_windowless_python_gives_way_to_the_one_with_a_console() -> None:
    assert console(r"C:\P y\PythonW.exe") == r"C:\P y\python.exe"
    assert console(r"C:\P y\python.exe") == r"C:\P y\python.exe"


def test_names_in_percent_signs_are_replaced_in_any_case() -> None:
    assert expanded(r"%AppData%\x", {"APPDATA": r"C:\R"}) == r"C:\R\x"
    assert expanded(r"100% %x", {"APPDATA": r"C:\R"}) == r"100% %x"


def test_a_damaged_record_owns_nothing(tmp_path: Path) -> None:
    for text in ("", "[]", '{"files": []}', '{"files": {"a": 1}, "folders": []}'):
        (tmp_path / "r.json").write_text(text, encoding="utf-8")
        assert Record.load(tmp_path / "r.json") == Record()


def test_elsewhere_than_windows_it_is_one_sentence() -> None:
    with pytest.raises(AsoError, match="Windows"):
        Folders.of({"HOME": "/home/x"})


def test_the_addin_is_taken_out_and_numbered_beside_another(aso: Command, tmp_path: Path) -> None:
    for name in ("a.xlam", "a (2).xlam"):
        done = aso("excel", "addin", "-o", tmp_path / "a.xlam", "--json")
        assert done.code == 0
        assert json.loads(done.out) == {"output": str(tmp_path / name)}
        assert (tmp_path / name).read_bytes() == packaged_addin()
    assert aso("excel", "addin", "-o", tmp_path / "a.xlsm").code == 2


def test_a_button_workbook_is_a_copy(aso: Command, tmp_path: Path, sample_path: Path) -> None:
    before = sample_path.read_bytes()
    done = aso("excel", "button-workbook", sample_path, "-o", tmp_path / "b.xlsm", "--json")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out) == {"output": str(tmp_path / "b.xlsm")}
    assert sample_path.read_bytes() == before
    assert aso("excel", "button-workbook", tmp_path, "-o", tmp_path / "c.xlsm").code == 2
    assert not (tmp_path / "c.xlsm").exists()
