"""Several values that are one indicator: judged, counted, listed and compared as one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from builders import R7, R8, R9, indicator, ledger_of, plan_of
from hypothesis import given, settings
from hypothesis import strategies as st

from aso_xl.domain.achievement import Result
from aso_xl.domain.checks.relations import kpi_total
from aso_xl.domain.departments import departments
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.outlook import changes, late, near, once, without_pace
from aso_xl.domain.plan import Actual, Goal, Grade, Mark, Plan, Same, Together
from aso_xl.domain.settings import Settings
from aso_xl.domain.summary import Summary, summarize

MEN, WOMEN = (
    indicator("70", "80", id=f"1-01-{n}", unit="歳", name=f"健康寿命({who})")
    for n, who in ((1, "男"), (2, "女"))
)
OTHER = indicator(id="1-01-3")
BOTH = Together("健康寿命", ("1-01-1", "1-01-2"))
PLAN = plan_of(MEN, WOMEN, OTHER, relations=(BOTH,))
Typed = str | Actual
DONE, SHORT, BLANK = "81", "78", Actual()
UNPUBLISHED, PENDING, EXCLUDED = (Actual(mark=mark) for mark in Mark)


def actual(value: Typed) -> Actual:
    return value if isinstance(value, Actual) else Actual(Decimal(value))


def summary(*values: Typed, plan: Plan = PLAN, round_: FiscalYear = R8) -> Summary:
    """Return the evaluation of values for 1-01-1, 1-01-2 …"""
    typed = {f"1-01-{n}": {round_: actual(v)} for n, v in enumerate(values, start=1)}
    return summarize(plan, typed, round_, Settings(round_))


def test_the_worked_example() -> None:
    """健康寿命 男 達成, 女 未達成: 未達成, counted once."""
    found = summary(DONE, SHORT, "100")
    one = found.together["1-01-1"]
    assert (one.indicator.name, one.result) == ("健康寿命", Result.MISSED)
    assert [i.id for i in one.indicators] == ["1-01-1", "1-01-2"]
    assert [a.result for a in one.members] == [Result.ACHIEVED, Result.MISSED]
    assert (found.kpi.total, found.kpi.achieved, found.kpi.missed) == (2, 0, 2)
    assert one.sentence.startswith(
        "健康寿命(男): 目標80歳以上に対し実績81歳 → 達成(基準比+11歳)。健康寿命(女): "
    )


@pytest.mark.parametrize(
    ("values", "result", "mark"),
    [
        ((DONE, DONE), Result.ACHIEVED, None),
        ((SHORT, DONE), Result.MISSED, None),
        ((SHORT, BLANK), Result.MISSED, None),
        ((SHORT, UNPUBLISHED), Result.MISSED, None),
        ((DONE, BLANK), Result.BLANK, None),
        ((UNPUBLISHED, BLANK), Result.BLANK, None),
        ((DONE, UNPUBLISHED), Result.UNPUBLISHED, Mark.UNPUBLISHED),
        ((UNPUBLISHED, UNPUBLISHED), Result.UNPUBLISHED, Mark.UNPUBLISHED),
        ((UNPUBLISHED, PENDING), Result.UNPUBLISHED, Mark.PENDING),
        ((DONE, EXCLUDED), Result.ACHIEVED, None),
        ((SHORT, EXCLUDED), Result.MISSED, None),
        ((BLANK, EXCLUDED), Result.BLANK, None),
        ((EXCLUDED, EXCLUDED), Result.EXCLUDED, None),
    ],
)
def test_all_must_be_achieved_else_what_is_most_open_counts(
    values: tuple[Typed, Typed], result: Result, mark: Mark | None
) -> None:
    for pair in (values, values[::-1]):
        found = summary(*pair, EXCLUDED)
        one = found.together["1-01-1"]
        assert (one.result, one.mark) == (result, mark)
        counts = {
            each: getattr(found.kpi, each.value) for each in Result if hasattr(found.kpi, each)
        }
        excluded = 1 + (result is Result.EXCLUDED)
        assert counts[Result.EXCLUDED] == excluded
        assert sum(counts.values()) == 2
        assert counts[result] >= 1


def test_one_that_is_not_asked_says_nothing() -> None:
    plan = plan_of(MEN, replace(WOMEN, since=R9), relations=(BOTH,))
    assert summary(DONE, plan=plan).together["1-01-1"].result is Result.ACHIEVED
    plan = plan_of(replace(MEN, since=R9), replace(WOMEN, since=R9), relations=(BOTH,))
    found = summary(plan=plan)
    assert found.together["1-01-1"].result is Result.NOT_ASKED
    assert (found.kpi.total, found.kpi.excluded) == (0, 0)
    plan = plan_of(MEN, replace(WOMEN, since=R9), relations=(BOTH,))
    assert summary(EXCLUDED, plan=plan).together["1-01-1"].result is Result.EXCLUDED


def test_it_stands_in_the_place_of_the_first_in_the_plan() -> None:
    turned = replace(PLAN, relations=(Together("健康寿命", ("1-01-2", "1-01-1")),))
    assert list(summary(DONE, SHORT, plan=turned).together) == ["1-01-1"]
    goal = summary(DONE, SHORT, "100").goals[0]
    assert [a.indicator.name for a in goal.once] == ["健康寿命", "従事者数"]
    assert [a.indicator.name for a in goal.kpis] == ["健康寿命(男)", "健康寿命(女)", "従事者数"]
    assert PLAN.repeats(PLAN.goals[0], "kpi") == {"1-01-2"}
    assert kpi_total(PLAN) == 2


def test_each_value_is_still_judged_by_itself() -> None:
    found = summary(DONE, SHORT, "100")
    assert found.achievements["1-01-1"].result is Result.ACHIEVED
    assert found.achievements["1-01-1"].members == ()
    assert found.achievements["1-01-1"].parts == (found.achievements["1-01-1"],)
    assert found.listed["1-01-1"].parts == tuple(found.achievements[i] for i in BOTH.ids)
    assert found.listed["1-01-2"] is found.achievements["1-01-2"]


GRADES = (Grade("A", Decimal(100)), Grade("B", Decimal(50)), Grade("C"))


@pytest.mark.parametrize(
    ("values", "grade"),
    [
        (("80", "81"), "A"),
        (("81", "76"), "B"),
        (("71", "76"), "C"),
        (("81", EXCLUDED), "A"),
        ((BLANK, "81"), None),
    ],
)
def test_the_grade_is_that_of_the_value_that_goes_worst(
    values: tuple[Typed, Typed], grade: str | None
) -> None:
    plan = replace(PLAN, grades=GRADES)
    for pair in (values, values[::-1]):
        found = summary(*pair, EXCLUDED, plan=plan)
        assert found.together["1-01-1"].plan_grade == grade
        counted = {name: n for name, n in found.kpi.grades.items() if n}
        assert counted == ({grade: 1} if grade else {})


def test_of_grades_that_look_alike_the_lower_one_counts() -> None:
    names = zip("ABCDEF", (100, 90, 80, 70, 60, 50), strict=True)
    seven = (*(Grade(name, Decimal(least)) for name, least in names), Grade("G"))
    plan = replace(PLAN, grades=seven)
    for pair in (("79", "78.2"), ("78.2", "79")):
        found = summary(*pair, plan=plan)
        levels = {a.grade.level for a in found.together["1-01-1"].members if a.grade}
        assert len(levels) == 1
        assert found.together["1-01-1"].plan_grade == "C"


def test_a_value_without_a_grade_leaves_all_without() -> None:
    flat = replace(WOMEN, baseline=Decimal(80))
    plan = replace(plan_of(MEN, flat, relations=(BOTH,)), grades=GRADES)
    assert summary("81", "79", plan=plan).together["1-01-1"].grade is None
    assert [a.indicator.name for a in without_pace(summary("81", "79", plan=plan))] == ["健康寿命"]


def test_the_pace_is_that_of_the_value_that_goes_worst() -> None:
    found = summary("76", "72", "100").together["1-01-1"]
    assert (found.pace, found.standing) == ("遅れ", "遅れ")
    assert summary("81", "76", "100").together["1-01-1"].pace == "順調"


def test_lists_name_it_once() -> None:
    found = summary("71", "72", "100")
    assert [a.indicator.name for a in once(found)] == ["健康寿命", "従事者数"]
    assert [a.indicator.name for a in late(found)] == ["健康寿命", "従事者数"]
    progress = summary("72", "71", "97")
    assert [a.indicator.name for a in late(progress)] == ["健康寿命", "従事者数"]
    assert [a.indicator.name for a in late(summary("74.5", "74.5", "97"))] == [
        "従事者数",
        "健康寿命",
    ]


def test_it_is_near_where_every_missed_value_is() -> None:
    [found] = near(summary("79", "78.5", "100"), Settings(R8))
    assert found.words == "健康寿命(男)はあと1歳、健康寿命(女)はあと1.5歳"
    assert (found.missing, str(found.rate)) == (Decimal("1.5"), "50.0")
    assert float(found.closeness) == 0.85
    [one] = near(summary("79", DONE, "100"), Settings(R8))
    assert one.words == "健康寿命(男)はあと1歳"
    [excluded] = near(summary("79", EXCLUDED, "100"), Settings(R8))
    assert excluded.missing == 1
    for far in ("71", BLANK, UNPUBLISHED):
        assert near(summary("79", far, "100"), Settings(R8)) == ()


def test_a_change_is_of_the_whole() -> None:
    typed = {
        "1-01-1": {R8: actual(DONE), R9: actual(DONE)},
        "1-01-2": {R8: actual(SHORT), R9: actual(DONE)},
        "1-01-3": {R8: actual("100"), R9: actual("100")},
    }
    before, now = (summarize(PLAN, typed, r, Settings(r)) for r in (R8, R9))
    found = changes(before, now)
    assert found and found.kpi
    assert [(s.now.indicator.name, s.before.result) for s in found.gained] == [
        ("健康寿命", Result.MISSED)
    ]
    assert (found.kpi.total, found.kpi.achieved) == (2, 1)
    back = changes(now, before)
    assert back and [s.now.indicator.name for s in back.lost] == ["健康寿命"]


def test_it_is_compared_only_where_the_whole_was_judged_in_both() -> None:
    typed = {"1-01-1": {R8: actual(DONE), R9: actual(DONE)}, "1-01-2": {R9: actual(DONE)}}
    before, now = (summarize(PLAN, typed, r, Settings(r)) for r in (R8, R9))
    assert changes(before, now) is None


def test_it_is_counted_for_the_department_of_the_first() -> None:
    plan = replace(PLAN, departments=("健康課", "福祉課"))
    ledger = ledger_of(
        plan,
        {
            "1-01-1": {"R8": 81, "department": "健康課"},
            "1-01-2": {"R8": 78, "department": "福祉課"},
            "1-01-3": {"R8": 130, "department": "福祉課"},
        },
    )
    found = departments(ledger, summarize(plan, ledger.actuals, R8, ledger.settings))
    counts = {d.name: (d.count.total, d.count.achieved, len(d.achievements)) for d in found}
    assert counts == {"健康課": (1, 0, 1), "福祉課": (1, 1, 2)}


def test_kept_and_earlier_values_are_counted_once() -> None:
    kept = [replace(each, baseline=Decimal(90)) for each in (MEN, WOMEN)]
    found = summary("85", "86", plan=plan_of(*kept, relations=(BOTH,)))
    assert (found.kpi.kept, found.kpi.achieved) == (1, 1)
    typed = {id_: {R7: actual(DONE), R8: UNPUBLISHED} for id_ in BOTH.ids}
    early = summarize(PLAN, typed, R8, Settings(R8))
    assert (early.kpi.earlier, early.together["1-01-1"].awaited) == (1, (R8,))
    half = [replace(MEN, baseline=Decimal(90)), WOMEN]
    found = summary("85", "78", plan=plan_of(*half, relations=(BOTH,)))
    assert (found.kpi.kept, found.together["1-01-1"].is_kept) == (0, False)
    assert summary(DONE, DONE).kpi.kept == 0
    typed["1-01-2"] = {R8: UNPUBLISHED}
    open_ = summarize(PLAN, typed, R8, Settings(R8))
    assert (open_.kpi.earlier, open_.kpi.unpublished) == (0, 1)
    missed = summary(SHORT, UNPUBLISHED)
    assert (missed.kpi.missed, missed.kpi.earlier) == (1, 0)
    assert missed.together["1-01-1"].awaited == ()


def test_a_figure_that_stands_elsewhere_as_well_keeps_its_place_there() -> None:
    head = replace(indicator(id="1-H1", unit="歳"), kind="headline", measure=None)
    goal = Goal(1, "仕事", (replace(head, baseline=MEN.baseline, target=MEN.target),))
    goals = (replace(goal, measures=PLAN.goals[0].measures),)
    plan = replace(PLAN, goals=goals, relations=(BOTH, Same(("1-H1", "1-01-1"))))
    typed = {id_: {R8: actual(DONE)} for id_ in ("1-H1", "1-01-1", "1-01-2")}
    found = summarize(plan, typed, R8, Settings(R8))
    assert (found.headline.total, found.kpi.total) == (1, 2)
    assert [a.indicator.name for a in once(found)] == ["従事者数", "健康寿命", "従事者数"]


results = st.sampled_from([DONE, SHORT, BLANK, UNPUBLISHED, PENDING, EXCLUDED])


@settings(deadline=None)
@given(st.lists(results, min_size=2, max_size=6))
def test_however_many_they_are_they_count_as_one(values: list[Typed]) -> None:
    own = [replace(MEN, id=f"1-01-{n}") for n in range(1, len(values) + 1)]
    ids = tuple(each.id for each in own)
    found = summary(*values, plan=plan_of(*own, relations=(Together("全体", ids),)))
    kpi = found.kpi
    whole = kpi.achieved + kpi.missed + kpi.blank + kpi.unpublished + kpi.excluded
    assert whole == 1
    counted = [a.result for a in found.achievements.values() if a.result is not Result.EXCLUDED]
    order = (Result.MISSED, Result.BLANK, Result.UNPUBLISHED, Result.ACHIEVED)
    expected = next((each for each in order if each in counted), Result.EXCLUDED)
    assert getattr(kpi, expected.value) == 1
    assert kpi.pending == (expected is Result.UNPUBLISHED and any(v == PENDING for v in values))


def test_the_table_of_results_is_whole() -> None:
    """Every pair of what can stand in two cells has a result, whichever comes first."""
    for one, other in product([DONE, SHORT, BLANK, UNPUBLISHED, PENDING, EXCLUDED], repeat=2):
        there, back = (summary(*pair).together["1-01-1"] for pair in ((one, other), (other, one)))
        assert (there.result, there.mark) == (back.result, back.mark)
