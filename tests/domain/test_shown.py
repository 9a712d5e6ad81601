"""What a strategy prints and what is judged are two things: texts, ranks, baselines that are none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import R8, R9, indicator, plan_of
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.achievement import Achievement, Result, judge
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.outlook import near
from aso_xl.domain.plan import Actual, Indicator
from aso_xl.domain.settings import Settings
from aso_xl.domain.shown import show_asked, show_baseline, show_target
from aso_xl.domain.summary import summarize

LIFE = indicator("79.83", "79.83", "超", unit="歳", printed_target="延伸")
RANK = indicator("15", "10", "以内", unit="位")
FIRST = indicator(None, "1", "以内", unit="位")
NEW = indicator("0", "30", unit="件", printed_baseline="新規")


def judged(own: Indicator, value: str) -> Achievement:
    return judge(own, {R8: Actual(Decimal(value))}, R8, Settings(R8))


@pytest.mark.parametrize(
    ("own", "value", "result", "progress"),
    [
        (FIRST, "1", Result.ACHIEVED, None),
        (FIRST, "2", Result.MISSED, None),
        (RANK, "10", Result.ACHIEVED, "100.0"),
        (RANK, "9", Result.ACHIEVED, "120.0"),
        (RANK, "12", Result.MISSED, "60.0"),
        (RANK, "16", Result.MISSED, "-20.0"),
    ],
)
def test_a_rank_is_met_at_or_before_its_place(
    own: Indicator, value: str, result: Result, progress: str | None
) -> None:
    found = judged(own, value)
    shown = None if found.progress is None else str(found.progress)
    assert (found.result, shown) == (result, progress)


def test_a_rank_is_said_with_its_own_words() -> None:
    assert judged(RANK, "12").sentence == "目標10位以内に対し実績12位 → 未達成(基準比3位分上昇)"
    assert (show_target(RANK), RANK.rule_label) == ("10位以内", "以内")
    assert show_target(replace(RANK, unit="")) == "10以内"


@pytest.mark.parametrize(
    ("value", "result"),
    [("79.83", Result.MISSED), ("79.84", Result.ACHIEVED), ("79.82", Result.MISSED)],
)
def test_a_printed_text_is_judged_by_rule_and_number(value: str, result: Result) -> None:
    found = judged(LIFE, value)
    assert (found.result, found.target) == (result, Decimal("79.83"))


def test_the_text_is_printed_and_the_number_stands_behind_it() -> None:
    assert (show_target(LIFE), show_asked(LIFE)) == ("延伸", "79.83歳超")
    assert judged(LIFE, "79.90").sentence == (
        "目標「延伸」(79.83歳超)に対し実績79.90歳 → 達成(基準比+0.07歳)"
    )
    plain = replace(LIFE, printed_target="")
    assert show_target(plain) == show_asked(plain) == "79.83歳超"
    typed = indicator(None, None, "定性")
    assert (show_target(typed), show_asked(typed)) == ("", "")
    assert show_target(replace(typed, printed_target="完成")) == "完成"


def test_a_baseline_that_is_a_text_is_no_number_to_be_compared_with() -> None:
    assert (show_baseline(NEW), judged(NEW, "12").sentence) == (
        "新規",
        "目標30件以上に対し実績12件 → 未達成",
    )
    plain = replace(NEW, printed_baseline="")
    assert show_baseline(plain) == "0件"
    assert judged(plain, "12").sentence.endswith("未達成(基準比+12件)")
    assert str(judged(NEW, "12").progress) == "40.0"
    assert show_baseline(indicator(None, "300")) == ""
    assert show_baseline(indicator(None, "300", printed_baseline="－")) == "－"


def test_what_is_missing_is_said_of_the_target_that_is_judged() -> None:
    own = replace(indicator("0", "100"), targets=((R8, Decimal(50)),))
    plan = replace(plan_of(own), judged_against="yearly")
    found = summarize(plan, {own.id: {R8: Actual(Decimal(45))}}, R8, Settings(R8))
    [one] = near(found, Settings(R8))
    assert (one.words, one.missing) == ("あと5人", Decimal(5))
    final = summarize(plan_of(own), {own.id: {R8: Actual(Decimal(45))}}, R8, Settings(R8))
    assert near(final, Settings(R8)) == ()


@pytest.mark.parametrize(
    ("since", "until", "asked"),
    [
        (None, None, True),
        (R8, None, True),
        (None, R8, True),
        (R9, None, False),
        (R8, R8, True),
    ],
)
def test_an_indicator_is_asked_from_one_round_to_another(
    since: FiscalYear | None, until: FiscalYear | None, asked: bool
) -> None:
    own = indicator(since=since, until=until)
    assert own.is_asked(R8) is asked
    found = judged(own, "130")
    assert (found.result is Result.NOT_ASKED) is not asked
    if not asked:
        assert (found.label, found.value, found.sentence) == ("－", None, "令和8年度は尋ねません")


def test_decimals_are_those_of_any_figure_that_is_stated() -> None:
    own = replace(indicator("94", "120"), targets=((R8, Decimal("100.5")),))
    assert own.decimals == 1
    assert indicator("94", "120").decimals == 0


@given(st.integers(1, 100), st.integers(1, 100))
def test_within_is_at_most_of_a_place(target: int, value: int) -> None:
    within, at_most = (indicator("50", str(target), rule, unit="位") for rule in ("以内", "以下"))
    one, other = judged(within, str(value)), judged(at_most, str(value))
    assert (one.result, one.progress, one.sentence) == (
        other.result,
        other.progress,
        other.sentence,
    )
