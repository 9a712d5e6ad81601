"""One at a time on a master: waiting, refusing, and taking over from the dead, by real processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cli_tools import ROOT, as_nobody, is_one_sentence, needs_root

from aso_xl.errors import OutputError
from aso_xl.files import lock
from aso_xl.files.history import history, replace_master
from aso_xl.files.lock import alone, guard_path, lock_path

HOLDING = (
    "import sys, time\nfrom pathlib import Path\nfrom aso_xl.files.lock import alone\n"
    "with alone(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
)
COUNTING = (
    "import sys, time\nfrom pathlib import Path\nfrom aso_xl.files.lock import alone\n"
    "path = Path(sys.argv[1])\n"
    "for _ in range(int(sys.argv[2])):\n"
    "    with alone(path, tell=lambda text: None):\n"
    "        number = int(path.read_text())\n        time.sleep(0.001)\n"
    "        path.write_text(str(number + 1))\n"
)


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "マスター.xlsx"
    path.write_text("0", encoding="utf-8")
    return path


def started(script: str, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, args)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def holding(path: Path) -> subprocess.Popen[str]:
    """Return a process that holds the lock of a file by now."""
    process = started(HOLDING, path)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def ended(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def written(path: Path, **changes: str) -> None:
    """Write a lock as another would have it."""
    owner = json.loads(lock._owner())
    lock_path(path).write_text(json.dumps({**owner, **changes}), encoding="utf-8")


def aged(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(lock_path(path), (then, then))


def test_the_lock_stands_beside_the_file_only_while_it_is_held(master: Path) -> None:
    with alone(master):
        assert names(master.parent) == sorted([master.name, f"~{master.name}.lock"])
        with alone(master):
            pass
        assert lock_path(master).exists()
    assert names(master.parent) == [master.name]


def test_the_lock_goes_with_whatever_ends_the_work(master: Path) -> None:
    for error in (RuntimeError, KeyboardInterrupt, SystemExit):
        with pytest.raises(error), alone(master):
            raise error
    assert names(master.parent) == [master.name]


def test_another_is_waited_for_with_a_word_and_then_refused(master: Path) -> None:
    other, said = holding(master), []
    try:
        with (
            pytest.raises(OutputError, match="処理中です") as error,
            alone(master, said.append, wait=0.3),
        ):
            raise AssertionError
    finally:
        ended(other)
    assert is_one_sentence(str(error.value))
    assert os.uname().nodename in str(error.value)
    assert len(said) == 1 and "待っています" in said[0]


def test_who_waits_goes_on_when_the_other_is_done(master: Path) -> None:
    said: list[str] = []
    entered = threading.Event()

    def first() -> None:
        with alone(master):
            entered.set()
            time.sleep(0.3)
            master.write_text("1", encoding="utf-8")

    thread = threading.Thread(target=first)
    thread.start()
    entered.wait()
    with alone(master, said.append):
        assert master.read_text(encoding="utf-8") == "1"
    thread.join()
    assert len(said) == 1


def test_a_killed_owner_stands_in_nobodys_way(master: Path) -> None:
    ended(holding(master))
    assert lock_path(master).exists()
    said: list[str] = []
    with alone(master, said.append, wait=5):
        pass
    assert (said, names(master.parent)) == ([], [master.name])


def test_another_process_of_the_same_number_is_not_the_owner(master: Path) -> None:
    written(master, pid=str(os.getppid()), born="1")
    with alone(master, wait=5):
        pass


@pytest.mark.parametrize(
    ("age", "free"), [(lock.DEAD_AFTER - 60, False), (lock.DEAD_AFTER + 60, True)]
)
def test_an_owner_elsewhere_is_dead_when_the_lock_is_too_old(
    master: Path, age: float, free: bool
) -> None:
    written(master, host="別のPC", user="総務課")
    aged(master, age)
    if free:
        with alone(master, wait=5):
            pass
        return
    with pytest.raises(OutputError, match="総務課"), alone(master, wait=0.2):
        pass
    assert lock_path(master).exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"pid": "x"}', b"[" * 4000])
def test_a_lock_that_does_not_say_whose_it_is(master: Path, content: bytes) -> None:
    lock_path(master).write_bytes(content)
    with pytest.raises(OutputError, match="ほかの人"), alone(master, wait=0.2):
        pass
    aged(master, lock.UNFINISHED_AFTER + 5)
    with alone(master, wait=5):
        pass


def test_a_dead_taker_over_is_taken_over_from_too(master: Path) -> None:
    """The guard of a takeover is a lock like any other."""
    ended(holding(master))
    dead = lock_path(master).read_bytes()
    guard = guard_path(lock_path(master), dead)
    guard.write_bytes(dead)
    with alone(master, wait=5):
        pass
    assert names(master.parent) == [master.name]


@pytest.mark.parametrize("left", ["free", "dead"])
def test_many_at_once_lose_nothing(master: Path, left: str) -> None:
    if left == "dead":
        ended(holding(master))
    processes = [started(COUNTING, master, 20) for _ in range(5)]
    assert [p.wait() for p in processes if not p.communicate()[0]] == [0] * 5
    assert master.read_text(encoding="utf-8") == "100"
    assert names(master.parent) == [master.name]


def test_many_take_over_from_the_dead_one_at_a_time(master: Path) -> None:
    inside, most = 0, 0
    counted = threading.Lock()

    def enter(_: int) -> None:
        nonlocal inside, most
        with alone(master, lambda text: None):
            with counted:
                inside += 1
                most = max(most, inside)
            time.sleep(0.002)
            with counted:
                inside -= 1

    for _ in range(10):
        written(master, pid="4194304", born="1")
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(enter, range(6)))
    assert most == 1
    assert names(master.parent) == [master.name]


def test_who_lost_the_lock_does_not_replace(master: Path) -> None:
    with alone(master):
        written(master, host="別のPC")
        with pytest.raises(OutputError, match="別の人が処理を始めました"):
            replace_master(master, b"new")
    assert master.read_text(encoding="utf-8") == "0"
    assert history(master) == []
    assert lock_path(master).exists()


def test_a_long_name_has_a_lock(tmp_path: Path) -> None:
    master = tmp_path / ("長" * 80 + ".xlsx")
    master.write_bytes(b"")
    with alone(master):
        assert lock_path(master).exists()


def test_a_link_has_the_lock_of_its_master(master: Path, tmp_path: Path) -> None:
    link = tmp_path / "link" / "m.xlsx"
    link.parent.mkdir()
    link.symlink_to(master)
    with alone(link):
        assert lock_path(master).exists()


@needs_root
def test_a_folder_that_takes_no_lock_is_said(tmp_path: Path, sample_path: Path) -> None:
    folder = Path("/") / f"aso-xl-{os.getpid()}"
    folder.mkdir(mode=0o755)
    try:
        master = folder / "m.xlsx"
        master.write_bytes(sample_path.read_bytes())
        master.chmod(0o666)
        other = Path(shutil.copy(sample_path, tmp_path / "other.xlsx"))
        replace_master(other, master.read_bytes() + b" ")
        done = as_nobody(["undo", str(other)], ["undo", str(master)])
        assert (done.code, done.out) == (2, "")
        assert "書き込めません" in done.err and "空き容量" not in done.err
        assert is_one_sentence(done.err)
        assert names(folder) == ["m.xlsx"]
    finally:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
