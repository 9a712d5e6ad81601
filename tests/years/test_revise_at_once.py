"""Two people revise at the same moment, and a run that is killed on its way."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from exchange_tools import PLAN, Town
from year_tools import started

from aso_xl.files.history import history
from aso_xl.files.lock import lock_path
from aso_xl.workbook.read.reading import read

pytestmark = pytest.mark.slow


def definition(folder: Path, target: int) -> Path:
    text = PLAN.read_text(encoding="utf-8")
    path = folder / f"{target}.toml"
    path.write_text(text.replace('target = "120"', f'target = "{target}"'), encoding="utf-8")
    return path


def test_two_who_revise_at_once_do_so_one_after_the_other(town: Town, tmp_path: Path) -> None:
    running = [started("revise", town.master, definition(tmp_path, n)) for n in (110, 130)]
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    after = read(town.master)
    assert len(after.former) == 2 and len(history(town.master)) == 2
    target = str(after.plan.by_id["1-01-1"].target)
    assert target in ("110", "130") and not lock_path(town.master).exists()


def test_killed_on_its_way_the_master_is_the_old_or_the_new_one(town: Town, tmp_path: Path) -> None:
    old, revised, seen = town.master.read_bytes(), definition(tmp_path, 110), set()
    for wait in (0.0, 0.1, 0.25, 0.4):
        town.master.write_bytes(old)
        running = started("revise", town.master, revised)
        while not lock_path(town.master).exists() and running.poll() is None:
            time.sleep(0.005)
        time.sleep(wait)
        running.kill()
        running.communicate()
        is_new = town.master.read_bytes() != old
        assert len(read(town.master).former) == is_new
        seen.add(is_new)
    assert False in seen
    again = started("revise", town.master, revised)
    again.communicate()
    assert again.returncode == 0 and len(read(town.master).former) == 1
