"""Values that are joined over the rounds: what is missing among them, and sums typed in their place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import R7, R8, R9, R10, indicator, issues_of, places, plan_of
from hypothesis import given, settings
from hypothesis import strategies as st

from aso_xl.domain.cells import CellValue
from aso_xl.domain.plan import Indicator

SUM = indicator(None, "300", unit="件", aggregate="sum")
COLUMNS = dict(zip(("R7", "R8", "R9", "R10", "R11"), "IJKLM", strict=True))
Typed = dict[str, CellValue]


def codes(of: Indicator, typed: Typed, round_=R8) -> list[tuple[str, str | None]]:
    return places(issues_of(plan_of(of), {"1-01-1": typed}, round_=round_), "blank")


@pytest.mark.parametrize(
    "typed",
    [
        {"R7": 32, "R8": 122},
        {"R7": 60, "R8": 120},
        {"R7": 60, "R8": 120, "R9": 190},
        {"R7": 32, "R8": 90, "R9": 170},
        {"R7": 55, "R8": 130, "R9": 190, "R10": 240},
        {"R7": 80, "R8": 120, "R9": 170},
    ],
)
def test_a_sum_typed_where_single_years_are_asked_is_noticed(typed: Typed) -> None:
    last = list(typed)[-1]
    found = codes(SUM, typed, R10)
    assert [each for each in found if each[0] != "term-open"] == [
        ("sum-typed", f"{COLUMNS[last]}5")
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {"R7": 32, "R8": 90},
        {"R7": 60, "R8": 60},
        {"R7": 100, "R8": 110},
        {"R7": 2, "R8": 50},
        {"R7": 30, "R8": 45, "R9": 60},
        {"R7": 100, "R8": 140, "R9": 180},
        {"R7": 120},
        {"R7": 0, "R8": 90},
        {"R7": 90, "R8": 32},
        {"R7": "未公表", "R8": 122},
    ],
)
def test_single_years_are_taken_as_they_are(typed: Typed) -> None:
    found = codes(SUM, typed, R9)
    assert [each for each in found if each[0] != "term-open"] == []


@pytest.mark.parametrize(
    ("own", "typed"),
    [
        (indicator(None, "0", "以下", aggregate="sum"), {"R7": 32, "R8": 122}),
        (indicator(None, "-50", signed=True, aggregate="sum"), {"R7": 32, "R8": 122}),
        (indicator(None, "300", signed=True, aggregate="sum"), {"R7": -32, "R8": 400}),
        (indicator(None, "300", aggregate="sum"), {"R7": 0, "R8": 150, "R9": 300}),
    ],
)
def test_where_there_is_no_measure_for_sums_none_is_suspected(own: Indicator, typed: Typed) -> None:
    assert "sum-typed" not in dict(codes(own, typed, R9))


def test_what_the_sum_would_be_is_said() -> None:
    [found] = issues_of(plan_of(SUM), {"1-01-1": {"R7": 32, "R8": 122}})
    assert found.message == (
        "基本目標1 J5(1-01-1 従事者数、R8): 年度ごとの値を入れると合計する指標ですが、122件 は"
        "それまでの値(R7 32件)を含む累計のようです。累計でしたら、その年度だけの値(90件)に直してください。"
        "その年度だけの値でしたら、そのままで構いません。"
    )


@pytest.mark.parametrize("aggregate", ["latest", "mean", "max"])
def test_other_values_may_grow_as_sums_do(aggregate: str) -> None:
    own = replace(SUM, aggregate=aggregate)
    assert "sum-typed" not in dict(codes(own, {"R7": 32, "R8": 122}))


@settings(deadline=None)
@given(st.lists(st.integers(20, 120), min_size=2, max_size=5))
def test_steady_running_totals_are_noticed_and_their_steps_are_not(singles: list[int]) -> None:
    """Typed as sums, values about as the target asks are noticed; one by one, they never are."""
    steady = [max(50, min(80, each)) for each in singles]
    sums = [sum(steady[: n + 1]) for n in range(len(steady))]
    of_sums = codes(SUM, dict(zip(COLUMNS, map(float, sums), strict=False)), R10)
    of_singles = codes(SUM, dict(zip(COLUMNS, map(float, steady), strict=False)), R10)
    assert "sum-typed" in dict(of_sums)
    assert "sum-typed" not in dict(of_singles)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"R8": 40}, [("term-open", "I5")]),
        ({"R7": "集計中", "R8": 40}, [("term-open", "I5")]),
        ({"R7": "未公表", "R8": 40}, []),
        ({"R7": "対象外", "R8": 40}, []),
        ({"R7": "30件くらい", "R8": 40}, [("not-a-number", "I5")]),
        ({"R7": "－", "R8": 40}, [("no-value-mark", "I5")]),
        ({}, [("term-open", "I5")]),
    ],
)
def test_an_earlier_round_that_leaves_the_sum_open_is_named(
    typed: Typed, found: list[tuple[str, str]]
) -> None:
    assert codes(SUM, typed) == found


def test_the_open_round_says_what_it_is_for() -> None:
    own = replace(SUM, aggregate="mean")
    [found] = issues_of(plan_of(own), {"1-01-1": {"R7": "集計中", "R8": 40}})
    assert found.finding == "平均に入れる R7 の値が集計中のため、評価年度の判定ができません。"
    [found] = issues_of(plan_of(SUM), {"1-01-1": {"R8": 40}})
    assert found.finding == "合計に入れる R7 の値が未入力のため、評価年度の判定ができません。"


def test_only_rounds_in_which_it_is_asked_can_be_open() -> None:
    assert codes(replace(SUM, since=R8), {"R8": 40}) == []
    assert codes(replace(SUM, until=R7), {"R7": 40}) == []
    assert codes(replace(SUM, aggregate="latest"), {"R8": 40}) == []


def test_a_single_year_is_held_against_its_part_of_the_target() -> None:
    ten_years = replace(SUM, unit="kg")
    assert codes(ten_years, {"R7": 55, "R8": 8}) == [("far-off", "J5")]
    assert codes(ten_years, {"R7": 55, "R8": 45}) == []
    assert codes(replace(ten_years, aggregate="latest"), {"R7": 55, "R8": 45}) == []


def test_a_sum_is_named_once_and_not_as_far_off_too() -> None:
    own = replace(SUM, target=SUM.target, unit="kg")
    assert codes(own, {"R7": 30, "R8": 280}) == [("sum-typed", "J5")]
