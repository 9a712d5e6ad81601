"""改訂: what goes on by id, what differs, what finds no place; bad input is told."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from cli_tools import Command
from exchange_tools import PLAN, Made, Town, asked, decide, sheet_rows
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.worksheet.cell_range import CellRange
from paths import TESTS
from workbook_tools import Xlsx
from year_tools import put, put_in_record

from aso_xl.domain.confirming import printed as printed_of
from aso_xl.domain.confirming import summary_before
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.questions import ABOUT, NUMBER, SENT, STATE, said
from aso_xl.domain.questions import TEXT as ASKED
from aso_xl.domain.settings import ReportKind
from aso_xl.exchange.cell_values import Key, values_of
from aso_xl.exchange.send_back import send_back
from aso_xl.exchange.split import split
from aso_xl.files.history import history
from aso_xl.files.lock import lock_path
from aso_xl.report.content.blocks import Document
from aso_xl.report.content.documents import report
from aso_xl.workbook.layout import CHANGES, CONFLICTS, REVISION
from aso_xl.workbook.read.reading import read

SHAPES = TESTS / "data" / "shapes"

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
        **{"unknown": [], "changed": [], "carried": None, "left_behind": []},
        "output": str(town.master),
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
            'unit = "千人", factor = "0.001", baseline = "1.0", target = "2.0"',
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
        ("2-01-1", "baseline"): ("1000", "1.0"),
        ("2-01-1", "target"): ("2000", "2.0"),
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
        'unit = "千人", factor = "0.001", baseline = "1.0", target = "2.0"',
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


def test_what_a_revision_cannot_follow_is_told(
    town: Town, definition: Definition, aso: Command, tmp_path: Path
) -> None:
    def told(*changes: tuple[str, str], more: tuple[str, ...] = ()) -> str:
        before = town.master.read_bytes()
        done = aso("revise", town.master, definition(*changes), *more)
        assert done.code == 2 and town.master.read_bytes() == before
        assert not lock_path(town.master).exists()
        return done.err

    said = told(('municipality = "架空市"', 'municipality = "別の町"'))
    assert "マスター.xlsx は架空市の「架空の総合戦略」" in said and "別の町の" in said
    assert "番号 other" in told(('id = "sharing"', 'id = "other"'))
    rounds = 'rounds = ["R8", "R9"]\nround = "R9"'
    said = told((rounds, 'rounds = ["R7", "R8"]\nround = "R8"'))
    assert "R9 が、新しい定義の評価年度(rounds)にありません" in said
    said = told(('unit = "人", baseline = "1000"', 'unit = "千人", baseline = "1000"'))
    assert "2-01-1(人→千人)" in said and "factor(単位の倍率)" in said
    assert "評価年度「R12」はありません" in told(more=("--from", "R12"))
    assert "「来年」は年度として読めません" in told(more=("--from", "来年"))
    assert "1-01-1: rule" in told(
        ('target = "120", rule = "以上"', 'target = "120", rule = "ほど"')
    )
    part = town.sent("農政課")
    assert "課に配布したブック" in aso("revise", part, definition()).err
    assert "見つかりません" in aso("revise", town.master, tmp_path / "ない.toml").err
    master = shutil.copy(town.master, tmp_path / "定義でない.xlsx")
    assert aso("revise", town.master, master).code == 2


def test_a_confirmed_indicator_cannot_be_left_out(
    town: Town, definition: Definition, aso: Command
) -> None:
    for id_, value in (("1-H1", 1260), ("1-H2", 20), ("1-01-1", 18), ("1-01-2", 30)):
        put(town.master, id_, "R9", value)
    put(town.master, "2-01-1", "R9", 1500)
    put(town.master, "2-H1", "R9", "達成")
    assert aso("close", town.master, "--by", "田中").code == 0
    row = next(line for line in TEXT.splitlines() if '"1-01-2"' in line)
    said = aso("revise", town.master, definition((f"{row}\n", ""))).err
    assert "新しい定義にありません: 1-01-2(割合)" in said and 'until = "R9"' in said
    longer = ('rounds = ["R8", "R9"]', 'rounds = ["R8", "R9", "R10"]')
    said = aso("revise", town.master, definition(longer), "--from", "R9").err
    assert "令和9年度は" in said and "田中 が確定しています" in said
    ended = row.replace('rule = "以上"', 'rule = "以上", until = "R9"')
    then = {kind: printed(read(town.master), kind) for kind in KINDS}
    done = aso("revise", town.master, definition((row, ended), longer), "--json")
    assert (done.json["from"], done.json["ended"]) == ("R10", ["1-01-2"])
    rows = [row[2:8] for row in sheet_rows(town.master, "改訂の内容")]
    assert ("終わる", "1-01-2", "割合", "尋ねる最後", None, "R9") in rows
    assert {kind: printed(read(town.master), kind) for kind in KINDS} == then
    assert aso("next", town.master).code == 0
    ledger = read(town.master)
    assert "1-01-2" in ledger.plan.by_id and not ledger.plan.by_id["1-01-2"].is_asked(R10)
    assert aso("check", town.master, "--json").json["counts"]["error"] == 0


R9, R10 = FiscalYear(2027), FiscalYear(2028)
KINDS = [kind for kind in ReportKind if kind is not ReportKind.AMENDMENTS]
"""Documents of a round; 新旧対照表 is one of the revision."""


def printed(ledger: Ledger, kind: ReportKind) -> Document:
    return report(ledger, R9, kind, workbook="評価.xlsx")


def test_renumbered_indicators_keep_their_records_corrections_and_texts_of_the_year_before(
    town: Town, definition: Definition, aso: Command
) -> None:
    for id_, value in (("1-H1", 1260), ("1-H2", 20), ("1-01-1", 18), ("1-01-2", 30)):
        put(town.master, id_, "R9", value)
    put(town.master, "2-01-1", "R9", 1500)
    put(town.master, "2-H1", "R9", "達成")
    put(town.master, "1-01-2", "備考(要因・出典)", "前の年の文")
    assert aso("close", town.master, "--by", "田中").code == 0
    longer = ('rounds = ["R8", "R9"]', 'rounds = ["R8", "R9", "R10"]')
    assert aso("revise", town.master, definition(*RENUMBERED, longer)).code == 0
    assert [
        i for i in aso("check", town.master, "--json").json["issues"] if i["severity"] == "error"
    ] == []
    put(town.master, "1-01-3", "R9", 31)
    put(town.master, "2-01-1", "R9", 1.4)
    found = read(town.master).corrections
    assert [(c.id, c.before.value, c.now.value) for c in found] == [
        ("1-01-3", 30, 31),
        ("2-01-1", Decimal("1.5"), Decimal("1.4")),
    ]
    put_in_record(town.master, "1-01-2", "訂正理由", "誤り")
    put_in_record(town.master, "2-01-1", "訂正理由", "誤り")
    record = read(town.master).records[R9]
    corrected = printed_of(read(town.master), R9).corrections
    assert [(c.id, c.before.value, c.now.value) for c in corrected] == [
        ("1-01-2", 30, 31),
        ("2-01-1", 1500, 1400),
    ]
    assert record.plan.by_id["2-01-1"].unit == "人"
    assert aso("next", town.master).code == 0
    after = read(town.master)
    assert prompt_of(town.master, "1-01-3") == "前年(R9)の備考: 前の年の文"
    [part] = [each for each in split(town.master).workbooks if each.part.department == "農政課"]
    rows = sheet_rows(part.path, "前年の記入")
    assert ("1-01-3", "割合", "備考", "前の年の文") in [row[:4] for row in rows]
    assert summary_before(after, R10).achievements["2-01-1"].value == 1500  # type: ignore[union-attr]
    assert "1-01-3" in summary_before(after, R10).achievements  # type: ignore[union-attr]


def prompt_of(path: Path, id_: str) -> str:
    book = Xlsx(path)
    sheet, address = book.find(id_, "備考(要因・出典)")
    [rule] = [r for r in book.validations(sheet) if address in str(r.get("sqref")).split()]
    return str(rule.get("prompt"))


def test_open_conflicts_stand_in_the_way(town: Town, definition: Definition, aso: Command) -> None:
    put(town.master, "1-01-1", "R9", 5)
    town.send("農政課", {("1-01-1", "R9"): 101, ("1-01-1", "remark"): "文"})
    assert len(town.merge().open_conflicts) == 1
    done = aso("revise", town.master, definition())
    assert done.code == 2 and "競合が1件残っています" in done.err
    decide(town.master, ("いまの値", None))
    town.merge()
    before = {name: sheet_rows(town.master, name) for name in (CONFLICTS, CHANGES)}
    assert aso("revise", town.master, definition(*RENUMBERED)).code == 0
    assert {name: sheet_rows(town.master, name) for name in (CONFLICTS, CHANGES)} == before
    again = town.merge()
    assert not again.open_conflicts and not again.merged.applied and again.output is None


def test_books_of_earlier_shapes_are_made_anew(aso: Command, tmp_path: Path) -> None:
    for name in ("sample", "second_term", "master"):
        old, new = SHAPES / f"{name}.xlsx", tmp_path / f"{name}.xlsx"
        own = tmp_path / f"{name}_定義.xlsx"
        assert aso("definition", "new", "--from", old, "-o", own).code == 0
        done = aso("revise", old, own, "-o", new, "--json")
        assert (done.code, done.json["left_behind"]) == (0, []), done.err
        before, after = read(old), read(new)
        assert values_of(after) == values_of(before)
        assert after.settings == before.settings and after.plan == before.plan
        assert "担当割" in after.sheets


def test_a_book_with_buttons_keeps_them(
    town: Town, definition: Definition, aso: Command, tmp_path: Path
) -> None:
    master = tmp_path / "評価.xlsm"
    assert aso("excel", "button-workbook", town.master, "-o", master).code == 0
    assert aso("revise", master, definition(*RENUMBERED)).code == 0
    with zipfile.ZipFile(master) as package:
        assert "xl/vbaProject.bin" in package.namelist()
    assert "1-01-3" in read(master).rows
    done = aso("revise", master, definition(), "-o", tmp_path / "新.xlsx")
    assert done.code == 2 and ".xlsm で終わらせてください" in done.err


def test_questions_go_on_under_the_numbers_of_now(
    town: Town, definition: Definition, aso: Command
) -> None:
    asked(town.master, ("2-01-1", "出典は?"), ("1-01-1", "数え方は?"))
    send_back(town.master, [town.inbox])
    before = read(town.master).questions
    new = definition(('id = "2-01-1"', 'id = "2-01-7", was = ["2-01-1"]'))
    done = aso("revise", town.master, new, "--json")
    assert done.code == 0, done.err
    assert not [each for each in done.json["left_behind"] if each["sheet"] == "照会"]
    after = read(town.master).questions
    assert [said(row, ABOUT) for row in after] == ["2-01-7", "1-01-1"]
    for key in (ASKED, NUMBER, SENT, STATE):
        assert [said(row, key) for row in after] == [said(row, key) for row in before]
    assert send_back(town.master, [town.inbox]).workbooks


def test_the_period_is_shortened_and_a_department_is_new(
    town: Town, definition: Definition, aso: Command
) -> None:
    put(town.master, "1-01-2", "R8", "集計中")
    put(town.master, "1-01-1", "担当課", "")
    put(town.master, "2-01-1", "担当課", "農政課")
    revised = definition(
        ('rounds = ["R8", "R9"]', 'rounds = ["R9"]'),
        ('["農政課", "観光課", "福祉課"]', '["農政課", "観光課", "福祉課", "まちづくり課"]'),
        ('rule = "定性", statement', 'rule = "定性", department = "まちづくり課", statement'),
        (', department = "観光課" },\n]\n\n[[goals.measures]]', " },\n]\n\n[[goals.measures]]"),
    )
    done = aso("revise", town.master, revised, "--json")
    left = {(e["indicator"], e["round"], e["value"], e["reason"]) for e in done.json["left_behind"]}
    reason = "新しい定義に、この評価年度がありません"
    assert {row[:3] for row in left} == {
        *(("1-01-2", "R8", "集計中"), ("1-H1", "R8", "1250.05"), ("1-01-1", "R8", "95")),
    }
    assert {row[3] for row in left} == {reason}
    after = read(town.master)
    assert after.settings.departments == ("農政課", "観光課", "福祉課", "まちづくり課")
    values = values_of(after)
    departments = [values[Key(id_, "department")] for id_ in ("1-01-1", "2-01-1", "2-H1")]
    assert departments == [None, "農政課", "まちづくり課"]


def test_what_stands_in_closed_cells_doubled_rows_and_settings_of_staff_is_listed(
    town: Town, definition: Definition, aso: Command
) -> None:
    book = openpyxl.load_workbook(town.master)
    sheet = book["設定"]
    table = sheet.tables["設定表"]
    last = int(table.ref.rpartition("C")[2]) + 1
    sheet[f"A{last}"], sheet[f"B{last}"] = "うちの項目", "うちの値"
    table.ref = f"A4:C{last}"
    book.save(town.master)
    row = next(line for line in TEXT.splitlines() if '"1-01-2"' in line)
    put(town.master, "1-01-2", "R9", 44)
    ended = row.replace('rule = "以上"', 'rule = "以上", until = "R8"')
    done = aso("revise", town.master, definition((row, ended)), "--json")
    listed = {(each["value"], each["reason"]) for each in done.json["left_behind"]}
    assert ("44", "新しい定義では、この評価年度に尋ねません") in listed
    assert ("うちの値", "「設定」にこの項目はありません") in listed


def test_published_counts_that_were_typed_stay(
    second_path: Path, tmp_path: Path, aso: Command
) -> None:
    master = Path(shutil.copy(second_path, tmp_path / "第2期.xlsx"))
    book = Xlsx(master)
    table = book.tables["KPI件数_1"]
    book.put((table.sheet, table.address("目標達成項目数", table.top + 1)), 3)
    book.save(master)
    before = read(master)
    done = aso("revise", master, "second", "--json")
    assert done.code == 0 and done.json["left_behind"] == []
    after = read(master)
    assert after.plan == before.plan
    assert after.plan.goals[0].kpi_counts.achieved == 3  # type: ignore[union-attr]


def test_a_reason_stands_with_what_was_changed_and_numbers_that_nobody_had_are_told(
    town: Town, definition: Definition, aso: Command
) -> None:
    revised = definition(
        ('target = "120"', 'target = "110"'),
        ('id = "1-01-2"', 'id = "1-01-3", was = ["1-01-9"]'),
    )
    done = aso("revise", town.master, revised, "--reason", "災害の\nため")
    assert "前の番号がブックにありません: 1-01-3(前の番号 1-01-9)" in done.out
    [change] = read(town.master).plan.by_id["1-01-1"].revised
    assert (change.since, change.target, change.reason) == (R9, 110, "災害の ため")
    assert [each.reason for each in read(town.master).former] == ["災害の ため"]
    rows = read(town.master).notes["改訂の内容表"]
    assert {row["改訂の理由"] for row in rows} == {"災害の ため"}
