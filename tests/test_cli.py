"""The command line: JSON field by field, exit codes, several workbooks."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from cli_tools import Command, Done, digest, is_one_sentence
from docx import Document
from workbook_tools import Xlsx

ISSUE = {"code", "severity", "sheet", "cell", "indicator", "round", "value", "message"}
KPI = {"total", "achieved", "missed", "unpublished", "blank", "excluded", "rate"}
DECIMAL = re.compile(r"-?\d+(\.\d+)?")


@pytest.fixture
def wrong_path(sample_path: Path, tmp_path: Path) -> Path:
    """Return the sample with one error: text for a figure."""
    book = Xlsx(sample_path)
    book.put(book.find("1-01-1", "R9"), "多数")
    return book.save(tmp_path / "誤り.xlsx")


def kpi(total: int, achieved: int, rate: str) -> dict[str, int | str]:
    zeros = dict.fromkeys(("unpublished", "blank", "excluded"), 0)
    return {
        "total": total,
        "achieved": achieved,
        "missed": total - achieved,
        **zeros,
        "rate": rate,
    }


def test_check_gives_findings_and_their_number(aso: Command, wrong_path: Path) -> None:
    done = aso("check", wrong_path, "--json")
    assert (done.code, done.err) == (1, "")
    assert set(done.json) == {"issues", "counts"}
    assert all(set(issue) == ISSUE for issue in done.json["issues"])
    [error] = [i for i in done.json["issues"] if i["severity"] == "error"]
    assert error["code"] == "unknown-mark"
    assert (error["indicator"], error["round"], error["value"]) == ("1-01-1", "R9", "多数")
    assert (error["sheet"], error["cell"]) == Xlsx(wrong_path).find("1-01-1", "R9")
    severities = [i["severity"] for i in done.json["issues"]]
    assert done.json["counts"] == {s: severities.count(s) for s in ("error", "warning", "info")}


def test_warnings_alone_are_exit_code_0(aso: Command, template_path: Path) -> None:
    done = aso("check", template_path, "--json")
    assert done.code == 0
    assert done.json["counts"]["error"] == 0
    assert done.json["counts"]["warning"] > 100


def test_evaluate_counts_as_the_second_term_was_published(aso: Command, second_path: Path) -> None:
    done = aso("evaluate", second_path, "--json")
    assert (done.code, done.err) == (0, "")
    assert set(done.json) == {"round", "goals", "overall", "indicators"}
    assert done.json["round"] == "R7"
    assert all(set(g) == {"number", "title", "headlines", "kpi"} for g in done.json["goals"])
    assert [g["kpi"] for g in done.json["goals"]] == [
        kpi(11, 4, "36.3"),
        kpi(15, 5, "33.3"),
        kpi(11, 3, "27.2"),
        kpi(15, 4, "26.6"),
    ]
    assert done.json["overall"] == kpi(52, 16, "30.7")
    assert [h["result"] for g in done.json["goals"] for h in g["headlines"]] == [
        *("missed", "missed", "achieved", "missed", "missed")
    ]


def test_evaluate_judges_every_indicator(aso: Command, sample_path: Path) -> None:
    found = {i["id"]: i for i in aso("evaluate", sample_path, "--json").json["indicators"]}
    assert len(found) == 67
    assert found["3-01-1"] == {
        "id": "3-01-1",
        "result": "achieved",
        "value": "6.48",
        "value_year": "R9",
        "progress": "110.0",
        "pace": "達成",
        "sentence": "目標6.5%未満に対し実績6.48% → 達成(基準比△0.22%)",
    }
    assert (found["1-H1"]["value"], found["1-H1"]["value_year"]) == ("1281.64", "R7")
    assert (found["4-H1"]["result"], found["4-H1"]["progress"]) == ("achieved", None)
    waiting = found["4-16-1"]
    assert [waiting[k] for k in ("result", "value", "value_year", "progress", "pace")] == [
        *("unpublished", None, None, None, None)
    ]
    assert {i["result"] for i in found.values()} == {
        *("achieved", "missed", "unpublished", "blank", "excluded")
    }


@pytest.mark.parametrize("wanted", ["R8", "令和8年度", "Ｒ８", "2026"])
def test_the_round_can_be_asked_for_in_any_writing(
    aso: Command, sample_path: Path, wanted: str
) -> None:
    assert aso("evaluate", sample_path, "--round", wanted, "--json").json["round"] == "R8"


@pytest.mark.parametrize("command", ["check", "evaluate", "report"])
@pytest.mark.parametrize("wanted", ["R5", "来年", "2100"])
def test_a_round_that_is_none_of_the_plan_names_those_that_are(
    aso: Command, sample_path: Path, command: str, wanted: str
) -> None:
    done = aso(command, sample_path, "--round", wanted, "--json")
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)
    assert wanted in done.err
    assert "R7、R8、R9、R10、R11" in done.err


def test_export_gives_plan_goals_and_indicators(aso: Command, sample_path: Path) -> None:
    done = aso("export", sample_path, "--json")
    assert (done.code, done.err) == (0, "")
    data = done.json
    assert set(data) == {"plan", "goals", "indicators"}
    assert data["plan"] == {
        "id": "aso-3",
        "title": "第3期阿蘇市まち・ひと・しごと創生総合戦略",
        "period": ["R8", "R11"],
        "rounds": ["R7", "R8", "R9", "R10", "R11"],
        "round": "R9",
    }
    assert [set(goal) for goal in data["goals"]] == [
        {"number", "title", "measures", "kpi_counts"}
    ] * 4
    assert data["goals"][0]["measures"][0] == {"number": 1, "name": "安定した農業経営の確立"}
    assert all(goal["kpi_counts"] is None for goal in data["goals"])


def test_export_gives_an_indicator_with_its_actuals_and_their_cells(
    aso: Command, sample_path: Path
) -> None:
    found = {i["id"]: i for i in aso("export", sample_path, "--json").json["indicators"]}
    sheet, cell = Xlsx(sample_path).find("3-01-1", "R9")
    each = found["3-01-1"]
    assert each["actuals"]["R9"] == {"value": "6.48", "mark": None, "sheet": sheet, "cell": cell}
    assert each["actuals"]["R10"]["value"] is None
    assert list(each["actuals"]) == ["R7", "R8", "R9", "R10", "R11"]
    assert isinstance(each["department"], str)
    wanted = {
        "goal": 3,
        "kind": "kpi",
        "measure": 1,
        "unit": "%",
        "rule": "<",
        "baseline_year": "R6",
        "baseline": "6.7",
        "target_year": "R10",
        "target": "6.5",
        "lag": 0,
        "cumulative": False,
        "statement": None,
    }
    assert {key: each[key] for key in wanted} == wanted
    assert set(each) == {"id", "name", "department", "actuals", *wanted}
    assert (found["1-H1"]["measure"], found["1-H1"]["lag"]) == (None, 2)
    assert found["4-07-1"]["actuals"]["R9"]["mark"] == "対象外"
    assert found["1-01-4"]["actuals"]["R9"]["mark"] == "未公表"


def test_export_gives_counts_and_verdicts_where_that_is_all_there_is(
    aso: Command, second_path: Path
) -> None:
    data = aso("export", second_path, "--json").json
    assert data["goals"][0]["kpi_counts"] == {"total": 11, "achieved": 4}
    first = data["indicators"][0]
    assert (first["rule"], first["actuals"]["R7"]["mark"]) == ("qualitative", "未達成")
    assert first["actuals"]["R7"]["value"] is None
    assert "生産年齢人口比率" in first["statement"]


def test_absent_is_null_and_no_json_number_is_a_fraction(aso: Command, sample_path: Path) -> None:
    for command in ("export", "evaluate"):
        text = aso(command, sample_path, "--json").out
        assert json.loads(text, parse_float=lambda text: pytest.fail(text))
        assert '""' not in text
    for each in aso("export", sample_path, "--json").json["indicators"]:
        for key in ("baseline", "target"):
            assert each[key] is None or DECIMAL.fullmatch(each[key])


def test_report_writes_a_document(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    done = aso("report", sample_path, "-o", tmp_path / "報告.docx", "--json")
    assert (done.code, done.err) == (0, "")
    assert set(done.json) == {"output", "issues", "counts"}
    assert done.json["output"] == str(tmp_path / "報告.docx")
    assert len(Document(done.json["output"]).tables) == 8


def test_report_never_overwrites(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "報告.docx"
    target.write_text("大事な文書", encoding="utf-8")
    done = aso("report", sample_path, "-o", target)
    assert done.code == 0
    assert "報告 (2).docx" in done.out
    assert "番号を付けました" in done.out
    assert target.read_text(encoding="utf-8") == "大事な文書"
    assert Document(str(tmp_path / "報告 (2).docx")).tables


def test_errors_stop_the_report(aso: Command, wrong_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    done = aso("report", wrong_path, "-o", folder, "--json")
    assert (done.code, done.json["output"], done.json["counts"]["error"]) == (1, None, 1)
    assert not folder.exists()
    said = aso("report", wrong_path, "-o", folder)
    assert said.code == 1
    assert "多数" in said.out
    assert "--draft" in said.out


def test_a_draft_is_made_all_the_same(aso: Command, wrong_path: Path, tmp_path: Path) -> None:
    done = aso("report", wrong_path, "-o", tmp_path / "out", "--draft", "--json")
    assert done.code == 1
    assert done.json["counts"]["error"] == 1
    path = Path(done.json["output"])
    assert path.name.endswith("_R9_下書き.docx")
    assert "下書き" in Document(str(path)).paragraphs[0].text


def test_reports_of_several_go_to_a_folder(
    aso: Command, sample_path: Path, second_path: Path, tmp_path: Path
) -> None:
    done = aso("report", sample_path, second_path, "-o", tmp_path / "out", "--json")
    names = [Path(each["output"]).name for each in done.json["workbooks"]]
    assert done.code == 0
    assert names == sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names[1] == "second_term_第2期総合戦略の検証_R7.docx"


def test_reports_of_several_cannot_go_to_one_document(
    aso: Command, sample_path: Path, second_path: Path, tmp_path: Path
) -> None:
    done = aso("report", sample_path, second_path, "-o", tmp_path / "a.docx")
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)


def test_a_report_is_no_pdf(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    done = aso("report", sample_path, "-o", tmp_path / "a.pdf")
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)
    assert list(tmp_path.iterdir()) == []


def test_without_a_place_the_report_goes_to_outputs(
    aso: Command, second_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    workbook = Path(shutil.copy(second_path, there))
    monkeypatch.chdir(here)
    assert aso("report", workbook).code == 0
    (here / "outputs").mkdir()
    assert aso("report", workbook).code == 0
    name = "second_term_第2期総合戦略の検証_R7.docx"
    assert [p.name for p in (there / "outputs").iterdir()] == [name]
    assert [p.name for p in (here / "outputs").iterdir()] == [name]


def test_staff_bring_their_own_base_document(
    aso: Command, second_path: Path, tmp_path: Path
) -> None:
    missing = aso("report", second_path, "-o", tmp_path / "a.docx", "--base", tmp_path / "x.docx")
    assert (missing.code, missing.out) == (2, "")
    assert is_one_sentence(missing.err)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../other.docx", "C:\\x.docx", ".."])
def test_a_base_named_in_the_workbook_stands_beside_it(
    aso: Command, second_path: Path, tmp_path: Path, name: str
) -> None:
    book = Xlsx(second_path)
    place = next(
        ("設定", f"B{cell[1:]}")
        for cell in book.cells("設定")
        if cell.startswith("A") and book.value("設定", cell) == "Word文書のひな形"
    )
    book.put(place, name)
    done = aso("report", book.save(tmp_path / "a.xlsx"), "-o", tmp_path / "a.docx")
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)


def test_template_builds_a_workbook_that_can_be_checked(
    aso: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first, again = aso("template", "--json"), aso("template", "--json")
    assert (first.code, first.json) == (0, {"output": "第3期総合戦略.xlsx"})
    assert again.json == {"output": "第3期総合戦略 (2).xlsx"}
    assert digest(tmp_path / "第3期総合戦略.xlsx") == digest(tmp_path / "第3期総合戦略 (2).xlsx")
    assert aso("check", "第3期総合戦略.xlsx").code == 0
    assert aso("template", "--sample", "--json").json == {"output": "第3期総合戦略_記入例.xlsx"}


@pytest.mark.parametrize(
    "args",
    [
        ("--strategy", "second", "--sample"),
        ("--strategy", "fourth"),
        ("--strategy", "."),
        ("-o", "book.xls"),
        ("-o", "ない/book.xlsx"),
    ],
)
def test_template_says_what_it_cannot_do(
    aso: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = aso("template", *args, "--json")
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)
    assert list(tmp_path.iterdir()) == []


def test_a_bad_workbook_does_not_stop_the_others(
    aso: Command, sample_path: Path, wrong_path: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "ない.xlsx"
    done = aso("check", missing, wrong_path, sample_path, "--json")
    first, second, third = done.json["workbooks"]
    assert set(done.json) == {"workbooks"}
    assert first == {"workbook": str(missing), "failed": done.err.strip()}
    assert is_one_sentence(done.err)
    assert set(second) == set(third) == {"workbook", "issues", "counts"}
    assert (second["counts"]["error"], third["counts"]["error"]) == (1, 0)
    assert done.code == 2


def exit_code(aso: Command, *paths: Path) -> int:
    return aso("evaluate", *paths, "--json").code


def test_several_end_with_the_gravest_exit_code(
    aso: Command, sample_path: Path, wrong_path: Path, second_path: Path, tmp_path: Path
) -> None:
    assert exit_code(aso, sample_path, second_path) == 0
    assert exit_code(aso, wrong_path, second_path) == 1
    assert exit_code(aso, wrong_path, tmp_path, second_path) == 2


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_files_hold_what_the_json_holds(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "csv"
    done = aso("export", sample_path, "--csv", folder, "--json")
    data = done.json
    assert done.code == 0
    assert sorted(p.name for p in folder.iterdir()) == [
        *("actuals.csv", "departments.csv", "goals.csv", "indicators.csv", "summary.csv")
    ]
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in folder.iterdir())
    indicators = rows(folder / "indicators.csv")
    assert [r["番号"].lstrip("'") for r in indicators] == [i["id"] for i in data["indicators"]]
    assert [r["目標値"] or None for r in indicators] == [i["target"] for i in data["indicators"]]
    actuals = {(r["番号"].lstrip("'"), r["評価年度"]): r for r in rows(folder / "actuals.csv")}
    for each in data["indicators"]:
        for round_, actual in each["actuals"].items():
            row = actuals[each["id"], round_]
            assert (row["実績値"] or None, row["記号"] or None) == (actual["value"], actual["mark"])
            assert row["セル"] == actual["cell"]


def test_csv_files_never_overwrite(aso: Command, second_path: Path, tmp_path: Path) -> None:
    (tmp_path / "summary.csv").write_text("大事な表", encoding="utf-8")
    assert aso("export", second_path, "--csv", tmp_path).code == 0
    assert (tmp_path / "summary.csv").read_text(encoding="utf-8") == "大事な表"
    assert sorted(p.name for p in tmp_path.iterdir() if " (2)" in p.name) == [
        f"{name} (2).csv" for name in ("actuals", "departments", "goals", "indicators", "summary")
    ]


@pytest.mark.parametrize("command", ["check", "evaluate", "export"])
def test_reading_changes_nothing(
    aso: Command, sample_path: Path, tmp_path: Path, command: str
) -> None:
    workbook = Path(shutil.copy(sample_path, tmp_path))
    before = digest(workbook), workbook.stat().st_mtime_ns
    aso(command, workbook)
    assert (digest(workbook), workbook.stat().st_mtime_ns) == before
    assert list(tmp_path.iterdir()) == [workbook]


def test_done_is_what_a_shell_would_see(aso: Command, sample_path: Path) -> None:
    done: Done = aso("export", sample_path)
    assert (done.code, done.err) == (0, "")
    assert "第3期阿蘇市まち・ひと・しごと創生総合戦略" in done.out
