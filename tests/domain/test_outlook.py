"""What changed, what is near and what is late: worked out by hand, and held to the judging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from builders import R7, R8, R9, R10, indicator, plan_of, second, third
from hypothesis import assume, given
from hypothesis import strategies as st

from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.outlook import (
    CountChange,
    changes,
    late,
    missing_of,
    missing_words,
    near,
    other_denominator,
    paced,
    round_before,
    without_pace,
)
from aso_xl.domain.plan import Actual, Indicator, KpiCounts, Mark, Plan, Verdict
from aso_xl.domain.settings import Pace, PaceLevel, Settings
from aso_xl.domain.summary import Count, Summary, summarize

UNPUBLISHED = Actual(mark=Mark.UNPUBLISHED)


def actual(value: str | Actual) -> Actual:
    return value if isinstance(value, Actual) else Actual(Decimal(value))


def summary(
    plan: Plan,
    values: Mapping[str, str | Actual],
    round_: FiscalYear = R8,
    settings: Settings | None = None,
) -> Summary:
    found = {id_: {round_: actual(value)} for id_, value in values.items()}
    return summarize(plan, found, round_, settings or Settings(round_))


def kpis(*rules: tuple[str | None, str, str], **more: object) -> Plan:
    """Return a plan of KPIs 1-01-1, 1-01-2, … by baseline, target and rule."""
    return plan_of(
        *(
            indicator(baseline, target, rule, id=f"1-01-{number}", **more)
            for number, (baseline, target, rule) in enumerate(rules, start=1)
        )
    )


RISING, FALLING, BELOW = ("94", "120", "以上"), ("1030", "1000", "以下"), ("6.7", "6.5", "未満")


@pytest.mark.parametrize(
    ("how", "value", "missing", "words"),
    [
        (RISING, "111", "9", "あと9人"),
        (RISING, "119.5", "0.5", "あと0.5人"),
        (FALLING, "1005", "5", "あと5人の減少"),
        (BELOW, "6.5", "0.0", "目標値ちょうど(6.5人を下回る必要)"),
        (BELOW, "6.52", "0.02", "あと0.02人を超える減少"),
        (("10", "20", "超"), "20", "0", "目標値ちょうど(20人を上回る必要)"),
        (("10", "20", "超"), "18", "2", "あと2人を超える増加"),
    ],
)
def test_what_is_missing_is_said_as_the_rule_asks(
    how: tuple[str, str, str], value: str, missing: str, words: str
) -> None:
    plan = kpis(how)
    (found,) = summary(plan, {"1-01-1": value}).achievements.values()
    assert missing_of(found) == Decimal(missing)
    assert missing_words(found.indicator, Decimal(missing)) == words


def test_a_gap_between_percentages_is_in_points() -> None:
    one = indicator("82.38", "85.0", unit="%")
    assert missing_words(one, Decimal("0.39")) == "あと0.39ポイント"


@pytest.mark.parametrize("value", [Actual(), UNPUBLISHED, Actual(mark=Mark.EXCLUDED), "120", "121"])
def test_nothing_is_missing_unless_a_value_misses_its_target(value: str | Actual) -> None:
    made = summary(kpis(RISING), {"1-01-1": value})
    assert missing_of(made.achievements["1-01-1"]) is None
    assert near(made, Settings(R8)) == ()


def test_near_begins_at_the_percentage_set_and_not_below() -> None:
    """94 → 120: 80 % of the way is 114.8."""
    plan, settings = kpis(RISING), Settings(R8)
    assert settings.near_percent == 80
    (found,) = near(summary(plan, {"1-01-1": "114.8"}), settings)
    assert (found.closeness, found.missing) == (Fraction(4, 5), Decimal("5.2"))
    assert near(summary(plan, {"1-01-1": "114.79"}), settings) == ()
    lower = replace(settings, near_percent=Decimal("79.9"))
    assert len(near(summary(plan, {"1-01-1": "114.79"}), lower)) == 1


def test_without_progress_the_gap_counts_against_the_target() -> None:
    """出生数 108 → 100人以上 is to be kept: 95 lacks just 5 % of the target, 94.9 more."""
    plan, settings = kpis(("108", "100", "以上")), Settings(R8)
    (found,) = near(summary(plan, {"1-01-1": "95"}), settings)
    assert (found.closeness, found.achievement.progress) == (Fraction(19, 20), None)
    for value in ("94.99", "94.9"):
        assert near(summary(plan, {"1-01-1": value}), settings) == ()


def test_a_target_of_nothing_is_near_only_where_it_is_strict_and_reached() -> None:
    """0 → 0 has no progress, and 5 % of 0 is 0."""
    held, strict = ("0", "0", "以下"), ("0", "0", "未満")
    made = summary(kpis(held, strict, strict), {"1-01-1": "1", "1-01-2": "1", "1-01-3": "0"})
    (found,) = near(made, Settings(R8))
    assert (found.achievement.indicator.id, found.closeness) == ("1-01-3", 1)


def test_the_nearest_comes_first_with_the_rate_its_goal_would_have() -> None:
    plan = kpis(RISING, RISING, RISING)
    made = summary(plan, {"1-01-1": "115", "1-01-2": "119", "1-01-3": "120"})
    found = near(made, Settings(R8))
    assert [each.achievement.indicator.id for each in found] == ["1-01-2", "1-01-1"]
    assert {each.rate for each in found} == {Decimal("66.6")}


def test_a_headline_figure_has_no_rate_that_it_would_change() -> None:
    """市町村内総生産 1241.55 → 1300: 1290 has done 82.8 % of the way."""
    made = summary(third(), {"1-H1": "1290"})
    (found,) = near(made, Settings(R8))
    assert (found.achievement.indicator.id, found.rate) == ("1-H1", None)


RULES = st.sampled_from(["以上", "以下", "未満", "超"])
FIGURES = st.decimals(-10_000, 10_000, places=2)


@given(baseline=FIGURES, target=FIGURES, value=FIGURES, rule=RULES)
def test_what_is_missing_is_just_what_it_takes(
    baseline: Decimal, target: Decimal, value: Decimal, rule: str
) -> None:
    assume(baseline != target)
    plan = kpis((str(baseline), str(target), rule), RISING)
    every = replace(Settings(R8), near_percent=Decimal(-10_000_000))
    found = near(summary(plan, {"1-01-1": str(value)}), every)
    assume(found)
    (each,) = found
    assert each.missing >= 0
    step = each.missing if rule in ("以上", "超") else -each.missing
    moved = value + step
    assert moved == target
    over = {"以上": 0, "以下": 0, "超": Decimal("0.01"), "未満": Decimal("-0.01")}[rule]
    there = summary(plan, {"1-01-1": str(moved + over)})
    assert there.goals[0].kpi.achieved == 1
    assert there.goals[0].kpi.rate == each.rate
    if over:
        assert summary(plan, {"1-01-1": str(moved)}).goals[0].kpi.achieved == 0


def test_late_is_worst_first_and_names_both_words() -> None:
    """In R8, half of R6–R10 has passed: 順調 from 50.0 % of the way, やや遅れ from 25.0 %."""
    plan = kpis(*(("0", "100", "以上"),) * 6)
    values = ("50", "49", "25", "24", "-10", "100")
    made = summary(plan, {f"1-01-{n}": value for n, value in enumerate(values, start=1)})
    found = late(made)
    assert [(a.indicator.id, a.pace) for a in found] == [
        ("1-01-5", "遅れ"),
        ("1-01-4", "遅れ"),
        ("1-01-3", "やや遅れ"),
        ("1-01-2", "やや遅れ"),
    ]
    assert [
        paced(found, level) for level in (PaceLevel.LATE, PaceLevel.SLOW, PaceLevel.ON_TRACK)
    ] == [2, 2, 0]


def test_late_goes_by_the_level_and_not_by_its_name() -> None:
    """Staff may give two levels one name, or a level the name of another."""
    pace = Pace("遅れ", "遅れ", "順調")
    plan, settings = kpis(*(("0", "100", "以上"),) * 4), Settings(R8, pace=pace)
    values = {f"1-01-{n}": value for n, value in enumerate(("50", "25", "24", "100"), start=1)}
    made = summary(plan, values, settings=settings)
    assert [(a.indicator.id, a.pace) for a in late(made)] == [
        ("1-01-3", "順調"),
        ("1-01-2", "遅れ"),
    ]
    found = made.achievements.values()
    assert [paced(found, level) for level in PaceLevel] == [1, 1, 1, 1]


def test_a_missed_indicator_without_a_pace_is_not_lost() -> None:
    plan = kpis(("108", "100", "以上"), ("0", "100", "以上"))
    made = summary(plan, {"1-01-1": "99", "1-01-2": "10"})
    assert [a.indicator.id for a in without_pace(made)] == ["1-01-1"]
    assert [a.indicator.id for a in late(made)] == ["1-01-2"]


def test_what_changed_since_the_round_before() -> None:
    plan = kpis(*(RISING,) * 5)
    was = {"1-01-1": "120", "1-01-2": "120", "1-01-3": "100", "1-01-5": "99"}
    values = {"1-01-1": "120", "1-01-2": "119", "1-01-3": "121", "1-01-4": "119"}
    found = changes(summary(plan, was, R7), summary(plan, values))
    assert found
    assert [s.now.indicator.id for s in found.gained] == ["1-01-3"]
    assert [s.now.indicator.id for s in found.lost] == ["1-01-2"]
    assert found.kpi and (found.kpi.achieved, found.kpi.points) == (0, Decimal("0.0"))
    assert (found.kpi.total, found.blank) == (3, 1)
    assert found.goals == {1: found.kpi}
    assert found.headline is None


def test_what_is_not_judged_now_is_neither_lost_nor_gained() -> None:
    plan = kpis(*(RISING,) * 4)
    before = summary(plan, dict.fromkeys(plan.by_id, "120"), R7)
    values = {"1-01-1": UNPUBLISHED, "1-01-2": Actual(mark=Mark.EXCLUDED), "1-01-3": "119"}
    found = changes(before, summary(plan, values))
    assert found and [s.now.indicator.id for s in found.lost] == ["1-01-3"]
    assert found.kpi and (found.kpi.total, found.kpi.before.achieved) == (1, 1)


@given(st.lists(st.tuples(*(st.sampled_from(["", "100", "120", UNPUBLISHED]),) * 2), min_size=1))
def test_only_what_was_judged_in_both_rounds_is_counted(
    typed: list[tuple[str | Actual, str | Actual]],
) -> None:
    """By the rule read anew: a value or nothing in each of the two rounds, none inherited."""
    plan = kpis(*(RISING,) * len(typed))
    ids = list(plan.by_id)
    was, now = ({i: t[at] for i, t in zip(ids, typed, strict=True) if t[at]} for at in (0, 1))
    both = [pair for pair in typed if all(isinstance(value, str) and value for value in pair)]
    found = changes(summary(plan, was, R7), summary(plan, now))
    assert (found is None) == (not both)
    if found:
        assert found.kpi and found.kpi.total == found.kpi.before.total == len(both)
        assert found.kpi.achieved == sum((b == "120") - (a == "120") for a, b in both)
        assert len(found.gained) - len(found.lost) == found.kpi.achieved


def test_counts_that_were_published_as_such_belong_to_no_round() -> None:
    values = {i.id: Actual(verdict=Verdict.MISSED) for i in second().indicators()}
    found = changes(summary(second(), values, R7), summary(second(), values))
    assert found and (found.goals, found.kpi) == ({}, None)
    assert found.headline and found.headline.now.total == 5


def test_of_kinds_and_goals_without_indicators_there_is_nothing_to_compare() -> None:
    plan = third()
    (goal, *others), only = plan.goals, plan.goals[1].headlines
    counted = replace(goal, kpi_counts=KpiCounts(11, 4))
    bare = replace(others[0], measures=())
    for goals, compared in (((counted, bare), ()), ((counted, *others), (2, 3, 4))):
        made = replace(plan, goals=goals)
        values = {only[0].id: "1000"}
        values |= {i.id: str(i.target) for i in made.indicators() if i.kind == "kpi"}
        found = changes(summary(made, values, R7), summary(made, values))
        assert found and tuple(found.goals) == compared
        assert (found.kpi is None) == (compared == ())


def test_points_are_between_the_rates_as_printed() -> None:
    """1/3 is printed 33.3, 2/3 is printed 66.6: a reader finds 33.3 points between them."""
    plan = kpis(RISING, RISING, RISING)
    missed = dict.fromkeys(plan.by_id, "119")
    before = summary(plan, missed | {"1-01-1": "120"}, R7)
    found = changes(before, summary(plan, missed | {"1-01-1": "120", "1-01-2": "120"}))
    assert found and found.kpi and found.kpi.points == Decimal("33.3")


def test_nothing_is_compared_with_a_round_that_was_never_filled_in() -> None:
    plan = kpis(RISING)
    now = summary(plan, {"1-01-1": "120"})
    assert changes(None, now) is None
    assert changes(summary(plan, {}, R7), now) is None
    assert changes(summary(plan, {"1-01-1": "120"}, R7), summary(plan, {})) is None
    assert changes(summary(plan, {"1-01-1": UNPUBLISHED}, R7), now) is None


def test_the_round_before_is_the_last_one_evaluated() -> None:
    assert round_before(third(), R7) is None
    assert round_before(third(), R8) is None  # R7 lies before the plan
    assert round_before(third(), R10) == R9
    assert round_before(second(), second().rounds[0]) is None


@pytest.mark.parametrize("exclude", [False, True])
def test_the_other_denominator_is_the_setting_turned(*, exclude: bool) -> None:
    count = Count(achieved=4, missed=5, unpublished=2, pending=1, exclude_unpublished=exclude)
    other = other_denominator(count)
    assert other
    assert {count.total, other.total} == {9, 11}
    assert other.total == (11 if exclude else 9)
    assert str(other.rate) == ("36.3" if exclude else "44.4")
    assert other_denominator(replace(count, unpublished=0, pending=0)) is None


def test_indicators_of_the_third_term_are_never_near_and_late_without_a_value() -> None:
    made = summary(third(), {})
    assert near(made, Settings(R8)) == () and late(made) == ()
    assert all(isinstance(i, Indicator) for i in third().indicators())


def test_the_rate_changes_by_points_where_there_is_one_before_and_now() -> None:
    none, half, all_ = Count(excluded=1), Count(achieved=1, missed=1), Count(achieved=2)
    assert CountChange(half, all_).points == 50
    assert CountChange(none, all_).points is None
    assert CountChange(half, none).points is None
