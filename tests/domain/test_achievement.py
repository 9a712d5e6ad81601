"""Judging: every worked example of the rules, and what must hold for all numbers."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from builders import R6, R7, R8, R9, R10, R11, indicator, third
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.achievement import Result, judge, judge_all
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Actual, Mark, Verdict
from aso_xl.domain.progress import elapsed_share, percent, progress_share
from aso_xl.domain.rule import Rule
from aso_xl.domain.settings import Pace, Settings
from aso_xl.domain.shown import show_target

SETTINGS = Settings(R8)
BIRTHS = indicator("108", "100")
LIGHT = indicator("6.7", "6.5", "未満", unit="%")
LEAVING = indicator("1030", "1000", "以下")
BALANCE = indicator("-10", "170", signed=True)
FROM_ZERO = indicator("0", "100", unit="%")
FALLING = indicator("60000", "50000", "以下")
EQUAL = indicator("5", "5")
QUALITATIVE = indicator(None, None, "定性", statement="人口は25,000人台を維持する。")
ACHIEVED, MISSED = Result.ACHIEVED, Result.MISSED


def judged(of, value, round_=R8, settings=SETTINGS):
    return judge(of, {round_: Actual(Decimal(value))}, round_, settings)


@pytest.mark.parametrize(
    ("of", "value", "result"),
    [
        (BIRTHS, "103", ACHIEVED),
        (BIRTHS, "100", ACHIEVED),
        (BIRTHS, "99", MISSED),
        (LIGHT, "6.5", MISSED),
        (LIGHT, "6.48", ACHIEVED),
        (LIGHT, "6.499999999999999", ACHIEVED),
        (LEAVING, "1000", ACHIEVED),
        (LEAVING, "1001", MISSED),
        (indicator("19", "17", "以下"), "17", ACHIEVED),
        (indicator("5", "10", "超"), "10", MISSED),
        (indicator("5", "10", "超"), "10.1", ACHIEVED),
        (BALANCE, "170", ACHIEVED),
        (BALANCE, "-20", MISSED),
        (FROM_ZERO, "0", MISSED),
        (EQUAL, "5", ACHIEVED),
    ],
)
def test_the_rule_is_exact(of, value, result):
    assert judged(of, value).result is result


@pytest.mark.parametrize(
    ("of", "value", "progress"),
    [
        (FALLING, "59000", "10.0"),
        (BALANCE, "80", "50.0"),
        (BALANCE, "-10", "0.0"),
        (FROM_ZERO, "30", "30.0"),
        (indicator("94", "120"), "100", "23.0"),
        (indicator("94", "120"), "130", "138.4"),
        (indicator("94", "120"), "93", "-3.8"),
        (LIGHT, "6.48", "110.0"),
        (BIRTHS, "103", None),
        (BIRTHS, "120", None),
        (EQUAL, "5", None),
        (indicator("17", "19", "以下"), "18", None),
        (indicator(None, "10"), "9", None),
    ],
)
def test_progress_is_truncated_or_undefined(of, value, progress):
    found = judged(of, value).progress
    assert (found if found is None else str(found)) == progress


@pytest.mark.parametrize(
    ("value", "pace"),
    [
        ("130", "達成"),
        ("107", "順調"),
        ("106.9", "やや遅れ"),
        ("100.5", "やや遅れ"),
        ("100", "遅れ"),
    ],
)
def test_pace_compares_progress_with_elapsed_time(value, pace):
    assert judged(indicator("94", "120"), value).pace == pace


@pytest.mark.parametrize(
    ("progress", "pace"), [("50", "順調"), ("30", "やや遅れ"), ("25", "やや遅れ"), ("10", "遅れ")]
)
def test_the_worked_example_of_the_pace(progress, pace):
    assert elapsed_share(FROM_ZERO, R8) == Fraction(1, 2)
    assert judged(FROM_ZERO, progress).pace == pace


def test_thresholds_and_names_are_settings():
    pace = Pace("○", "△", "×", Decimal("0.8"), Decimal("0.4"))
    named = [
        judged(FROM_ZERO, v, settings=Settings(R8, pace=pace)).pace for v in ("40", "39", "19")
    ]
    assert named == ["○", "△", "×"]
    assert "80%以上" in pace.describe()


def test_pace_is_undefined_without_progress_or_elapsed_time():
    assert judged(BIRTHS, "99").pace is None
    assert judged(EQUAL, "4").pace is None
    assert judged(FROM_ZERO, "10", R6).pace is None
    assert judged(BIRTHS, "100").pace == "達成"


def test_a_target_of_the_year_after_the_baseline_has_a_pace() -> None:
    soon = replace(BIRTHS, baseline_year=R6, target_year=R7)
    assert [elapsed_share(soon, r) for r in (R6, R7, R8)] == [None, 1, 1]


def test_elapsed_time_ends_with_the_target_round_and_counts_the_lag():
    late = third().by_id["1-H1"]
    assert [elapsed_share(late, r) for r in (R6, R7, R10, R11)] == [None, Fraction(1, 4), 1, 1]
    population = third().by_id["4-H1"]
    assert elapsed_share(population, R10) == Fraction(4, 5)
    assert judged(late, "1300", R10).value_year == FiscalYear(2026)


MARKS = [
    (Actual(mark=Mark.UNPUBLISHED), Result.UNPUBLISHED, "未公表"),
    (Actual(mark=Mark.PENDING), Result.UNPUBLISHED, "集計中"),
    (Actual(mark=Mark.EXCLUDED), Result.EXCLUDED, "対象外"),
    (Actual(), Result.BLANK, "未入力"),
    (Actual(Decimal(0)), Result.MISSED, "未達成"),
]


@pytest.mark.parametrize(("actual", "result", "label"), MARKS)
def test_five_different_things(actual, result, label):
    found = judge(indicator(), {R8: actual}, R8, SETTINGS)
    assert (found.result, found.label) == (result, label)
    if actual.value is None:
        assert (found.value, found.progress, found.pace, found.value_year) == (None,) * 4


EARLIER = {R6: Actual(Decimal(90)), R7: Actual(Decimal(125)), R9: Actual(Decimal(1))}


def test_an_unpublished_value_is_judged_by_the_newest_earlier_one():
    found = judge(indicator(), {**EARLIER, R8: Actual(mark=Mark.UNPUBLISHED)}, R8, SETTINGS)
    assert (found.result, found.value, found.value_year) == (ACHIEVED, Decimal(125), R7)
    assert found.is_earlier
    assert found.sentence == ("目標120人以上に対しR7の実績125人 → 達成(基準比+31人)。R8は未公表")


def test_the_sentence_names_the_year_that_a_lagged_value_is_of():
    output = third().by_id["1-H1"]
    lagged = judge(output, {R8: Actual(Decimal(1301))}, R8, SETTINGS)
    assert lagged.sentence.startswith("目標1,300億円以上に対しR6の実績1,301億円 → 達成")
    unpublished = {R7: Actual(Decimal(1301)), R8: Actual(mark=Mark.UNPUBLISHED)}
    earlier = judge(output, unpublished, R8, SETTINGS)
    assert (earlier.value_round, str(earlier.value_year)) == (R7, "R5")
    assert "に対しR5の実績1,301億円" in earlier.sentence
    assert earlier.sentence.endswith("。R6は未公表")


@pytest.mark.parametrize(
    ("actual", "settings", "result"),
    [
        (Actual(mark=Mark.UNPUBLISHED), Settings(R8, use_earlier=False), Result.UNPUBLISHED),
        (Actual(mark=Mark.PENDING), SETTINGS, Result.UNPUBLISHED),
        (Actual(mark=Mark.EXCLUDED), SETTINGS, Result.EXCLUDED),
        (Actual(), SETTINGS, Result.BLANK),
    ],
)
def test_nothing_else_falls_back(actual, settings, result):
    assert judge(indicator(), {**EARLIER, R8: actual}, R8, settings).result is result


def test_marks_of_earlier_rounds_are_passed_over():
    marked = Actual(mark=Mark.UNPUBLISHED)
    actuals = {R6: Actual(Decimal(121)), R7: marked, R8: marked}
    assert judge(indicator(), actuals, R8, SETTINGS).value_round == R6
    assert judge(indicator(), {R7: marked, R8: marked}, R8, SETTINGS).value is None


@pytest.mark.parametrize("verdict", Verdict)
def test_a_qualitative_verdict_is_taken_as_typed(verdict):
    found = judge(QUALITATIVE, {R8: Actual(verdict=verdict)}, R8, SETTINGS)
    assert (found.label, found.progress, found.value) == (verdict.value, None, None)
    assert found.sentence == f"人口は25,000人台を維持する。 → {verdict.value}"


def test_a_qualitative_indicator_is_never_computed():
    assert judge(QUALITATIVE, {R8: Actual(Decimal(1))}, R8, SETTINGS).result is Result.BLANK
    with pytest.raises(ValueError, match="定性"):
        Rule.QUALITATIVE.is_met(Decimal(1), Decimal(1))


@pytest.mark.parametrize(
    ("of", "value", "sentence"),
    [
        (
            BIRTHS,
            "103",
            "目標100人以上に対し実績103人 → 達成(現時点で維持)(基準比△5人)。"
            "年に約2.5人の減少が続くと、R10は約98人で、目標に届きません",
        ),
        (LIGHT, "6.48", "目標6.5%未満に対し実績6.48% → 達成(基準比△0.22%)"),
        (LIGHT, "6.8", "目標6.5%未満に対し実績6.8% → 未達成(基準比+0.1%)"),
        (BIRTHS, "109", "目標100人以上に対し実績109人 → 達成(現時点で維持)(基準比+1人)"),
        (BALANCE, "-10", "目標170人以上に対し実績△10人 → 未達成(基準比±0人)"),
        (LEAVING, "1020", "目標1,000人以下に対し実績1,020人 → 未達成(基準比△10人)"),
    ],
)
def test_every_verdict_reads_as_a_sentence(of, value, sentence):
    assert judged(of, value).sentence == sentence


def test_money_is_spelt_in_the_sentence():
    found = judged(third().by_id["1-H1"], "1250.5", R8)
    assert "目標1,300億円以上に対しR6の実績1,250億5,000万円" in found.sentence
    assert show_target(third().by_id["3-02-1"]) == "100%以上"


def test_all_are_judged_in_the_order_of_the_plan():
    found = judge_all(third(), {}, R8, SETTINGS)
    assert list(found) == [i.id for i in third().indicators()]
    assert {a.result for a in found.values()} == {Result.BLANK}


figures = st.decimals(-(10**7), 10**7, places=2)
rules = st.sampled_from(["以上", "以下", "未満", "超"])


@given(figures, figures, figures, rules)
def test_progress_agrees_with_an_exact_oracle(baseline, target, value, rule):
    of = indicator(str(baseline), str(target), rule)
    share, found = progress_share(of, value), judged(of, value).progress
    assert (share is None) == (found is None) == (not of.has_progress)
    if share is not None and found is not None:
        assert abs(Fraction(found)) <= abs(share * 100) < abs(Fraction(found)) + Fraction(1, 10)
        assert found == 0 or (found > 0) == (share > 0)
        assert found.as_tuple().exponent == -1


@given(st.fractions(-5, 5))
def test_truncation_is_toward_zero(share):
    thousandths = int(share * 1000)  # int() of a Fraction truncates
    assert percent(share) == Decimal(thousandths) / 10
    assert percent(-share) == -percent(share)


@given(figures, figures, figures, figures, rules)
def test_a_better_actual_never_loses_the_verdict(baseline, target, value, gain, rule):
    of = indicator(str(baseline), str(target), rule)
    better = value + abs(gain) if rule in ("以上", "超") else value - abs(gain)
    before, after = judged(of, value), judged(of, better)
    assert not (before.result is ACHIEVED and after.result is MISSED)
    if before.progress is not None and after.progress is not None:
        assert after.progress >= before.progress


@given(figures, figures, rules)
def test_an_achieved_move_has_full_progress(baseline, target, rule):
    of = indicator(str(baseline), str(target), rule)
    if of.has_progress:
        assert judged(of, target).progress == 100
        assert judged(of, baseline).progress == 0
        assert judged(of, baseline).result is MISSED


@given(figures, figures, figures)
def test_strict_and_loose_rules_differ_at_the_target_only(target, value, baseline):
    loose, strict = (rule.is_met(value, target) for rule in (Rule.AT_MOST, Rule.BELOW))
    assert (loose != strict) == (value == target)
    assert Rule.AT_LEAST.is_met(value, target) != strict
    assert Rule.ABOVE.is_met(value, target) != loose
