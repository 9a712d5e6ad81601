"""The live test bench keeps what Excel promises: read, write, refuse, copy, colour, count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings
from openpyxl import load_workbook

from aso_xl.workbook.read.reading import read

from .calls import CallRejected, Calls
from .engine import Alert
from .looks import looks

pytestmark = pytest.mark.libreoffice

GOAL, FINDINGS, SETTINGS = "基本目標1", "検証結果", "設定"
UNLOCKED, LOCKED = "I11", "C11"


@pytest.fixture
def sheet(app: xlwings.App) -> xlwings.Sheet:
    """Return the sheet of a new book."""
    return app.books.add().sheets[0]


def test_a_block_comes_back_as_it_was_put(sheet: xlwings.Sheet) -> None:
    block = [
        [1.0, -2.5, None, "有害鳥獣"],
        [dt.datetime(2024, 4, 1), dt.datetime(2024, 4, 1, 9, 30), 1e-7, "△10"],
    ]
    sheet.range("B2").value = block
    assert sheet.range("B2:E3").value == block
    assert sheet.used_range.address == "$B$2:$E$3"


@pytest.mark.parametrize(
    ("put", "got"),
    [
        ("=1+1", 2.0),
        ("'=1+1", "=1+1"),
        ("'1-01-1", "1-01-1"),
        ("''", "'"),
        ("1-01-1", dt.datetime(2001, 1, 1)),
        ("2024/4/1", dt.datetime(2024, 4, 1)),
        ("4-29-5", "4-29-5"),
        ("1,241.55", 1241.55),
        ("12%", 0.12),
        ("-", "-"),
        ("", None),
    ],
)
def test_text_is_taken_as_if_typed(sheet: xlwings.Sheet, put: str, got: object) -> None:
    sheet.range("A1").value = put
    assert sheet.range("A1").value == got


@pytest.mark.parametrize("text", ["=1+1", "1-01-1", "12"])
def test_a_text_cell_keeps_text(sheet: xlwings.Sheet, text: str) -> None:
    sheet.range("A1").number_format = "@"
    sheet.range("A1").value = text
    assert sheet.range("A1").value == text


def test_errors_read_as_none_or_by_name(sheet: xlwings.Sheet) -> None:
    sheet.range("A1").formula = [["=1/0", "=NA()", "=NOSUCH()", "=1+1"]]
    cells = sheet.range("A1:D1")
    assert cells.value == [None, None, None, 2.0]
    assert cells.options(err_to_str=True).value == ["#DIV/0!", "#N/A", "#NAME?", 2.0]


def test_formulas_are_excels(sample: xlwings.Book) -> None:
    cells = sample.sheets[FINDINGS].range("H1:J1")
    written = [
        f'=HYPERLINK("#\'{GOAL}\'!I11","a, b; c!d")',
        f'=IF({SETTINGS}!B5="R9",SUM(H1:H2,1),0)',
        "=SUM({1,2;3,4})",
    ]
    cells.formula = [written]
    assert cells.value == ["a, b; c!d", 1.0, 10.0]
    assert list(cells.formula[0]) == written


def test_what_is_not_saved_is_in_the_copy(
    sample: xlwings.Book, sample_path: Path, tmp_path: Path
) -> None:
    before, place = read(sample_path), sample.fullname
    id_ = next(k for k, row in before.rows.items() if row.cells["R9"].address == UNLOCKED)
    sample.sheets[GOAL].range(UNLOCKED).value = 123

    sample.api.SaveCopyAs(str(tmp_path / "copy.xlsx"))

    after = read(tmp_path / "copy.xlsx")
    assert after.rows[id_].cells["R9"].value == 123
    assert read(Path(place)).rows[id_].cells["R9"].value == before.rows[id_].cells["R9"].value
    assert (sample.fullname, sample.api.Saved) == (place, False)
    assert after.settings == before.settings
    assert [o.kind for o in after.oddities] == [o.kind for o in before.oddities]
    assert {
        (id, field): (cell.address, cell.value, cell.is_formula)
        for id, row in after.rows.items()
        for field, cell in row.cells.items()
        if id != id_
    } == {
        (id, field): (cell.address, cell.value, cell.is_formula)
        for id, row in before.rows.items()
        for field, cell in row.cells.items()
        if id != id_
    }


def test_a_book_never_saved_has_a_name_and_can_be_copied(app: xlwings.App, tmp_path: Path) -> None:
    book = app.books.add()
    book.sheets[0].range("A1").value = "未保存"
    assert book.fullname == book.name and "/" not in book.name
    book.api.SaveCopyAs(str(tmp_path / "copy.xlsx"))
    assert load_workbook(tmp_path / "copy.xlsx").worksheets[0]["A1"].value == "未保存"
    assert "/" not in book.fullname


CHANGES: list[Callable[[xlwings.Range], None]] = [
    lambda cell: setattr(cell, "value", 1),
    lambda cell: setattr(cell, "formula", "=1"),
    lambda cell: setattr(cell, "color", (255, 0, 0)),
    lambda cell: setattr(cell, "number_format", "0"),
    lambda cell: cell.clear_contents(),
    lambda cell: cell.add_hyperlink("#A1", "x"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_locked_cell_of_a_protected_sheet_refuses(
    sample: xlwings.Book, change: Callable[[xlwings.Range], None]
) -> None:
    sheet = sample.sheets[GOAL]
    cell = sheet.range(LOCKED)
    before = cell.value, cell.color, cell.number_format
    assert sheet.api.ProtectContents
    with pytest.raises(xlwings.XlwingsError, match=LOCKED):
        change(cell)
    assert (cell.value, cell.color, cell.number_format) == before

    sheet.api.Unprotect()
    change(cell)
    assert (cell.value, cell.color, cell.number_format) != before or change is CHANGES[-1]


def test_an_unlocked_cell_of_a_protected_sheet_is_written(sample: xlwings.Book) -> None:
    sheet = sample.sheets[GOAL]
    sheet.range(UNLOCKED).value = 77
    assert sheet.range(UNLOCKED).value == 77
    with pytest.raises(xlwings.XlwingsError):
        sheet.range("I11:M11").value = [1, 2, 3, 4, 5]
    assert sheet.range(UNLOCKED).value == 77


def test_a_rules_colour_is_seen_and_goes_again(sample: xlwings.Book) -> None:
    sheet, keys = sample.sheets[GOAL], sample.names["指摘キー"].refers_to_range
    id_, head = sheet.range("A11").value, sheet.range("I10").value
    plain = looks(sheet)
    keys[0, 0].value = f"エラー|{id_}|{head}"
    flagged = looks(sheet)
    assert {at for at in plain if plain[at] != flagged[at]} == {UNLOCKED}
    assert sheet.range(UNLOCKED).color == (0xFF, 0xFB, 0xE6), "its own colour stays"
    keys[0, 0].clear_contents()
    assert looks(sheet) == plain


def test_tables_are_found_read_and_resized(sample: xlwings.Book, tmp_path: Path) -> None:
    sheet = sample.sheets[FINDINGS]
    table = sheet.tables["検証結果表"]
    assert [t.name for t in sheet.tables] == ["検証結果表"]
    assert table.header_row_range.value[0] == "重要度"
    top, left = table.range.row, table.range.column
    bigger = sheet.range((top, left), (top + 9, left + table.range.shape[1] - 1))
    table.resize(bigger)
    assert table.range.address == bigger.address
    assert table.data_body_range.shape[0] == 9
    sample.api.SaveCopyAs(str(tmp_path / "copy.xlsx"))
    saved = load_workbook(tmp_path / "copy.xlsx")[FINDINGS].tables["検証結果表"].ref
    assert saved == bigger.get_address(False, False)
    with pytest.raises(xlwings.XlwingsError):
        table.resize(bigger.offset(1, 0))


def test_the_applications_state_can_be_kept_and_restored(sample: xlwings.Book) -> None:
    app = sample.app
    assert (app.calculation, app.screen_updating, app.status_bar) == ("automatic", True, False)
    cell = sample.sheets[FINDINGS].range("H1")
    cell.formula = "=I1*2"
    with app.properties(calculation="manual", screen_updating=False, status_bar="計算中"):
        cell.offset(0, 1).value = 4
        assert (cell.value, app.calculation, app.status_bar) == (0.0, "manual", "計算中")
    assert (app.calculation, app.screen_updating, app.status_bar) == ("automatic", True, False)
    assert cell.value == 8.0
    assert app.impl.status_texts == ["計算中", False]


def test_selection_and_sheet_in_front(sample: xlwings.Book) -> None:
    app = sample.app
    assert app.books.active == sample
    sample.sheets[GOAL].range("I11:J12").select()
    assert sample.sheets.active.name == GOAL
    assert app.selection == sample.sheets[GOAL].range("I11:J12")


def test_dialogs_are_recorded_and_answered(app: xlwings.App) -> None:
    assert app.alert("作りますか。", title="総合戦略", buttons="yes_no", mode="critical") == "no"
    app.impl.answer = lambda alert: "yes"
    assert app.alert("作りますか。", title="総合戦略", buttons="yes_no", mode="critical") == "yes"
    assert app.impl.alerts == [Alert("作りますか。", "総合戦略", "yes_no", "critical")] * 2


def test_read_only_elsewhere_and_no_book(
    app: xlwings.App, sample_path: Path, tmp_path: Path
) -> None:
    assert len(app.books) == 0
    copy = tmp_path / "閲覧 & 50%.xlsx"
    copy.write_bytes(sample_path.read_bytes())
    book = app.books.open(copy, read_only=True)
    assert (book.api.ReadOnly, book.api.MultiUserEditing) == (True, False)
    assert (book.name, book.fullname) == (copy.name, str(copy))
    app.impl.addresses[str(copy)] = "https://example.sharepoint.com/文書/評価.xlsx"
    assert (book.name, app.books.active.name) == ("評価.xlsx", "評価.xlsx")


def test_calls_do_not_grow_with_rows(sheet: xlwings.Sheet, calls: Calls) -> None:
    counts = []
    for rows in (1, 1000):
        block = [["エラー", f'=HYPERLINK("#A{i + 1}","行{i}")', "x", i] for i in range(rows)]
        calls.reset()
        sheet.range((1, 1), (rows, 4)).formula = block
        assert calls.names["Range.formula"] == 1
        counts.append(calls.count)
    assert sheet.range("B1000").value == "行999"
    assert counts[0] == counts[1]


def test_a_refused_call_raises_as_excel_does(sheet: xlwings.Sheet, calls: Calls) -> None:
    sheet.range("A1").value = "前"
    calls.reset()
    calls.refuse = lambda number, name: name == "Range.raw_value"
    with pytest.raises(CallRejected) as refused:
        sheet.range("A1").value = "後"
    assert refused.value.hresult == -2147418111
    calls.refuse = None
    assert sheet.range("A1").value == "前"
