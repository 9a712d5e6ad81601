"""Two people confirm at the same moment, and a run that is killed on its way."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from year_tools import started

from aso_xl.files.history import history
from aso_xl.files.lock import lock_path
from aso_xl.workbook.read.reading import read


def test_of_two_who_confirm_at_once_one_is_told_of_the_other(
    sample_path: Path, tmp_path: Path
) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "評価.xlsx"))
    running = [started("close", master, "--by", name) for name in ("田中", "佐藤")]
    said = [process.communicate() for process in running]
    assert sorted(process.returncode for process in running) == [0, 2], said
    [record] = read(master).records.values()
    loser = next(err for process, (_, err) in zip(running, said, strict=True) if process.returncode)
    assert f"{record.by} が確定しています" in loser.decode()
    assert len(history(master)) == 1 and not lock_path(master).exists()


def test_killed_on_its_way_the_master_is_the_old_or_the_new_one(
    sample_path: Path, tmp_path: Path
) -> None:
    old = sample_path.read_bytes()
    seen = set()
    for number, wait in enumerate((0.0, 0.05, 0.1, 0.2, 0.3)):
        folder = tmp_path / str(number)
        folder.mkdir()
        master = Path(shutil.copy(sample_path, folder / "評価.xlsx"))
        running = started("close", master, "--by", "田中")
        while not lock_path(master).exists() and running.poll() is None:
            time.sleep(0.005)
        time.sleep(wait)
        running.kill()
        running.communicate()
        is_new = master.read_bytes() != old
        assert len(read(master).records) == is_new
        seen.add(is_new)
        done = started("close", master, "--by", "佐藤")
        done.communicate()
        assert done.returncode == (2 if is_new else 0)
        assert len(read(master).records) == 1
    assert False in seen
