"""The bundle: complete for Windows, robust scripts, and a set-up that needs no internet.

The wheels come from the package index; without it those tests are left out with a word.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

import pytest
from docx import Document
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version
from paths import ROOT
from wheel_tools import small_wheel

from aso_xl.actions import Door, at
from aso_xl.errors import AsoError
from aso_xl.excel.bundle.bundle import FILES, PAGE, bundle, contents
from aso_xl.excel.bundle.guides import GUIDES
from aso_xl.excel.bundle.staff_files import STAFF_FILES, put_staff_files
from aso_xl.excel.bundle.wheels import PYTHONS, gather
from aso_xl.workbook.read.reading import read

HOSTILE = "R8 & 50% (2) it's ! ^ 配布"


def windows(python: str, extra: str) -> dict[str, str]:
    """Return what Python itself says on 64-bit Windows (written down apart from the code tested)."""
    return {
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "platform_release": "10",
        "platform_version": "10.0.19045",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "implementation_version": f"{python}.5",
        "python_version": python,
        "python_full_version": f"{python}.5",
        "extra": extra,
    }


def tags(python: str) -> set[Tag]:
    """Return the tags that a 64-bit Windows Python installs."""
    major, minor = map(int, python.split("."))
    own = cpython_tags((major, minor), platforms=["win_amd64"])
    any_ = compatible_tags((major, minor), f"cp{major}{minor}", ["win_amd64"])
    return {*own, *any_}


def headers(wheel: Path) -> list[tuple[str, str]]:
    with zipfile.ZipFile(wheel) as package:
        (name,) = (n for n in package.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n))
        return HeaderParser().parsestr(package.read(name).decode()).items()


def required(wheel: Path, python: str, extras: frozenset[str]) -> list[Requirement]:
    texts = [value for name, value in headers(wheel) if name == "Requires-Dist"]
    found = [Requirement(text) for text in texts]
    environments = [windows(python, extra) for extra in ["", *extras]]
    return [r for r in found if not r.marker or any(r.marker.evaluate(e) for e in environments)]


def problems(folder: Path, python: str) -> list[str]:
    """Return what is missing to install aso-xl from the folder alone; walks every requirement."""
    fitting = tags(python)
    wheels = {}
    for wheel in folder.glob("*.whl"):
        name, version, _, of_wheel = parse_wheel_filename(wheel.name)
        if of_wheel & fitting:
            wheels.setdefault(name, []).append((version, wheel))
    todo, seen, missing = [("the user", Requirement("aso-xl"))], set(), []
    while todo:
        asker, wanted = todo.pop()
        there = [
            (v, w)
            for v, w in wheels.get(canonicalize_name(wanted.name), [])
            if wanted.specifier.contains(v, prereleases=True) and serves(w, python)
        ]
        if not there:
            missing.append(f"{asker} needs {wanted} (Python {python})")
        for _, wheel in there:
            key = (wheel, frozenset(wanted.extras))
            if key not in seen:
                seen.add(key)
                todo += [(wheel.name, r) for r in required(wheel, python, frozenset(wanted.extras))]
    return missing


def serves(wheel: Path, python: str) -> bool:
    wanted = [value for name, value in headers(wheel) if name == "Requires-Python"]
    return all(SpecifierSet(text).contains(Version(f"{python}.5")) for text in wanted)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a real bundle, made from this project and the package index."""
    folder = tmp_path_factory.mktemp("bundle") / HOSTILE
    probe = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "-d",
        str(folder.parent / "p"),
    ]
    if subprocess.run([*probe, "et-xmlfile"], capture_output=True, check=False).returncode:
        reason = "パッケージの配布元につながらないため、配布フォルダーを作る試験を省きます。"
        assert not os.environ.get("ASO_XL_NOTHING_SKIPPED"), reason
        pytest.skip(reason)
    yield bundle(folder)
    shutil.rmtree(folder)


@pytest.mark.network
@pytest.mark.parametrize("python", PYTHONS)
def test_the_wheels_are_complete_for_windows(made: Path, python: str) -> None:
    assert problems(made / "wheels", python) == []
    names = {parse_wheel_filename(w.name)[0] for w in (made / "wheels").iterdir()}
    assert names >= {"aso-xl", "xlwings", "pywin32", "pandas", "tzdata", "python-docx"}


@pytest.mark.network
@pytest.mark.parametrize("name", ["pywin32", "tzdata", "lxml", "et-xmlfile"])
def test_the_walk_notices_each_missing_wheel(made: Path, tmp_path: Path, name: str) -> None:
    for path in (made / "wheels").iterdir():
        if parse_wheel_filename(path.name)[0] != name:
            os.link(path, tmp_path / path.name)
    assert [text for text in problems(tmp_path, "3.12") if f"needs {name}" in text]


@pytest.mark.network
def test_nothing_needless_or_foreign_is_in_it(made: Path) -> None:
    wheels, pythons = contents(made)
    names = {parse_wheel_filename(name)[0] for name in wheels}
    assert not names & {"pyarrow", "matplotlib", "psutil", "appscript", "pytest"}
    assert all(name.endswith(("-none-any.whl", "-win_amd64.whl")) for name in wheels)
    assert pythons == ["3.11", "3.12", "3.13"]
    versions = [parse_wheel_filename(name)[:2] for name in wheels]
    assert len(versions) >= len(names)


