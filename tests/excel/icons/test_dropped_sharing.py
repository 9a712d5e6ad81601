"""A master on the icons 集計, 配布, 回収状況 and 統合: what the buttons do, on files."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from exchange_tools import asked
from test_dropped import HOSTILE, Notes
from workbook_tools import Xlsx

from aso_xl.excel.dropped import main
from aso_xl.workbook.read.reading import read


@pytest.fixture
def master(tmp_path: Path, sample_path: Path) -> Path:
    return Path(shutil.copyfile(sample_path, tmp_path / HOSTILE))


def returned(master: Path, value: object) -> Path:
    """Return the folder 提出 with one department's workbook, 1-01-1 filled in anew."""
    main(["split", str(master)], Notes())
    (made,) = master.parent.glob("配布_R9_*")
    mine = next(path for path in sorted(made.iterdir()) if "1-01-1" in read(path).rows)
    book, folder = Xlsx(mine), master.parent / "提出"
    folder.mkdir()
    book.put(book.find("1-01-1", "R9"), value)
    book.save(folder / "課から(最終).xlsx")
    return folder


def actual(path: Path) -> object:
    return read(path).rows["1-01-1"].cells["R9"].value


def test_the_counts_are_said_and_where_the_sheet_shows_another(master: Path) -> None:
    talk = Notes()
    assert main(["calculate", str(master)], talk) == 0
    (said,) = talk.said
    assert said.startswith(f"{HOSTILE}\n令和9年度の評価: KPI 26項目/59項目(達成率 44.0%)")
    assert "・基本目標1: 7項目/16項目(達成率 43.7%)" in said
    assert said.endswith("「集計」シートの式と一致しています。")
    book = Xlsx(master)
    book.put(book.find("1-01-1", "R9"), 0)
    book.save(master)
    talk = Notes()
    assert main(["calculate", str(master)], talk) == 1
    assert "KPI 25項目/59項目" in talk.said[0]
    assert "・基本目標1: シートの式: 達成 7、達成率 43.7" in talk.said[0]


def test_a_workbook_per_department_is_made_and_their_folder_opened(master: Path) -> None:
    before, talk = master.read_bytes(), Notes()
    assert main(["split", str(master)], talk) == 0
    departments = read(master).settings.departments
    (folder,) = master.parent.glob("配布_R9_*-*-*")
    assert talk.said == [f"{folder} に {len(departments)}課分のブックを作りました。"]
    assert talk.opened == [folder]
    assert len([*talk.opened[0].glob("*.xlsx")]) == len(departments)
    assert master.read_bytes() == before


def test_who_has_sent_what_is_said_and_opened_as_a_table(master: Path) -> None:
    folder = returned(master, 119)
    (folder / "壊れた.xlsx").write_bytes(b"no workbook")
    talk = Notes()
    assert main(["status", str(master)], talk) == 1
    (table,) = talk.opened
    assert table == master.parent / "回収状況.xlsx"
    rows = [*openpyxl.load_workbook(table).active.iter_rows(values_only=True)]
    assert any("課から(最終).xlsx" in map(str, row) for row in rows)
    assert talk.said[0].startswith("令和9年度の評価の回収状況です。")
    assert "壊れた.xlsx" in talk.said[0]
    assert talk.said[0].endswith(f"一覧: {table}")


@pytest.mark.parametrize("answer", [True, False])
def test_mails_to_those_who_are_late_are_made_if_they_are_wanted(
    master: Path, answer: bool
) -> None:
    book = Xlsx(master)
    book.put(book.find("提出期限", "内容"), "2020年9月30日")
    book.save(master)
    returned(master, 119)
    talk, folder = Notes(answer=answer), master.parent / "督促"
    assert main(["status", str(master)], talk) == 0
    assert talk.asked == [
        "期限を過ぎた課が 11課 あります(C課(例)、A課(例)、B課(例)、観光課、D課(例) ほか)。"
        "督促のメールの文を「督促」フォルダーに作りますか。"
    ]
    made = f"{folder} に、期限を過ぎた 11課への督促の文を作りました。"
    assert (made in talk.said[0], folder.is_dir()) == (answer, answer)
    assert "11課: 課長確認待ち 1、未提出 10(期限を過ぎた課 11)" in talk.said[0]
    assert len([*folder.glob("督促_R9_*.txt")]) == (11 if answer else 0)


def test_what_came_back_is_merged_once_that_is_confirmed(master: Path) -> None:
    returned(master, 119)
    before, talk = master.read_bytes(), Notes(answer=False)
    assert main(["merge", str(master)], talk) == 0
    assert HOSTILE in talk.asked[0] and "続けますか" in talk.asked[0]
    assert (master.read_bytes(), talk.said, talk.opened) == (before, [], [])

    talk = Notes(answer=True)
    assert main(["merge", str(master)], talk) == 0
    assert talk.said[0].startswith("取り込み 1件、")
    assert talk.opened == [master]
    assert actual(master) == 119
    (kept,) = (master.parent / "履歴").iterdir()
    assert kept.read_bytes() == before

    talk = Notes(answer=True)
    assert main(["merge", str(master)], talk) == 0
    assert talk.said[0].startswith("取り込み 0件、")
    assert talk.opened == []


def test_a_workbook_open_in_excel_is_not_merged(master: Path) -> None:
    returned(master, 119)
    before = master.read_bytes()
    master.with_name(f"~${HOSTILE}").write_bytes(b"")
    talk = Notes(answer=True)
    assert main(["merge", str(master)], talk) == 2
    assert "閉じてから" in talk.said[0]
    assert master.read_bytes() == before


@pytest.mark.parametrize("action", ["status", "merge"])
def test_without_a_folder_of_returned_books_the_remedy_is_said(master: Path, action: str) -> None:
    talk = Notes(answer=True)
    assert main([action, str(master)], talk) == 2
    assert "「提出」フォルダーがありません" in talk.said[0]
    assert talk.asked == []


@pytest.mark.parametrize("action", ["split", "status", "merge", "return"])
def test_a_departments_workbook_is_no_master(master: Path, action: str) -> None:
    folder = returned(master, 119)
    (mine,) = folder.iterdir()
    talk = Notes(answer=True)
    assert main([action, str(mine)], talk) == 2
    assert "課に配布したブックです" in talk.said[0]
    assert talk.asked == []


@pytest.mark.parametrize("action", ["calculate", "split", "status", "merge"])
def test_a_document_is_for_other_icons(tmp_path: Path, action: str) -> None:
    document = tmp_path / "評価.DOCX"
    document.write_bytes(b"")
    talk = Notes(answer=True)
    assert main([action, str(document)], talk) == 2
    assert talk.said == ["評価.DOCX は文書です。ここでは総合戦略のブック(.xlsx)を選んでください。"]


def test_what_is_to_be_looked_at_again_goes_back_and_its_folder_is_opened(master: Path) -> None:
    returned(master, "多数")
    asked(master, ("1-01-1", "数え方は?"))
    before = master.read_bytes()
    assert main(["return", str(master)], Notes()) == 0
    assert master.read_bytes() == before and not [*master.parent.glob("差戻し_*")]
    talk = Notes(answer=True)
    assert main(["return", str(master)], talk) == 0
    (folder,) = master.parent.glob("差戻し_R9_*")
    assert talk.opened == [folder]
    assert "1課分のブックと送付の文を作りました" in talk.said[-1]
    assert "課から(最終).xlsx" in {path.name for path in folder.iterdir()}
    assert [row.id for row in read(master).questions] == ["照会1"]
