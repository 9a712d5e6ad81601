"""Figures that must agree with each other. Nothing is compared while a figure is missing."""

from dataclasses import replace

import pytest
from builders import R7, indicator, issues_of, ledger_of, places, plan_of, second, third

from aso_xl.domain.cells import Cell
from aso_xl.domain.checks import check
from aso_xl.domain.checks.relations import STATED_TOTAL, kpi_total
from aso_xl.domain.plan import Same

RELATIONS = {"derived-mismatch", "same-mismatch", "part-exceeds-whole"}


def related(typed):
    found = issues_of(third(), typed)
    return [(i.code, i.indicator, str(i.round)) for i in found if i.code in RELATIONS]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"2-H1": 1020, "2-H2": 1030, "2-H3": -10}, None),
        ({"2-H1": 1020, "2-H2": 1030, "2-H3": "△10人"}, None),
        ({"2-H1": 1020, "2-H2": 1030, "2-H3": 10}, ("derived-mismatch", "2-H3")),
        ({"2-H1": 1020, "2-H3": 10}, None),
        ({"2-H1": 1020, "2-H2": "未公表", "2-H3": 10}, None),
        ({"2-H1": 1020, "2-H2": "不明", "2-H3": 10}, None),
        ({"2-H4": 6_300_000, "2-02-1": 6_300_000.0}, None),
        ({"2-H4": 6_300_000, "2-02-1": 6_300_001}, ("same-mismatch", "2-02-1")),
        ({"2-H4": 6_300_000, "2-02-1": "集計中"}, None),
        ({"2-02-2": 640_000, "2-02-3": 640_000}, None),
        ({"2-02-2": 640_000, "2-02-3": 640_001}, ("part-exceeds-whole", "2-02-3")),
        ({"2-02-3": 640_001}, None),
        ({"2-02-2": 640_000}, None),
        ({"2-H1": "1,020人", "2-H2": 1030, "2-H3": 10}, ("derived-mismatch", "2-H3")),
        ({"2-02-2": -5, "2-02-3": 10}, None),
    ],
)
@pytest.mark.parametrize("round_", ["R7", "R8", "R11"])
def test_relations_of_the_third_term(typed, expected, round_):
    cells = {id_: {round_: value} for id_, value in typed.items()}
    assert related(cells) == ([(*expected, round_)] if expected else [])


def test_years_are_not_mixed():
    assert related({"2-H4": {"R7": 6_300_000}, "2-02-1": {"R8": 6_400_000}}) == []


def test_the_computed_value_and_its_formula_are_shown():
    typed = {"2-H1": {"R8": 1020}, "2-H2": {"R8": 1030}, "2-H3": {"R8": 10}}
    (found,) = (i for i in issues_of(third(), typed) if i.code == "derived-mismatch")
    assert (found.sheet, found.value) == ("基本目標2", "10")
    assert "、1,020人−1,030人 で" in found.finding
    assert "△10人" in found.finding


def test_three_places_of_one_figure():
    plan = plan_of(
        *(indicator(id=f"1-01-{n}") for n in (1, 2, 3)),
        relations=(Same(("1-01-1", "1-01-2", "1-01-3")),),
    )
    typed = {"1-01-1": {"R8": "未公表"}, "1-01-2": {"R8": 100}, "1-01-3": {"R8": 101}}
    assert places(issues_of(plan, typed)) == [("same-mismatch", "J7")]


def test_a_figure_that_stands_twice_among_the_kpis_of_a_goal_is_one_of_the_total():
    plan = plan_of(
        *(indicator(id=f"1-01-{n}") for n in (1, 2, 3)),
        relations=(Same(("1-01-1", "1-01-2")),),
    )
    assert kpi_total(plan) == 2


def stated(plan, count, *, cell=True):
    ledger = ledger_of(plan)
    settings = replace(ledger.settings, stated_kpi_total=count)
    cells = {STATED_TOTAL: Cell("設定", "B9", count)} if cell else {}
    found = check(replace(ledger, settings=settings, setting_cells=cells), R7)
    return [(i.sheet, i.cell, i.value) for i in found if i.code == "stated-total-mismatch"]


def test_a_stated_total_that_does_not_add_up():
    assert kpi_total(second()) == 52
    assert stated(second(), 26) == [("設定", "B9", "26")]
    assert stated(second(), None, cell=False) == [(None, None, "26")]


def test_a_stated_total_that_adds_up_or_is_not_stated():
    assert stated(second(), 52) == stated(second(), None) == []
    assert stated(third(), 60) == stated(third(), None, cell=False) == []
