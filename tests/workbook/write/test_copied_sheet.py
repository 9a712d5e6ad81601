"""A plain sheet copied into another workbook: its cells and looks, and what cannot come along."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from staff_sheet import copied, staffs

from aso_xl.office.package_copy import PackageCopy
from aso_xl.workbook.write.copied_sheet import SheetCopier, _is_own


def test_cells_looks_and_rules_come_along(template_path: Path, tmp_path: Path) -> None:
    found = copied(template_path, to := tmp_path / "新.xlsx")
    assert (found.name, found.valued) == ("メモ & 表", ("A3",))
    assert found.lost == ("図・グラフ", "テーブルの設定", "リンク")
    book = openpyxl.load_workbook(to, rich_text=True)
    assert book.sheetnames[:-1] == openpyxl.load_workbook(template_path).sheetnames
    sheet, was = book["メモ & 表"], openpyxl.load_workbook(io.BytesIO(staffs()))["メモ & 表"]
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A3"].value) == (12.5, "=A1*2", "R9")
    assert sheet["A4"].value == "二行\nの文" and str(sheet["B4"].value) == "ふつう太い"
    for cell in ("A1", "A4", "C1"):
        for look in ("font", "fill", "border", "number_format", "alignment", "protection"):
            there, then = (repr(getattr(own[cell], look)) for own in (sheet, was))
            assert there == then, (cell, look)
    assert sheet.column_dimensions["A"].width == was.column_dimensions["A"].width
    assert sheet.row_dimensions[5].height == was.row_dimensions[5].height
    assert [str(each) for each in sheet.merged_cells.ranges] == ["C1:D2"]
    [rules] = sheet.conditional_formatting
    assert (str(rules.sqref), rules.rules[0].dxf.font.b) == ("A1:A4", True)
    [rule] = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("E1:E4", '"はい,いいえ"')
    assert sheet.tables == {} and sheet["A7"].hyperlink.location == "'メモ & 表'!A1"


def test_a_name_that_is_taken_gets_a_number(template_path: Path, tmp_path: Path) -> None:
    copied(template_path, first := tmp_path / "一.xlsx")
    assert copied(first, tmp_path / "二.xlsx").name == "メモ & 表 (2)"


def test_formulas_that_would_mean_a_sheet_of_the_same_name_give_way(template_path: Path) -> None:
    book, long = openpyxl.Workbook(), "長い名前のシートです" * 3
    book.create_sheet("照会")["A1"] = 3
    book.create_sheet("参照")["A1"] = "=照会!A1+1"
    book.create_sheet(long)["A1"] = "=参照!A1"
    book.save(raw := io.BytesIO())
    copier = SheetCopier(PackageCopy(raw.getvalue()), PackageCopy(template_path.read_bytes()))
    names = ("照会", "参照", long)
    found = [copier.copy(name, names) for name in (*names, long)]
    assert [each.valued for each in found] == [(), ("A1",), (), ()]
    assert [each.name for each in found] == ["照会 (2)", "参照", long, f"{long[:26]} (2)"]


@pytest.mark.parametrize(
    ("formula", "is_own"),
    [
        ("A1*2", True),
        ("SUM($A$1:B2)+IF(C3>1,TRUE,0)", True),
        ('IF(A1="担当課一覧","設定!A1","")', True),
        ("'別の メモ'!A1+他!B2", True),
        ("設定!B5", False),
        ("担当課一覧", False),
        ("SUM(担当課表[担当課])", False),
        ("'[ほか.xlsx]表'!A1", False),
        ("#REF!+1", False),
        ("'メモ'!A1+'設定'!A1", False),
    ],
)
def test_formulas_that_know_only_what_comes_along_stay(formula: str, is_own: bool) -> None:
    assert _is_own(formula, ["メモ", "別の メモ", "他"]) is is_own
