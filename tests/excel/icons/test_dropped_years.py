"""A master on the icons 年度の確定 and 次年度へ: what the buttons do, on files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_dropped import HOSTILE, Notes
from workbook_tools import Xlsx

from aso_xl.excel.dropped import main
from aso_xl.files.history import history
from aso_xl.workbook.read.reading import read


@pytest.fixture
def master(tmp_path: Path, sample_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("getpass.getuser", lambda: "tanaka")
    return Path(shutil.copyfile(sample_path, tmp_path / HOSTILE))


def test_round_is_confirmed_by_the_user_of_the_computer_and_the_next_begun(master: Path) -> None:
    talk = Notes(answer=True)
    assert main(["close", str(master)], talk) == 0
    assert any("確定する人の名前は「tanaka」ですか。" in said for said in talk.said + talk.asked)
    [record] = read(master).records.values()
    assert (str(record.round), record.by) == ("R9", "tanaka")
    assert len(history(master)) == 1
    assert main(["next", str(master)], Notes(answer=True)) == 0
    assert str(read(master).settings.round) == "R10"


def test_without_consent_nothing_is_done(master: Path) -> None:
    before = master.read_bytes()
    for name in ("close", "next"):
        assert main([name, str(master)], Notes(answer=False)) == 0
    assert master.read_bytes() == before and history(master) == []


def test_errors_are_said(master: Path) -> None:
    book = Xlsx(master)
    book.put(book.find("1-01-1", "R9"), "多数")
    book.save(master)
    talk = Notes(answer=True)
    assert main(["close", str(master)], talk) == 1
    assert "エラーが1件残っているため" in talk.said[-1] and "「多数」" in talk.said[-1]


def test_next_without_close_is_said(master: Path) -> None:
    talk = Notes(answer=True)
    assert main(["next", str(master)], talk) == 2
    assert "まだ確定していません" in talk.said[-1]
