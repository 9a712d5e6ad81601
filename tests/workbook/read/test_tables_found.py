"""Tables are known by their headings and ids: copied, renamed, dropped, doubled, headings rewritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from copied import copy_sheet, drop_tables, rename_tables
from edited_packages import Edit, Edited, assert_all_found, figures, row_of, table
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from aso_xl.domain.checks import check
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.plan import KpiCounts
from aso_xl.workbook.layout import COUNTS_TABLE
from aso_xl.workbook.read.reading import read

R9, REMARK = 9, 13
"""Columns of the goals' sheets: I and M."""


def put(book: Workbook, sheet: str, id_: str, column: int, value: object) -> str:
    """Type into the row of an indicator; return the address."""
    rows = book[sheet].iter_rows(min_col=1, max_col=1)
    cell = next(row[0] for row in rows if row[0].value == id_)
    book[sheet].cell(cell.row, column).value = value
    return book[sheet].cell(cell.row, column).coordinate


def codes(ledger: Ledger) -> set[str]:
    return {oddity.kind.code for oddity in ledger.oddities}


def unread(ledger: Ledger) -> list[tuple[str, str, str, object]]:
    return [(u.cell.sheet, u.cell.address, u.id, u.cell.value) for u in ledger.unread]


def said(ledger: Ledger, code: str) -> list[str]:
    issues = check(ledger, ledger.settings.round)
    return [f"{i.severity.value} {i.message}" for i in issues if i.code == code]


@pytest.mark.parametrize("change", [rename_tables, drop_tables])
def test_tables_whose_names_are_gone_are_read_all_the_same(
    edited: Edited, untouched: Ledger, change: Edit
) -> None:
    ledger = edited(change)
    assert_all_found(ledger, untouched)
    assert ledger.unread == ()
    assert ledger.areas.keys() == untouched.areas.keys()
    assert ledger.areas[COUNTS_TABLE].first_row == untouched.areas[COUNTS_TABLE].first_row
    assert ledger.shown_counts.keys() == untouched.shown_counts.keys()


def test_dropped_tables_on_sheets_with_rows_and_columns_before_them(
    edited: Edited, untouched: Ledger
) -> None:
    def change(book: Workbook) -> None:
        drop_tables(book)
        for number in (1, 2, 3, 4):
            book[f"基本目標{number}"].insert_rows(2, 3)
            book[f"基本目標{number}"].insert_cols(1, 2)
            book[f"基本目標{number}"].title = f"目標{number}"
        book.move_sheet("設定", 5)
        book["目標3"].sheet_state = "hidden"

    ledger = edited(change)
    assert_all_found(ledger, untouched)
    assert ledger.rows["3-01-1"].sheet == "目標3"


def test_a_copy_whose_original_was_deleted_is_the_table(edited: Edited, untouched: Ledger) -> None:
    def change(book: Workbook) -> None:
        made = copy_sheet(book, "基本目標1")
        del book["基本目標1"]
        made.title = "基本目標1"
        put(book, "基本目標1", "1-01-2", R9, 455)

    ledger = edited(change)
    assert codes(ledger) == set() and ledger.unread == ()
    assert figures(ledger)["1-01-2"]["R9"] == 455
    assert figures(ledger)["4-36-1"] == figures(untouched)["4-36-1"]


@pytest.mark.parametrize("tables", [True, False])
def test_what_is_typed_on_a_copy_beside_the_original_is_said(edited: Edited, tables: bool) -> None:
    def change(book: Workbook) -> None:
        copy_sheet(book, "基本目標1", tables=tables)
        put(book, "基本目標1 (2)", "1-01-2", R9, 455)
        put(book, "基本目標1", "1-01-2", R9, None)
        put(book, "基本目標1 (2)", "1-01-3", REMARK, "写しに書いた要因")

    ledger = edited(change)
    assert figures(ledger)["1-01-2"]["R9"] is None
    assert unread(ledger) == [
        ("基本目標1 (2)", "I12", "1-01-2", 455),
        ("基本目標1 (2)", "M13", "1-01-3", "写しに書いた要因"),
    ]
    doubled = said(ledger, "table-doubled")
    assert len(doubled) == 2
    assert "基本目標1 A10 と 基本目標1 (2) A10" in doubled[1]
    first, _ = said(ledger, "value-unread")
    assert first.startswith("error 基本目標1 (2) I12(1-01-2): 「455」を読み取っていません")
    assert "(基本目標1 I12)" in first


def test_an_untouched_copy_loses_nothing_and_is_no_error(edited: Edited, untouched: Ledger) -> None:
    ledger = edited(lambda book: [copy_sheet(book, s) for s in ("基本目標2", "設定", "集計")])
    assert codes(ledger) == {"table-doubled", "table-copied"}
    assert ledger.unread == ()
    assert figures(ledger) == figures(untouched)
    assert ledger.settings == untouched.settings


def test_a_setting_and_a_department_typed_on_a_copy_are_said(edited: Edited) -> None:
    def change(book: Workbook) -> None:
        made = copy_sheet(book, "設定")
        made["B5"] = "R10"
        made["A40"] = "新設課"

    ledger = edited(change)
    assert str(ledger.settings.round) == "R9"
    assert unread(ledger) == [("設定 (2)", "B5", "", "R10"), ("設定 (2)", "A40", "", "新設課")]


