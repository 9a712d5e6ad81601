"""Targets of single rounds: they lead to the final one, or it is said."""

from __future__ import annotations

from decimal import Decimal

import pytest
from builders import R7, R8, R9, R10, R11, indicator, issues_of, places, plan_of
from hypothesis import given, settings
from hypothesis import strategies as st

from aso_xl.domain.plan import Indicator
from aso_xl.domain.targets import is_astray


def with_targets(own: Indicator, *targets: str) -> Indicator:
    from dataclasses import replace

    years = (R7, R8, R9, R10)
    return replace(own, targets=tuple(zip(years, map(Decimal, targets), strict=False)))


UP, DOWN = indicator("94", "120"), indicator("1030", "1000", "以下")
FLOOR = indicator("108", "100")
NEW = indicator(None, "300")
FLAT = indicator("5", "5")


@pytest.mark.parametrize(
    ("own", "astray"),
    [
        (with_targets(UP, "100", "110"), False),
        (with_targets(UP, "100", "100", "120"), False),
        (with_targets(UP, "100", "110", "115", "120"), False),
        (with_targets(UP, "90", "110"), False),
        (with_targets(UP, "110", "100"), True),
        (with_targets(UP, "100", "121"), True),
        (with_targets(UP, "100", "110", "115", "119"), True),
        (with_targets(DOWN, "1020", "1010"), False),
        (with_targets(DOWN, "1010", "1020"), True),
        (with_targets(DOWN, "999"), True),
        (with_targets(FLOOR, "106", "103"), False),
        (with_targets(FLOOR, "103", "106"), True),
        (with_targets(NEW, "60", "120"), False),
        (with_targets(NEW, "120", "60"), True),
        (with_targets(FLAT, "5", "5"), False),
        (with_targets(FLAT, "6"), True),
        (UP, False),
        (with_targets(indicator("15", "10", "以内", unit="位"), "14", "12"), False),
        (with_targets(indicator("15", "10", "以内", unit="位"), "12", "14"), True),
    ],
)
def test_targets_of_rounds_lead_to_the_final_one(own: Indicator, astray: bool) -> None:
    assert is_astray(own) is astray
    found = places(issues_of(plan_of(own)), "blank")
    assert found == ([("targets-astray", "H5")] if astray else [])


def test_the_way_is_said_and_where_it_should_lead() -> None:
    [found] = issues_of(plan_of(with_targets(UP, "110", "100")), round_=R11)[:1]
    assert found.message == (
        "基本目標1 H5(1-01-1 従事者数): 年度ごとの目標値(R7 110人、R8 100人)が、最終の目標値(120人以上)に"
        "向かって進んでいません。総合戦略の目標値を確かめてください。誤りなら、定義を直してブックを作り直してください。"
    )


@settings(deadline=None)
@given(st.lists(st.integers(94, 120), min_size=1, max_size=3))
def test_only_the_order_matters(values: list[int]) -> None:
    own = with_targets(UP, *map(str, values))
    assert is_astray(own) == (sorted(values) != values)
