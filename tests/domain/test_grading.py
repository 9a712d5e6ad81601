"""Grades of a plan: by progress, ratio or pace, with their colours and counts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from builders import R6, R7, R8, R10, ROUNDS, indicator, ledger_of, plan_of
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.achievement import Achievement, Result, judge
from aso_xl.domain.departments import departments
from aso_xl.domain.grading import better_threshold, grade, level_of, pace_word, threshold_words
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.outlook import changes, late, without_pace
from aso_xl.domain.plan import (
    Actual,
    Grade,
    GradeOf,
    Indicator,
    Judging,
    KpiCounts,
    Mark,
    Plan,
    Verdict,
)
from aso_xl.domain.settings import Pace, PaceLevel, Settings
from aso_xl.domain.summary import Count, Summary, count, summarize


def abcd(of: GradeOf = "progress") -> tuple[Grade, ...]:
    """Return A ≥ 100, B ≥ 80, C ≥ 60, D."""
    named = zip("ABC", ("100", "80", "60"), strict=True)
    return (*(Grade(name, Decimal(least), of) for name, least in named), Grade("D", None, of))


FROM_ZERO = indicator("0", "100", unit="%")
NEW = indicator(None, "300", unit="件")
FLOOR = indicator("108", "100")


def judged(
    own: Indicator, value: str, of: GradeOf = "progress", round_: FiscalYear = R8, **how: object
) -> Achievement:
    rules = replace(Judging(grades=abcd(of), rounds=ROUNDS), **how)  # type: ignore[arg-type]
    return judge(own, {round_: Actual(Decimal(value))}, round_, Settings(round_), rules)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        *(("100", "A"), ("150", "A"), ("99.99", "B"), ("80", "B"), ("79.99", "C")),
        *(("60", "C"), ("59.99", "D"), ("0", "D"), ("-20", "D")),
    ],
)
def test_the_first_grade_that_is_reached_is_given(value: str, name: str) -> None:
    assert judged(FROM_ZERO, value).plan_grade == name


def test_the_measure_is_that_of_the_grades_with_a_threshold() -> None:
    """The last one, which takes the rest, says none."""
    grades = (Grade("○", Decimal(80), "ratio"), Grade("×"))
    assert judged(NEW, "240", grades=grades).plan_grade == "○"
    assert judged(NEW, "239", grades=grades).plan_grade == "×"
    assert judged(NEW, "239", grades=grades).sentence.endswith("(実績÷目標79.6%、80%未満)")


@pytest.mark.parametrize(
    ("of", "value", "name"),
    [
        ("ratio", "300", "A"),
        ("ratio", "240", "B"),
        ("ratio", "239", "C"),
        ("ratio", "179", "D"),
        ("progress", "299", None),
        ("progress", "300", "A"),
        ("pace", "299", None),
    ],
)
def test_a_measure_that_is_undefined_gives_a_grade_only_where_the_target_is_met(
    of: GradeOf, value: str, name: str | None
) -> None:
    assert judged(NEW, value, of).plan_grade == name


@pytest.mark.parametrize(
    ("value", "name", "result"),
    [("103", "A", Result.ACHIEVED), ("100", "A", Result.ACHIEVED), ("99", None, Result.MISSED)],
)
def test_a_floor_has_no_progress_to_grade(value: str, name: str | None, result: Result) -> None:
    found = judged(FLOOR, value)
    assert (found.plan_grade, found.result, found.progress) == (name, result, None)


def test_what_is_met_at_once_is_graded_as_the_whole() -> None:
    """Not better: S asks for more than the target."""
    grades = (Grade("S", Decimal(120)), Grade("A", Decimal(100)), Grade("B"))
    assert judged(FLOOR, "500", grades=grades).plan_grade == "A"
    assert judged(FROM_ZERO, "120", grades=grades).plan_grade == "S"


@pytest.mark.parametrize(
    ("value", "name"), [("50", "A"), ("40", "B"), ("39.9", "C"), ("30", "C"), ("29", "D")]
)
def test_pace_is_progress_by_the_elapsed_share(value: str, name: str) -> None:
    """R6→R10 in R8: half of the way has passed."""
    assert judged(FROM_ZERO, value, "pace").plan_grade == name
    assert judged(FROM_ZERO, value, "pace", R6).plan_grade is None
    assert judged(FROM_ZERO, value, "pace", R10).plan_grade == "D"


def test_grades_replace_the_words_of_the_pace_and_these_are_still_known() -> None:
    found = judged(FROM_ZERO, "60")
    assert (found.standing, found.plan_grade, found.pace) == ("C", "C", "順調")
    plain = judge(FROM_ZERO, {R8: Actual(Decimal(60))}, R8, Settings(R8))
    assert (plain.standing, plain.plan_grade, plain.pace) == ("順調", None, "順調")


def test_grades_go_by_the_ratio_of_the_plan_where_that_is_its_progress() -> None:
    found = judged(NEW, "240", progress="ratio")
    assert (found.plan_grade, str(found.progress)) == ("B", "80.0")
    assert found.sentence.endswith("。進捗率80.0%(実績÷目標)。評価区分B(進捗率80.0%、80%以上)")
    assert judged(NEW, "240", "ratio").sentence.endswith("。評価区分B(実績÷目標80.0%、80%以上)")
    less = indicator(None, "100", "以下")
    assert judged(less, "200", "ratio").sentence.endswith("。評価区分D(目標÷実績50.0%、60%未満)")
    assert judged(FROM_ZERO, "30", "pace").sentence.endswith(
        "。評価区分C(経過割合に対する進捗率60.0%、60%以上)"
    )
    assert judged(FLOOR, "100").sentence.endswith("。評価区分A(目標に達したため)")
    assert "評価区分" not in judged(FLOOR, "99").sentence


def test_a_grade_goes_by_the_exact_share_and_what_is_shown_does_not_deny_it() -> None:
    """79.96 rounds to 80.0, and yet it is a C."""
    found = judged(FROM_ZERO, "79.96", rounding="half_up")
    assert (str(found.progress), found.plan_grade) == ("80.0", "C")
    assert found.sentence.endswith("。評価区分C(進捗率79.9%、60%以上)")
    assert judged(FROM_ZERO, "79.94", rounding="half_up").sentence.endswith("進捗率79.9%、60%以上)")
    assert judged(FROM_ZERO, "79.86", rounding="half_up").sentence.endswith("進捗率79.9%、60%以上)")
    assert judged(FROM_ZERO, "100", rounding="half_up").plan_grade == "A"


@pytest.mark.parametrize("actual", [Actual(), *(Actual(mark=mark) for mark in Mark)])
def test_what_is_not_judged_has_no_grade(actual: Actual) -> None:
    how = Judging(grades=abcd(), rounds=ROUNDS)
    found = judge(FROM_ZERO, {R8: actual}, R8, Settings(R8), how)
    assert (found.grade, found.plan_grade, found.standing) == (None, None, None)


@pytest.mark.parametrize(("verdict", "name"), [(Verdict.ACHIEVED, "A"), (Verdict.MISSED, None)])
def test_a_typed_verdict_has_the_grade_of_the_whole_or_none(
    verdict: Verdict, name: str | None
) -> None:
    own = indicator(None, None, "定性", statement="拠点を開く。")
    how = Judging(grades=abcd(), rounds=ROUNDS)
    found = judge(own, {R8: Actual(verdict=verdict)}, R8, Settings(R8), how)
    assert found.plan_grade == name
    tail = "。評価区分A(目標に達したため)" if name else ""
    assert found.sentence == f"拠点を開く。 → {verdict.value}{tail}"


LEVELS = {
    1: ["achieved"],
    2: ["achieved", "late"],
    3: ["achieved", "slow", "late"],
    4: ["achieved", "on_track", "slow", "late"],
    5: ["achieved", "on_track", "slow", "slow", "late"],
    7: ["achieved", "on_track", "on_track", "slow", "slow", "late", "late"],
}


@pytest.mark.parametrize("number", LEVELS)
def test_grades_have_the_colours_of_the_levels_from_the_best_to_the_worst(number: int) -> None:
    assert [level_of(rank, number).value for rank in range(1, number + 1)] == LEVELS[number]


@given(st.integers(2, 20))
def test_the_best_looks_as_achieved_and_the_last_as_late(number: int) -> None:
    order = list(PaceLevel)
    levels = [order.index(level_of(rank, number)) for rank in range(1, number + 1)]
    assert (levels[0], levels[-1]) == (0, len(order) - 1)
    assert levels == sorted(levels)


thresholds = st.lists(st.integers(0, 200), min_size=1, max_size=6, unique=True).map(
    lambda found: sorted(found, reverse=True)
)
shares = st.fractions(-3, 5, max_denominator=500)


@given(thresholds, shares, shares, st.sampled_from(["progress", "ratio", "pace"]))
def test_a_better_share_never_has_a_worse_grade(
    least: list[int], one: Fraction, other: Fraction, of: GradeOf
) -> None:
    grades = (*(Grade(f"g{n}", Decimal(n), of) for n in least), Grade("rest", None, of))
    measures = {"progress": None, "ratio": None, "pace": None}
    ranks = []
    for share in sorted((one, other)):
        found = grade(grades, {**measures, of: share}, done=False)  # type: ignore[dict-item]
        assert found and found.rank
        reached = [n for n in least if share * 100 >= n]
        assert found.word == (f"g{max(reached)}" if reached else "rest")
        assert grades[found.rank - 1].name == found.word
        words = threshold_words(grades, found)
        assert words == (f"{max(reached)}%以上" if reached else f"{least[-1]}%未満")
        better = better_threshold(grades, found)
        assert better is None or share * 100 < better
        ranks.append(found.rank)
    assert ranks[0] >= ranks[1]


@given(thresholds, st.booleans())
def test_an_undefined_measure_is_the_whole_where_done_and_nothing_else(
    least: list[int], done: bool
) -> None:
    grades = (*(Grade(f"g{n}", Decimal(n)) for n in least), Grade("rest"))
    found = grade(grades, {"progress": None, "ratio": Fraction(0), "pace": None}, done=done)
    if not done:
        assert found is None
        return
    reached = [n for n in least if n <= 100]
    assert found and found.word == (f"g{max(reached)}" if reached else "rest")


@pytest.mark.parametrize(
    ("share", "word"),
    [("1", "順調"), ("0.99", "やや遅れ"), ("0.5", "やや遅れ"), ("0.49", "遅れ"), ("-1", "遅れ")],
)
def test_the_words_of_the_pace(share: str, word: str) -> None:
    found = pace_word(Fraction(share), Pace(), done=False)
    assert found and (found.word, found.rank) == (word, None)
    done = pace_word(Fraction(share), Pace(), done=True)
    assert done and done.level is PaceLevel.ACHIEVED
    assert pace_word(None, Pace(), done=False) is None


# --- counts

KPIS = tuple(indicator("0", "100", id=f"1-01-{n}", unit="%") for n in range(1, 7))
GRADED = replace(plan_of(*KPIS), grades=abcd())
VALUES: tuple[str | Actual, ...] = (
    *("100", "85", "85", "10"),
    *(Actual(mark=Mark.UNPUBLISHED), Actual()),
)


def summary(values: tuple[str | Actual, ...] = VALUES, plan: Plan = GRADED) -> Summary:
    typed = {
        kpi.id: {R8: v if isinstance(v, Actual) else Actual(Decimal(v))}
        for kpi, v in zip(KPIS, values, strict=True)
    }
    return summarize(plan, typed, R8, Settings(R8))


def test_grades_are_counted_per_goal_and_overall() -> None:
    found = summary()
    assert dict(found.goals[0].kpi.grades) == {"A": 1, "B": 2, "C": 0, "D": 1}
    assert list(found.kpi.grades) == ["A", "B", "C", "D"]
    assert dict(found.headline.grades) == {"A": 0, "B": 0, "C": 0, "D": 0}
    assert found.kpi.total == 6


def test_a_plan_without_grades_counts_none() -> None:
    assert summary(plan=plan_of(*KPIS)).kpi.grades == {}


def test_grades_are_counted_per_department() -> None:
    ledger = ledger_of(GRADED, {kpi.id: {"R8": 85} for kpi in KPIS})
    found = summarize(GRADED, ledger.actuals, R8, ledger.settings)
    [one] = departments(ledger, found)
    assert dict(one.count.grades) == dict(one.goals[1].grades) == {"A": 0, "B": 6, "C": 0, "D": 0}


def test_a_goal_of_which_only_counts_are_known_has_no_grades() -> None:
    goal = replace(GRADED.goals[0], measures=(), kpi_counts=KpiCounts(11, 4))
    known = replace(GRADED, goals=(goal,), rounding="half_up")
    found = summarize(known, {}, R8, Settings(R8)).goals[0].kpi
    assert dict(found.grades) == {"A": 0, "B": 0, "C": 0, "D": 0}
    assert (found.achieved, found.missed, str(found.rate)) == (4, 7, "36.4")


def test_rates_are_rounded_as_the_plan_says_wherever_counts_are_added() -> None:
    half_up = replace(GRADED, rounding="half_up")
    assert str(summary(plan=half_up).kpi.rate) == "16.7"
    assert str(summary().kpi.rate) == "16.6"
    added = summary(plan=half_up).kpi + Count(1, 3)
    assert (added.rounding, str(added.rate)) == ("half_up", "20.0")
    assert (Count() + added).rounding == "half_up"


def test_grades_are_added_by_name_in_their_order() -> None:
    one, other = Count(grades={"A": 1, "B": 0}), Count(grades={"B": 2, "C": 3})
    assert list((one + other).grades.items()) == [("A", 1), ("B", 2), ("C", 3)]
    assert (Count() + one).grades == one.grades


def test_what_changed_is_counted_as_the_plan_rounds_and_grades() -> None:
    plan = replace(GRADED, rounding="half_up")
    typed = {kpi.id: {R8: Actual(Decimal(100)), R7: Actual(Decimal(85))} for kpi in KPIS[:3]}
    typed[KPIS[0].id] = {r: Actual(Decimal(100)) for r in (R7, R8)}
    typed[KPIS[1].id][R8] = Actual(Decimal(85))
    before, now = (summarize(plan, typed, r, Settings(r)) for r in (R7, R8))
    found = changes(before, now)
    assert found and found.kpi
    assert (str(found.kpi.before.rate), str(found.kpi.now.rate)) == ("33.3", "66.7")
    assert dict(found.kpi.before.grades) == {"A": 1, "B": 2, "C": 0, "D": 0}
    assert dict(found.kpi.now.grades) == {"A": 2, "B": 1, "C": 0, "D": 0}


def test_the_lower_grades_are_late_and_only_what_is_missed() -> None:
    found = late(summary())
    assert [(a.indicator.id, a.plan_grade) for a in found] == [("1-01-4", "D")]
    low = late(summary(("65", "10", "85", "20", "100", "59")))
    assert [(a.indicator.id, a.plan_grade) for a in low] == [
        *(("1-01-2", "D"), ("1-01-4", "D"), ("1-01-6", "D")),
        ("1-01-1", "C"),
    ]


def test_a_target_that_is_met_is_never_late() -> None:
    """With thresholds beyond 100 what is 達成 may have a low grade."""
    grades = (Grade("S", Decimal(300)), Grade("A", Decimal(200)), Grade("B", Decimal(150)))
    plan = replace(GRADED, grades=(*grades, Grade("C")))
    found = summary(("100", "100", "100", "100", "100", "50"), plan)
    assert found.achievements["1-01-1"].plan_grade == "C"
    assert [a.indicator.id for a in late(found)] == ["1-01-6"]


def test_what_is_missed_without_a_grade_is_named() -> None:
    floors = tuple(replace(FLOOR, id=kpi.id) for kpi in KPIS)
    plan = replace(plan_of(*floors), grades=abcd())
    found = summary(("99", "100", "90", "103", Actual(), Actual()), plan)
    assert [a.indicator.id for a in without_pace(found)] == ["1-01-1", "1-01-3"]


def test_counts_of_the_four_words_stay_out_of_the_grades() -> None:
    found = judge(FROM_ZERO, {R8: Actual(Decimal(60))}, R8, Settings(R8))
    assert count([found]).grades == {}
