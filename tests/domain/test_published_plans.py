"""Grades and ratios that municipalities printed come out as printed (tests/data/plans)."""

from decimal import Decimal

import pytest
from plan_ledgers import ledger_of_plan

from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.summary import Summary, summarize

PRINTED_GRADES = {
    "合計特殊出生率": "C",
    "社会増減": "A",
    "労働生産性": "C",
    "就業率": "A",
    "県民一人当たり公共交通機関利用回数": "A",
    "健康寿命(男性)": None,
    "健康寿命(女性)": None,
}
"""長野県, evaluation of H29; 健康寿命 was not published and has no grade."""
PRINTED_RATIOS = {
    "H26": {"2-K1": "108.8", "2-K2": "99.3", "2-K3": "60.0", "2-K4": "147.8"},
    "H27": {
        **{"1-K1": "10.7", "1-K2": "93.8", "2-K1": "116.3"},
        **{"2-K2": "117.9", "2-K3": "101.7", "2-K4": "211.4"},
    },
}


def summary_of(name: str, round_: str) -> Summary:
    ledger = ledger_of_plan(name)
    return summarize(ledger.plan, ledger.actuals, FiscalYear.parse(round_), ledger.settings)


def test_the_grades_that_nagano_printed() -> None:
    summary = summary_of("nagano", "H29")
    found = {a.indicator.name: a.plan_grade for a in summary.achievements.values()}
    assert found == PRINTED_GRADES
    assert summary.kpi.grades == {"A": 3, "B": 0, "C": 2}
    counted = summary.kpi
    assert (counted.total, counted.achieved, counted.missed, counted.unpublished) == (6, 3, 2, 1)


def test_both_targets_of_nagano_are_judged() -> None:
    found = summary_of("nagano", "H29").achievements["1-K2"]
    assert (found.target, found.result) == (Decimal(-2700), "achieved")
    assert found.other is not None
    assert (found.other.target, found.other.result) == (Decimal(-2000), "missed")
    assert found.progress == Decimal("116.9")


@pytest.mark.parametrize("round_", PRINTED_RATIOS)
def test_the_ratios_that_were_printed(round_: str) -> None:
    found = summary_of("ratio_half_up", round_).achievements
    shown = {id_: f"{a.progress}" for id_, a in found.items() if a.progress is not None}
    assert shown == PRINTED_RATIOS[round_]
