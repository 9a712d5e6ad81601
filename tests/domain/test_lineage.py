"""What goes on as what between versions of a plan, and what differs between them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from aso_xl.domain.continuing import continued
from aso_xl.domain.lineage import (
    Descent,
    FormerPlan,
    lineage,
    onward_from,
    unchanged,
    versions_before,
)
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Goal, Indicator, Measure, Plan, Revision
from aso_xl.domain.plan_changes import changes
from aso_xl.domain.revising import held
from aso_xl.domain.rule import Rule

R8, R9, R10, R11 = (FiscalYear(2026 + n) for n in range(4))


def kpi(id_: str, *was: str, **more: object) -> Indicator:
    goal, measure, _ = id_.split("-")
    about = {"name": "指標", "rule": Rule.AT_LEAST, "unit": "人", "target": Decimal(450), **more}
    return Indicator(id_, int(goal), "kpi", measure=int(measure), was=was, **about)  # type: ignore[arg-type]


def plan_of(
    *kpis: Indicator, was: dict[str, tuple[str, ...]] | None = None, mark: str = ""
) -> Plan:
    """Return a plan of these KPIs; ``was`` says it of 施策 and goals by id."""
    goals = []
    for goal in dict.fromkeys(own.goal for own in kpis):
        measures = tuple(
            Measure(goal, number, "施策", own, was=(was or {}).get(f"{goal}-{number:02d}", ()))
            for number in dict.fromkeys(own.measure for own in kpis if own.goal == goal)
            if number and (own := tuple(k for k in kpis if (k.goal, k.measure) == (goal, number)))
        )
        goals.append(Goal(goal, "目標", (), measures, was=(was or {}).get(f"基本目標{goal}", ())))
    about = ("市", (R8, R11), (R8, R9, R10, R11), R9)
    return Plan("x", "総合戦略", "戦略", *about, tuple(goals), fingerprint=mark)  # type: ignore[arg-type]


def links(before: Plan, after: Plan) -> set[tuple[str, str]]:
    """Return what goes on of the indicators."""
    found = lineage(before, after).links
    return {(own.before, own.after) for own in found if own.after in after.by_id}


A, B, C = (f"1-01-{number}" for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([kpi(A), kpi(B)], [kpi(A), kpi(B)], {(A, A), (B, B)}),
        ([kpi(A), kpi(B)], [kpi(A), kpi(C, B)], {(A, A), (B, C)}),
        ([kpi(A), kpi(B)], [kpi(A, B), kpi(B, A)], {(B, A), (A, B)}),
        # a new one takes the number that was left free
        ([kpi(A), kpi(B)], [kpi(A), kpi(B), kpi(C, B)], {(A, A), (B, C)}),
        # divided, united; one that stays names its own number too
        ([kpi(A)], [kpi(B, A), kpi(C, A)], {(A, B), (A, C)}),
        ([kpi(A), kpi(B)], [kpi(C, A, B)], {(A, C), (B, C)}),
        ([kpi(A), kpi(B)], [kpi(A, A, B)], {(A, A), (B, A)}),
        ([kpi(A), kpi(B)], [kpi(A, B)], {(B, A)}),
        # what was said before is history
        ([kpi(A), kpi(C, B)], [kpi(A), kpi(C, B)], {(A, A), (C, C)}),
        ([kpi(B), kpi(C, B)], [kpi(B), kpi(C, B)], {(B, B), (C, C)}),
        ([kpi(A), kpi(B, C), kpi(C)], [kpi("1-01-9", B, C), kpi(C)], {(B, "1-01-9"), (C, C)}),
        # numbers that nobody had
        ([kpi(A)], [kpi(A, "9-01-1")], {(A, A)}),
        ([kpi(A)], [kpi(B, "9-01-1")], set()),
        # to another goal
        ([kpi(A)], [kpi("2-01-1", A)], {(A, "2-01-1")}),
    ],
)
def test_who_names_a_former_number_goes_on_from_it(
    before: list[Indicator], after: list[Indicator], expected: set[tuple[str, str]]
) -> None:
    assert links(plan_of(*before), plan_of(*after)) == expected


def test_what_stands_in_a_renumbered_part_goes_on_from_the_same_place() -> None:
    before = plan_of(kpi("1-01-1"), kpi("1-02-1"), kpi("1-02-2"))
    moved = plan_of(kpi("1-01-1"), kpi("1-03-1"), kpi("1-03-2", "1-01-1"), was={"1-03": ("1-02",)})
    assert links(before, moved) == {("1-02-1", "1-03-1"), ("1-01-1", "1-03-2")}
    goals = plan_of(kpi("2-01-1"), kpi("2-02-1"), was={"基本目標2": ("基本目標1",)})
    assert links(before, goals) == {("1-01-1", "2-01-1"), ("1-02-1", "2-02-1")}
    assert ("基本目標1", "基本目標2") in {
        (own.before, own.after) for own in lineage(before, goals).links
    }
    swapped = plan_of(
        *(kpi("1-01-1"), kpi("2-01-1")),
        was={"基本目標1": ("基本目標2",), "基本目標2": ("基本目標1",)},
    )
    two = plan_of(kpi("1-01-1"), kpi("2-01-1"))
    assert links(two, swapped) == {("2-01-1", "1-01-1"), ("1-01-1", "2-01-1")}


def test_figures_are_converted_where_the_unit_is_another_one() -> None:
    thousands = plan_of(kpi(A, unit="千人", factor=Decimal("0.001")))
    link = lineage(plan_of(kpi(A)), thousands).alone(A)
    assert link == Descent(A, A, Fraction(1, 1000)) and link.convert(Decimal(1234)) == Decimal(
        "1.234"
    )
    assert lineage(thousands, thousands).alone(A) == Descent(A, A)
    assert lineage(plan_of(kpi(A)), thousands).inverted.alone(A) == Descent(A, A, Fraction(1000))
    third = Descent(A, A, Fraction(1, 3)).convert(Decimal(10))
    assert third == Decimal("3.33333333333333")


def test_only_what_goes_on_alone_is_one() -> None:
    own = lineage(plan_of(kpi(A), kpi(B), kpi(C)), plan_of(kpi(A, A, B), kpi(C)))
    assert [own.alone(id_) for id_ in (A, B)] == [None, None]
    assert own.alone(C) == Descent(C, C) and own.alone("1-01-9") is None
    back = own.inverted
    assert back.of[A] == (Descent(A, A), Descent(A, B))


def test_versions_lead_on_one_through_the_other() -> None:
    one, two = plan_of(kpi(A), mark="1"), plan_of(kpi(B, A), mark="2")
    three = plan_of(kpi(C, B, A), mark="3")
    former = [
        FormerPlan(one, "", R9, "", lineage(one, two)),
        FormerPlan(two, "", R10, "", lineage(two, three)),
    ]
    assert onward_from(former, one, three).alone(A) == Descent(A, C)
    assert onward_from(former[:1], one, two).alone(A) == Descent(A, B)
    assert onward_from(former, three, three) == unchanged(three)
    # a version that the workbook does not know
    assert onward_from(former, plan_of(kpi(B), mark="9"), three).alone(B) == Descent(B, C)
    assert versions_before(former, two, three) == former[:1]
    # gone back to the first: what was recorded then is by its own ids
    former.append(FormerPlan(three, "", R11, "", onward_from(former, one, three).inverted))
    assert onward_from(former, three, one).alone(C) == Descent(C, A)
    assert onward_from(former, two, one).alone(B) == Descent(B, A)
    assert onward_from(former, one, one).alone(A) == Descent(A, A)
    assert (
        versions_before(former, one, one) == former
        and versions_before(former, three, one) == former[:2]
    )


def test_changes_are_kept_renumbered_added_removed_and_changed() -> None:
    before = plan_of(kpi(A), kpi(B), kpi("1-02-1"))
    after = plan_of(kpi(A, target=Decimal(430)), kpi(C, B, until=R9, unit="件"), kpi("2-01-1"))
    found = changes(before, after)
    assert found.kept == (A,)
    assert [(own.before, own.after) for own in found.renumbered] == [(B, C)]
    assert found.added == ("基本目標2", "2-01", "2-01-1")
    assert found.removed == ("1-02", "1-02-1")
    assert {(own.id, own.field, own.before, own.after) for own in found.changed} == {
        (A, "target", Decimal(450), Decimal(430)),
        *((C, "until", None, R9), (C, "unit", "人", "件")),
    }
    assert found.ended == (C,) and changes(before, before).is_none


def revised(*revisions: Revision, **more: object) -> Indicator:
    return replace(kpi(A, baseline=Decimal(400), baseline_year=R8, **more), revised=revisions)


SAME = Descent(A, A)


def test_rounds_before_keep_what_held() -> None:
    now = continued(revised(), revised(target=Decimal(430)), SAME, R9)
    assert (held(now, R8).target, held(now, R9).target) == (450, 430)
    assert now.revised == (Revision(R9, target=Decimal(430)),)
    again = continued(now, revised(target=Decimal(430)), SAME, R10)
    assert again == now
    later = continued(now, revised(target=Decimal(440), rule=Rule.ABOVE), SAME, R11)
    assert [held(later, r).target for r in (R8, R9, R10, R11)] == [450, 430, 430, 440]
    assert held(later, R10).rule is Rule.AT_LEAST and held(later, R11).rule is Rule.ABOVE
    assert continued(now, revised(), SAME, R9) == revised()


def test_a_definition_that_says_what_was_revised_is_taken_as_written() -> None:
    own = revised(Revision(R10, target=Decimal(430), reason="災害"))
    assert continued(revised(), own, SAME, R9) == own
    begins_otherwise = revised(Revision(R11, target=Decimal(410)), target=Decimal(440))
    made = continued(revised(), begins_otherwise, SAME, R9)
    assert [held(made, r).target for r in (R8, R9, R10, R11)] == [450, 440, 440, 410]


def test_figures_before_are_in_the_unit_of_now() -> None:
    after = kpi(A, unit="千人", target=Decimal("0.43"), baseline=Decimal("0.4"), baseline_year=R8)
    made = continued(revised(), after, Descent(A, A, Fraction(1, 1000)), R9)
    assert (held(made, R8).target, held(made, R9).target) == (Decimal("0.45"), Decimal("0.43"))
    assert made.unit == "千人" and made.baseline == Decimal("0.4")


def test_targets_of_rounds_before_stay() -> None:
    before = revised(targets=((R8, Decimal(410)), (R9, Decimal(420)), (R10, Decimal(430))))
    after = revised(targets=((R9, Decimal(415)), (R11, Decimal(440))))
    assert continued(before, after, SAME, R9).targets == (
        *((R8, Decimal(410)), (R9, Decimal(415)), (R11, Decimal(440))),
    )


def test_words_that_are_no_longer_printed_give_way_to_the_number() -> None:
    made = continued(revised(printed_target="延伸"), revised(), SAME, R10)
    assert held(made, R9).printed_target == "延伸" and held(made, R10).printed_target == "450人以上"
    assert continued(made, revised(), SAME, R11) == made


def test_what_no_revision_can_say_holds_as_it_is_written() -> None:
    typed = kpi(A, rule=Rule.QUALITATIVE, target=None, statement="文")
    assert continued(typed, revised(), SAME, R9) == revised()
    none = revised(target=Decimal(430))
    none = replace(none, baseline=None, baseline_year=None)
    made = continued(revised(), none, SAME, R9)
    assert made.baseline is None and held(made, R8).target == 450
