"""What staff do to a workbook: sort, filter, insert, rename, delete. Values are found all the same,
and what cannot be found is said with its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet.filters import FilterColumn, Filters
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from workbook_tools import Xlsx, needs_libreoffice, recalculated

from aso_xl.ledger import Ledger, Oddity
from aso_xl.workbook.reading import read

Edit = Callable[[Workbook], None]
Edited = Callable[[Edit], Ledger]
Figures = dict[str, dict[str, object]]


@pytest.fixture
def edited(sample_path: Path, tmp_path: Path) -> Edited:
    """Return a function that reads a copy of the sample in which something was changed."""

    def change(edit: Edit) -> Ledger:
        book = load_workbook(sample_path)
        edit(book)
        book.save(tmp_path / "edited.xlsx")
        return read(tmp_path / "edited.xlsx")

    return change


@pytest.fixture(scope="module")
def untouched(sample_path: Path) -> Ledger:
    return read(sample_path)


def figures(ledger: Ledger) -> Figures:
    rounds = [str(r) for r in ledger.plan.rounds]
    return {
        id_: {r: row.cells[r].value for r in rounds if r in row.cells}
        for id_, row in ledger.rows.items()
    }


def texts(ledger: Ledger) -> Figures:
    return {id_: {f: c.value for f, c in r.cells.items()} for id_, r in ledger.measures.items()}


def table(book: Workbook, name: str) -> tuple[Worksheet, Table, tuple[int, int, int, int]]:
    for sheet in book.worksheets:
        if name in sheet.tables:
            left, top, right, bottom = range_boundaries(sheet.tables[name].ref)
            return sheet, sheet.tables[name], (left or 0, top or 0, right or 0, bottom or 0)
    raise KeyError(name)


def row_of(book: Workbook, name: str, id_: str) -> int:
    sheet, _, (left, top, _, bottom) = table(book, name)
    return next(r for r in range(top + 1, bottom + 1) if sheet.cell(r, left).value == id_)


def resize(found: Table, left: int, top: int, right: int, bottom: int) -> None:
    found.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
    if found.autoFilter:
        found.autoFilter.ref = found.ref


def assert_all_found(ledger: Ledger, untouched: Ledger) -> None:
    assert ledger.oddities == ()
    assert figures(ledger) == figures(untouched)
    assert texts(ledger) == texts(untouched)
    assert ledger.settings == untouched.settings


def test_untouched_workbooks_have_nothing_odd(
    template_path: Path, second_path: Path, untouched: Ledger
) -> None:
    assert [read(path).oddities for path in (template_path, second_path)] == [(), ()]
    assert untouched.oddities == ()
    assert len(untouched.rows) == len(untouched.plan.by_id) == 67
    assert figures(untouched)["1-01-1"] == {"R7": 98, "R8": 105, "R9": 121, "R10": None, "R11": None}
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
        found.autoFilter.filterColumn.append(FilterColumn(colId=4, filters=Filters(filter=["以下"])))
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
    assert ledger.rows["2-H1"].cells["R9"].address == f"L{ledger.rows['2-H1'].number}"


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
        nine, remark = left + 11, left + 18
        for row in range(top, bottom + 1):
            one, other = sheet.cell(row, nine), sheet.cell(row, remark)
            one.value, other.value = other.value, one.value
        heads = found.tableColumns
        heads[11].name, heads[18].name = heads[18].name, heads[11].name

    ledger = edited(swap)
    assert_all_found(ledger, untouched)
    assert ledger.rows["3-01-1"].cells["R9"].address.startswith("S")


def test_deleted_column(edited: Edited, untouched: Ledger) -> None:
    def delete(book: Workbook) -> None:
        sheet, found, (left, top, right, bottom) = table(book, "KPI_1")
        column = left + 11
        sheet.move_range(
            f"{get_column_letter(column + 1)}{top}:{get_column_letter(right)}{bottom}", cols=-1
        )
        del found.tableColumns[11]
        resize(found, left, top, right - 1, bottom)

    ledger = edited(delete)
    header = f"A{untouched.rows['1-01-1'].number - 1}"
    assert ledger.oddities == (Oddity("column-missing", "基本目標1", header, detail="R9"),)
    expected = figures(untouched)
    for id_ in (i for i in expected if i.startswith("1-") and "H" not in i):
        del expected[id_]["R9"]
    assert figures(ledger) == expected


def test_deleted_table_and_sheet(edited: Edited) -> None:
    def clear(book: Workbook) -> None:
        sheet, _, (left, top, right, bottom) = table(book, "KPI_2")
        del sheet.tables["KPI_2"]
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                sheet.cell(row, column).value = None
        del book["基本目標3"]

    ledger = edited(clear)
    assert ledger.oddities == (
        Oddity("table-missing", "基本目標2", detail="KPI_2"),
        Oddity("sheet-missing", "基本目標3", detail="数値目標_3"),
    )
    goals = {id_[0] for id_ in ledger.rows}
    assert goals == {"1", "2", "4"} and "2-H1" in ledger.rows and "2-02-1" not in ledger.rows


def test_deleted_row(edited: Edited, untouched: Ledger) -> None:
    def delete(book: Workbook) -> None:
        sheet, found, (left, top, right, bottom) = table(book, "KPI_3")
        sheet.delete_rows(row_of(book, "KPI_3", "3-02-1"))
        resize(found, left, top, right, bottom - 1)
        measures = sheet.tables["施策_3"]
        corners = range_boundaries(measures.ref)
        resize(measures, corners[0] or 0, corners[1] - 1, corners[2] or 0, corners[3] - 1)

    ledger = edited(delete)
    name = untouched.plan.by_id["3-02-1"].name
    assert ledger.oddities == (Oddity("id-missing", "基本目標3", id="3-02-1", detail=name),)
    assert figures(ledger) == {i: f for i, f in figures(untouched).items() if i != "3-02-1"}


def test_doubled_and_unknown_ids(edited: Edited, untouched: Ledger) -> None:
    def retype(book: Workbook) -> None:
        sheet, _, (left, *_) = table(book, "KPI_1")
        sheet.cell(row_of(book, "KPI_1", "1-01-2"), left).value = "1-01-1"
        sheet.cell(row_of(book, "KPI_1", "1-01-3"), left).value = "9-99-9"

    ledger = edited(retype)
    first, second, third = (untouched.rows[f"1-01-{n}"].number for n in (1, 2, 3))
    plan = untouched.plan.by_id
    assert ledger.oddities == (
        Oddity("id-doubled", "基本目標1", f"A{second}", "1-01-1", f"基本目標1 A{first}"),
        Oddity("id-unknown", "基本目標1", f"A{third}", "9-99-9", "9-99-9"),
        Oddity("id-missing", "基本目標1", id="1-01-2", detail=plan["1-01-2"].name),
        Oddity("id-missing", "基本目標1", id="1-01-3", detail=plan["1-01-3"].name),
    )
    assert ledger.rows["1-01-1"].number == first


@pytest.mark.parametrize("typed", ["１－０１－１", " 1-01-1 ", "1‐01‐1", "1-01-1\n"])
def test_ids_retyped_in_another_width(edited: Edited, untouched: Ledger, typed: str) -> None:
    def retype(book: Workbook) -> None:
        sheet, _, (left, *_) = table(book, "KPI_1")
        sheet.cell(row_of(book, "KPI_1", "1-01-1"), left).value = typed

    ledger = edited(retype)
    assert ledger.oddities == ()
    assert figures(ledger) == figures(untouched)


def test_row_typed_below_the_table(edited: Edited, untouched: Ledger) -> None:
    last = max(row.number for id_, row in untouched.rows.items() if id_.startswith("1-0"))

    def add(book: Workbook) -> None:
        book["基本目標1"].cell(last + 1, 3).value = "新しい指標"
        book["基本目標1"].cell(last + 1, 12).value = 5

    ledger = edited(add)
    assert ledger.oddities == (Oddity("row-below-table", "基本目標1", f"A{last + 1}"),)
    assert figures(ledger) == figures(untouched)


def test_known_row_moved_below_the_table_is_still_read(edited: Edited, untouched: Ledger) -> None:
    last = untouched.rows["1-09-3"].number

    def shrink(book: Workbook) -> None:
        _, found, (left, top, right, bottom) = table(book, "KPI_1")
        resize(found, left, top, right, bottom - 1)

    ledger = edited(shrink)
    assert ledger.oddities == (Oddity("row-below-table", "基本目標1", f"A{last}", "1-09-3"),)
    assert figures(ledger) == figures(untouched)


def test_merged_cells_over_figures(edited: Edited, untouched: Ledger) -> None:
    row = untouched.rows["4-08-1"].number
    ledger = edited(lambda book: book["基本目標4"].merge_cells(f"L{row}:L{row + 1}"))
    place = f"L{row}:L{row + 1}"
    assert ledger.oddities == (Oddity("merged-cell", "基本目標4", place, detail=place),)
    assert figures(ledger)["4-08-1"] == figures(untouched)["4-08-1"]


def test_hidden_row(edited: Edited, untouched: Ledger) -> None:
    row = untouched.rows["4-08-1"].number

    def hide(book: Workbook) -> None:
        book["基本目標4"].row_dimensions[row].hidden = True

    ledger = edited(hide)
    assert ledger.oddities == (Oddity("hidden-row", "基本目標4", f"A{row}", "4-08-1"),)
    assert ledger.rows["4-08-1"].hidden
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
