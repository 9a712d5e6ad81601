"""Targets to be kept: what they are called before their year, and where the values lead."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from builders import R6, R7, R8, R9, R10, R11, indicator, plan_of, third
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.achievement import Achievement, Result, judge
from aso_xl.domain.holding import Fall, fall_of
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Actual, Indicator, Mark
from aso_xl.domain.settings import Settings
from aso_xl.domain.summary import summarize

KEPT = "達成(現時点で維持)"
POPULATION = third().by_id["4-H1"]
FLOOR, CEILING = indicator("108", "100"), indicator("17", "19", "以下")


def test_no_fall_is_seen_of_what_is_not_to_be_kept_or_whose_year_has_come() -> None:
    assert fall_of(FLOOR, Decimal(101), R8) == Fall(Fraction(-7, 2), R10, Fraction(94))
    assert fall_of(FLOOR, Decimal(99), R10) is None
    assert fall_of(FLOOR, Decimal(99), R6) is None
    assert fall_of(indicator("99", "100"), Decimal(90), R8) is None
    for missing in ("baseline_year", "target_year"):
        assert fall_of(indicator("108", "100", **{missing: None}), Decimal(101), R8) is None


def judged(of: Indicator, value: str, round_: FiscalYear) -> Achievement:
    return judge(of, {round_: Actual(Decimal(value))}, round_, Settings(round_))


def test_the_population_is_kept_as_yet_and_will_not_be_as_it_goes() -> None:
    found = judged(POPULATION, "22410", R9)
    assert (found.result, found.label, found.verdict) == (Result.ACHIEVED, "達成", KEPT)
    assert found.fall == Fall(Fraction(-380), R11, Fraction(21650))
    assert found.sentence == (
        "目標22,000人以上に対し実績22,410人 → 達成(現時点で維持)(基準比△1,140人)。"
        "年に約380人の減少が続くと、R11は約21,650人で、目標に届きません"
    )


@pytest.mark.parametrize(
    ("of", "is_kept"),
    [
        (FLOOR, True),
        (indicator("100", "100"), True),
        (indicator("99", "100"), False),
        (CEILING, True),
        (indicator("19", "19", "以下"), True),
        (indicator("20", "19", "以下"), False),
        (indicator("5", "10", "以内", unit="位"), True),
        (indicator("12", "10", "以内", unit="位"), False),
        (indicator("20", "10", "超"), True),
        (indicator("10", "10", "超"), False),
        (indicator("6", "6.5", "未満"), True),
        (indicator("6.5", "6.5", "未満"), False),
        (indicator(None, "100"), False),
        (indicator(None, None, "定性"), False),
    ],
)
def test_a_target_is_to_be_kept_where_the_baseline_meets_it(of: Indicator, is_kept: bool) -> None:
    assert of.is_kept is is_kept


@pytest.mark.parametrize(
    ("of", "value", "round_", "verdict"),
    [
        (FLOOR, "103", R8, KEPT),
        (FLOOR, "103", R9, KEPT),
        (FLOOR, "103", R10, "達成"),
        (FLOOR, "103", R11, "達成"),
        (FLOOR, "99", R8, "未達成"),
        (CEILING, "19", R8, KEPT),
        (CEILING, "20", R8, "未達成"),
        (indicator("94", "120"), "125", R8, "達成"),
        (indicator("108", "100", target_year=None), "103", R8, "達成"),
        (indicator("108", "100", lag=1), "103", R10, KEPT),
        (indicator("108", "100", lag=1), "103", R11, "達成"),
    ],
)
def test_it_is_kept_only_before_the_round_of_its_target(
    of: Indicator, value: str, round_: FiscalYear, verdict: str
) -> None:
    assert judged(of, value, round_).verdict == verdict


@pytest.mark.parametrize(
    ("of", "value", "year", "fall"),
    [
        (FLOOR, "104", R8, None),
        (FLOOR, "103.9", R8, Fall(Fraction("-2.05"), R10, Fraction("99.8"))),
        (FLOOR, "112", R8, None),
        (FLOOR, "107", R6, None),
        (FLOOR, "101", R10, None),
        (CEILING, "18", R8, None),
        (CEILING, "18.1", R8, Fall(Fraction("0.55"), R10, Fraction("19.2"))),
        (indicator("120", "100", "超"), "110", R8, Fall(Fraction(-5), R10, Fraction(100))),
        (indicator("120", "100"), "110", R8, None),
        (indicator("94", "120"), "125", R8, None),
    ],
)
def test_the_line_leads_from_the_baseline_through_the_newest_value(
    of: Indicator, value: str, year: FiscalYear, fall: Fall | None
) -> None:
    assert fall_of(of, Decimal(value), year) == fall


def test_the_line_is_drawn_through_the_years_of_the_values() -> None:
    late = indicator("108", "100", lag=1)
    assert judged(late, "104", R8).fall == Fall(Fraction(-4), R10, Fraction(92))
    earlier = {R7: Actual(Decimal(106)), R8: Actual(mark=Mark.UNPUBLISHED)}
    found = judge(FLOOR, earlier, R8, Settings(R8))
    assert (found.verdict, found.fall) == (KEPT, None)
    earlier[R7] = Actual(Decimal(105))
    found = judge(FLOOR, earlier, R8, Settings(R8))
    assert found.fall == Fall(Fraction(-3), R10, Fraction(96))


@pytest.mark.parametrize(
    ("of", "value", "words"),
    [
        (
            indicator("30.5", "20.0", unit="%"),
            "24.9",
            "年に約2.8ポイントの減少が続くと、R10は約19.3%で",
        ),
        (FLOOR, "103.99", "年に約2人の減少が続くと、R10は約99人で"),
        (
            indicator("5", "10", "以内", unit="位"),
            "8",
            "年に約1.5位分の下降が続くと、R10は約11位で",
        ),
        (CEILING, "18.001", "年に約0.5人の増加が続くと、R10は約20人で"),
    ],
)
def test_where_it_leads_is_rounded_so_that_it_is_seen_to_miss(
    of: Indicator, value: str, words: str
) -> None:
    assert f"。{words}、目標に届きません" in judged(of, value, R8).sentence


values = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=2)


@given(values, values, values, st.sampled_from(("以上", "以下", "未満", "超")), st.integers(1, 3))
def test_a_kept_target_counts_as_before_and_falls_just_where_the_line_misses(
    baseline: Decimal, target: Decimal, value: Decimal, rule: str, years: int
) -> None:
    of, round_ = indicator(str(baseline), str(target), rule), R6 + years
    found = judged(of, str(value), round_)
    done = of.rule.is_met(value, target)
    assert found.result is (Result.ACHIEVED if done else Result.MISSED)
    assert found.is_kept == (done and of.rule.is_met(baseline, target))
    assert not (of.is_kept and of.has_progress)
    exact = Fraction(value) + (Fraction(value) - Fraction(baseline)) * Fraction(4 - years, years)
    assert (found.fall is not None) == (
        found.is_kept and not of.rule.is_met(exact, Fraction(target))
    )
    if found.fall:
        assert found.fall.value == exact and "目標に届きません" in found.sentence


def test_counts_stay_and_say_how_many_are_kept() -> None:
    plan = plan_of(FLOOR, indicator("94", "120", id="1-01-2"))
    actuals = {"1-01-1": {R8: Actual(Decimal(103))}, "1-01-2": {R8: Actual(Decimal(125))}}
    kpi = summarize(plan, actuals, R8, Settings(R8)).kpi
    assert (kpi.total, kpi.achieved, kpi.kept, kpi.rate) == (2, 2, 1, Decimal(100))
    actuals = {id_: {R10: found[R8]} for id_, found in actuals.items()}
    assert summarize(plan, actuals, R10, Settings(R10)).kpi.kept == 0
