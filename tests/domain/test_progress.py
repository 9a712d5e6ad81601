"""Shares in percent: truncated or half up, progress and ratio; held to plain fractions."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from builders import R7, R8, R9, indicator
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.plan import Rounding
from aso_xl.domain.progress import elapsed_share, percent, progress_share, ratio_share

PRINTED = (
    *(("300", "32", "10.7"), ("80", "75", "93.8"), ("80", "87", "108.8"), ("140", "139", "99.3")),
    *(("30", "18", "60.0"), ("80", "93", "116.3"), ("140", "165", "117.9"), ("60", "61", "101.7")),
    *(("69", "102", "147.8"), ("70", "148", "211.4")),
)
"""実績÷目標 in percent, half up, as a town and a council for employment printed it: target, actual."""
WAYS: tuple[tuple[Rounding, str], ...] = (("truncate", ROUND_DOWN), ("half_up", ROUND_HALF_UP))
figures = st.decimals(-(10**6), 10**6, places=2)


@pytest.mark.parametrize(("target", "actual", "printed"), PRINTED)
def test_the_ratios_that_were_printed(target: str, actual: str, printed: str) -> None:
    share = ratio_share(indicator(None, target), Decimal(actual))
    assert share is not None
    assert str(percent(share, "half_up")) == printed


@pytest.mark.parametrize(
    ("share", "truncated", "half_up"),
    [
        (Fraction(4, 11), "36.3", "36.4"),
        (Fraction(1, 3), "33.3", "33.3"),
        (Fraction(9995, 10000), "99.9", "100.0"),
        (Fraction(99949, 100000), "99.9", "99.9"),
        (Fraction(5, 10000), "0.0", "0.1"),
        (Fraction(-5, 10000), "0.0", "-0.1"),
        (Fraction(-1, 8), "-12.5", "-12.5"),
        (Fraction(-12345, 100000), "-12.3", "-12.3"),
        (Fraction(0), "0.0", "0.0"),
        (Fraction(1), "100.0", "100.0"),
    ],
)
def test_a_share_is_cut_or_rounded_half_up(share: Fraction, truncated: str, half_up: str) -> None:
    assert (str(percent(share)), str(percent(share, "half_up"))) == (truncated, half_up)


@pytest.mark.parametrize(("rounding", "decimal"), WAYS)
@given(st.integers(-(10**6), 10**6), st.sampled_from([1, 2, 4, 5, 8, 10, 16, 20, 25, 40, 64, 125]))
def test_percent_is_what_decimal_rounds_to(
    rounding: Rounding, decimal: str, over: int, under: int
) -> None:
    """Of shares that end, so that Decimal holds them exactly."""
    exact = Decimal(over) * 100 / Decimal(under)
    found = percent(Fraction(over, under), rounding)
    assert found == exact.quantize(Decimal("0.1"), decimal)
    assert found.as_tuple().exponent == -1


@given(st.fractions(-20, 20))
def test_half_up_is_the_nearest_tenth_away_from_zero_at_the_half(share: Fraction) -> None:
    found = Fraction(percent(share, "half_up"))
    assert abs(found - share * 100) <= Fraction(1, 20)
    if abs(found - share * 100) == Fraction(1, 20):
        assert abs(found) > abs(share * 100)
    assert percent(-share, "half_up") == -percent(share, "half_up")


@given(figures, figures)
def test_a_ratio_is_actual_to_target_or_the_reverse_where_less_is_better(
    target: Decimal, value: Decimal
) -> None:
    more, less = (indicator(None, str(target), rule) for rule in ("以上", "以下"))
    found = ratio_share(more, value), ratio_share(less, value)
    if target <= 0:
        assert found == (None, None)
        return
    assert found[0] == Fraction(value) / Fraction(target)
    assert found[1] == (Fraction(target) / Fraction(value) if value > 0 else None)


@pytest.mark.parametrize("rule", ["以上", "以下", "未満", "超", "以内"])
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_what_reaches_its_target_has_at_least_the_whole_ratio(
    rule: str, target: int, value: int
) -> None:
    own = indicator(None, str(target), rule)
    share = ratio_share(own, Decimal(value))
    assert share is not None
    if own.rule.is_met(Decimal(value), Decimal(target)):
        assert share >= 1
    else:
        assert share <= 1


def test_no_time_has_passed_on_a_way_that_begins_where_it_ends() -> None:
    own = indicator("94", "120", baseline_year=R8, target_year=R8)
    assert [elapsed_share(own, round_) for round_ in (R7, R8, R9)] == [None, None, None]
    way = indicator("94", "120", baseline_year=R7, target_year=R9)
    assert [elapsed_share(way, round_) for round_ in (R7, R8, R9)] == [None, Fraction(1, 2), 1]
    for years in ({"baseline_year": None}, {"target_year": None}):
        assert elapsed_share(indicator("94", "120", **years), R9) is None


def test_a_verdict_has_no_ratio() -> None:
    assert ratio_share(indicator(None, None, "定性"), Decimal(1)) is None
    assert not indicator(None, "5", "定性").has_ratio


def test_progress_is_by_the_baseline_unless_the_plan_says_ratio() -> None:
    own = indicator("60", "80", unit="%")
    assert progress_share(own, Decimal(75)) == Fraction(3, 4)
    assert progress_share(own, Decimal(75), "ratio") == Fraction(15, 16)
    new = indicator(None, "80", unit="%")
    assert progress_share(new, Decimal(75)) is None
    assert progress_share(new, Decimal(75), "ratio") == Fraction(15, 16)
