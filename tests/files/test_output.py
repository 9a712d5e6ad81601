"""Saving: nothing overwritten, nothing half-written, one sentence for what goes wrong."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import pytest
from cli_tools import as_nobody, is_one_sentence, needs_root, process
from hypothesis import given
from hypothesis import strategies as st
from paths import TESTS

from aso_xl.errors import OutputError
from aso_xl.files import output
from aso_xl.files.output import free_path, give_name, safe_name, whole_folder, write_beside

WHOLE = b"x" * 100_000
needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="fork がないため、途中で止める試験を省きます。"
)


def put(stream: BinaryIO) -> None:
    stream.write(WHOLE)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_free_name_is_used_as_it_is(tmp_path: Path) -> None:
    path = write_beside(tmp_path / "報告.docx", put)
    assert path == tmp_path / "報告.docx"
    assert path.read_bytes() == WHOLE
    assert names(tmp_path) == ["報告.docx"]


def test_what_stands_there_is_kept_and_the_new_one_numbered(tmp_path: Path) -> None:
    (tmp_path / "報告.docx").write_text("大事な文書", encoding="utf-8")
    (tmp_path / "報告 (2).docx").mkdir()
    (tmp_path / "報告 (3).docx").symlink_to(tmp_path / "どこにもない")
    assert write_beside(tmp_path / "報告.docx", put).name == "報告 (4).docx"
    assert (tmp_path / "報告.docx").read_text(encoding="utf-8") == "大事な文書"
    assert not (tmp_path / "どこにもない").exists()
    assert free_path(tmp_path / "報告.docx").name == "報告 (5).docx"


def test_many_at_once_each_get_a_name(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(lambda _: write_beside(tmp_path / "a.docx", put), range(24)))
    assert len(set(paths)) == 24
    assert all(path.read_bytes() == WHOLE for path in paths)
    assert len(names(tmp_path)) == 24


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail(stream: BinaryIO) -> None:
        stream.write(WHOLE)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_beside(tmp_path / "a.docx", fail)
    assert names(tmp_path) == []


@pytest.mark.parametrize("folder", ["ない", "ファイル", "ファイル/下"])
def test_a_missing_folder_is_said(tmp_path: Path, folder: str) -> None:
    (tmp_path / "ファイル").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match=r"フォルダー .* がありません") as error:
        write_beside(tmp_path / folder / "a.docx", put)
    assert is_one_sentence(str(error.value))


def test_a_name_too_long_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="名前が長すぎます"):
        write_beside(tmp_path / ("長" * 200 + ".docx"), put)
    assert names(tmp_path) == []


def test_a_limit_on_file_size_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    script = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from aso_xl.errors import OutputError\nfrom aso_xl.files.output import write_beside\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n    write_beside(Path(sys.argv[1]), lambda stream: stream.write(b'x' * 100_000))\n"
        "except OutputError as error:\n    print(error)\n"
    )
    done = process("-c", script, tmp_path / "a.docx")
    assert "空き容量" in done.out
    assert done.err == ""
    assert names(tmp_path) == []


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("mount がないため、満杯のディスクの試験を省きます。")
    if done.returncode:
        pytest.skip("小さいディスクを用意できないため、満杯のディスクの試験を省きます。")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_said_and_leaves_nothing(full_disk: Path) -> None:
    with pytest.raises(OutputError, match="空き容量"):
        write_beside(full_disk / "a.docx", put)
    assert names(full_disk) == []


@needs_root
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path, second_path: Path) -> None:
    args = ["template", "--strategy", "second", "-o"]
    private = Path("/") / "root-only.xlsx"
    done = as_nobody([*args, str(tmp_path / "a.xlsx")], [*args, str(private)])
    assert (done.code, done.out) == (2, "")
    assert "書き込めません" in done.err
    assert is_one_sentence(done.err)
    assert not private.exists()


def test_a_reserved_name_is_given_back_when_the_file_cannot_follow(tmp_path: Path) -> None:
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("別のディスクがないため省きます。")
    partial = other / f"aso-xl-{os.getpid()}.tmp"
    partial.write_bytes(WHOLE)
    try:
        with pytest.raises(OSError, match="link"):
            give_name(partial, tmp_path / "a.docx")
    finally:
        partial.unlink()
    assert names(tmp_path) == []


@pytest.fixture(params=["link", "rename", "reserve"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give finished files their names as on a disk that knows no more than this."""

    def refuse(*names: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    if request.param != "link":
        monkeypatch.setattr(os, "link", refuse)
    if request.param == "reserve":
        monkeypatch.setattr(output, "_rename_to_free", refuse)
    return str(request.param)


def test_nothing_is_replaced_on_any_disk(tmp_path: Path, way: str) -> None:
    (tmp_path / "a.docx").write_bytes(b"mine")
    (tmp_path / "a (2).docx").symlink_to(tmp_path / "nowhere")
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(lambda _: write_beside(tmp_path / "a.docx", put), range(16)))
    assert len(set(paths)) == 16
    assert all(path.read_bytes() == WHOLE for path in paths)
    assert (tmp_path / "a.docx").read_bytes() == b"mine"
    assert len(names(tmp_path)) == 18


