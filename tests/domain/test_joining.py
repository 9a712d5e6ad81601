"""Values that are joined over the rounds: sums, means and the greatest, held to plain arithmetic."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from builders import R7, R8, R9, R10, R11, ROUNDS, indicator, plan_of
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.achievement import Achievement, Result, judge
from aso_xl.domain.joining import of_all
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Actual, Aggregate, Indicator, Judging, Mark
from aso_xl.domain.settings import Settings
from aso_xl.domain.shown import show_judged
from aso_xl.domain.summary import summarize

HOW = Judging(rounds=ROUNDS)
SUM = indicator(None, "300", unit="件", aggregate="sum")
MEAN, MOST = replace(SUM, aggregate="mean"), replace(SUM, aggregate="max")
Typed = Decimal | int | Mark | None


def actual(value: Typed) -> Actual:
    if isinstance(value, Mark):
        return Actual(mark=value)
    return Actual(None if value is None else Decimal(value))


def judged(
    own: Indicator, *values: Typed, round_: FiscalYear = R8, how: Judging = HOW, **settings: bool
) -> Achievement:
    """Return what becomes of the values of R7, R8 …"""
    typed = {r: actual(v) for r, v in zip(ROUNDS, values, strict=False)}
    return judge(own, typed, round_, Settings(round_, **settings), how)


def test_the_worked_example_of_a_sum() -> None:
    """単年 32 and 90: 122 of 300."""
    found = judged(SUM, 32, 90, how=replace(HOW, progress="ratio", rounding="half_up"))
    assert (found.value, found.result) == (Decimal(122), Result.MISSED)
    assert found.terms == ((R7, Decimal(32)), (R8, Decimal(90)))
    assert str(found.progress) == "40.7"
    assert found.sentence == (
        "目標300件以上に対し合計122件(R7 32件+R8 90件) → 未達成。進捗率40.7%(実績÷目標)"
    )
    first = judged(SUM, 32, round_=R7, how=replace(HOW, progress="ratio", rounding="half_up"))
    assert str(first.progress) == "10.7"


def test_a_mean_says_its_values_and_has_two_decimals_more() -> None:
    found = judged(MEAN, 40, 50, 46, round_=R9)
    assert found.value == Decimal("45.333333333")
    assert found.sentence == ("目標300件以上に対し平均45.33件(R7 40件、R8 50件、R9 46件) → 未達成")


def test_the_greatest_says_all_values() -> None:
    found = judged(MOST, 40, 350, 46, round_=R9)
    assert (found.value, found.result) == (Decimal(350), Result.ACHIEVED)
    assert found.sentence == ("目標300件以上に対し最大350件(R7 40件、R8 350件、R9 46件) → 達成")


@pytest.mark.parametrize(
    ("value", "target", "shown"),
    [
        ("45.333333333", "300", "45.33件"),
        ("299.999", "300", "299.999件"),
        ("299.9951", "300", "299.995件"),
        ("299.9949", "300", "299.99件"),
        ("299.999999999", "300", "299.999999999件"),
        ("300", "300", "300件"),
        ("12.5", "300", "12.5件"),
    ],
)
def test_a_printed_mean_shows_on_which_side_of_the_target_it_is(
    value: str, target: str, shown: str
) -> None:
    own = indicator(None, target, unit="件", aggregate="mean")
    assert show_judged(own, Decimal(value)) == shown


def test_of_other_values_every_decimal_is_shown() -> None:
    assert show_judged(SUM, Decimal("45.333333333")) == "45.333333333件"


@pytest.mark.parametrize("own", [SUM, MEAN, MOST])
@pytest.mark.parametrize(
    ("values", "result", "known"),
    [
        ((None, 90), Result.BLANK, 1),
        ((32, None), Result.BLANK, 1),
        ((None, None), Result.BLANK, 0),
        ((Mark.UNPUBLISHED, None), Result.BLANK, 0),
        ((Mark.PENDING, 90), Result.UNPUBLISHED, 1),
        ((32, Mark.PENDING), Result.UNPUBLISHED, 1),
        ((Mark.PENDING, Mark.UNPUBLISHED), Result.UNPUBLISHED, 0),
        ((Mark.UNPUBLISHED, Mark.UNPUBLISHED), Result.UNPUBLISHED, 0),
        ((Mark.UNPUBLISHED, 90), Result.MISSED, 1),
        ((32, Mark.UNPUBLISHED), Result.MISSED, 1),
        ((Mark.EXCLUDED, 90), Result.MISSED, 1),
        ((32, Mark.EXCLUDED), Result.MISSED, 1),
        ((Mark.EXCLUDED, Mark.EXCLUDED), Result.EXCLUDED, 0),
        ((Mark.EXCLUDED, Mark.UNPUBLISHED), Result.UNPUBLISHED, 0),
        ((0, 0), Result.MISSED, 2),
    ],
)
def test_what_is_missing_among_the_values(
    own: Indicator, values: tuple[Typed, Typed], result: Result, known: int
) -> None:
    found = judged(own, *values)
    assert (found.result, len(found.terms)) == (result, known)
    assert (found.value is None) == (result is not Result.MISSED)
    if found.value is not None and known == 1:
        assert found.value == found.terms[0][1]


def test_a_blank_leaves_it_unfinished_and_says_how_far_it_is() -> None:
    found = judged(SUM, 32, None, 40, round_=R9)
    assert found.sentence == (
        "令和8年度は実績値が未入力です。これまでの合計は72件(R7 32件+R9 40件)です"
    )
    assert judged(SUM, None, None).sentence == "令和7年度・令和8年度は実績値が未入力です"
    assert judged(SUM, Mark.PENDING, 40).sentence == (
        "令和7年度は集計中のため、まだ判定できません。これまでの合計は40件(R8 40件)です"
    )


def test_what_is_unpublished_is_left_out_and_said() -> None:
    found = judged(SUM, 32, Mark.UNPUBLISHED, 90, round_=R9)
    assert (found.value, found.awaited, found.is_earlier) == (Decimal(122), (R8,), True)
    assert found.sentence == ("目標300件以上に対し合計122件(R7 32件+R9 90件) → 未達成。R8は未公表")
    assert found.value_year == R9
    last = judged(SUM, 32, 90, Mark.UNPUBLISHED, round_=R9)
    assert (last.value_year, last.awaited) == (R8, (R9,))
    both = judged(SUM, Mark.UNPUBLISHED, 90, Mark.UNPUBLISHED, round_=R9)
    assert both.sentence.endswith("。R7・R9は未公表")


def test_the_setting_turns_that_off_here_as_well() -> None:
    found = judged(SUM, 32, Mark.UNPUBLISHED, use_earlier=False)
    assert (found.result, found.value, found.is_earlier) == (Result.UNPUBLISHED, None, False)
    assert found.awaited == (R8,)
    assert found.sentence == (
        "令和8年度は未公表のため、まだ判定できません。これまでの合計は32件(R7 32件)です"
    )
    assert judged(SUM, 32, 40, use_earlier=False).value == Decimal(72)


def test_a_round_that_is_not_surveyed_awaits_nothing() -> None:
    found = judged(SUM, 32, Mark.EXCLUDED)
    assert (found.awaited, found.is_earlier, found.value_year) == ((), False, R7)
    assert "未公表" not in found.sentence


def test_only_rounds_in_which_it_is_asked_are_joined() -> None:
    own = replace(SUM, since=R8, until=R9)
    assert judged(own, 1000, 32, 40, round_=R9).value == Decimal(72)
    assert judged(own, None, 32).value == Decimal(32)
    for round_ in (R7, R10, R11):
        assert judged(own, 1, 2, 3, 4, 5, round_=round_).result is Result.NOT_ASKED


def test_later_values_are_not_joined_yet() -> None:
    assert judged(SUM, 32, 90, 1000).value == Decimal(122)


def test_lagged_values_are_named_by_their_years() -> None:
    found = judged(replace(SUM, lag=1), 32, Mark.UNPUBLISHED, 40, round_=R9)
    assert "合計72件(R6 32件+R8 40件)" in found.sentence
    assert found.sentence.endswith("。R7は未公表")


def test_no_straight_line_is_drawn_through_a_sum() -> None:
    own = indicator("400", "300", unit="件", aggregate="sum")
    assert judged(own, 32, 290).is_kept
    assert judged(own, 32, 290).fall is None
    latest = replace(own, aggregate="latest")
    assert judged(latest, 390, 340).fall


def test_a_latest_value_joins_nothing() -> None:
    found = judged(replace(SUM, aggregate="latest"), 32, 90)
    assert (found.value, found.terms) == (Decimal(90), ())
    earlier = judged(replace(SUM, aggregate="latest"), 32, Mark.UNPUBLISHED)
    assert (earlier.value, earlier.awaited, earlier.is_earlier) == (Decimal(32), (R8,), True)
    pending = judged(replace(SUM, aggregate="latest"), 32, Mark.PENDING)
    assert (pending.awaited, pending.is_earlier) == ((R8,), False)


def test_an_earlier_value_is_taken_only_from_rounds_in_which_it_was_asked() -> None:
    own = replace(SUM, aggregate="latest", since=R8)
    found = judged(own, 32, Mark.UNPUBLISHED)
    assert (found.result, found.value) == (Result.UNPUBLISHED, None)


def test_a_joined_value_without_one_that_is_unpublished_is_counted_as_such() -> None:
    plan = plan_of(SUM)
    typed = {SUM.id: {R7: actual(32), R8: actual(Mark.UNPUBLISHED)}}
    assert summarize(plan, typed, R8, Settings(R8)).kpi.earlier == 1
    typed = {SUM.id: {R7: actual(32), R8: actual(Mark.EXCLUDED)}}
    assert summarize(plan, typed, R8, Settings(R8)).kpi.earlier == 0


numbers = st.one_of(
    st.integers(-1000, 1000).map(Decimal), st.decimals(-1000, 1000, places=2), st.just(Decimal(0))
)
entries = st.one_of(numbers, numbers, st.sampled_from([*Mark, None]))


@given(st.lists(numbers, min_size=1, max_size=30))
def test_sum_mean_and_max_are_plain_arithmetic(values: list[Decimal]) -> None:
    exact = [Fraction(value) for value in values]
    assert Fraction(of_all("sum", values)) == sum(exact)
    assert Fraction(of_all("max", values)) == sorted(exact)[-1]
    assert of_all("latest", values) == values[-1]
    mean, true = Fraction(of_all("mean", values)), sum(exact) / len(exact)
    assert abs(mean - true) <= Fraction(1, 2 * 10**9)
    target = Fraction(round(true, 2))
    assert (mean >= target) == (true >= target)
    assert of_all("mean", [-value for value in values]) == -of_all("mean", values)


@given(
    st.lists(entries, min_size=5, max_size=5),
    st.sampled_from(ROUNDS),
    st.sampled_from(["sum", "mean", "max"]),
    st.sampled_from([None, R7, R8, R9]),
    st.sampled_from([None, R8, R9, R10]),
    st.booleans(),
    st.sampled_from(["以上", "以下", "未満", "超"]),
)
def test_joined_values_are_judged_as_one_does_by_hand(
    values: list[Typed],
    round_: FiscalYear,
    aggregate: Aggregate,
    since: FiscalYear | None,
    until: FiscalYear | None,
    use_earlier: bool,
    rule: str,
) -> None:
    own = indicator(None, "30", rule, signed=True, aggregate=aggregate, since=since, until=until)
    found = judged(own, *values, round_=round_, use_earlier=use_earlier)
    years = list(range(R7.year, R11.year + 1))
    first = since.year if since else years[0]
    last = until.year if until else years[-1]
    if not first <= round_.year <= last:
        assert found.result is Result.NOT_ASKED
        return
    kept = [v for y, v in zip(years, values, strict=True) if first <= y <= round_.year]
    figures = [Fraction(v) for v in kept if isinstance(v, Decimal)]
    if None in kept:
        assert found.result is Result.BLANK
    elif Mark.PENDING in kept or (Mark.UNPUBLISHED in kept and not (use_earlier and figures)):
        assert found.result is Result.UNPUBLISHED
    elif not figures:
        assert found.result is Result.EXCLUDED
    else:
        whole = {
            "sum": sum(figures, Fraction(0)),
            "mean": sum(figures, Fraction(0)) / len(figures),
            "max": max(figures),
        }[aggregate]
        assert found.value is not None
        assert abs(Fraction(found.value) - whole) <= Fraction(1, 2 * 10**9)
        met = {"以上": whole >= 30, "以下": whole <= 30, "未満": whole < 30, "超": whole > 30}[rule]
        assert (found.result is Result.ACHIEVED) == met
        assert [value for _, value in found.terms] == [v for v in kept if isinstance(v, Decimal)]
