"""trace: the list of printed figures with their cells, who delivered them, and the arithmetic."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from base_tools import based_on
from cli_tools import Command
from exchange_tools import Town, typed
from openpyxl import load_workbook
from workbook_tools import Xlsx
from year_tools import put

R9 = ("1-01-1", "R9")


def figure(figures: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(each for each in figures if each["name"] == name)


@pytest.fixture
def traced(aso: Command, sample_path: Path, tmp_path: Path) -> list[dict[str, Any]]:
    done = aso("trace", sample_path, "-o", tmp_path, "--json")
    assert (done.code, done.err) == (0, "")
    figures: list[dict[str, Any]] = done.json["figures"]
    assert done.json["counts"] == {"figures": len(figures), "stale": 0}
    return figures


def test_progress_names_its_cells_and_its_arithmetic(
    traced: list[dict[str, Any]], sample_path: Path
) -> None:
    near = figure(traced, "near_1_01_5_progress")
    assert near["heading"] == "達成まであと少しの指標"
    assert (near["place"], near["row"], near["item"]) == (
        "表「達成まであと少しの指標」",
        "1-01-5",
        "進捗率",
    )
    assert near["printed"] == "80.0%"
    book = Xlsx(sample_path)
    heads = ("R9", "基準値", "目標値", "判定方法")
    places = [book.find("1-01-5", head) for head in heads]
    assert [(c["sheet"], c["cell"]) for c in near["cells"]] == places
    assert near["arithmetic"] == "進捗率: (88−84)÷(89−84)=80.0%"
    assert (near["rule"], near["department"]) == ("以上", "A課(例)")


def test_a_rate_names_those_that_are_counted(traced: list[dict[str, Any]]) -> None:
    rate = figure(traced, "over_1_rate")
    assert rate["printed"] == "43.7%"
    assert rate["arithmetic"].startswith("7÷16=43.7%(切り捨て)。達成7項目(1-01-1、1-01-3、")
    assert {cell["sheet"] for cell in rate["cells"]} == {"基本目標1"}
    assert len(rate["cells"]) == 17  # one of the 16 was judged by an earlier value


def test_an_earlier_value_is_named_with_the_cell_that_lacks_it(
    traced: list[dict[str, Any]], sample_path: Path
) -> None:
    [own] = [f for f in traced if f["name"] == "list_1_01_4_standing"]
    cells = [(c["sheet"], c["cell"]) for c in own["cells"]]
    book = Xlsx(sample_path)
    assert cells[:2] == [book.find("1-01-4", "R8"), book.find("1-01-4", "R9")]
    assert "R9は未公表" in own["arithmetic"]


def test_published_counts_are_those_typed(aso: Command, second_path: Path, tmp_path: Path) -> None:
    done = aso("trace", second_path, "--kind", "検証", "-o", tmp_path, "--json")
    kpi = figure(done.json["figures"], "eval_1_kpi")
    assert kpi["printed"] == "(目標達成) 4項目/11項目 (達成率) 36.3%"
    assert kpi["arithmetic"].startswith("4÷11=36.3%(切り捨て)。基本目標1は公表された件数")
    book = load_workbook(second_path)
    assert [book[c["sheet"]][c["cell"]].value for c in kpi["cells"]] == [11, 4]


def test_who_delivered_a_value_is_told_from_the_changes(
    aso: Command, town: Town, tmp_path: Path
) -> None:
    town.send("農政課", {R9: 101})
    assert town.merge().output
    done = aso("trace", town.master, "-o", tmp_path, "--json")
    own = figure(done.json["figures"], "list_1_01_1_R9")
    assert (own["printed"], own["file"]) == ("101人", "R9_農政課.xlsx")
    assert own["at"][:2] == "20"
    assert own["department"] == "農政課"
    typed(town.master, {R9: 102}, town.master)
    done = aso("trace", town.master, "-o", tmp_path, "--json")
    own = figure(done.json["figures"], "list_1_01_1_R9")
    assert own["file"] == "R9_農政課.xlsx(届いた後にマスターで変わっています)"


def test_the_list_leads_into_the_workbook(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "評価 R9.xlsx"))
    (tmp_path / "一覧").mkdir()
    done = aso("trace", master, "-o", tmp_path / "一覧" / "根拠.xlsx")
    assert "か所の根拠を" in done.out
    book = load_workbook(tmp_path / "一覧" / "根拠.xlsx")
    assert book.sheetnames == ["根拠一覧", "指標ごとの根拠"]
    sheet = book["根拠一覧"]
    heads = [cell.value for cell in sheet[4]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=5)]
    [row] = [
        r for r in rows if r["印字"].value == "80.0%" and r["場所"].value.startswith("表「達成まで")
    ][:1]
    assert (row["シート"].value, row["セル"].value) == ("基本目標1", "I15、D15、E15、F15")
    link = row["セル"].hyperlink
    assert link.target.replace("%20", " ").replace("\\", "/") == "../評価 R9.xlsx"
    assert link.location == "'基本目標1'!I15"


@pytest.mark.slow
def test_a_document_is_traced_as_it_is_printed(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "評価.xlsx"))
    document = tmp_path / "年次.docx"
    aso("report", master, "-o", document)
    put(master, "1-01-5", "R9", 87)
    done = aso("trace", master, document, "-o", tmp_path / "根拠.xlsx", "--json")
    assert done.code == 1
    assert done.json["documents"] == ["年次.docx"]
    near = figure(done.json["figures"], "list_1_01_5_R9")
    assert (near["printed"], near["current"]) == ("88経営体", "87経営体")
    stale = [f["name"] for f in done.json["figures"] if f["current"] is not None]
    assert done.json["counts"]["stale"] == len(stale) > 1
    told = aso("trace", master, document, "-o", tmp_path / "根拠.xlsx")
    assert "88経営体 → 87経営体" in told.out


@pytest.mark.slow
def test_a_confirmed_round_is_traced_to_its_record(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "評価.xlsx"))
    put(master, "4-28-1", "R9", 1)
    assert aso("close", master, "--by", "田中").code == 0
    done = aso("trace", master, "-o", tmp_path, "--json")
    near = figure(done.json["figures"], "near_1_01_5_progress")
    assert {cell["sheet"] for cell in near["cells"]} == {"確定記録"}
    book = load_workbook(master)
    values = [book[c["sheet"]][c["cell"]].value for c in near["cells"]]
    assert values == [88, 84, 89, "以上"]
    earlier = figure(done.json["figures"], "list_1_01_5_R8")
    assert {cell["sheet"] for cell in earlier["cells"]} == {"基本目標1"}


def test_check_names_the_cells_of_what_differs(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "評価.xlsx"))
    document = tmp_path / "年次.docx"
    aso("report", master, "-o", document)
    put(master, "1-01-5", "R9", 87)
    put(master, "1-01-5", "備考(要因・出典)", "書き直した要因")
    stale = {
        e["name"]: e for e in aso("check", document, "--against", master, "--json").json["stale"]
    }
    place = Xlsx(master).find("1-01-5", "R9")
    own = stale["list_1_01_5_R9"]
    assert [(c["sheet"], c["cell"]) for c in own["cells"]] == [place]
    standing = [(c["sheet"], c["cell"]) for c in stale["list_1_01_5_standing"]["cells"]]
    assert standing[0] == place
    assert {sheet for sheet, _ in standing} == {"基本目標1", "設定"}
    remark = Xlsx(master).find("1-01-5", "備考(要因・出典)")
    assert [(c["sheet"], c["cell"]) for c in stale["list_1_1_01_5/要因"]["cells"]] == [remark]
    told = aso("check", document, "--against", master).out
    lines = "".join(told.split())
    assert f"88経営体→87経営体({place[0]}{place[1]})" in lines


@pytest.mark.slow
def test_a_confirmed_round_is_found_under_the_number_of_its_day(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    master, definition = (
        Path(shutil.copy(sample_path, tmp_path / "評価.xlsx")),
        tmp_path / "定義.toml",
    )
    assert aso("close", master, "--round", "R8", "--by", "田中").code == 0
    aso("definition", "convert", "third", "-o", definition)
    text = definition.read_text(encoding="utf-8")
    definition.write_text(
        text.replace('{ id = "1-01-5",', '{ id = "1-01-6", was = ["1-01-5"],'), encoding="utf-8"
    )
    revised = tmp_path / "新.xlsx"
    assert aso("revise", master, definition, "--from", "R9", "-o", revised).code in (0, 1)
    done = aso("trace", revised, "-o", tmp_path, "--json")
    own = figure(done.json["figures"], "list_1_01_6_R8")
    book = load_workbook(revised)
    [value, *_] = [book[c["sheet"]][c["cell"]] for c in own["cells"]]
    assert (value.parent.title, value.value) == ("確定記録", 87)
    assert book["確定記録"][f"C{value.row}"].value == "1-01-5"


def test_a_word_of_a_base_document_is_traced(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    base = based_on(tmp_path, "表紙 {{達成率}}", "{{本文}}")
    document = tmp_path / "年次.docx"
    assert aso("report", sample_path, "--base", base, "--kind", "検証", "-o", document).code == 0
    done = aso("trace", sample_path, document, "-o", tmp_path / "根拠.xlsx", "--json")
    [own] = [f for f in done.json["figures"] if f["place"] == "ひな形"]
    assert (own["row"], own["printed"], own["current"]) == ("{{達成率}}", "44.0%", None)
    assert own["arithmetic"].startswith("26÷59=44.0%(切り捨て)")