@pytest.mark.network
def test_the_own_wheel_carries_all_that_the_buttons_need(made: Path) -> None:
    (own,) = (made / "wheels").glob("aso_xl-*.whl")
    root = ROOT
    with zipfile.ZipFile(own) as package:
        packed = {n for n in package.namelist() if n.startswith("aso_xl/")}
    kept = {"__pycache__"}
    tree = {
        path.relative_to(root).as_posix()
        for path in (root / "aso_xl").rglob("*")
        if path.is_file() and not kept & set(path.parts)
    }
    assert tree - packed == set()


@pytest.mark.network
def test_the_sums_cover_every_file(made: Path) -> None:
    lines = (made / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = {p.relative_to(made).as_posix(): p for p in made.rglob("*") if p.is_file()}
    assert sums.keys() == files.keys() - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[n].read_bytes()).hexdigest() == d for n, d in sums.items())


@pytest.mark.network
def test_the_scripts_are_as_cmd_and_notepad_want_them(made: Path) -> None:
    for action in ("install", "uninstall"):
        content = (made / f"{action}.cmd").read_bytes()
        assert content.isascii()
        assert content.count(b"\n") == content.count(b"\r\n") > 10
        assert b"@PYTHONS@" not in content and b"@ACTION@" not in content
        assert f'"%~dp0setup_aso_xl.py" {action}\r\n'.encode() in content
    assert (made / "no_python.txt").read_bytes().decode("cp932").startswith("python.org")
    page = (made / PAGE).read_bytes()
    assert page.startswith(b"\xef\xbb\xbf")
    assert page.count(b"\n") == page.count(b"\r\n")
    assert "@" not in page.decode().replace("@echo", "")


def test_each_place_of_the_script_itself_is_quoted_and_never_within_brackets() -> None:
    """A folder named 「a & b (1)」 ends a bracketed block, and an unquoted one splits a command."""
    lines = (FILES / "setup.cmd").read_text(encoding="ascii").splitlines()
    assert any("%~dp0" in line for line in lines)
    for line in lines:
        assert line.count("%~dp0") == len(re.findall(r'"%~dp0[^"%]+"', line))
        assert not ("%~dp0" in line and re.match(r"\s*(for|if|call)\b", line))
    assert not any(line.rstrip().endswith("(") for line in lines)


def test_a_folder_with_files_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(AsoError, match="新しいフォルダー"):
            bundle(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_project_that_cannot_be_built_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "project"
    source.mkdir()
    (source / "pyproject.toml").write_text("broken = [", encoding="utf-8")
    with pytest.raises(AsoError, match="wheel を作れません"):
        bundle(tmp_path / "out", source)
    assert [path.name for path in tmp_path.iterdir()] == ["project"]


def test_what_only_windows_needs_is_followed_and_what_others_need_is_not(tmp_path: Path) -> None:
    index, folder = tmp_path / "index", tmp_path / "got"
    index.mkdir()
    folder.mkdir()
    known = {
        "a": ["1.0", 'b; sys_platform == "win32"', 'c; sys_platform == "linux"', "d[more]>=1"],
        "b": ["1.0", 'e; platform_system == "Windows" and python_version < "3.12"', "d<2"],
        "d": ["1.0", 'f; extra == "more"', 'g; extra == "less"'],
        "e": ["1.0", "a"],  # a circle
        "f": ["1.0"],
    }
    asked = []

    def fetch(wanted: list[str], place: Path, python: str) -> None:
        asked.append(wanted)
        for name in {Requirement(text).name for text in wanted}:
            version, *needs = known[name]
            small_wheel(place, name, version, *needs)

    own = small_wheel(index, "own", "1.0", "a")
    gather(own, folder, "3.11", fetch)
    assert {path.name[0] for path in folder.iterdir()} == set("abdef")
    assert asked == [["a"], ["b", "d[more]>=1"], ["d<2", "d[more]>=1", "e", "f"]]
    for path in folder.iterdir():
        path.unlink()
    gather(own, folder, "3.12", fetch)
    assert {path.name[0] for path in folder.iterdir()} == set("abdf")


def test_staff_find_workbooks_and_a_page_to_print(tmp_path: Path) -> None:
    put_staff_files(tmp_path, ROOT / "docs")
    assert {path.name for path in tmp_path.iterdir()} == {*STAFF_FILES, "手引"}
    blank, example = (read(tmp_path / name) for name in ("template.xlsx", "sample.xlsx"))
    assert (blank.settings.sample, example.settings.sample) == (False, True)
    assert blank.plan.fingerprint == example.plan.fingerprint
    page = Document(str(tmp_path / "使い方.docx"))
    steps = [[cell.text for cell in row.cells] for row in page.tables[0].rows]
    words = ["設定", "担当割", "配布", "回収", "照会", "統合", "確認", "文書", "確定", "次年度"]
    assert [step[1] for step in steps] == ["項目", *words]
    buttons = [line for step in steps[1:] for line in step[3].split("\n") if line]
    assert set(buttons) == {action.label for action in at(Door.GUIDE_SHEET)}


@pytest.mark.network
def test_they_are_in_the_bundle(made: Path) -> None:
    assert {name for name in STAFF_FILES if (made / name).is_file()} == set(STAFF_FILES)
    assert {path.name for path in (made / "手引").iterdir()} == set(GUIDES.values())
