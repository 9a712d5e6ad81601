"""What revisions of the strategy changed holds from their round on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from aso_xl.domain.achievement import Result, judge
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Actual, Revision
from aso_xl.domain.revising import as_of, held
from aso_xl.domain.rule import Rule
from aso_xl.domain.settings import Settings
from aso_xl.domain.shown import show_revision, show_revisions
from aso_xl.report.content.sections.revisions import revision_notes
from aso_xl.strategies.definition import load

R8, R9, R10 = map(FiscalYear.parse, ("R8", "R9", "R10"))
PLAN = load("third").plan
KPI = PLAN.by_id["1-01-1"]


def revised(*revisions: Revision):
    return replace(KPI, target=Decimal(450), rule=Rule.AT_LEAST, revised=revisions)


def test_a_target_holds_from_its_round_on():
    indicator = revised(Revision(R9, target=Decimal(430)), Revision(R10, target=Decimal(440)))
    assert [held(indicator, r).target for r in (R8, R9, R10)] == [450, 430, 440]


def test_what_a_revision_does_not_say_stays():
    indicator = revised(Revision(R9, rule=Rule.ABOVE), Revision(R10, baseline=Decimal(7)))
    last = held(indicator, R10)
    assert (last.target, last.rule, last.baseline) == (450, Rule.ABOVE, 7)
    assert last.unit == KPI.unit and last.revised == indicator.revised


def test_a_plan_without_revisions_is_itself():
    assert as_of(PLAN, R9) is PLAN


def test_every_indicator_of_a_plan_is_as_it_holds():
    goals = tuple(
        replace(
            goal,
            headlines=tuple(
                replace(each, revised=(Revision(R9, printed_target="維持"),))
                for each in goal.headlines
            ),
        )
        for goal in PLAN.goals
    )
    plan = replace(PLAN, goals=goals)
    shown = {i.id: i.printed_target for i in as_of(plan, R9).indicators()}
    assert {id_ for id_, text in shown.items() if text == "維持"} == {
        each.id for goal in PLAN.goals for each in goal.headlines
    }
    assert not any(i.printed_target for i in as_of(plan, R8).indicators() if i.kind == "headline")


def test_what_holds_in_an_earlier_round_is_found_again():
    indicator = revised(Revision(R9, target=Decimal(430)), Revision(R10, target=Decimal(440)))
    assert [held(held(indicator, R10), r).target for r in (R8, R9, R10)] == [450, 430, 440]


def test_each_round_is_judged_by_the_target_of_its_day():
    indicator = revised(Revision(R9, target=Decimal(430)))
    actuals = {R8: Actual(Decimal(440)), R9: Actual(Decimal(435))}
    results = {r: judge(indicator, actuals, r, Settings(r)) for r in (R8, R9)}
    assert [results[r].result for r in (R8, R9)] == [Result.MISSED, Result.ACHIEVED]
    assert [results[r].target for r in (R8, R9)] == [450, 430]


def test_revisions_are_shown_from_first_to_last():
    indicator = revised(
        Revision(R9, target=Decimal(430), reason="災害のため"),
        Revision(R10, rule=Rule.ABOVE, target_year=FiscalYear.parse("R11")),
    )
    unit = indicator.unit
    shown = f"450{unit}以上(R9から430{unit}以上、R10から430{unit}超・目標年度R11)"
    assert show_revisions(indicator) == show_revisions(held(indicator, R10)) == shown
    assert show_revision(held(indicator, R10), indicator.revised[0]) == (
        f"450{unit}以上→430{unit}以上"
    )
    assert revision_notes([held(indicator, R9)], R9) == (
        f"※「{indicator.name}」はR9に改訂: 450{unit}以上→430{unit}以上(災害のため)。",
    )
