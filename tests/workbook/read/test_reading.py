"""What staff may do freely: sort, filter, insert, rename, convert. Every value is found all the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from edited_packages import Edited, assert_all_found, figures, resize, row_of, table
from openpyxl import Workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.filters import FilterColumn, Filters
from openpyxl.worksheet.table import Table
from workbook_tools import Xlsx, needs_libreoffice, recalculated

from aso_xl.domain.ledger import Ledger
from aso_xl.workbook.read.file.workbook_file import open_book
from aso_xl.workbook.read.reading import read
from aso_xl.workbook.read.tables import excel_tables


def test_untouched_workbooks_have_nothing_odd(
    template_path: Path, second_path: Path, untouched: Ledger
) -> None:
    assert [read(path).oddities for path in (template_path, second_path)] == [(), ()]
    assert untouched.oddities == ()
    assert len(untouched.rows) == len(untouched.plan.by_id) == 67
    assert figures(untouched)["1-01-1"] == {
        "R7": 98,
        "R8": 105,
        "R9": 121,
        "R10": None,
        "R11": None,
    }
    assert figures(untouched)["1-01-4"]["R9"] == "未公表"
    assert untouched.settings.sample and not read(template_path).settings.sample


def test_sorted_rows(edited: Edited, untouched: Ledger) -> None:
    def sort(book: Workbook) -> None:
        sheet, _, (left, top, right, bottom) = table(book, "KPI_4")
        rows = [
            [sheet.cell(r, c).value for c in range(left, right + 1)]
            for r in range(top + 1, bottom + 1)
        ]
        for number, values in enumerate(reversed(rows), start=top + 1):
            for column, value in enumerate(values, start=left):
                sheet.cell(number, column).value = value

    ledger = edited(sort)
    assert_all_found(ledger, untouched)
    first, last = untouched.rows["4-03-1"].number, untouched.rows["4-40-1"].number
    assert (ledger.rows["4-03-1"].number, ledger.rows["4-40-1"].number) == (last, first)


def test_filtered_rows_are_read_and_not_called_hidden(edited: Edited, untouched: Ledger) -> None:
    def apply(book: Workbook) -> None:
        sheet, found, (_, top, _, bottom) = table(book, "KPI_1")
        found.autoFilter.filterColumn.append(
            FilterColumn(colId=4, filters=Filters(filter=["以下"]))
        )
        for row in range(top + 1, bottom + 1):
            sheet.row_dimensions[row].hidden = True

    ledger = edited(apply)
    assert_all_found(ledger, untouched)
    assert not any(row.hidden for row in ledger.rows.values())


def test_rows_inserted_above_the_tables(edited: Edited, untouched: Ledger) -> None:
    def insert(book: Workbook) -> None:
        sheet = book["基本目標2"]
        sheet.insert_rows(3, 5)
        sheet["A4"] = "課内の覚え書き"
        for found in sheet.tables.values():
            left, top, right, bottom = range_boundaries(found.ref)
            resize(found, left or 0, (top or 0) + 5, right or 0, (bottom or 0) + 5)

    ledger = edited(insert)
    assert_all_found(ledger, untouched)
    assert ledger.rows["2-H1"].number == untouched.rows["2-H1"].number + 5
    assert ledger.rows["2-H1"].cells["R9"].address == f"I{ledger.rows['2-H1'].number}"


def test_renamed_moved_and_added_sheets(edited: Edited, untouched: Ledger) -> None:
    def rearrange(book: Workbook) -> None:
        book["基本目標1"].title = "仕事(農政課分)"
        book["設定"].title = "せってい"
        book.move_sheet("仕事(農政課分)", 5)
        own = book.create_sheet("課のメモ", 0)
        own.append(["番号", "指標", "実績"])
        own.append(["1-01-1", "有害鳥獣捕獲従事者数", 999])
        own.add_table(Table(displayName="メモ表", ref="A1:C2"))
        book["基本目標2"].column_dimensions["J"].width = 60

    ledger = edited(rearrange)
    assert_all_found(ledger, untouched)
    assert ledger.rows["1-01-1"].sheet == "仕事(農政課分)"
    assert ledger.setting_cells["評価年度"].sheet == "せってい"


def test_a_table_stretched_over_the_sheet_is_read_as_far_as_there_is_anything(
    edited: Edited, untouched: Ledger, tmp_path: Path
) -> None:
    def stretch(book: Workbook) -> None:
        _, found, (left, top, right, _) = table(book, "施策_1")
        resize(found, left, top, right, 1_048_576)

    ledger = edited(stretch)
    assert_all_found(ledger, untouched)
    assert ledger.areas["施策_1"].last_row == 1_048_576
    found = excel_tables(open_book(tmp_path / "edited.xlsx").sheets)
    rows = next(t for t in found if t.name == "施策_1").rows()
    assert rows == range(
        ledger.areas["施策_1"].first_row + 1, untouched.areas["施策_1"].last_row + 1
    )


@pytest.mark.parametrize("names", [["KPI_4"], ["KPI_1", "数値目標_1", "施策_1"], ["設定表"]])
def test_tables_turned_into_ranges(edited: Edited, untouched: Ledger, names: list[str]) -> None:
    def convert(book: Workbook) -> None:
        for name in names:
            sheet, _, _ = table(book, name)
            del sheet.tables[name]

    assert_all_found(edited(convert), untouched)


def test_moved_columns(edited: Edited, untouched: Ledger) -> None:
    def swap(book: Workbook) -> None:
        sheet, found, (left, top, _, bottom) = table(book, "KPI_3")
        nine, remark = left + 8, left + 12
        for row in range(top, bottom + 1):
            one, other = sheet.cell(row, nine), sheet.cell(row, remark)
            one.value, other.value = other.value, one.value
        heads = found.tableColumns
        heads[8].name, heads[12].name = heads[12].name, heads[8].name

    ledger = edited(swap)
    assert_all_found(ledger, untouched)
    assert ledger.rows["3-01-1"].cells["R9"].address.startswith("M")


@pytest.mark.parametrize("typed", ["１－０１－１", " 1-01-1 ", "1‐01‐1", "1-01-1\n"])
def test_ids_retyped_in_another_width(edited: Edited, untouched: Ledger, typed: str) -> None:
    def retype(book: Workbook) -> None:
        sheet, _, (left, *_) = table(book, "KPI_1")
        sheet.cell(row_of(book, "KPI_1", "1-01-1"), left).value = typed

    ledger = edited(retype)
    assert ledger.oddities == ()
    assert figures(ledger) == figures(untouched)


def test_saved_by_openpyxl(edited: Edited, untouched: Ledger) -> None:
    assert_all_found(edited(lambda book: None), untouched)


@pytest.mark.libreoffice
@needs_libreoffice
def test_saved_by_libreoffice(sample_path: Path, untouched: Ledger, tmp_path: Path) -> None:
    saved = recalculated({"sample": sample_path}, tmp_path)["sample"]
    assert_all_found(read(saved), untouched)


def test_workbook_with_macros(sample_path: Path, untouched: Ledger, tmp_path: Path) -> None:
    book = Xlsx(sample_path)
    plain, macro = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    types = book.parts["[Content_Types].xml"]
    assert plain in types
    types = types.replace(b"openxmlformats-officedocument." + plain, macro)
    book.parts["[Content_Types].xml"] = types
    assert_all_found(read(book.save(tmp_path / "sample.xlsm")), untouched)


def test_reading_never_changes_the_file(sample_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    shutil.copyfile(sample_path, copy)
    copy.chmod(0o444)
    before = copy.read_bytes(), copy.stat().st_mtime_ns
    read(copy)
    assert (copy.read_bytes(), copy.stat().st_mtime_ns) == before
