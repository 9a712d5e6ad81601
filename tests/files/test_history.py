"""The master replaced: kept before, brought back, and whole whenever the program is killed."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest
from cli_tools import Command, as_nobody, is_one_sentence, needs_root, process
from paths import TESTS

from aso_xl.errors import OutputError
from aso_xl.files import history
from aso_xl.files.history import FOLDER, replace_master, undo

OLD, NEW, THIRD = b"old" * 30_000, b"new master" * 20_000, b"third" * 10_000
needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="fork がないため、途中で止める試験を省きます。"
)


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "第3期 [案](1).xlsx"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def town_places(sample_path: Path) -> list[Path]:
    return [sample_path]


def kept(master: Path) -> list[bytes]:
    """Return the kept masters, the newest first."""
    return [path.read_bytes() for path in history.history(master)]


def test_the_previous_master_is_kept_under_its_time(master: Path) -> None:
    master.chmod(0o640)
    replace_master(master, NEW)
    assert master.read_bytes() == NEW
    assert kept(master) == [OLD]
    (path,) = (master.parent / FOLDER).iterdir()
    assert path.name.startswith("第3期 [案](1) 20") and path.suffix == ".xlsx"
    assert sorted(p.name for p in master.parent.iterdir()) == sorted([master.name, FOLDER])
    assert master.stat().st_mode & 0o777 == 0o640


def test_each_master_is_kept_in_order_however_quick(master: Path) -> None:
    made = [b"%d" % number for number in range(12)]
    for content in made:
        replace_master(master, content)
    assert kept(master) == [OLD, *made[:-1]][::-1]


def test_another_master_has_its_own_history(master: Path) -> None:
    other = master.with_name("第3期.xlsx")
    other.write_bytes(THIRD)
    replace_master(master, NEW)
    replace_master(other, OLD)
    assert (kept(master), kept(other)) == ([OLD], [THIRD])
    (master.parent / FOLDER / "第3期 9999-99-99 999999.xlsx").write_bytes(b"no time")
    assert kept(other) == [THIRD]


def test_undo_brings_back_and_undo_brings_forth(master: Path) -> None:
    replace_master(master, NEW)
    replace_master(master, THIRD)
    assert undo(master).kept.read_bytes() == NEW == master.read_bytes()
    undo(master)
    assert master.read_bytes() == THIRD
    undo(master)
    assert master.read_bytes() == NEW
    assert {OLD, NEW, THIRD} == set(kept(master))


def test_undo_brings_back_a_master_that_is_gone(master: Path) -> None:
    replace_master(master, NEW)
    master.unlink()
    undo(master)
    assert master.read_bytes() == OLD


def test_undo_passes_over_what_a_run_cut_short_has_kept(master: Path) -> None:
    replace_master(master, NEW)
    (done,) = history.history(master)
    done.with_name(f"{master.stem} 2999-12-31 235959.xlsx").write_bytes(NEW)
    assert undo(master).kept == done
    assert master.read_bytes() == OLD
    undo(master)
    assert master.read_bytes() == NEW


def test_what_was_typed_after_a_merge_is_kept_by_undo(master: Path) -> None:
    replace_master(master, NEW)
    master.write_bytes(THIRD)
    undo(master)
    assert (master.read_bytes(), kept(master)) == (OLD, [THIRD, OLD])


def test_a_master_behind_a_link_is_replaced_where_it_is(master: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(master)
    replace_master(link, NEW)
    assert link.is_symlink() and master.read_bytes() == NEW
    assert kept(link) == kept(master) == [OLD]


@pytest.mark.parametrize("lock", ["~${}", ".~lock.{}#"])
def test_an_open_master_is_left_alone(master: Path, lock: str) -> None:
    master.with_name(lock.format(master.name)).touch()
    for act in (lambda: replace_master(master, NEW), lambda: undo(master)):
        with pytest.raises(OutputError, match="開かれています") as error:
            act()
        assert is_one_sentence(str(error.value))
    assert master.read_bytes() == OLD


def test_a_master_that_another_saved_meanwhile_is_left_alone(master: Path) -> None:
    with pytest.raises(OutputError, match="別の人が保存"):
        replace_master(master, NEW, made_from=THIRD)
    assert (master.read_bytes(), kept(master)) == (OLD, [])
    replace_master(master, NEW, made_from=OLD)
    assert master.read_bytes() == NEW


def test_nothing_to_undo_and_no_master_are_said(master: Path, aso: Command) -> None:
    for args in (["undo", str(master)], ["undo", str(master.with_name("ない.xlsx"))]):
        done = aso(*args)
        assert (done.code, done.out) == (2, "")
        assert is_one_sentence(done.err)
    with pytest.raises(OutputError):
        replace_master(master.with_name("ない.xlsx"), NEW)
    assert [path.name for path in master.parent.iterdir()] == [master.name]


def test_a_folder_with_a_file_in_the_place_of_the_history(master: Path) -> None:
    (master.parent / FOLDER).write_bytes(b"")
    with pytest.raises(OutputError, match="履歴") as error:
        replace_master(master, NEW)
    assert is_one_sentence(str(error.value))
    assert master.read_bytes() == OLD


def test_the_command_says_what_it_did(
    tmp_path: Path, sample_path: Path, template_path: Path, aso: Command
) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "m.xlsx"))
    old, new = sample_path.read_bytes(), template_path.read_bytes()
    replace_master(master, new)
    said = aso("undo", master, "--json")
    assert (said.code, said.err, said.json["passed_over"]) == (0, "", [])
    assert said.json["output"] == str(master)
    assert Path(said.json["restored"]).read_bytes() == old == master.read_bytes()
    assert Path(said.json["kept"]).read_bytes() == new
    again = aso("undo", master)
    assert (again.code, master.read_bytes()) == (0, new)
    assert master.name in again.out


@pytest.mark.parametrize("damage", ["empty", "half", "foreign", "department"])
def test_undo_passes_over_what_is_no_whole_master_of_the_plan(
    tmp_path: Path,
    sample_path: Path,
    template_path: Path,
    second_path: Path,
    aso: Command,
    damage: str,
) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "m.xlsx"))
    old, new = sample_path.read_bytes(), template_path.read_bytes()
    replace_master(master, new)
    made = aso("split", master, "-o", tmp_path / "out", "--json").json["workbooks"][0]["file"]
    content = {
        "empty": b"",
        "half": old[: len(old) // 2],
        "foreign": second_path.read_bytes(),
        "department": Path(made).read_bytes(),
    }[damage]
    bad = tmp_path / FOLDER / "m 2998-01-01 000000.xlsx"
    bad.write_bytes(content)
    said = aso("undo", master, "--json")
    assert (said.code, master.read_bytes()) == (0, old)
    assert [each["file"] for each in said.json["passed_over"]] == [str(bad)]
    assert bad.name in said.err and is_one_sentence(said.err)
    assert bad.read_bytes() == content


def test_undo_refuses_where_nothing_kept_is_whole(
    tmp_path: Path, sample_path: Path, aso: Command
) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "m.xlsx"))
    before = master.read_bytes()
    replace_master(master, NEW)
    for path in (tmp_path / FOLDER).iterdir():
        path.write_bytes(before[:1000])
    said = aso("undo", master)
    assert (said.code, said.out) == (2, "")
    assert "どれも使えません" in said.err and is_one_sentence(said.err)
    assert master.read_bytes() == NEW


def test_a_damaged_or_lost_master_is_brought_back(
    tmp_path: Path, sample_path: Path, aso: Command
) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "m.xlsx"))
    before = master.read_bytes()
    replace_master(master, before + b" ")
    master.write_bytes(before[:5000])
    assert (aso("undo", master).code, master.read_bytes()) == (0, before)
    master.unlink()
    assert (aso("undo", master).code, master.exists()) == (0, True)


def test_a_history_dated_far_ahead_blocks_nothing(master: Path) -> None:
    (master.parent / FOLDER).mkdir()
    far = master.parent / FOLDER / f"{master.stem} 9999-12-31 235959.xlsx"
    far.write_bytes(THIRD)
    replace_master(master, NEW)
    replace_master(master, b"newest")
    assert kept(master) == [NEW, OLD, THIRD]
    undo(master)
    assert (master.read_bytes(), kept(master)[0]) == (NEW, b"newest")


def test_a_read_only_master_is_left_as_it_is(master: Path) -> None:
    replace_master(master, NEW)
    master.chmod(0o444)
    for act in (lambda: replace_master(master, THIRD), lambda: undo(master)):
        with pytest.raises(OutputError, match="読み取り専用") as error:
            act()
        assert is_one_sentence(str(error.value))
    assert (master.read_bytes(), kept(master)) == (NEW, [OLD])
    assert sorted(p.name for p in master.parent.iterdir()) == sorted([master.name, FOLDER])


def test_a_master_of_two_names_is_not_torn_in_two(master: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    other.hardlink_to(master)
    with pytest.raises(OutputError, match="ハードリンク"):
        replace_master(master, NEW)
    assert other.read_bytes() == OLD == master.read_bytes()
    other.rename(tmp_path / "~0123456789ab.tmp")  # what a run that was killed may leave
    replace_master(master, NEW)
    assert (master.read_bytes(), kept(master)) == (NEW, [OLD])
    assert not list(tmp_path.glob("~*"))


@needs_fork
def test_a_pipe_is_no_master(tmp_path: Path, aso: Command, town_places: list[Path]) -> None:
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    for args in (["undo", pipe], ["merge", pipe, *town_places]):
        done = aso(*args)
        assert (done.code, done.out) == (2, "")
        assert "普通のファイルではありません" in done.err and is_one_sentence(done.err)
    assert [path.name for path in tmp_path.iterdir()] == [pipe.name]


@needs_root
def test_a_folder_without_rights_is_said(
    master: Path, tmp_path: Path, sample_path: Path, template_path: Path
) -> None:
    replace_master(master, NEW)
    other = Path(shutil.copy(sample_path, tmp_path / "other.xlsx"))
    replace_master(other, template_path.read_bytes())
    for path in (tmp_path, master.parent / FOLDER):
        path.chmod(0o755)
    done = as_nobody(["undo", str(other)], ["undo", str(master)])
    assert done.code == 2
    assert is_one_sentence(done.err)
    assert master.read_bytes() == NEW


@needs_fork
@pytest.mark.parametrize("way", ["link", "rename", "reserve"])
@pytest.mark.parametrize(("what", "result"), [("replace", "new"), ("undo", "before")])
def test_killed_at_any_line_the_master_is_whole(
    tmp_path: Path, what: str, result: str, way: str
) -> None:
    """Old or new, and once it is the new one, the old one is kept."""
    done = process(TESTS / "tools" / "killing.py", tmp_path / "runs", what, way)
    assert done.err == ""
    *killed, whole = done.json
    assert whole["code"] == 0
    assert {each["code"] for each in killed} == {-signal.SIGKILL}
    assert len(killed) > 50
    masters = [each["master"] for each in killed]
    swapped = masters.index(result)
    assert set(masters[:swapped]) == {"old"}
    assert set(masters[swapped:]) == {result} == {whole["master"]}
    assert all("old" in each["kept"] for each in [*killed[swapped:], whole])
    assert all(None not in each["kept"] and not each["strange"] for each in killed)


@needs_fork
@pytest.mark.parametrize("limit", [0, 1, 4096, 89_999, 90_000, 199_999])
def test_killed_in_the_middle_of_writing_the_master_is_the_old_one(
    master: Path, limit: int
) -> None:
    """The system kills where a file grows past a limit: in the history first, then the new one."""
    script = (
        "import resource, signal, sys\nfrom pathlib import Path\n"
        "from aso_xl.files.history import replace_master\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)\n"
        "replace_master(Path(sys.argv[1]), b'new master' * 20_000)\n"
    )
    assert process("-B", "-c", script, master, str(limit)).code == -signal.SIGXFSZ
    assert master.read_bytes() == OLD
    assert kept(master) == ([OLD] if limit >= len(OLD) else [])
    (partial,) = master.parent.rglob("*.tmp")
    assert partial.name.startswith("~") and partial.stat().st_size == limit
    replace_master(master, NEW)
    assert (master.read_bytes(), kept(master)) == (NEW, [OLD])
    undo(master)
    assert master.read_bytes() == OLD
