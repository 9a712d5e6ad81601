"""A document on an icon: compared with the workbook beside or above it, or renewed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document
from test_dropped import Notes
from workbook_tools import Xlsx

from aso_xl.excel.dropped import main

BOOK = "R8 & 50% (2) 総合戦略.xlsx"


@pytest.fixture
def report(sample_path: Path, tmp_path: Path) -> Path:
    """Return a report in outputs below its workbook, with a sentence of staff's own."""
    workbook = Path(shutil.copyfile(sample_path, tmp_path / BOOK))
    talk = Notes()
    assert main(["report", str(workbook)], talk) == 0
    (made,) = talk.opened
    word = Document(str(made))
    word.add_paragraph("審議会の意見を加えた。")
    word.save(str(made))
    return made


def change(report: Path, value: object = 122) -> None:
    book = Xlsx(report.parents[1] / BOOK)
    book.put(book.find("1-01-1", "R9"), value)  # type: ignore[arg-type]
    book.save(report.parents[1] / BOOK)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines()


def test_a_document_that_is_up_to_date_is_said_to_be(report: Path) -> None:
    for action, said in (("check", "と同じです"), ("report", "新しくするところはありません")):
        talk = Notes()
        assert main([action, str(report)], talk) == 0
        assert talk.opened == [] and said in talk.said[0]


def test_what_is_out_of_date_is_listed_beside_the_document(report: Path) -> None:
    change(report)
    before, talk = report.read_bytes(), Notes()
    assert main(["check", str(report)], talk) == 1
    (text,) = talk.opened
    assert text == report.with_name(f"{report.stem}_照合.txt")
    assert any("1-01-1 R9: 121人 → 122人" in line for line in lines(text))
    assert report.read_bytes() == before


def test_a_document_is_renewed_beside_itself_and_opened(report: Path) -> None:
    change(report)
    before, talk = report.read_bytes(), Notes()
    assert main(["report", str(report)], talk) == 0
    text, made = talk.opened
    assert made == report.with_name(f"{report.stem} (2).docx")
    assert "か所を新しくしました" in lines(text)[0]
    word = Document(str(made))
    cells = {cell.text for table in word.tables for cell in table._cells}
    assert "122人" in cells and "121人" not in cells
    assert word.paragraphs[-1].text == "審議会の意見を加えた。"
    assert report.read_bytes() == before


@pytest.mark.parametrize("draft", [False, True])
def test_errors_open_their_list_and_offer_a_renewed_draft(report: Path, *, draft: bool) -> None:
    change(report, "多数")
    talk = Notes(answer=draft)
    assert main(["report", str(report)], talk) == 1
    assert "を下書きとして新しくしますか" in talk.asked[0]
    assert talk.opened[0].name.endswith("_入力チェック.txt")
    assert [path.suffix for path in talk.opened[1:]] == ([".txt", ".docx"] if draft else [])


def test_without_its_workbook_nothing_is_done(report: Path) -> None:
    (report.parents[1] / BOOK).unlink()
    talk = Notes()
    assert main(["report", str(report)], talk) == 2
    assert f"もとのブック「{BOOK}」が" in talk.said[0]
    assert list(report.parent.iterdir()) == [report]


def test_a_document_of_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "議事録.docx"
    Document().save(str(path))
    talk = Notes()
    assert main(["check", str(path)], talk) == 2
    assert "議事録.docx" in talk.said[0]
    assert list(tmp_path.iterdir()) == [path]