@needs_fork
def test_a_name_reserved_by_a_killed_run_is_free_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    partial, target = tmp_path / "~x.tmp", tmp_path / "a.docx"
    monkeypatch.setattr(Path, "rename", lambda self, to: os._exit(9))
    child = os.fork()
    if not child:
        partial.write_bytes(WHOLE)
        output._rename_reserved(partial, target)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    monkeypatch.undo()
    (reserved,) = tmp_path.glob("~*.name.tmp")
    with pytest.raises(FileExistsError):
        output._rename_reserved(partial, target)
    os.utime(reserved, (1, 1))
    output._rename_reserved(partial, target)
    assert names(tmp_path) == ["a.docx"]


@needs_fork
@pytest.mark.parametrize("way", ["link", "rename", "reserve"])
def test_killed_at_any_line_no_name_stands_for_less_than_the_whole(
    tmp_path: Path, way: str
) -> None:
    done = process(TESTS / "tools" / "killing.py", tmp_path / "runs", "document", way)
    assert done.err == ""
    *killed, whole = [each["standing"] for each in done.json]
    assert len(killed) > 20
    assert whole == {"a.docx": "old", "a (2).docx": "new"}
    assert all(each in ({"a.docx": "old"}, whole) for each in killed)


@needs_fork
@pytest.mark.parametrize("way", ["rename", "reserve"])
def test_killed_at_any_line_a_new_folder_is_there_with_all_or_not_at_all(
    tmp_path: Path, way: str
) -> None:
    done = process(TESTS / "tools" / "killing.py", tmp_path / "runs", "folder", way)
    assert done.err == ""
    *killed, whole = [each["standing"] for each in done.json]
    assert len(killed) > 50
    assert whole == {"new/a": "old", "new/b": "before", "new/c": "new"}
    assert all(each in ({}, whole) for each in killed)


def test_what_fails_in_a_folder_in_the_making_is_said_by_its_final_name(tmp_path: Path) -> None:
    with (
        pytest.raises(
            OutputError, match=r"/分割/R9_農政課\.xlsx を保存できません。ディスク"
        ) as error,
        whole_folder(tmp_path / "分割") as making,
    ):
        full = OSError(errno.ENOSPC, "No space left on device")
        raise OutputError(output.cannot_save(making / "R9_農政課.xlsx", full))
    assert ".tmp" not in str(error.value)
    assert names(tmp_path) == []


def test_a_folder_that_fails_on_the_way_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), whole_folder(tmp_path / "new") as making:
        write_beside(making / "a", put)
        raise RuntimeError
    assert names(tmp_path) == []


def test_a_folder_that_another_made_meanwhile_is_left_alone(tmp_path: Path, way: str) -> None:
    with pytest.raises(OutputError, match="別の人"), whole_folder(tmp_path / "new") as making:
        write_beside(making / "a", put)
        (tmp_path / "new").mkdir()
        (tmp_path / "new" / "theirs").write_bytes(b"")
    assert names(tmp_path) == ["new"]
    assert names(tmp_path / "new") == ["theirs"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("第3期総合戦略の検証", "第3期総合戦略の検証"),
        ('a<b>c:d"e/f\\g|h?i*j', "a_b_c_d_e_f_g_h_i_j"),
        (" 検証 . ", "検証"),
        ("検証\n第2回\t案", "検証 第2回 案"),
        ("CON", "_CON"),
        ("nul.評価", "_nul.評価"),
        ("COM1", "_COM1"),
        ("CONSOLE", "CONSOLE"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("...", "名称なし"),
        ("", "名称なし"),
        ("検\u202e証", "検 証"),
    ],
)
def test_names_are_safe(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text())
def test_any_text_becomes_one_name_in_the_folder(text: str) -> None:
    name = safe_name(text)
    assert Path(f"{name}.docx").name == f"{name}.docx"
    assert 0 < len(name.encode()) <= 201
    assert not set(name) & set('<>:"/\\|?*')
    assert name == name.strip(" .")
    assert safe_name(name) == name
