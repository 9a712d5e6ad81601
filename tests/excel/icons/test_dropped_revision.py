"""改訂 with 「送る」: a master's definition written out, revised in Excel, and sent with the master."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from exchange_tools import Town
from test_dropped import Notes

from aso_xl.excel.dropped import main
from aso_xl.files.history import history
from aso_xl.workbook.read.reading import read


def test_a_master_is_revised_by_who_knows_only_excel(town: Town) -> None:
    talk = Notes(answer=True)
    assert main(["define", str(town.master)], talk) == 0
    [definition] = talk.opened
    assert definition.name == "マスター_定義.xlsx" and "2 つを選んで" in talk.said[0]
    book = openpyxl.load_workbook(definition)
    sheet = book["指標"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    rows = {sheet.cell(n, heads["番号"]).value: n for n in range(5, sheet.max_row + 1)}
    sheet.cell(rows["1-01-1"], heads["目標値"]).value = 110
    sheet.cell(rows["1-01-2"], heads["番号"]).value = "1-01-3"
    sheet.cell(rows["1-01-2"], heads["前の番号"]).value = "1-01-2"
    book.save(definition)
    before, refused = town.master.read_bytes(), Notes(answer=False)
    assert main(["define", str(definition), str(town.master)], refused) == 0
    assert town.master.read_bytes() == before
    [asked] = refused.asked
    assert "1-01-1 従事者数: 目標値 120 → 110" in asked and "続けますか" in asked
    assert main(["define", str(town.master), str(definition)], talk) == 0
    assert talk.opened[-1] == town.master and "改訂しました" in talk.said[-1]
    assert history(town.master)[0].read_bytes() == before
    after = read(town.master)
    assert "1-01-3" in after.rows
    assert after.rows["1-01-1"].cells["revised"].text == "120人以上(R9から110人以上)"


def test_faults_are_written_into_a_copy_and_the_master_stays(town: Town, tmp_path: Path) -> None:
    talk = Notes(answer=True)
    assert main(["define", str(town.master)], talk) == 0
    [definition] = talk.opened
    book = openpyxl.load_workbook(definition)
    book["指標"]["A5"] = "9-H1"
    book.save(definition)
    before = town.master.read_bytes()
    assert main(["define", str(definition), str(town.master)], talk) == 1
    assert talk.opened[-1].name == "マスター_定義_指摘.xlsx" and "直すところ" in talk.said[-1]
    assert town.master.read_bytes() == before


def test_two_masters_are_no_pair(town: Town, tmp_path: Path) -> None:
    other = tmp_path / "もう一つ.xlsx"
    other.write_bytes(town.master.read_bytes())
    talk = Notes(answer=True)
    assert main(["define", str(town.master), str(other)], talk) == 0
    assert [path.name for path in talk.opened] == ["マスター_定義.xlsx", "もう一つ_定義.xlsx"]


def test_a_part_has_no_definition_to_be_revised(town: Town) -> None:
    talk = Notes(answer=True)
    assert main(["define", str(town.sent("農政課"))], talk) == 2
    assert "課に配布したブック" in talk.said[0]
