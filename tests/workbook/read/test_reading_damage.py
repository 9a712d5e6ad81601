"""What was deleted, doubled, merged or hidden: said with its code and place, all else still read."""

from __future__ import annotations

from edited_packages import Edited, figures, resize, row_of, table
from openpyxl import Workbook
from openpyxl.utils.cell import get_column_letter

from aso_xl.domain.catalogue import (
    COLUMN_MISSING,
    HIDDEN_ROW,
    ID_DOUBLED,
    ID_MISSING,
    ID_UNKNOWN,
    MERGED_CELL,
    ROW_BELOW_TABLE,
    SHEET_MISSING,
    TABLE_MISSING,
)
from aso_xl.domain.ledger import Ledger, Oddity


def test_deleted_column(edited: Edited, untouched: Ledger) -> None:
    def delete(book: Workbook) -> None:
        sheet, found, (left, top, right, bottom) = table(book, "KPI_1")
        at = [column.name for column in found.tableColumns].index("R9")
        column = left + at
        sheet.move_range(
            f"{get_column_letter(column + 1)}{top}:{get_column_letter(right)}{bottom}", cols=-1
        )
        del found.tableColumns[at]
        resize(found, left, top, right - 1, bottom)

    ledger = edited(delete)
    header = f"A{untouched.rows['1-01-1'].number - 1}"
    assert ledger.oddities == (Oddity(COLUMN_MISSING, "基本目標1", header, detail="R9"),)
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
        Oddity(TABLE_MISSING, "基本目標2", detail="KPI_2"),
        Oddity(SHEET_MISSING, "基本目標3", detail="数値目標_3"),
    )
    goals = {id_[0] for id_ in ledger.rows}
    assert goals == {"1", "2", "4"} and "2-H1" in ledger.rows and "2-02-1" not in ledger.rows


def test_deleted_row(edited: Edited, untouched: Ledger) -> None:
    def delete(book: Workbook) -> None:
        sheet, found, (left, top, right, bottom) = table(book, "KPI_3")
        sheet.delete_rows(row_of(book, "KPI_3", "3-02-1"))
        resize(found, left, top, right, bottom - 1)

    ledger = edited(delete)
    name = untouched.plan.by_id["3-02-1"].name
    assert ledger.oddities == (Oddity(ID_MISSING, "基本目標3", id="3-02-1", detail=name),)
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
        Oddity(ID_DOUBLED, "基本目標1", f"A{second}", "1-01-1", f"基本目標1 A{first}"),
        Oddity(ID_UNKNOWN, "基本目標1", f"A{third}", "9-99-9", "9-99-9"),
        Oddity(ID_MISSING, "基本目標1", id="1-01-2", detail=plan["1-01-2"].name),
        Oddity(ID_MISSING, "基本目標1", id="1-01-3", detail=plan["1-01-3"].name),
    )
    assert ledger.rows["1-01-1"].number == first


def test_row_typed_below_the_table(edited: Edited, untouched: Ledger) -> None:
    last = max(row.number for id_, row in untouched.rows.items() if id_.startswith("1-0"))

    def add(book: Workbook) -> None:
        book["基本目標1"].cell(last + 1, 3).value = "新しい指標"
        book["基本目標1"].cell(last + 1, 12).value = 5

    ledger = edited(add)
    assert ledger.oddities == (Oddity(ROW_BELOW_TABLE, "基本目標1", f"A{last + 1}"),)
    assert figures(ledger) == figures(untouched)


def test_known_row_moved_below_the_table_is_still_read(edited: Edited, untouched: Ledger) -> None:
    last = untouched.rows["1-09-3"].number

    def shrink(book: Workbook) -> None:
        _, found, (left, top, right, bottom) = table(book, "KPI_1")
        resize(found, left, top, right, bottom - 1)

    ledger = edited(shrink)
    assert ledger.oddities == (Oddity(ROW_BELOW_TABLE, "基本目標1", f"A{last}", "1-09-3"),)
    assert figures(ledger) == figures(untouched)


def test_merged_cells_over_figures(edited: Edited, untouched: Ledger) -> None:
    row = untouched.rows["4-08-1"].number
    ledger = edited(lambda book: book["基本目標4"].merge_cells(f"L{row}:L{row + 1}"))
    place = f"L{row}:L{row + 1}"
    assert ledger.oddities == (Oddity(MERGED_CELL, "基本目標4", place, detail=place),)
    assert figures(ledger)["4-08-1"] == figures(untouched)["4-08-1"]


def test_hidden_row(edited: Edited, untouched: Ledger) -> None:
    row = untouched.rows["4-08-1"].number

    def hide(book: Workbook) -> None:
        book["基本目標4"].row_dimensions[row].hidden = True

    ledger = edited(hide)
    assert ledger.oddities == (Oddity(HIDDEN_ROW, "基本目標4", f"A{row}", "4-08-1"),)
    assert ledger.rows["4-08-1"].hidden
    assert figures(ledger) == figures(untouched)
