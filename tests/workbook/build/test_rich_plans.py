"""How the sheets show what only some plans say: targets by round, joined values, grades, texts."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from paths import PLANS

from aso_xl.exchange.split import split
from aso_xl.strategies.definition import Definition, examine_tables, load
from aso_xl.workbook.build.guide_sheet import of_master
from aso_xl.workbook.build.template import build
from aso_xl.workbook.read.reading import read

Table = dict[str, Any]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rich") / "マスター.xlsx"
    path.write_bytes(build(load(str(PLANS / "midori.toml"))))
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def row(sheet: Worksheet, id_: str) -> int:
    return next(c.row for line in sheet.iter_rows(max_col=5) for c in line if c.value == id_)


def column(sheet: Worksheet, head: str, table: str = "KPI_1") -> str:
    area = sheet.tables[table].ref
    line = sheet[area][0]
    return next(cell.column_letter for cell in line if cell.value == head)


def cell(book: Workbook, id_: str, head: str, sheet: str = "基本目標1", table: str = "KPI_1"):
    page = book[sheet]
    return page[f"{column(page, head, table)}{row(page, id_)}"]


def test_titles_and_numbers_are_as_the_strategy_prints_them(book: Workbook) -> None:
    assert book["基本目標1"]["A1"].value == "政策目標Ⅰ　人を呼びこむ"
    assert cell(book, "1-K1", "印字番号").value == "④"
    assert cell(book, "1-01-1", "施策").value == "(1) 移住の相談"
    assert cell(book, "1-K1", "施策").value in (None, "")
    texts = [(c.value for c in line) for line in book["施策1"]["A10:D12"]]
    assert [tuple(line) for line in texts] == [
        ("1-01", "(1)", "ア 移住の促進", "移住の相談"),
        ("1-02", "(2)", "ア 移住の促進", "空き家の活用"),
        ("1-03", "(1)", "イ 観光", "観光の魅力づくり"),
    ]
    assert [c.value for c in book["集計"]["A7:B7"][0]] == ["基本目標1", "政策目標Ⅰ 人を呼びこむ"]


def test_the_texts_of_a_goal_stand_above_those_of_its_measures(book: Workbook) -> None:
    sheet = book["施策1"]
    assert sheet["A4"].value == "■ 基本目標について"
    assert [c.value for c in sheet["C5:F5"][0]] == [
        *("目標番号", "基本目標名", "今後の見通し", "有識者会議の意見"),
    ]
    assert (sheet["C6"].value, sheet["D6"].value) == ("基本目標1", "人を呼びこむ")
    assert (sheet["D6"].protection.locked, sheet["E6"].protection.locked) == (True, False)
    assert sheet.tables["基本目標の欄_1"].ref == "C5:F6"
    assert sheet.freeze_panes == "E4"


def test_what_is_printed_stands_beside_what_is_judged(book: Workbook) -> None:
    of = {"sheet": "基本目標1", "table": "数値目標_1"}
    assert cell(book, "1-H2", "目標値の印字", **of).value == "延伸"
    assert cell(book, "1-H2", "目標値", **of).value == 79.83
    assert cell(book, "1-01-2", "基準値の印字").value == "新規"
    assert cell(book, "1-01-2", "基準値").value is None
    prompts = {
        str(rule.sqref).split(":")[0].split()[0]: rule.prompt
        for rule in book["基本目標1"].data_validations.dataValidation
    }
    first = column(book["基本目標1"], "R3", "数値目標_1")
    said = prompts[f"{first}{row(book['基本目標1'], '1-H2')}"]
    assert "目標値 延伸(79.83歳超)(R7)" in said
    said = prompts[f"{first}{row(book['基本目標1'], '1-K1')}"]
    assert "年度の目標 R3 14位、R4 13位、R5 12位、R6 10位" in said
    said = prompts[f"{first}{row(book['基本目標1'], '1-01-2')}"]
    assert "その年度だけの値を入力します。合計は自動で計算します。" in said


def test_targets_of_single_rounds_are_hidden_at_the_right(book: Workbook) -> None:
    sheet = book["基本目標1"]
    assert cell(book, "1-K1", "評価年度の目標").value.startswith("=CHOOSE(評価列,")
    for head in ("R3の目標", "R4の目標", "R5の目標", "R6の目標"):
        assert sheet.column_dimensions[column(sheet, "R3の目標")].hidden, head
    assert cell(book, "1-K1", "R5の目標").value == 12
    last = sheet.print_area.rpartition("$")[0].rpartition("$")[2]
    assert last == column(sheet, "目標年度")


def test_a_joined_value_and_a_grade_stand_beside_the_verdict(book: Workbook) -> None:
    sheet = book["基本目標1"]
    heads = [c.value for c in sheet[sheet.tables["KPI_1"].ref][0]]
    at = heads.index("判定")
    assert heads[at - 1 : at + 2] == ["評価値", "判定", "評価区分"]
    assert "進み具合" not in heads
    assert cell(book, "1-01-2", "評価値").number_format == '"合計 "#,##0;"合計 "△#,##0'
    assert cell(book, "1-K1", "評価値").number_format == "#,##0;△#,##0"


def test_rounds_in_which_nothing_is_asked_are_closed(book: Workbook) -> None:
    of = {"sheet": "基本目標2", "table": "KPI_2"}
    closed, open_ = cell(book, "2-02-1", "R3", **of), cell(book, "2-02-1", "R4", **of)
    assert (closed.value, closed.protection.locked) == ("－", True)
    assert (open_.value, open_.protection.locked) == (48, False)
    assert closed.fill.fgColor.rgb == "FFEDEDED"
    ended = [cell(book, "2-02-2", head, **of).value for head in ("R4", "R5", "R6")]
    assert ended[1:] == ["－", "－"] and ended[0] != "－"
    rules = [str(rule.sqref) for rule in book["基本目標2"].data_validations.dataValidation]
    assert not any(closed.coordinate in area.replace(":", " ").split() for area in rules)


def test_several_values_that_are_one_indicator_are_explained(path: Path) -> None:
    sheet = load_workbook(path, data_only=True)["基本目標1"]
    lines = [[c.value for c in line] for line in sheet[sheet.tables["数値目標のまとめ_1"].ref]]
    assert lines == [
        ["内訳番号", "あわせた指標", "内訳の判定", "内訳の評価", "全体判定", "全体評価"],
        ["1-H2", "健康寿命", "達成", "A", "未達成", "－"],
        ["1-H3", "健康寿命", "未達成", "－", None, None],
    ]


def test_grades_are_counted_per_goal(path: Path) -> None:
    sheet = load_workbook(path, data_only=True)["集計"]
    lines = [[c.value for c in line] for line in sheet[sheet.tables["集計_KPI区分"].ref]]
    assert lines[0] == ["基本目標", "基本目標の名称", "A", "B", "C", "区分なし"]
    assert [line[2:] for line in lines[1:]] == [[3, 1, 2, 0], [1, 1, 2, 0], [4, 2, 4, 0]]


def test_the_guide_speaks_of_what_the_plan_has() -> None:
    def words(name: str) -> dict[str, str]:
        plan = load(name).plan
        return {line.label: line.text for part in of_master(plan) for line in part.lines}

    ours, theirs = words("third"), words(str(PLANS / "midori.toml"))
    assert "評価区分" not in ours and "灰色の「－」の欄" not in ours
    assert "A: 100%以上、B: 80%以上、C: それ未満" in theirs["評価区分"]
    assert "進み具合" not in theirs
    assert "評価年度の目標" in theirs["判定"]
    assert "「合計・平均」とあるもの" in theirs["評価値"]
    assert "1項目と数えます" in theirs["達成率"]
    kawabe = words(str(PLANS / "kawabe.toml"))
    assert "四捨五入" in kawabe["進捗率"] and "四捨五入" in kawabe["達成率"]
    assert kawabe["進捗率"].startswith("実績値÷目標値")


def test_a_department_may_fill_what_a_sum_lacks(tmp_path: Path) -> None:
    raw, entries = _summed()
    definition, found = examine_tables(raw, entries, "x")
    assert found == []
    master = tmp_path / "マスター.xlsx"
    master.write_bytes(build(definition))
    [written] = split(master).workbooks
    cells = {
        head: read(written.path).rows["1-K1"].cells[head].address for head in ("R7", "R8", "R9")
    }
    sheet = load_workbook(written.path)["基本目標1"]
    locked = {head: sheet[address].protection.locked for head, address in cells.items()}
    assert locked == {"R7": True, "R8": False, "R9": False}


def _summed() -> tuple[Table, Table]:
    own = {"id": "1-K1", "name": "参加者", "unit": "人", "target": "300", "rule": "以上"}
    plan = {
        **{"id": "x", "title": "計画", "short_title": "計画", "municipality": "町"},
        **{"period": ["R7", "R9"], "rounds": ["R7", "R8", "R9"], "round": "R9"},
        **{"baseline_year": "R6", "target_year": "R9", "departments": ["観光課"]},
    }
    kpis = [{**own, "aggregate": "sum", "department": "観光課"}]
    goals = [{"number": 1, "title": "人を呼ぶ", "kpis": kpis}]
    return {"plan": plan, "goals": goals}, {"actuals": {"1-K1": {"R7": "40"}}}


def test_the_longest_formulas_fit_into_excel() -> None:
    """As many grades, rounds and indicators that count together as a definition may have."""
    definition = _largest()
    longest = 0
    for sheet in load_workbook(_saved(definition)).worksheets:
        for line in sheet.iter_rows():
            for each in line:
                if isinstance(each.value, str) and each.value.startswith("="):
                    longest = max(longest, len(each.value))
    assert 4000 < longest <= 8192


def _largest() -> Definition:
    rounds = [f"R{number}" for number in range(2, 32)]
    names = [chr(ord("A") + number) * 40 for number in range(20)]
    plan = {
        **{"id": "x", "title": "計画", "short_title": "計画", "municipality": "町"},
        **{"period": ["R2", "R31"], "rounds": rounds, "round": "R9"},
        **{"baseline_year": "R1", "target_year": "R31", "judged_against": "yearly"},
    }
    kpis = [
        {
            **{"id": f"1-K{number}", "name": "指標", "rule": "以上", "aggregate": "mean"},
            **{"baseline": "1", "target": "99", "targets": dict.fromkeys(rounds[:-1], "50")},
        }
        for number in range(1, 67)
    ]
    pairs = [
        {"kind": "together", "name": f"組{n}", "ids": [f"1-K{n}", f"1-K{n + 1}"]}
        for n in range(1, 66, 2)
    ]
    grades = [
        {"name": name, "at_least": str(200 - number), "of": "pace"}
        for number, name in enumerate(names[:-1])
    ]
    raw = {
        "plan": plan,
        "goals": [{"number": 1, "title": "目標", "kpis": kpis}],
        "relations": pairs,
        "grades": [*grades, {"name": names[-1]}],
    }
    definition, found = examine_tables(raw, {}, "x")
    assert found == []
    more = {**raw, "relations": [*pairs, {"kind": "same", "ids": ["1-K1", "1-K3"]}]}
    assert "あわせて1項目とする指標は 66 まで" in examine_tables(more, {}, "x")[1][0].message
    return definition


def _saved(definition: Definition) -> BytesIO:
    return BytesIO(build(definition))
