"""Figures in the run of their years: slips of digits, falling totals, wrong years, blanks."""

from decimal import Decimal

import pytest
from builders import R8, R9, indicator, issues_of, places, plan_of

from aso_xl.domain.checks.outliers import slipped_from

COUNT = indicator()
GROWTH = indicator("227", "1000", unit="件")
TOTAL = indicator("224", "250", cumulative=True)
DOUBLE = indicator("36", "60", unit="件")
FROM_ZERO = indicator("0", "100", unit="%")
SIGNED = indicator("-10", "170", signed=True)
MONEY = indicator("1241.55", "1300", unit="億円")

SLIPS = [
    (COUNT, {"R8": 1000}, "J5"),
    (COUNT, {"R8": 10}, "J5"),
    (COUNT, {"R8": 100_000}, "J5"),
    (COUNT, {"R7": 95, "R8": 1010}, "J5"),
    (COUNT, {"R7": 950, "R8": 101}, "I5"),
    (DOUBLE, {"R8": 500}, "J5"),
    (SIGNED, {"R7": 30, "R8": 1500}, "J5"),
    (MONEY, {"R8": 12500}, "J5"),
    (MONEY, {"R8": 12_500_000}, "J5"),
    (MONEY, {"R8": "12.5億円"}, "J5"),
    (indicator("22.6", "19.5", "以下", unit="%"), {"R8": 2.1}, "J5"),
    (indicator("5.3", "5.4", unit="冊"), {"R8": 53}, "J5"),
    (indicator("0.40", "0.60", unit=""), {"R8": 50}, "J5"),
]


@pytest.mark.parametrize(("of", "rounds", "cell"), SLIPS)
def test_a_slip_of_digits_is_noticed(of, rounds, cell):
    assert places(issues_of(plan_of(of), {"1-01-1": rounds}), "numeral-read") == [
        ("digit-slip", cell)
    ]


GENUINE = [
    (GROWTH, {"R7": 400, "R8": 1000}),
    (GROWTH, {"R8": 2300}),
    (FROM_ZERO, {"R7": 8, "R8": 80}),
    (FROM_ZERO, {"R8": 10}),
    (SIGNED, {"R7": 15, "R8": 160}),
    (SIGNED, {"R8": 17}),
    (indicator("12", "22"), {"R8": 22}),
    (indicator("3", "6", unit="回/年"), {"R8": 6}),
    (indicator("3", "6", unit="回/年"), {"R8": 30}),
    (indicator("19", "17", "以下"), {"R8": 2}),
    (COUNT, {"R8": 0}),
    (COUNT, {"R8": 300}),
    (COUNT, {"R8": 9}),
    (COUNT, {"R7": "未公表", "R8": 120}),
]


@pytest.mark.parametrize(("of", "rounds"), GENUINE)
def test_genuine_change_is_no_slip(of, rounds):
    assert places(issues_of(plan_of(of), {"1-01-1": rounds})) == []


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1000", "100"), ("10", "100"), ("9.4", "94.0"), ("600", None), ("60", None)],
)
def test_the_meant_value_is_the_one_a_power_of_ten_away(value, meant):
    found = slipped_from(Decimal(value), Decimal(94), Decimal(120))
    assert found == (None if meant is None else Decimal(meant))


FALLING = [
    ({"R7": 240, "R8": 230}, ["J5"]),
    ({"R7": 240, "R8": "未公表", "R9": 230}, ["K5"]),
    ({"R7": 200}, ["I5"]),
    ({"R7": 200, "R8": 210}, ["I5", "J5"]),
    ({"R7": 240, "R8": 230, "R9": 245}, ["J5"]),
    ({"R7": 230, "R8": 245, "R9": 240}, ["K5"]),
    ({"R7": 245, "R8": 230, "R9": 240}, ["J5"]),
]


@pytest.mark.parametrize(("rounds", "cells"), FALLING)
def test_a_falling_total_is_an_error(rounds, cells):
    found = places(issues_of(plan_of(TOTAL), {"1-01-1": rounds}), "blank", "future-actual")
    assert found == [("cumulative-falling", cell) for cell in cells]


@pytest.mark.parametrize(
    ("of", "rounds"),
    [
        (TOTAL, {"R7": 224, "R8": 224}),
        (TOTAL, {"R7": 240, "R8": 241}),
        (TOTAL, {"R7": "誤り", "R8": 230}),
        (COUNT, {"R7": 110, "R8": 100}),
    ],
)
def test_a_standing_total_or_no_total_may_be(of, rounds):
    assert places(issues_of(plan_of(of), {"1-01-1": rounds}), "unknown-mark") == []


def test_the_reference_of_a_falling_total_is_named():
    (found,) = issues_of(plan_of(TOTAL), {"1-01-1": {"R7": 240, "R8": 230}})
    assert "R7の240人" in found.finding


SINGLE = [
    ({"R7": 230, "R8": 8}, "R7の230人", "238人"),
    ({"R7": 8}, "基準値224人", "232人"),
    ({"R7": 224, "R8": "未公表", "R9": 20}, "R7の224人", "244人"),
    ({"R7": 1, "R8": 230}, "基準値224人", "225人"),
    ({"R7": 224, "R8": 88}, "R7の224人", "312人"),
]


@pytest.mark.parametrize(("rounds", "reference", "better"), SINGLE)
def test_a_single_year_typed_as_a_total_is_named_with_the_total(rounds, reference, better):
    issues = issues_of(plan_of(TOTAL), {"1-01-1": rounds}, round_=R9)
    [found] = [each for each in issues if each.code == "single-typed"]
    assert f"{reference} より小さく" in found.finding
    assert f"({better})" in found.remedy


@pytest.mark.parametrize(
    ("target", "value", "code"),
    [("400", 100, "single-typed"), ("400", 101, "cumulative-falling"), (None, 100, "single-typed")],
)
def test_a_single_year_brings_the_total_to_a_quarter_beyond_the_target_at_most(target, value, code):
    total = indicator("300", target, cumulative=True)
    typed = {"1-01-1": {"R7": 400, "R8": value}}
    assert places(issues_of(plan_of(total), typed), "digit-slip") == [(code, "J5")]


@pytest.mark.parametrize("rounds", [{"R7": 224, "R8": 113}, {"R7": 224, "R8": 100}, {"R8": 0}])
def test_a_total_that_falls_far_is_no_single_year(rounds):
    codes = [code for code, _ in places(issues_of(plan_of(TOTAL), {"1-01-1": rounds}))]
    assert "cumulative-falling" in codes
    assert "single-typed" not in codes


TIMES = [
    ({}, [("blank", "J5")]),
    ({"R7": 100}, [("blank", "J5")]),
    ({"R8": "  "}, [("blank", "J5")]),
    ({"R8": "－"}, [("no-value-mark", "J5")]),
    ({"R8": "集計中"}, [("pending", "J5")]),
    ({"R7": "集計中", "R8": 100}, []),
    ({"R8": 100, "R9": 101}, [("future-actual", "K5")]),
    ({"R8": 100, "R9": 101, "R11": 102}, [("future-actual", "K5"), ("future-actual", "M5")]),
    ({"R8": 100, "R9": "対象外"}, []),
    ({"R8": 100, "R9": "?"}, [("unknown-mark", "K5")]),
]


@pytest.mark.parametrize(("rounds", "expected"), TIMES)
def test_what_the_evaluated_round_asks_for(rounds, expected):
    found = issues_of(plan_of(COUNT), {"1-01-1": rounds}, round_=R8)
    assert places(found) == expected
