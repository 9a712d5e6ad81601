"""The office behind the live tests leaves nothing behind; its window takes clicks."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from paths import TESTS
from workbook_tools import Xlsx

from aso_xl.excel.addin.button_workbook import GOAL_BUTTONS, make
from aso_xl.exchange.split import split
from aso_xl.workbook.read.reading import read

from . import process, screen, stand_in
from .process import Office
from .window import Window, wait_for

pytestmark = pytest.mark.libreoffice
needs_window = pytest.mark.skipif(bool(screen.missing()), reason=screen.missing() or "")


@pytest.fixture(autouse=True)
def _needs_office() -> None:
    if lacking := process.missing():
        pytest.skip(lacking)


def test_nothing_is_left_even_with_an_unsaved_book() -> None:
    with Office() as office:
        made = process.desktop_of(office.context).loadComponentFromURL(
            "private:factory/scalc", "_blank", 0, ()
        )
        made.Sheets.getByIndex(0).getCellByPosition(0, 0).String = "未保存"
        assert office.process is not None and office.process.poll() is None
    assert office.process.poll() is not None
    assert not office.folder.exists()
    assert not [*Path("/tmp").glob(f"OSL_PIPE_*{office.pipe}")]


def test_importing_uno_leaves_pythons_import_alone() -> None:
    check = "import builtins; f = builtins.__import__; from live_calc import uno_bridge as b;"
    done = subprocess.run(
        [sys.executable, "-c", f"{check} assert b.uno and builtins.__import__ is f"],
        env={"PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


Clicked = tuple[Window, Path]
NAME = "評価 ブック & 50%.xlsm"


@pytest.fixture
def clicked(sample_path: Path, tmp_path: Path) -> Iterator[Callable[[str], Clicked]]:
    """Return a function that opens the sample with a mistake in it and clicks a button."""
    with ExitStack() as open_windows:

        def click(caption: str, sheet: str = "基本目標1") -> Clicked:
            book, record = tmp_path / NAME, tmp_path / "record.jsonl"
            book.write_bytes(make(sample_path.read_bytes()))
            env = stand_in.installed(tmp_path / "local data", record, dialogs=True)
            window = open_windows.enter_context(Window(env))
            document = window.open(book)
            window.show(sheet)
            document.Sheets.getByName("基本目標1").getCellRangeByName("I11").String = "abc"
            window.click_button(caption)
            return window, record

        yield click


def ended(record: Path) -> list[dict[str, Any]]:
    """Return what was recorded, once the program has ended."""
    wait_for(lambda: any("exit" in line for line in stand_in.records(record)))
    return stand_in.records(record)


@needs_window
def test_a_button_is_clicked_and_python_answers_in_a_dialog(
    clicked: Callable[[str], Clicked], tmp_path: Path
) -> None:
    window, record = clicked("入力チェック")
    assert "エラー 1件" in wait_for(window.dialog)
    picture = window.shot(tmp_path / "dialog.png")
    window.press("OK")
    lines = ended(record)
    assert lines[0]["arguments"] == ["-I", "-m", "aso_xl.excel.launch", "check", "0"]
    assert lines[-1] == {"exit": 0}
    findings = window.document.Sheets.getByName("検証結果")
    assert findings.getCellRangeByName("A5:B5").DataArray == (("エラー", "基本目標1 I11"),)
    assert window.button_labels() == [button.caption for button in GOAL_BUTTONS]
    assert picture.read_bytes().startswith(b"\x89PNG")


@needs_window
def test_a_question_is_answered_with_a_click(
    clicked: Callable[[str], Clicked], tmp_path: Path
) -> None:
    window, record = clicked("Word作成")
    assert wait_for(window.dialog).endswith("下書きとして作成しますか。")
    with pytest.raises(LookupError):
        window.press("OK")
    window.press("Yes")
    assert wait_for(lambda: (text := window.dialog()) and ".docx" in text and text)
    window.press("OK")
    assert [line["alert"]["buttons"] for line in ended(record)[1:-1]] == ["yes_no", "ok"]
    assert len([*(tmp_path / "outputs").glob("*.docx")]) == 1


@needs_window
def test_the_workbook_whose_button_was_clicked_is_merged(
    clicked: Callable[[str, str], Clicked], sample_path: Path, tmp_path: Path
) -> None:
    made = split(sample_path, tmp_path / "配布")
    mine = next(w.path for w in made.workbooks if "1-01-2" in w.part.indicators)
    book, returned = Xlsx(mine), tmp_path / "提出"
    returned.mkdir()
    book.put(book.find("1-01-2", "R9"), 119)
    book.save(returned / "課から.xlsx")
    window, record = clicked("統合", "使い方")
    assert wait_for(window.dialog).endswith("続けますか。")
    window.press("Yes")
    assert wait_for(lambda: (text := window.dialog()) and "取り込み" in text and text)
    window.press("OK")
    assert ended(record)[-1] == {"exit": 0}
    rows = read(tmp_path / NAME).rows
    assert rows["1-01-2"].cells["R9"].value == 119
    assert rows["1-01-1"].cells["R9"].value == "abc"  # typed, and not saved before the click


@needs_window
def test_a_button_that_is_not_there_is_not_clicked(sample_path: Path, tmp_path: Path) -> None:
    with Window() as window:
        window.open(shutil.copy(sample_path, tmp_path / "sample.xlsx"))
        with pytest.raises(LookupError):
            window.click_button("入力チェック")
