"""年度の確定 and 次年度へ on the live master: the same as the commands, and the book opened again."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings
from build_addin.addin import parts

from aso_xl.excel.addin.button_workbook import make
from aso_xl.excel.buttons.press import press
from aso_xl.files.history import history
from aso_xl.workbook.read.reading import read

from .seen import said

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def agreed(app: xlwings.App, monkeypatch: pytest.MonkeyPatch) -> xlwings.App:
    """Return the application with somebody before it who gives the usual name and says yes."""
    monkeypatch.setattr("getpass.getuser", lambda: "tanaka")
    app.impl.answer = lambda alert: "yes" if alert.buttons == "yes_no" else "ok"
    return app


def cell_of(book: xlwings.Book, id_: str, field: str) -> xlwings.Range:
    place = (read(Path(book.fullname)).row(id_) or pytest.fail(id_)).cells[field]
    return book.sheets[place.sheet].range(place.address)


def test_nothing_happens_where_staff_do_not_agree(app: xlwings.App, sample: xlwings.Book) -> None:
    before = Path(sample.fullname).read_bytes()
    assert press("close", sample) == 0
    assert any("確定する人の名前" in prompt for prompt in said(app))
    assert Path(sample.fullname).read_bytes() == before and history(Path(sample.fullname)) == []


def test_what_is_typed_but_not_saved_is_confirmed_and_the_book_opened_again(
    agreed: xlwings.App, sample: xlwings.Book
) -> None:
    path = Path(sample.fullname)
    cell_of(sample, "1-01-1", "R9").value = 117
    assert press("close", sample) == 0
    assert "令和9年度を確定しました" in said(agreed)[-1]
    [record] = read(path).records.values()
    assert (str(record.round), record.by, record.rows["1-01-1"]["R9"]) == ("R9", "tanaka", 117)
    again = agreed.books[path.name]
    assert "確定記録" in [sheet.name for sheet in again.sheets]
    table = next(t for t in again.sheets["集計"].tables if t.name == "集計_年度")
    rows = {row[0]: row[1] for row in table.data_body_range.value}
    assert rows == {"R7": "－", "R8": "－", "R9": "確定", "R10": "－", "R11": "－"}
    assert len(history(path)) == 1

    assert press("close", again) == 2
    assert "tanaka が確定しています" in said(agreed)[-1]


def test_the_next_round_is_begun_only_after_the_round_is_confirmed(
    agreed: xlwings.App, sample: xlwings.Book
) -> None:
    path = Path(sample.fullname)
    assert press("next", sample) == 2
    assert "まだ確定していません" in said(agreed)[-1]
    again = agreed.books[path.name]
    assert press("close", again) == 0
    assert press("next", agreed.books[path.name]) == 0
    assert "令和10年度" in said(agreed)[-1]
    ledger, book = read(path), agreed.books[path.name]
    assert str(ledger.settings.round) == "R10"
    assert ledger.measures["1-01"].cells["efforts"].text == ""
    assert cell_of(book, "1-01-1", "R9").value == 121
    table = next(t for t in book.sheets["集計"].tables if t.name == "集計_年度")
    rows = {row[0]: row[1] for row in table.data_body_range.value}
    assert (rows["R9"], rows["R10"]) == ("確定", "いまの判定")


def test_errors_stop_it_and_are_said(agreed: xlwings.App, sample: xlwings.Book) -> None:
    path = Path(sample.fullname)
    cell_of(sample, "1-01-1", "R9").value = "多数"
    assert press("close", sample) == 0
    assert "エラーが1件残っているため" in said(agreed)[-1] and "多数" in said(agreed)[-1]
    assert read(path).records == {}


def test_a_workbook_with_buttons_keeps_them(
    agreed: xlwings.App, sample_path: Path, tmp_path: Path
) -> None:
    path = tmp_path / "評価 & 50%.xlsm"
    path.write_bytes(make(sample_path.read_bytes()))
    assert press("close", agreed.books.open(str(path))) == 0
    assert press("next", agreed.books[path.name]) == 0
    assert str(read(path).settings.round) == "R10"
    assert parts(path.read_bytes()).keys() >= {"xl/vbaProject.bin"}
