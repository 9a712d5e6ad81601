"""改訂: what goes on by id, what differs, what finds no place; bad input is told."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from cli_tools import Command
from exchange_tools import PLAN, Made, Town, sheet_rows
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.worksheet.cell_range import CellRange
from year_tools import put

from aso_xl.exchange.cell_values import Key, values_of
from aso_xl.files.history import history
from aso_xl.workbook.read.reading import read

Definition = Callable[..., Path]
TEXT = PLAN.read_text(encoding="utf-8")
TEXT = TEXT[: TEXT.index("[entries.settings]")]


@pytest.fixture
def definition(tmp_path: Path) -> Definition:
    """Return what writes the small plan's definition with some texts replaced."""

    def write(*changes: tuple[str, str]) -> Path:
        text = TEXT
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "改訂.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_same_definition_changes_nothing(
    town: Town, definition: Definition, aso: Command
) -> None:
    put(town.master, "1-01-1", "R9", "1,020 人")
    put(town.master, "1-01", "取組", "=文\n二行")
    before, data = read(town.master), town.master.read_bytes()
    done = aso("revise", town.master, definition(), "--json")
    assert done.code == 0, done.err
    assert done.json | {"carried": None} == {
        **{"from": "R9", "kept": 6, "renumbered": [], "added": [], "removed": [], "ended": []},
        **{"changed": [], "carried": None, "left_behind": [], "output": str(town.master)},
    }
    after = read(town.master)
    assert values_of(after) == values_of(before)
    assert after.settings == before.settings
    assert after.record["definition"] == before.record["definition"] and not after.former
    assert {key: cell.value for key, cell in after.setting_cells.items()} == {
        key: cell.value for key, cell in before.setting_cells.items()
    }
    assert history(town.master)[0].read_bytes() == data


def test_what_is_renumbered_ended_added_and_changed(
    town: Town, definition: Definition, aso: Command
) -> None:
    put(town.master, "1-01-2", "R8", 33)
    put(town.master, "1-01-2", "備考(要因・出典)", "理由")
    put(town.master, "2-01-1", "R9", 1500)
    revised = definition(
        ('id = "1-01-2", name = "割合"', 'id = "1-02-1", was = ["1-01-2"], name = "割合(%)"'),
        ('target = "120"', 'target = "110"'),
        (
            'unit = "人", baseline = "1000", target = "2000"',
            'unit = "千人", factor = "0.001", baseline = "1", target = "2"',
        ),
    )
    text = revised.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if '"1-02-1"' in line)
    text = text.replace(f"{row}\n", "").replace(
        'name = "KPIのない施策"', f'name = "KPIのある施策"\nkpis = [\n{row}\n]'
    )
    revised.write_text(text, encoding="utf-8")
    done = aso("revise", town.master, revised, "--json")
    assert done.code == 0, done.err
    assert done.json["renumbered"] == [{"from": "1-01-2", "to": "1-02-1"}]
    changed = {
        (each["id"], each["field"]): (each["from"], each["to"]) for each in done.json["changed"]
    }
    assert changed == {
        ("1-02", "name"): ("KPIのない施策", "KPIのある施策"),
        ("1-02-1", "name"): ("割合", "割合(%)"),
        ("1-01-1", "target"): ("120", "110"),
        ("2-01-1", "unit"): ("人", "千人"),
        ("2-01-1", "baseline"): ("1000", "1"),
        ("2-01-1", "target"): ("2000", "2"),
    }
    after = read(town.master)
    values = values_of(after)
    assert values[Key("1-02-1", "R8")] == 33 and values[Key("1-02-1", "remark")] == "理由"
    assert values[Key("1-02-1", "department")] == "農政課、観光課"
    assert values[Key("2-01-1", "R9")] == Decimal("1.5")
    assert after.rows["1-01-1"].cells["revised"].text == "120人以上(R9から110人以上)"
    rows = sheet_rows(town.master, "改訂の内容")
    assert ("番号が変わる", "1-02-1", "割合(%)", "番号", "1-01-2", "1-02-1") in [
        row[2:8] for row in rows
    ]


def test_nothing_is_written_where_it_is_only_looked_at(
    made: Made, definition: Definition, aso: Command
) -> None:
    before = made.master.read_bytes()
    done = aso("revise", made.master, definition(('target = "120"', 'target = "110"')), "--dry-run")
    assert "1-01-1 従事者数: 目標値 120 → 110" in done.out and "まだ変えていません" in done.out
    assert made.master.read_bytes() == before and history(made.master) == []


RENUMBERED = (
    ('id = "1-01-2", name = "割合"', 'id = "1-01-3", was = ["1-01-2"], name = "割合"'),
    (
        'unit = "人", baseline = "1000", target = "2000"',
        'unit = "千人", factor = "0.001", baseline = "1", target = "2"',
    ),
)


def test_workbooks_that_were_sent_before_are_merged_by_their_numbers_of_now(
    town: Town, definition: Definition, aso: Command
) -> None:
    town.send("農政課", {("1-01-2", "R9"): 55, ("1-01", "efforts"): "話した"})
    town.send("観光課", {("1-01-2", "R9"): "多数", ("2-01-1", "R9"): "1,500"})
    assert aso("revise", town.master, definition(*RENUMBERED)).code == 0
    merged = town.merge()
    assert any("総合戦略が改訂されています" in note for note in merged.files[0].notes)
    values = values_of(read(town.master))
    assert values[Key("2-01-1", "R9")] == Decimal("1.5")
    assert values[Key("1-01", "efforts")] == "話した"
    [conflict, _] = merged.open_conflicts
    assert conflict.key == Key("1-01-3", "R9")
    assert merged.errors["観光課"] == 0 and merged.flags[Key("1-01-3", "R9"), "R9_観光課.xlsx"]


def test_what_comes_back_of_a_divided_indicator_is_told(
    town: Town, definition: Definition, aso: Command
) -> None:
    row = next(line for line in TEXT.splitlines() if '"1-01-2"' in line)
    parts = [row.replace('id = "1-01-2"', f'id = "1-01-{n}", was = ["1-01-2"]') for n in (3, 4)]
    put(town.master, "1-01-2", "R8", 33)
    put(town.master, "1-01-2", "備考(要因・出典)", "理由")
    done = aso("revise", town.master, definition((row, "\n".join(parts))), "--json")
    [left] = done.json["left_behind"]
    assert (done.code, left["indicator"], left["round"], left["value"]) == (1, "1-01-2", "R8", "33")
    assert left["reason"] == "いくつかに分かれたため、どれの値か決まりません(1-01-3・1-01-4)"
    assert sheet_rows(town.master, "引き継げなかった値")[-1][1:7] == (
        *(left["sheet"], left["cell"], "1-01-2", "実績値", "R8", 33),
    )
    values = values_of(read(town.master))
    assert {values[Key(f"1-01-{n}", "remark")] for n in (3, 4)} == {"理由"}
    town.send("農政課", {("1-01-2", "R9"): 55})
    [rejected] = town.merge().rejected
    assert (rejected.id, rejected.value) == ("1-01-2", 55) and "分かれる" in rejected.reason


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
