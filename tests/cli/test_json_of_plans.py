"""The JSON of plans that say more: the target judged and the other one, grades, printed texts, fields."""

from __future__ import annotations

import json
from typing import Any

import pytest
from plan_ledgers import ledger_of_plan

from aso_xl.cli.json.evaluation import evaluation_payload, export_payload
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.summary import summarize
from aso_xl.strategies.definition import PACKAGED, load


def evaluated(name: str, round_: str = "") -> dict[str, Any]:
    ledger = ledger_of_plan(name)
    year = FiscalYear.parse(round_) if round_ else ledger.settings.round
    found = evaluation_payload(summarize(ledger.plan, ledger.actuals, year, ledger.settings))
    return {**found, "by_id": {each["id"]: each for each in found["indicators"]}}


def exported(name: str) -> dict[str, Any]:
    found = export_payload(ledger_of_plan(name))
    return {**found, "by_id": {each["id"]: each for each in found["indicators"]}}


@pytest.mark.parametrize("name", ["midori", "kawabe"])
def test_all_of_it_is_json_with_numbers_as_strings(name: str) -> None:
    for found in (evaluated(name), exported(name)):
        assert json.loads(json.dumps(found)) == found


def test_a_yearly_judgement_shows_both_targets() -> None:
    found = evaluated("midori", "R5")["by_id"]["1-H1"]
    assert {
        key: found[key] for key in ("result", "value", "target", "yearly", "progress", "grade")
    } == {
        "result": "achieved",
        "value": "-2530",
        "target": "-2700",
        "yearly": {"target": "-2000", "result": "missed"},
        "progress": "116.9",
        "grade": "A",
    }


def test_a_final_judgement_shows_the_years_target_beside_it() -> None:
    found = evaluated("kawabe", "R6")["by_id"]["1-01-2"]
    assert (found["target"], found["result"]) == ("80", "missed")
    assert found["yearly"] == {"target": "75", "result": "achieved"}
    assert evaluated("kawabe", "R6")["by_id"]["1-H1"]["yearly"] is None


def test_grades_are_counted_by_name_in_the_order_of_the_plan() -> None:
    found = evaluated("midori", "R5")
    assert list(found["overall"]["grades"]) == ["A", "B", "C"]
    for name, number in found["overall"]["grades"].items():
        assert sum(goal["kpi"]["grades"][name] for goal in found["goals"]) == number
    graded = [each["grade"] for each in found["indicators"] if each["grade"]]
    assert set(graded) == {"A", "B", "C"}
    assert {each["pace"] for each in found["indicators"]} <= {
        *("達成", "順調", "やや遅れ", "遅れ", None)
    }


def test_what_is_not_asked_has_no_result_and_is_in_no_count() -> None:
    found = evaluated("midori", "R5")
    own = found["by_id"]["2-02-2"]
    assert (own["result"], own["value"], own["grade"]) == (None, None, None)
    counts = found["goals"][1]["kpi"]
    every = [each for each in found["indicators"] if each["id"].startswith("2-0")]
    assert len(every) == 6
    whole = ("achieved", "missed", "unpublished", "blank", "excluded")
    assert sum(counts[key] for key in whole) == 5
    assert counts["excluded"] == 0


def test_several_values_together_are_one_of_the_counts() -> None:
    kpi = evaluated("kawabe", "R6")["goals"][1]["kpi"]
    ledger = ledger_of_plan("kawabe")
    assert kpi["total"] == len(ledger.plan.goals[1].kpis) - 1


def test_a_plan_without_grades_has_none() -> None:
    for name in PACKAGED:
        plan = load(name).plan
        found = evaluation_payload(
            summarize(plan, {}, plan.round, ledger_of_plan("midori").settings)
        )
        assert found["overall"]["grades"] == {}
        assert {(a["grade"], a["yearly"] is None) for a in found["indicators"]} == {(None, True)}


def test_an_export_says_what_the_plan_says() -> None:
    found = exported("midori")
    own = found["by_id"]["1-01-2"]
    assert {
        key: own[key]
        for key in (
            *("label", "rule", "rule_label", "baseline", "printed_baseline", "printed_target"),
            *("aggregate", "from", "until", "targets"),
        )
    } == {
        "label": "⑥",
        "rule": ">=",
        "rule_label": "以上",
        "baseline": None,
        "printed_baseline": "新規",
        "printed_target": None,
        "aggregate": "sum",
        "from": "R3",
        "until": None,
        "targets": {"R3": "250", "R4": "500", "R5": "800", "R6": "1150"},
    }
    assert found["by_id"]["1-H2"]["printed_target"] == "延伸"
    assert found["by_id"]["2-02-2"]["until"] == "R4"
    rank = found["by_id"]["1-K1"]
    assert (rank["rule"], rank["rule_label"], rank["measure"]) == ("within", "以内", None)


def test_an_export_names_goals_and_measures_as_they_are_printed() -> None:
    [first, second] = exported("midori")["goals"]
    assert (first["label"], second["label"]) == ("政策目標Ⅰ", "政策目標Ⅱ")
    assert first["fields"].keys() == {"outlook", "opinion", "answer"}
    measures = first["measures"]
    assert [(m["label"], m["group"]) for m in measures] == [
        *(("(1)", "ア 移住の促進"), ("(2)", "ア 移住の促進")),
        ("(1)", "イ 観光"),
    ]
    assert {"budget", "course"} <= measures[0]["fields"].keys()
    assert second["measures"][1]["group"] is None


def test_an_export_says_what_revisions_changed_from_which_round_on() -> None:
    revised = {id_: own["revised"] for id_, own in exported("kawabe")["by_id"].items()}
    blank = dict.fromkeys(("baseline", "baseline_year", "target_year", "rule", "printed_target"))
    assert {id_: each for id_, each in revised.items() if each} == {
        "1-02-1": [
            {**blank, "from": "R7", "target": "4", "reason": "工業用地の造成が1年遅れるため"}
        ],
        "2-H1": [
            {**blank, "from": "R7", "target": "45", "rule": ">", "reason": "人口推計の見直しによる"}
        ],
    }
