"""The two strategies as data: counts per goal, and agreement with a second, independent pass.

``data/*_second_pass.csv`` were written from the printed strategy's text without sight of the
definitions; only figures and names were copied, so that one slip in either shows here.
"""

import csv
from collections import Counter
from decimal import Decimal

import pytest
from builders import second, third
from paths import TESTS

from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Derived, Part, Same, Verdict
from aso_xl.domain.rule import Rule
from aso_xl.domain.summary import rate
from aso_xl.strategies.definition import load

DATA = TESTS / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PASS = rows("seed_second_pass.csv")
FIGURES = [row for row in PASS if row["kind"] != "measure"]


def id_of(row):
    if row["kind"] == "headline":
        return f"{row['goal']}-H{row['order']}"
    return f"{row['goal']}-{int(row['measure']):02d}-{row['order']}"


def usual_rule(row):
    """Return the rule by the design: what is printed, else the direction of the target."""
    return row["printed_rule"] or (
        "以上" if Decimal(row["target"]) > Decimal(row["baseline"]) else "以下"
    )


@pytest.mark.parametrize(
    ("goal", "headlines", "kpis", "measures", "title"),
    [
        (1, 1, 16, 10, "阿蘇市に仕事をつくる"),
        (2, 4, 4, 10, "阿蘇市に人の流れをつくる"),
        (3, 1, 4, 7, "阿蘇市で結婚・出産・子育ての希望をかなえる"),
        (4, 1, 36, 41, "阿蘇市で魅力的な地域をつくる"),
    ],
)
def test_counts_per_goal(goal, headlines, kpis, measures, title):
    found = third().goals[goal - 1]
    assert (found.number, found.title) == (goal, title)
    assert (len(found.headlines), len(found.kpis), len(found.measures)) == (
        headlines,
        kpis,
        measures,
    )
    assert [m.number for m in found.measures] == list(range(1, measures + 1))


def test_the_second_pass_has_the_same_indicators_in_the_same_order():
    by_goal = [id_of(row) for row in FIGURES]
    assert by_goal == [i.id for i in third().indicators()]
    assert len(by_goal) == len(set(by_goal)) == 67


@pytest.mark.parametrize("row", FIGURES, ids=id_of)
def test_every_figure_agrees_with_the_second_pass(row):
    found = third().by_id[id_of(row)]
    assert (found.name, found.unit, found.rule.label) == (row["name"], row["unit"], usual_rule(row))
    # as text: 62.0 and 62 are printed differently
    assert (str(found.baseline), str(found.target)) == (row["baseline"], row["target"])
    assert (found.baseline_year, found.target_year) == (
        FiscalYear.parse(row["baseline_year"]),
        FiscalYear.parse(row["target_year"]),
    )


def test_every_measure_agrees_with_the_second_pass():
    seen = {
        f"{row['goal']}-{int(row['measure']):02d}": row["measure_name"]
        for row in PASS
        if row["measure"]
    }
    assert seen == {id_: measure.name for id_, measure in third().measures.items()}
    empty = {f"{r['goal']}-{int(r['measure']):02d}" for r in PASS if r["kind"] == "measure"}
    assert empty == {id_ for id_, measure in third().measures.items() if not measure.kpis}


def test_what_the_second_pass_cannot_tell():
    plan = third()
    assert {i.id for i in plan.indicators() if i.cumulative} == {"1-01-3", "2-08-1"}
    assert {i.id for i in plan.indicators() if i.signed} == {"2-H3"}
    assert {i.id: i.lag for i in plan.indicators() if i.lag} == {"1-H1": 2}
    assert {i.department for i in plan.indicators()} == {"", "観光課"}
    assert plan.relations == (
        Derived("2-H3", ("2-H1",), ("2-H2",)),
        Same(("2-H4", "2-02-1")),
        Part("2-02-3", "2-02-2"),
    )
    assert [str(r) for r in plan.rounds] == ["R7", "R8", "R9", "R10", "R11"]
    assert [str(y) for y in plan.period] == ["R8", "R11"]


@pytest.mark.parametrize(
    ("id_", "rule"), [("3-H1", Rule.AT_LEAST), ("3-01-1", Rule.BELOW), ("4-H1", Rule.AT_LEAST)]
)
def test_floors_and_strict_rules(id_, rule):
    found = third().by_id[id_]
    assert found.rule is rule
    assert found.has_progress is (rule is Rule.BELOW)


SECOND = rows("second_term_second_pass.csv")


def test_the_second_term_is_as_published():
    goals = {goal.number: goal for goal in second().goals}
    assert Counter(int(row["goal"]) for row in SECOND) == {1: 1, 2: 2, 3: 1, 4: 1}
    printed = {n: [row for row in SECOND if int(row["goal"]) == n] for n in goals}
    for number, goal in goals.items():
        assert [h.statement for h in goal.headlines] == [
            row["statement"] for row in printed[number]
        ]
        assert all(h.rule.is_typed for h in goal.headlines)
        for row in printed[number]:
            counts = goal.kpi_counts
            assert (goal.title, str(counts.achieved), str(counts.total)) == (
                *(row["title"], row["kpi_achieved"], row["kpi_total"]),
            )
            assert str(rate(counts.achieved, counts.total)) == row["rate"]
            assert row["result"] in set(Verdict)
    assert sum(goal.kpi_counts.total for goal in goals.values()) == 52
    assert second().stated_kpi_total == 26


def test_the_published_verdicts_come_with_the_definition():
    actuals = load("second").entries["actuals"]
    typed = [actuals[h.id]["R7"] for goal in second().goals for h in goal.headlines]
    assert typed == [row["result"] for row in SECOND]
