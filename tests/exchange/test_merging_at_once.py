"""Two people on a share merge into one master at the same moment."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from cli_tools import ROOT
from exchange_tools import Town

from aso_xl.files.history import history
from aso_xl.files.lock import lock_path


def started(*args: str | Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "aso_xl", *map(str, args)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_merges_at_once_take_in_both(town: Town) -> None:
    wanted = {"農政課": "1-01-1", "観光課": "2-01-1"}
    files = [town.send(d, {(id_, "備考(要因・出典)"): f"{d}の備考"}) for d, id_ in wanted.items()]
    before = town.master.read_bytes()
    for _ in range(3):
        town.master.write_bytes(before)
        running = [started("merge", town.master, file) for file in files]
        said = [process.communicate() for process in running]
        assert [process.returncode for process in running] == [0, 0], said
        assert {d: town.value(id_, "remark") for d, id_ in wanted.items()} == {
            department: f"{department}の備考" for department in wanted
        }
        assert not lock_path(town.master).exists()


def test_a_merge_and_an_undo_at_once_are_one_after_the_other(town: Town) -> None:
    """Each time with the history of the first: a second undo in it would undo the one before."""
    before = town.value("1-01-1", "remark")
    first = town.send("農政課", {("1-01-1", "備考(要因・出典)"): "先の備考"})
    town.merge(first)
    merged = town.master.read_bytes()
    [kept] = history(town.master)
    second = town.send("観光課", {("2-01-1", "備考(要因・出典)"): "後の備考"})
    for _ in range(3):
        for later in set(history(town.master)) - {kept}:
            later.unlink()
        town.master.write_bytes(merged)
        running = [started("merge", town.master, second), started("undo", town.master)]
        said = [process.communicate() for process in running]
        assert [process.returncode for process in running] == [0, 0], said
        ends = (town.value("1-01-1", "remark"), town.value("2-01-1", "remark"))
        assert ends in {("先の備考", None), (before, "後の備考")}, ends


def test_a_merge_killed_while_it_works_blocks_nobody(town: Town) -> None:
    file = town.send("農政課", {("1-01-1", "備考(要因・出典)"): "新しい備考"})
    running = started("merge", town.master, file)
    while not lock_path(town.master).exists() and running.poll() is None:
        time.sleep(0.005)
    running.kill()
    running.communicate()
    town.merge(file)
    assert town.value("1-01-1", "remark") == "新しい備考"
    assert not lock_path(town.master).exists()
