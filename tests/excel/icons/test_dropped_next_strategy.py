"""The next strategy with 「送る」: its definition workbook sent together with the master before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli_tools import Command
from next_plans import next_text
from test_dropped import Notes

from aso_xl.excel.dropped import main
from aso_xl.workbook.read.reading import read


@pytest.fixture
def master(sample_path: Path, tmp_path: Path) -> Path:
    (tmp_path / "前").mkdir()
    return Path(shutil.copy(sample_path, tmp_path / "前" / "評価.xlsx"))


@pytest.fixture
def definition(aso: Command, tmp_path: Path) -> Path:
    source, book = tmp_path / "次.toml", tmp_path / "次の定義.xlsx"
    source.write_text(next_text(), encoding="utf-8")
    assert aso("definition", "new", "--from", source, "-o", book).code == 0
    return book


def test_its_master_and_the_verification_are_made_and_opened(
    master: Path, definition: Path, aso: Command
) -> None:
    assert aso("close", master, "--by", "田中").code == 0
    before, talk = master.read_bytes(), Notes()
    assert main(["define", str(master), str(definition)], talk) == 0
    made, verification = talk.opened
    assert (made.parent, made.name) == (definition.parent, "次の総合戦略.xlsx")
    assert verification.parent == definition.parent and verification.suffix == ".docx"
    assert (
        talk.asked == [] and "1-01-1 有害鳥獣捕獲従事者数: 121人(R9、前期の1-01-1)" in talk.said[0]
    )
    assert str(read(made).plan.by_id["1-01-1"].baseline) == "121"
    assert master.read_bytes() == before


def test_a_master_that_is_not_confirmed_is_said(master: Path, definition: Path) -> None:
    talk = Notes(answer=True)
    before = master.read_bytes()
    assert main(["define", str(definition), str(master)], talk) == 2
    assert "確定した年度がありません" in talk.said[0] and talk.opened == []
    assert master.read_bytes() == before