def test_an_extract_for_a_meeting_is_nobodys_double(edited: Edited, untouched: Ledger) -> None:
    def extract(book: Workbook) -> None:
        own = book.create_sheet("会議用")
        for row in (10, 11, 12):
            own.append([cell.value for cell in book["基本目標1"][row][:20]])
        own["L2"] = 999

    ledger = edited(extract)
    assert_all_found(ledger, untouched)
    assert ledger.unread == ()


SAME = ["R9実績", "令和9年度", "Ｒ９", "R9 ", "R9（実績値）", "Ｒ9年度実績"]


@pytest.mark.parametrize("head", SAME)
@pytest.mark.parametrize("dropped", [False, True])
def test_a_heading_that_means_the_same_is_that_column(
    edited: Edited, untouched: Ledger, head: str, dropped: bool
) -> None:
    def rename(book: Workbook) -> None:
        if dropped:
            drop_tables(book)
        book["基本目標1"].cell(10, R9).value = head

    ledger = edited(rename)
    assert figures(ledger) == figures(untouched)
    assert codes(ledger) <= {"column-renamed"}
    assert ledger.unread == ()


@pytest.mark.parametrize("head", ["R9(速報)", "今年度", "列1", None, "R19"])
def test_values_under_another_heading_are_listed_one_by_one(
    edited: Edited, untouched: Ledger, head: str | None
) -> None:
    def rename(book: Workbook) -> None:
        book["基本目標1"].cell(10, R9).value = head

    ledger = edited(rename)
    typed = {id_: f["R9"] for id_, f in figures(untouched).items() if id_.startswith("1-0")}
    assert {u.id: u.cell.value for u in ledger.unread} == typed
    assert unread(ledger)[0] == ("基本目標1", "I11", "1-01-1", 121)
    assert len(said(ledger, "value-unread")) == len(typed) == 16
    assert said(ledger, "value-unread")[0].startswith("error 基本目標1 I11(1-01-1): 「121」")
    assert "column-missing" in codes(ledger)


def test_two_columns_of_one_round(edited: Edited, untouched: Ledger) -> None:
    def double(book: Workbook) -> None:
        sheet, _, (_, top, _, _) = table(book, "KPI_1")
        del sheet.tables["KPI_1"]
        sheet.insert_cols(R9 + 1)
        sheet.cell(top, R9 + 1).value = "R9"
        sheet.cell(row_of_sheet(sheet, "1-01-2"), R9 + 1).value = 455
        del sheet.tables["数値目標_1"]

    ledger = edited(double)
    assert figures(ledger) == figures(untouched)
    assert unread(ledger) == [("基本目標1", "J12", "1-01-2", 455)]


def row_of_sheet(sheet: Worksheet, id_: str) -> int:
    return next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == id_)


def test_a_column_of_their_own_is_their_own(edited: Edited, untouched: Ledger) -> None:
    def insert(book: Workbook) -> None:
        drop_tables(book)
        sheet = book["基本目標1"]
        sheet.insert_cols(4)
        sheet.cell(10, 4).value = "係の覚え"
        sheet.cell(11, 4).value = "猟友会に聞く"

    ledger = edited(insert)
    assert_all_found(ledger, untouched)
    assert ledger.unread == ()


def test_the_heading_of_the_ids_rewritten(edited: Edited, untouched: Ledger) -> None:
    def rename(book: Workbook) -> None:
        drop_tables(book)
        book["基本目標1"]["A10"] = "No."

    ledger = edited(rename)
    assert figures(ledger) == figures(untouched)
    assert codes(ledger) == {"column-renamed"}


@pytest.mark.parametrize("id_", ["1-99-9", None, "1-01-1"])
def test_a_row_whose_id_was_changed_is_a_stray(edited: Edited, id_: str | None) -> None:
    def retype(book: Workbook) -> None:
        sheet, _, (left, *_) = table(book, "KPI_1")
        sheet.cell(row_of(book, "KPI_1", "1-01-2"), left).value = id_

    ledger = edited(retype)
    assert [row.cells["R9"].value for row in ledger.strays] == [414]
    assert {"id-missing", "id-doubled" if id_ == "1-01-1" else "id-unknown"} == codes(ledger)


@pytest.mark.parametrize("change", [rename_tables, drop_tables])
def test_typed_counts_belong_to_the_goal_on_whose_sheet_they_stand(
    second_path: Path, tmp_path: Path, change: Edit
) -> None:
    book = load_workbook(second_path)
    change(book)
    book.move_sheet("基本目標4", -3)
    book.save(tmp_path / "second.xlsx")
    ledger = read(tmp_path / "second.xlsx")
    counts = [
        (g.kpi_counts.total, g.kpi_counts.achieved) for g in ledger.plan.goals if g.kpi_counts
    ]
    assert counts == [(11, 4), (15, 5), (11, 3), (15, 4)]
    assert ledger.oddities == ()


def test_counts_typed_on_a_copy_are_said(second_path: Path, tmp_path: Path) -> None:
    book = load_workbook(second_path)
    copy_sheet(book, "基本目標2")["C12"] = 9
    book.save(tmp_path / "second.xlsx")
    ledger = read(tmp_path / "second.xlsx")
    assert ledger.plan.goals[1].kpi_counts == KpiCounts(15, 5)
    assert unread(ledger) == [("基本目標2 (2)", "C12", "", 9)]
    assert codes(ledger) == {"table-doubled"}
