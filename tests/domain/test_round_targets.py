"""Targets of rounds: which one is judged, and which other is shown beside it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import R6, R7, R8, R9, R10, R11, ROUNDS, indicator, plan_of
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.achievement import Achievement, Result, judge
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Actual, Indicator, JudgedAgainst, Judging, Mark
from aso_xl.domain.settings import Settings
from aso_xl.domain.targets import aim_of

FINAL, YEARLY = Judging(), Judging("yearly")
OWN = replace(
    indicator("94", "120"), targets=((R7, Decimal(100)), (R8, Decimal(105)), (R10, Decimal(115)))
)
WAY = replace(OWN, target_year=R11)
BALANCE = replace(
    indicator("-3703", "-2000", signed=True, target_year=R11),
    targets=((R7, Decimal(-2900)), (R8, Decimal(-2700))),
)


def judged(
    own: Indicator, value: str, round_: FiscalYear = R8, how: Judging = YEARLY
) -> Achievement:
    return judge(own, {round_: Actual(Decimal(value))}, round_, Settings(round_), how)


@pytest.mark.parametrize(
    ("round_", "target", "year"),
    [
        (R7, "100", R7),
        (R8, "105", R8),
        (R9, "115", R10),
        (R10, "115", R10),
        (R11, "120", R11),
    ],
)
def test_the_rounds_own_target_else_the_next_later_one_else_the_final_one(
    round_: FiscalYear, target: str, year: FiscalYear
) -> None:
    found = judged(WAY, "110", round_)
    assert (found.target, found.judged_as.target_year) == (Decimal(target), year)
    if round_ == R11:
        assert found.other is None
        assert found.judged_as is WAY
    else:
        assert found.other and found.other.target == Decimal(120)


@pytest.mark.parametrize(
    ("how", "result", "target", "other", "of_other"),
    [
        (YEARLY, Result.ACHIEVED, "-2700", "-2000", Result.MISSED),
        (FINAL, Result.MISSED, "-2000", "-2700", Result.ACHIEVED),
    ],
)
def test_the_worked_example_of_both_targets(
    how: Judging, result: Result, target: str, other: str, of_other: Result
) -> None:
    """社会増減 △3,703→△2,000, 目安値 △2,700: △2,530 is 達成 against the year, not against the end."""
    found = judged(BALANCE, "-2530", how=how)
    assert (found.result, found.target) == (result, Decimal(target))
    assert found.other
    assert (found.other.target, found.other.result) == (Decimal(other), of_other)


def test_both_targets_are_said() -> None:
    assert judged(BALANCE, "-2530").sentence == (
        "R8の目標△2,700人以上に対し実績△2,530人 → 達成(基準比+1,173人)。"
        "最終の目標△2,000人以上(R11)に対しては未達成"
    )
    assert judged(BALANCE, "-2530", how=FINAL).sentence == (
        "目標△2,000人以上に対し実績△2,530人 → 未達成(基準比+1,173人)。"
        "R8の目標△2,700人以上に対しては達成"
    )


def test_progress_is_on_the_way_to_the_target_that_is_judged() -> None:
    assert str(judged(BALANCE, "-2530").progress) == "116.9"
    assert str(judged(BALANCE, "-2530", how=FINAL).progress) == "68.8"
    assert judged(BALANCE, "-2800").pace == "やや遅れ"
    assert judged(BALANCE, "-2800", how=FINAL).pace == "順調"


def test_targets_are_those_of_rounds_and_named_by_the_year_that_they_are_of() -> None:
    late = replace(
        indicator("8012", "8220", lag=2, baseline_year=R6, target_year=R9),
        targets=((R8, Decimal(8137)),),
    )
    found = judged(late, "7612")
    assert found.judged_as.target_year == R6
    assert found.sentence.startswith("R6の目標8,137人以上に対しR6の実績7,612人 → 未達成")
    assert judged(late, "8140", R9).target == Decimal(8220)


def test_a_target_that_is_the_final_one_has_no_other_beside_it() -> None:
    own = replace(indicator("94", "120"), targets=((R8, Decimal(105)), (R10, Decimal(120))))
    assert aim_of(own, R10) is None
    assert aim_of(own, R9) is None
    assert judged(own, "110", R10).other is None
    other = replace(own, targets=((R10, Decimal(119)),))
    assert judged(other, "119", R10).result is Result.ACHIEVED


def test_the_printed_text_is_that_of_the_final_target_only() -> None:
    own = replace(
        indicator("79.83", "79.83", "超", unit="歳", printed_target="延伸"),
        targets=((R8, Decimal("79.90")),),
    )
    assert judged(own, "79.95").sentence == (
        "R8の目標79.90歳超に対し実績79.95歳 → 達成(基準比+0.12歳)。"
        "最終の目標「延伸」(79.83歳超)(R10)に対しては達成"
    )


@pytest.mark.parametrize("mark", [*Mark, None])
def test_what_is_not_judged_still_says_its_targets(mark: Mark | None) -> None:
    found = judge(BALANCE, {R8: Actual(mark=mark)}, R8, Settings(R8), YEARLY)
    assert (found.target, found.value, found.grade) == (Decimal(-2700), None, None)
    assert found.other
    assert (found.other.target, found.other.result) == (Decimal(-2000), found.result)


def test_a_target_to_be_kept_is_kept_until_its_year() -> None:
    own = replace(indicator("108", "100"), targets=((R8, Decimal(104)), (R9, Decimal(102))))
    assert judged(own, "105").result is Result.ACHIEVED
    assert not judged(own, "105").is_kept
    assert judged(own, "105", how=FINAL).is_kept
    assert judged(replace(own, targets=((R9, Decimal(102)),)), "105").is_kept


years = st.sampled_from(ROUNDS)
values = st.integers(-500, 500).map(Decimal)


@given(
    st.dictionaries(years, values, max_size=4),
    years,
    values,
    st.sampled_from(["以上", "以下", "未満", "超"]),
    st.sampled_from(["final", "yearly"]),
)
def test_the_target_is_found_as_one_finds_it_by_hand(
    targets: dict[FiscalYear, Decimal],
    round_: FiscalYear,
    value: Decimal,
    rule: str,
    against: JudgedAgainst,
) -> None:
    own = replace(
        indicator("0", "120", rule, signed=True, target_year=R11),
        targets=tuple(sorted(targets.items())),
    )
    found = judged(own, str(value), round_, Judging(against))
    yearly: Decimal | None = None
    for year in range(round_.year, R11.year + 1):
        if yearly is None and FiscalYear(year) in targets:
            yearly = targets[FiscalYear(year)]
            if year == R11.year and yearly == 120:
                yearly = None
                break
    wanted = yearly if against == "yearly" and yearly is not None else Decimal(120)
    assert found.target == wanted
    assert (found.result is Result.ACHIEVED) == own.rule.is_met(value, wanted)
    if yearly is None:
        assert found.other is None
    else:
        other = Decimal(120) if against == "yearly" else yearly
        assert found.other and found.other.target == other
        met = own.rule.is_met(value, other)
        assert (found.other.result is Result.ACHIEVED) == met


def test_the_plan_says_against_which() -> None:
    own = replace(plan_of(BALANCE), judged_against="yearly")
    assert own.judging == Judging("yearly", rounds=ROUNDS)
    assert R6 not in own.judging.rounds
    assert {R9, R10} < set(own.judging.rounds)
