"""配布, 回収状況 and 統合 on the live master: the same results as the commands, and reopened whole."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings
from build_addin.addin import parts
from workbook_tools import Xlsx

from aso_xl.domain.questions import TEXT
from aso_xl.domain.questions import said as said_of
from aso_xl.excel.addin.button_workbook import make
from aso_xl.excel.buttons.press import press
from aso_xl.workbook.layout import QUESTIONS_TABLE
from aso_xl.workbook.read.reading import read

from .seen import said

pytestmark = pytest.mark.libreoffice


def handed_out(sample: xlwings.Book) -> list[Path]:
    folder = Path(sample.fullname).parent
    return sorted(p for p in folder.glob("配布*/*.xlsx"))


def test_split_makes_a_workbook_per_department_from_what_is_not_saved(
    app: xlwings.App, sample: xlwings.Book
) -> None:
    before = Path(sample.fullname).read_bytes()
    place = read(Path(sample.fullname)).rows["1-01-1"].cells["R9"]
    sample.sheets[place.sheet].range(place.address).value = 117
    assert press("split", sample) == 0
    departments = read(Path(sample.fullname)).settings.departments
    assert f"{len(departments)}課分のブックを作りました" in said(app)[0]
    made = handed_out(sample)
    values = [
        ledger.rows["1-01-1"].cells["R9"].value
        for path in made
        if "1-01-1" in (ledger := read(path)).rows
    ]
    assert values == [117]
    assert len(made) == len(departments)
    assert Path(sample.fullname).read_bytes() == before


def test_without_a_folder_of_returned_books_the_remedy_is_said(
    app: xlwings.App, sample: xlwings.Book
) -> None:
    assert press("status", sample) == 2
    assert press("merge", sample) == 2
    assert all("「提出」フォルダーがありません" in prompt for prompt in said(app))


def test_a_returned_book_is_merged_and_the_master_opened_again(
    app: xlwings.App, sample: xlwings.Book
) -> None:
    path = Path(sample.fullname)
    press("split", sample)
    returned = path.parent / "提出"
    returned.mkdir()
    mine = next(p for p in handed_out(sample) if "1-01-1" in read(p).rows)
    book = Xlsx(mine)
    book.put(book.find("1-01-1", "R9"), 119)
    book.save(returned / "A課から(最終).xlsx")

    assert press("status", sample) == 0
    assert "回収状況" in said(app)[-1] and (path.parent / "回収状況.xlsx").exists()

    assert press("merge", sample) == 0  # answered cautiously: nothing happens
    assert read(path).rows["1-01-1"].cells["R9"].value == 121

    app.impl.answer = lambda alert: "yes" if alert.buttons == "yes_no" else "ok"
    assert press("merge", sample) == 0
    assert said(app)[-1].startswith("取り込み 1件、")
    again = app.books[path.name]
    place = read(path).rows["1-01-1"].cells["R9"]
    assert place.value == 119
    assert again.sheets[place.sheet].range(place.address).value == 119
    assert "変更履歴" in [sheet.name for sheet in again.sheets]
    kept = list((path.parent / "履歴").iterdir())
    assert len(kept) == 1 and read(kept[0]).rows["1-01-1"].cells["R9"].value == 121


def test_a_never_saved_book_is_asked_to_be_saved(app: xlwings.App) -> None:
    book = app.books.add()
    for name in ("split", "status", "merge"):
        assert press(name, book) == 2
    assert all("まだ保存されていません" in prompt for prompt in said(app))


def test_a_departments_workbook_is_no_master(app: xlwings.App, sample: xlwings.Book) -> None:
    press("split", sample)
    mine = app.books.open(str(handed_out(sample)[0]))
    for name in ("split", "status", "merge"):
        assert press(name, mine) == 2
        assert said(app)[-1].startswith(f"「{mine.name}」 は課に配布したブックです。")


def test_a_workbook_with_buttons_is_merged_and_keeps_them(
    app: xlwings.App, sample_path: Path, tmp_path: Path
) -> None:
    path = tmp_path / "評価 & 50%.xlsm"
    path.write_bytes(make(sample_path.read_bytes()))
    before = parts(path.read_bytes())
    book = app.books.open(str(path))
    press("split", book)
    (tmp_path / "提出").mkdir()
    mine = next(p for p in handed_out(book) if "1-01-1" in read(p).rows)
    returned = Xlsx(mine)
    returned.put(returned.find("1-01-1", "R9"), 119)
    returned.save(tmp_path / "提出" / "課から.xlsx")
    app.impl.answer = lambda alert: "yes" if alert.buttons == "yes_no" else "ok"
    assert press("merge", book) == 0
    assert said(app)[-1].startswith("取り込み 1件、")
    assert read(path).rows["1-01-1"].cells["R9"].value == 119
    assert app.books[path.name].sheets["変更履歴"]
    kept = parts(next((tmp_path / "履歴").iterdir()).read_bytes())
    after = parts(path.read_bytes())
    assert "xl/vbaProject.bin" in before
    for package in (kept, after):
        assert package.keys() >= {n for n in before if n.endswith((".vml", "vbaProject.bin"))}


def test_what_is_sent_back_is_kept_in_the_master_that_is_opened_again(
    app: xlwings.App, sample: xlwings.Book
) -> None:
    path = Path(sample.fullname)
    press("split", sample)
    returned = path.parent / "提出"
    returned.mkdir()
    mine = next(p for p in handed_out(sample) if "1-01-1" in read(p).rows)
    book = Xlsx(mine)
    book.put(book.find("1-01-1", "R9"), "多数")
    book.save(returned / mine.name)
    area = read(path).areas[QUESTIONS_TABLE]
    sheet = sample.sheets[area.sheet]
    sheet.range((area.first_row + 1, 1)).value = "1-01-1"
    sheet.range((area.first_row + 1, 4)).value = "数え方は?"

    app.impl.answer = lambda alert: "yes" if alert.buttons == "yes_no" else "ok"
    assert press("return", sample) == 0
    assert "1課分のブックと送付の文を作りました" in said(app)[-1]
    (back,) = path.parent.glob("差戻し_R9_*/*.xlsx")
    assert [said_of(row, TEXT) for row in read(back).questions] == ["数え方は?"]
    again = app.books[path.name]
    day = again.sheets[area.sheet].range((area.first_row + 1, 5)).value
    assert str(day)[:4].isdigit()
    state = again.sheets[area.sheet].range((area.first_row + 1, 7)).value
    assert state == "回答待ち"
