"""The office behind the live tests leaves nothing behind; its window takes clicks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from aso_xl.excel.button_workbook import BUTTONS, make

from . import process, screen, stand_in
from .process import Office
from .window import Window, message_box, wait_for

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
        env={"PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@needs_window
def test_a_button_is_clicked_and_python_answers_in_a_dialog(
    sample_path: Path, tmp_path: Path
) -> None:
    book, record = tmp_path / "評価 ブック & 50%.xlsm", tmp_path / "record.jsonl"
    book.write_bytes(make(sample_path.read_bytes()))
    env = stand_in.installed(tmp_path / "local data", record, dialogs=True)
    with Window(env) as window:
        document = window.open(book)
        window.show("基本目標1")
        assert window.button_labels() == [button.caption for button in BUTTONS]
        document.CurrentController.ActiveSheet.getCellRangeByName("L11").String = "abc"
        window.click_button(BUTTONS[0].caption)
        assert "エラー 1件" in wait_for(window.dialog)
        picture = window.shot(tmp_path / "dialog.png")
        window.press("OK")
        wait_for(lambda: any("exit" in r for r in stand_in.records(record)))
        findings = document.Sheets.getByName("検証結果")
        assert findings.getCellRangeByName("A5:B5").DataArray == (("エラー", "基本目標1 L11"),)
        assert window.dialog() is None
    said = stand_in.records(record)
    assert said[0]["arguments"] == ["-I", "-m", "aso_xl.excel.launch", "check", "0"]
    assert said[-1] == {"exit": 0}
    assert picture.read_bytes().startswith(b"\x89PNG")


@needs_window
def test_a_question_in_the_window_is_answered_with_a_click() -> None:
    from concurrent.futures import ThreadPoolExecutor

    from .engine import Alert

    with Window() as window, ThreadPoolExecutor(1) as pool:
        window.new()
        ask = message_box(window.office.context)
        answer = pool.submit(ask, Alert("下書きを作りますか。", "総合戦略", "yes_no", "critical"))
        assert wait_for(window.dialog) == "下書きを作りますか。"
        with pytest.raises(LookupError):
            window.press("はい")
        window.press("Yes")
        assert answer.result(timeout=10) == "yes"
