"""check, evaluate and export: JSON field by field, exit codes, several workbooks."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from cli_tools import Command, Done, digest, is_one_sentence
from workbook_tools import Xlsx

ISSUE = {"code", "severity", "sheet", "cell", "indicator", "round", "value", "message"}
DECIMAL = re.compile(r"-?\d+(\.\d+)?")


def kpi(total: int, achieved: int, rate: str) -> dict[str, object]:
    zeros = dict.fromkeys(("unpublished", "blank", "excluded"), 0)
    return {
        "total": total,
        "achieved": achieved,
        "missed": total - achieved,
        **zeros,
        "rate": rate,
        "grades": {},
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


def test_a_target_that_is_kept_as_yet_is_noted_below_the_table(
    aso: Command, sample_path: Path
) -> None:
    lines = aso("evaluate", sample_path).out.splitlines()
    noted = [line.split()[0] for line in lines if line.split()[-3:-2] == ["達成※"]]
    assert noted == ["3-H1", "4-H1"]
    at = next(n for n, line in enumerate(lines) if line.startswith("  ※「阿蘇市の推計人口」"))
    assert "".join(line.strip() for line in lines[at : at + 2]) == (
        "※「阿蘇市の推計人口」は、R11まで維持する目標です。現時点では満たしていますが、"
        "年に約380人の減少が続くと、R11は約21,650人で、目標に届きません。"
    )


def test_evaluate_judges_every_indicator(aso: Command, sample_path: Path) -> None:
    found = {i["id"]: i for i in aso("evaluate", sample_path, "--json").json["indicators"]}
    assert len(found) == 67
    assert found["3-01-1"] == {
        "id": "3-01-1",
        "result": "achieved",
        "value": "6.48",
        "value_year": "R9",
        "target": "6.5",
        "yearly": None,
        "progress": "110.0",
        "pace": "達成",
        "grade": None,
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
    assert set(data) == {"plan", "goals", "indicators", "records"}
    assert data["plan"] == {
        "id": "aso-3",
        "title": "第3期阿蘇市まち・ひと・しごと創生総合戦略",
        "period": ["R8", "R11"],
        "rounds": ["R7", "R8", "R9", "R10", "R11"],
        "round": "R9",
    }
    assert [set(goal) for goal in data["goals"]] == [
        {"number", "label", "title", "measures", "kpi_counts", "fields"}
    ] * 4
    assert data["goals"][0]["measures"][0] == {
        "number": 1,
        "label": None,
        "group": None,
        "name": "安定した農業経営の確立",
        "department": "A課(例)",
        "fields": {
            "efforts": "狩猟免許の取得費用を補助し、研修会を3回開催した",
            "problems": "従事者の高齢化が進んでいる",
            "direction": "若い世代への声かけと研修を続ける",
            "course": "拡充",
            "expenditure": "4860",
            "review": "目標の達成に向けて進んでいる。従事者の年齢構成も示すこと",
            "opinion": None,
            "answer": None,
        },
    }
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
        "label": None,
        "rule": "<",
        "rule_label": "未満",
        "baseline_year": "R6",
        "baseline": "6.7",
        "printed_baseline": None,
        "target_year": "R10",
        "target": "6.5",
        "printed_target": None,
        "targets": {},
        "aggregate": "latest",
        "from": None,
        "until": None,
        "lag": 0,
        "cumulative": False,
        "statement": None,
        "revised": [],
    }
    assert {key: each[key] for key in wanted} == wanted
    assert set(each) == {"id", "name", "department", "fields", "actuals", *wanted}
    assert list(each["fields"]) == ["remark"]
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


def test_what_is_found_often_is_one_line_and_all_of_it_on_demand(
    aso: Command, template_path: Path
) -> None:
    issues = aso("check", template_path, "--json").json["issues"]
    number = sum(issue["code"] == "department-missing" for issue in issues)
    assert number > 60
    out = aso("check", template_path).out
    assert f"警告    担当課が未設定: {number}件。担当課を選んでください。" in out
    assert out.count("担当課が決まっていません") == 0
    assert "(1-H1)、" in out and f"ほか {number - 3}件" in out
    assert "--all で 1 件ずつ見られます" in out
    every = aso("check", template_path, "--all").out
    assert every.count("担当課が決まっていません") == number
    assert all(issue["message"] in every for issue in issues)
    assert "--all" not in every
