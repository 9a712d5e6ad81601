"""改訂: what of staff stands beside ours comes along, and what finds no place is listed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from cli_tools import Command
from exchange_tools import Town
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.worksheet.cell_range import CellRange
from revision_tools import RENUMBERED, TEXT, Definition
from year_tools import put

from aso_xl.workbook.layout import CHANGES, REVISION


def with_sheet_of_staff(master: Path) -> None:
    """Add sheets, a comment and a note beside a table, as staff do."""
    book = openpyxl.load_workbook(master)
    memo = book.create_sheet("メモ")
    memo["A1"], memo["B1"], memo["B2"] = "会議のメモ", 12.5, "=B1*2"
    memo["C1"], memo["C2"] = "='基本目標1'!A1", "=SUM(担当課表[担当課])"
    memo["D1"], memo["D2"] = "='別の メモ'!A1", "=IF(B1>3,TRUE,$B$2)"
    memo["A1"].font = Font(bold=True, color="FFCC0000")
    memo["B1"].number_format = '0.000"点"'
    memo["A1"].comment = Comment("確かめる", "田中")
    memo.merge_cells("A3:B3")
    memo.column_dimensions["A"].width = 31
    memo.conditional_formatting.add("B1", CellIsRule("greaterThan", ["3"], font=Font(italic=True)))
    book.create_sheet("別の メモ")["A1"] = "もう一つ"
    book.create_chartsheet("グラフ")
    book["基本目標1"]["AD3"] = "手書きの注"
    book.save(master)


def test_sheets_that_staff_added_come_along_and_what_cannot_is_named(
    town: Town, definition: Definition, aso: Command
) -> None:
    with_sheet_of_staff(town.master)
    done = aso("revise", town.master, definition(*RENUMBERED), "--json")
    listed = {(each["sheet"], each["cell"], each["value"]) for each in done.json["left_behind"]}
    assert listed == {
        ("メモ", "A1", "確かめる"),
        ("メモ", "C1", "数式 C1、C2"),
        ("グラフ", "", "グラフ"),
        ("基本目標1", "AD3", "手書きの注"),
    }
    memo = openpyxl.load_workbook(town.master)["メモ"]
    assert (memo["A1"].value, memo["B1"].value, memo["B2"].value) == ("会議のメモ", 12.5, "=B1*2")
    assert (memo["D1"].value, memo["D2"].value) == ("='別の メモ'!A1", "=IF(B1>3,TRUE,$B$2)")
    assert memo["A1"].font.bold and memo["A1"].font.color.rgb == "FFCC0000"
    assert memo["B1"].number_format == '0.000"点"'
    assert memo.merged_cells.ranges == {CellRange("A3:B3")}
    assert memo.column_dimensions["A"].width == 31
    [rules] = memo.conditional_formatting
    assert rules.rules[0].dxf.font.i
    again = aso("revise", town.master, definition(*RENUMBERED), "--json")
    assert again.json["left_behind"] == []
    assert openpyxl.load_workbook(town.master)["メモ"]["B2"].value == "=B1*2"


@pytest.mark.parametrize("name", [CHANGES, REVISION])
def test_a_sheet_of_staff_with_a_name_of_ours_comes_along(
    town: Town, definition: Definition, aso: Command, name: str
) -> None:
    book = openpyxl.load_workbook(town.master)
    book.create_sheet(name).append(["われわれの記録", 12.5, "=B1*2"])
    book.create_sheet("メモ")["A1"] = f"={name}!B1"
    book.save(town.master)
    done = aso("revise", town.master, definition(*RENUMBERED), "--json")
    assert (done.code, done.json["left_behind"]) == (0, [])
    after = openpyxl.load_workbook(town.master)
    assert [cell.value for cell in after[name][1]] == ["われわれの記録", 12.5, "=B1*2"]
    assert after["メモ"]["A1"].value == f"={name}!B1"
    [ours] = [sheet for sheet in after if "改訂の内容表" in sheet.tables]
    assert ours.title == (f"{REVISION} (2)" if name == REVISION else REVISION)


def test_what_stands_in_closed_cells_doubled_rows_and_settings_of_staff_is_listed(
    town: Town, definition: Definition, aso: Command
) -> None:
    book = openpyxl.load_workbook(town.master)
    sheet = book["設定"]
    table = sheet.tables["設定表"]
    last = int(table.ref.rpartition("C")[2]) + 1
    sheet[f"A{last}"], sheet[f"B{last}"] = "うちの項目", "うちの値"
    table.ref = f"A4:C{last}"
    sheet = book["基本目標1"]
    table = sheet.tables["KPI_1"]
    area = CellRange(table.ref)
    heads = {cell.value: cell.column for cell in sheet[area.min_row]}
    for head, value in (("番号", "1-01-1"), ("R9", 77)):
        sheet.cell(area.max_row + 1, heads[head], value)
    area.expand(down=1)
    table.ref = area.coord
    book.save(town.master)
    row = next(line for line in TEXT.splitlines() if '"1-01-2"' in line)
    put(town.master, "1-01-2", "R9", 44)
    ended = row.replace('rule = "以上"', 'rule = "以上", until = "R8"')
    done = aso("revise", town.master, definition((row, ended)), "--json")
    listed = {(each["value"], each["reason"]) for each in done.json["left_behind"]}
    assert ("44", "新しい定義では、この評価年度に尋ねません") in listed
    assert ("77", "同じ番号の行が2つあります") in listed
    assert ("うちの値", "「設定」にこの項目はありません") in listed
