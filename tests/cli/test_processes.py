"""Many workbooks in several processes: the same results in the same order, whatever happens."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_tools import is_one_sentence, process
from paths import ROOT

from aso_xl import processes
from aso_xl.processes import FEW, Failed, each_in_order

MANY = FEW + 2
posix_only = pytest.mark.skipif(
    os.name != "posix", reason="Ctrl+C を送る試験は Linux などで行います。"
)


def books(folder: Path, source: Path, number: int = MANY) -> list[Path]:
    folder.mkdir()
    return [Path(shutil.copy(source, folder / f"{n:02d}.xlsx")) for n in range(number)]


def where(item: int) -> tuple[int, bool]:
    return item, multiprocessing.parent_process() is not None


def odd_only(item: int) -> int:
    if item % 2 == 0:
        raise FileNotFoundError(2, "No such file", f"{item}.xlsx")
    return item


def dies_in_a_process(item: int) -> int:
    if item == 5 and multiprocessing.parent_process():
        os._exit(9)
    return item


def cannot_travel(item: int) -> object:
    return lambda: item


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_cores", lambda: 2)


def test_many_are_done_in_processes_and_come_in_order(two_cores: None) -> None:
    assert list(each_in_order(where, range(MANY))) == [(n, True) for n in range(MANY)]


def test_few_or_one_after_another_are_done_in_this_process(two_cores: None) -> None:
    few = range(FEW - 1)
    assert list(each_in_order(where, few)) == [(n, False) for n in few]
    alone = list(each_in_order(where, range(MANY), at_once=False))
    assert alone == [(n, False) for n in range(MANY)]


@pytest.mark.parametrize("number", [FEW - 1, MANY])
def test_what_fails_is_a_sentence_and_stops_no_other(two_cores: None, number: int) -> None:
    found = list(each_in_order(odd_only, range(number)))
    assert found[1::2] == list(range(1, number, 2))
    for n, failed in zip(range(0, number, 2), found[::2], strict=True):
        assert isinstance(failed, Failed) and failed.sentence.startswith(f"{n}.xlsx を扱えません")


def test_a_process_that_dies_leaves_the_rest_to_this_one(two_cores: None) -> None:
    assert list(each_in_order(dies_in_a_process, range(MANY))) == list(range(MANY))


def test_results_that_cannot_travel_are_made_here(two_cores: None) -> None:
    assert [r() for r in each_in_order(cannot_travel, range(MANY))] == list(range(MANY))  # type: ignore[operator]


def test_without_processes_all_is_done_in_this_one(
    two_cores: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing, "get_context", refuse)
    assert list(each_in_order(where, range(MANY))) == [(n, False) for n in range(MANY)]


def test_a_reader_that_stops_early_leaves_no_process(two_cores: None) -> None:
    results = each_in_order(where, range(MANY))
    assert next(results) == (0, True)
    results.close()  # type: ignore[attr-defined]
    until = time.monotonic() + 30
    while multiprocessing.active_children() and time.monotonic() < until:
        time.sleep(0.1)
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("command", ["check", "evaluate"])
def test_json_is_that_of_one_process(second_path: Path, tmp_path: Path, command: str) -> None:
    paths = books(tmp_path / "many", second_path)
    paths[3].write_bytes(b"no workbook")
    paths[5].unlink()
    done = process("-m", "aso_xl", command, "--json", *paths)
    script = (
        "import sys, aso_xl.processes as p\np.FEW = 999\n"
        "from aso_xl.cli.main import main\nsys.exit(main(sys.argv[1:]))"
    )
    alone = process("-c", script, command, "--json", *paths)
    assert (done.code, alone.code) == (2, 2)
    assert done.out == alone.out and done.err == alone.err
    found = json.loads(done.out)["workbooks"]
    assert [each["workbook"] for each in found] == list(map(str, paths))
    assert [n for n, each in enumerate(found) if "failed" in each] == [3, 5]


def test_documents_of_many_workbooks(second_path: Path, tmp_path: Path) -> None:
    paths = books(tmp_path / "many", second_path)
    out = tmp_path / "out"
    out.mkdir()
    done = process("-m", "aso_xl", "report", "--json", "--draft", "-o", out, *paths)
    found = json.loads(done.out)["workbooks"]
    named = [Path(each["output"]) for each in found]
    assert [path.name[:2] for path in named] == [path.stem for path in paths]
    assert sorted(out.iterdir()) == sorted(named)


def test_documents_of_the_same_name_are_numbered_in_order(
    second_path: Path, tmp_path: Path
) -> None:
    folders = [tmp_path / f"{n:02d}" for n in range(MANY)]
    paths = [books(folder, second_path, 1)[0] for folder in folders]
    out = tmp_path / "out"
    out.mkdir()
    done = process("-m", "aso_xl", "report", "--json", "--draft", "-o", out, *paths)
    named = [Path(each["output"]).stem for each in json.loads(done.out)["workbooks"]]
    assert [name.rpartition(" (")[2].rstrip(")") for name in named[1:]] == list(
        map(str, range(2, MANY + 1))
    )


@posix_only
def test_stopped_from_the_keyboard_in_one_sentence(second_path: Path, tmp_path: Path) -> None:
    paths = books(tmp_path / "many", second_path, 1000)  # far more than are done by then
    command = [sys.executable, "-m", "aso_xl", "check", "--json", *map(str, paths)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # a shell that runs the tests in the background lets its children ignore the keyboard
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(2.5)
    os.killpg(started.pid, signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert started.returncode == 2 and out == b""
    assert is_one_sentence(err.decode()) and "中止" in err.decode()
