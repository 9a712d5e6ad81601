"""Where the values lead if they go on as they did, and where nothing is said of that."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from builders import R6, R7, R8, R9, R10, R11, indicator
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Indicator
from aso_xl.domain.shown import show_end
from aso_xl.domain.straight_line import StraightLine, line_of


def values(**by_year: str) -> dict[FiscalYear, Decimal]:
    return {FiscalYear.parse(year): Decimal(value) for year, value in by_year.items()}


def test_the_line_goes_from_the_first_value_through_the_newest() -> None:
    line = line_of(indicator("94", "120"), values(R7="106", R8="150", R9="114"))
    first, newest = (R7, Decimal(106)), (R9, Decimal(114))
    assert line == StraightLine(first, newest, R10, Fraction(118), False)
    assert show_end(indicator("94", "120"), line) == "118人"


@pytest.mark.parametrize(
    ("of", "given_", "end", "is_met"),
    [
        (indicator("94", "120"), values(R8="100", R9="110"), "120人", True),
        (indicator("94", "120"), values(R7="100", R9="113"), "約119人", False),
        (indicator("94", "120", "超"), values(R7="100", R9="113.6"), "約121人", True),
        (indicator("94", "120", "超"), values(R8="100", R9="110"), "120人", False),
        (indicator("94", "80", "以下"), values(R7="90", R9="83"), "約80人", True),
        (indicator("94", "80", "以下"), values(R7="90", R9="83.4"), "約81人", False),
        (indicator("6.7", "6.5", "未満", unit="%"), values(R7="6.7", R9="6.6"), "約6.6%", False),
        (indicator("15", "10", "以内", unit="位"), values(R8="14", R9="12"), "10位", True),
        (indicator("-10", "170"), values(R8="-20", R9="-40"), "△60人", False),
    ],
)
def test_where_it_leads(
    of: Indicator, given_: Mapping[FiscalYear, Decimal], end: str, is_met: bool
) -> None:
    line = line_of(of, given_)
    assert line and (show_end(of, line), line.is_met) == (end, is_met)


PLAIN = values(R8="100", R9="110")


@pytest.mark.parametrize(
    ("of", "given_"),
    [
        (indicator("94", "120"), values(R9="110")),
        (indicator("94", "120"), {}),
        (indicator("94", "120"), values(R9="110", R10="115")),
        (indicator("94", None), PLAIN),
        (indicator("94", "120", target_year=None), PLAIN),
        (indicator(None, None, "定性"), PLAIN),
        (indicator("94", "120", aggregate="sum"), PLAIN),
        (indicator("94", "120", aggregate="mean"), PLAIN),
        (indicator("94", "120", aggregate="max"), PLAIN),
        (indicator("108", "100"), PLAIN),
        (indicator("94", "10", "以下"), values(R8="30", R9="10")),
        (indicator("94", "99", unit="%"), values(R8="90", R9="97")),
        (indicator("15", "3", "以内", unit="位"), values(R8="10", R9="5")),
    ],
)
def test_no_line(of: Indicator, given_: Mapping[FiscalYear, Decimal]) -> None:
    assert line_of(of, given_) is None


def test_what_was_below_zero_or_above_a_hundred_may_be_so_again() -> None:
    assert line_of(indicator("94", "-5", "以下"), values(R8="30", R9="10"))
    assert line_of(indicator("94", "120", unit="%"), values(R8="90", R9="97"))


YEARS = (R6, R7, R8, R9)
NUMBERS = st.decimals(-500, 500, places=1)


@given(
    st.dictionaries(st.sampled_from(YEARS), NUMBERS, min_size=2),
    NUMBERS,
    st.sampled_from(("以上", "以下", "未満", "超")),
    st.integers(-50, 50),
)
def test_line_properties(
    typed: dict[FiscalYear, Decimal], target: Decimal, rule: str, more: int
) -> None:
    of = indicator(None, str(target), rule, target_year=R11)
    line = line_of(of, typed)
    if line is None:
        return
    assert line.first[0] < line.newest[0] < line.year
    along = Fraction(line.newest[1] - line.first[1]) / (line.newest[0] - line.first[0])
    assert (line.value - Fraction(line.newest[1])) / (line.year - line.newest[0]) == along
    shown = Decimal(show_end(of, line).lstrip("約").replace("△", "-").replace(",", "")[:-1])
    assert of.rule.is_met(shown, target) == line.is_met
    assert abs(Fraction(shown) - line.value) < Fraction(1, 10**of.decimals)
    between = {y: v for y, v in typed.items() if y in (line.first[0], line.newest[0])}
    assert line_of(of, between) in (line, None)
    moved = {year: value + more for year, value in typed.items()}
    again = line_of(of, moved)
    assert again is None or again.value == line.value + more


def test_order_of_typing_does_not_matter() -> None:
    typed = values(R9="114", R7="106", R8="99")
    assert line_of(indicator("94", "120"), typed) == line_of(
        indicator("94", "120"), dict(sorted(typed.items()))
    )
