"""改訂: what goes on by id, and what differs."""

from __future__ import annotations

import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

from cli_tools import Command
from exchange_tools import Made, Town, asked, sheet_rows
from paths import TESTS
from revision_tools import RENUMBERED, TEXT, Definition
from workbook_tools import Xlsx
from year_tools import put

from aso_xl.domain.questions import ABOUT, NUMBER, SENT, STATE, said
from aso_xl.domain.questions import TEXT as ASKED
from aso_xl.exchange.cell_values import Key, values_of
from aso_xl.exchange.send_back import send_back
from aso_xl.files.history import history
from aso_xl.workbook.read.reading import read

SHAPES = TESTS / "data" / "shapes"


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
    assert (str(change.since), change.target, change.reason) == ("R9", 110, "災害の ため")
    assert [each.reason for each in read(town.master).former] == ["災害の ため"]
    rows = read(town.master).notes["改訂の内容表"]
    assert {row["改訂の理由"] for row in rows} == {"災害の ため"}
