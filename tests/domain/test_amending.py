"""What a revision changed, found in the definition and in the versions of the plan before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from revised_plans import LOWER, PLAN, ledger, random_revision, revised, with_kpis

from aso_xl.domain.amending import Amendment, revision_for, revisions_of
from aso_xl.domain.clauses import WHOLE, lines_of
from aso_xl.domain.lineage import FormerPlan, lineage
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Plan, Revision
from aso_xl.domain.revising import as_of
from aso_xl.domain.rule import Rule

R7, R8, R9, R10, R11 = map(FiscalYear.parse, ("R7", "R8", "R9", "R10", "R11"))


def lines(amendment: Amendment) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    return amendment.old, amendment.new, amendment.reason


def test_a_plan_that_never_was_revised_has_nothing_to_tell() -> None:
    for found in (ledger(PLAN), ledger(PLAN, R9, before=PLAN)):
        assert (revisions_of(found), revision_for(found, R9)) == ((), None)


def test_what_the_definition_says_was_changed() -> None:
    plan = with_kpis(PLAN, k1_01_1=revised(LOWER))
    for round_ in (R8, R9, R10):  # 設定 stands at any round
        (found,) = revisions_of(ledger(plan, round_))
        assert found.since == R9
        assert list(map(lines, found.amendments)) == [
            (
                ("1-01-1 有害鳥獣捕獲従事者数", "基準値　94人(R6)", "目標値　120人以上(R10)"),
                ("1-01-1 有害鳥獣捕獲従事者数", "基準値　94人(R6)", "目標値　110人以上(R10)"),
                "見込みを改めたため",
            )
        ]


def test_each_revision_is_told_against_the_one_before() -> None:
    again = Revision(R10, rule=Rule.ABOVE, target_year=R11, reason="前倒しのため")
    plan = with_kpis(PLAN, k1_01_1=revised(LOWER, again))
    first, second = revisions_of(ledger(plan))
    assert first.amendments[0].new[-1] == second.amendments[0].old[-1] == "目標値　110人以上(R10)"
    assert second.amendments[0].new[-1] == "目標値　110人超(R11)"
    reasons = [each.amendments[0].reason for each in (first, second)]
    assert reasons == ["見込みを改めたため", "前倒しのため"]


def test_which_revision_belongs_to_a_round() -> None:
    plan = with_kpis(PLAN, k1_01_1=revised(LOWER, Revision(R11, target=Decimal(100))))
    found = {r: revision_for(ledger(plan), r) for r in (R7, R8, R9, R10, R11, R11 + 1)}
    assert {r: each.since for r, each in found.items() if each} == {
        **{R7: R9, R8: R9, R9: R9},
        **{R10: R11, R11: R11, R11 + 1: R11},
    }


def test_what_begins_or_ends_with_a_revision_is_new_or_gone() -> None:
    plan = with_kpis(
        PLAN,
        k1_01_1=revised(LOWER),
        k1_01_2=lambda kpi: replace(kpi, since=R9),
        k1_01_3=lambda kpi: replace(kpi, until=R8),
        k1_01_5=lambda kpi: replace(kpi, since=R10, until=R10),
    )
    (found,) = revisions_of(ledger(plan))
    told = {each.id: (each.before is None, each.after is None) for each in found.amendments}
    assert told == {"1-01-1": (False, False), "1-01-2": (True, False), "1-01-3": (False, True)}


def test_what_was_to_begin_all_along_is_not_new() -> None:
    first = with_kpis(PLAN, k1_01_2=lambda kpi: replace(kpi, since=R9))
    plan = with_kpis(first, k1_01_1=revised(LOWER))
    (found,) = revisions_of(ledger(plan, R9, before=first))
    assert [each.id for each in found.amendments] == ["1-01-1"]


def test_names_are_told_where_the_earlier_version_is_known() -> None:
    changed = with_kpis(
        PLAN,
        k1_01_1=revised(LOWER),
        k1_01_2=lambda kpi: replace(kpi, name="認定農業者の数"),
        k1_01_4=lambda kpi: None,
        k1_01_5=lambda kpi: replace(kpi, name="農業法人の数"),
    )
    goal = changed.goals[0]
    measures = (replace(goal.measures[0], name="もうかる農業"), *goal.measures[1:])
    plan = replace(changed, goals=(replace(goal, measures=measures), *changed.goals[1:]))
    (found,) = revisions_of(ledger(plan, R9, before=PLAN))
    assert found.since == R9
    told = {each.id: (each.old[:1], each.new[:1]) for each in found.amendments}
    assert told == {
        "1-01": (("施策1 安定した農業経営の確立",), ("施策1 もうかる農業",)),
        "1-01-1": (("1-01-1 有害鳥獣捕獲従事者数",), ("1-01-1 有害鳥獣捕獲従事者数",)),
        "1-01-2": (("1-01-2 認定農業者数",), ("1-01-2 認定農業者の数",)),
        "1-01-4": (("1-01-4 農業産出額(推計額、畜産を除く)",), ()),
        "1-01-5": (("1-01-5 農業法人数",), ("1-01-5 農業法人の数",)),
    }
    assert list(told) == ["1-01", "1-01-1", "1-01-2", "1-01-4", "1-01-5"]  # where they stand


def test_a_name_alone_is_a_revision() -> None:
    plan = with_kpis(PLAN, k1_01_2=lambda kpi: replace(kpi, name="認定農業者の数"))
    (found,) = revisions_of(ledger(plan, before=PLAN))
    assert (found.since, [each.id for each in found.amendments]) == (R9, ["1-01-2"])


def test_revisions_from_one_round_on_are_one() -> None:
    plans = [
        with_kpis(PLAN, k1_01_2=lambda kpi, name=name: replace(kpi, name=name))
        for name in ("農業者", "認定した農業者")
    ]
    steps = pairwise([PLAN, *plans])
    former = tuple(FormerPlan(a, "", R9, "2027-03-01 10:00", lineage(a, b)) for a, b in steps)
    (found,) = revisions_of(replace(ledger(plans[-1]), former=former))
    assert [(each.old[0], each.new[0]) for each in found.amendments] == [
        ("1-01-2 認定農業者数", "1-01-2 認定した農業者")
    ]
    undone = replace(former[0], plan=plans[0], onward=former[0].onward.inverted)
    assert revisions_of(replace(ledger(PLAN), former=(former[0], undone))) == ()


def test_what_says_no_reason_itself_has_the_one_of_the_step_that_changed_it() -> None:
    named = with_kpis(
        replace(PLAN, title="改めた総合戦略"),
        k1_01_1=revised(Revision(R9, target=Decimal(110), reason="災害のため")),
        k1_01_2=lambda kpi: replace(kpi, name="農業者"),
        k1_01_3=lambda kpi: replace(kpi, until=R8),
    )
    renumbered = with_kpis(
        named,
        k1_01_2=lambda kpi: replace(kpi, id="1-01-9", was=("1-01-2",)),
        k1_01_4=lambda kpi: replace(kpi, name="農業産出額"),
    )
    steps = (PLAN, named, "国の改訂のため"), (named, renumbered, "名称の誤り")
    former = tuple(FormerPlan(a, "", R9, "", lineage(a, b), {}, why) for a, b, why in steps)
    (found,) = revisions_of(replace(ledger(renumbered), former=former))
    assert {each.id: each.reason for each in found.amendments} == {
        WHOLE: "国の改訂のため",
        "1-01-1": "災害のため",
        "1-01-9": "国の改訂のため、名称の誤り",
        "1-01-3": "国の改訂のため",
        "1-01-4": "名称の誤り",
    }


def test_a_number_that_was_left_to_another_has_two_rows() -> None:
    one, two = (PLAN.by_id[id_] for id_ in ("1-01-1", "1-01-2"))
    plan = with_kpis(
        PLAN,
        k1_01_1=lambda _: replace(two, id="1-01-1", was=("1-01-2",)),
        k1_01_2=lambda _: replace(one, id="1-01-2", name="新しい指標", was=()),
    )
    (found,) = revisions_of(ledger(plan, before=PLAN))
    told = [(each.old[:1], each.new[:1]) for each in found.amendments]
    assert told == [
        (("1-01-2 認定農業者数",), ("1-01-1 認定農業者数",)),
        (("1-01-1 有害鳥獣捕獲従事者数",), ()),
        ((), ("1-01-2 新しい指標",)),
    ]


def test_what_has_another_number_stands_beside_what_it_was() -> None:
    one, two = (PLAN.by_id[id_] for id_ in ("1-01-1", "1-01-2"))
    renumbered = replace(one, id="1-01-9", was=("1-01-1",))
    joined = replace(two, id="1-01-8", was=("1-01-2", "1-01-3"))
    plan = with_kpis(
        PLAN, k1_01_1=lambda _: renumbered, k1_01_2=lambda _: joined, k1_01_3=lambda _: None
    )
    (found,) = revisions_of(ledger(plan, R9, before=PLAN))
    told = {each.id: (each.old[0], each.new[0], len(each.old)) for each in found.amendments}
    assert told == {
        "1-01-9": ("1-01-1 有害鳥獣捕獲従事者数", "1-01-9 有害鳥獣捕獲従事者数", 3),
        "1-01-8": ("1-01-2 認定農業者数", "1-01-8 認定農業者数", 6),
    }


def test_a_longer_period_is_told_of_the_whole() -> None:
    plan = replace(PLAN, period=(PLAN.period[0], R11 + 1))
    (found,) = revisions_of(ledger(plan, R9, before=PLAN))
    assert lines(found.amendments[0])[:2] == (
        (PLAN.title, "計画期間　令和8年度～令和11年度"),
        (PLAN.title, "計画期間　令和8年度～令和12年度"),
    )


def test_the_sentence_of_an_indicator_is_told_only_where_it_changed() -> None:
    def headlines(statement: str) -> Plan:
        goal = PLAN.goals[0]
        own = replace(
            goal.headlines[0],
            statement=statement,
            revised=(Revision(R9, target=Decimal(1280)),),
        )
        return replace(PLAN, goals=(replace(goal, headlines=(own,)), *PLAN.goals[1:]))

    (found,) = revisions_of(ledger(headlines(PLAN.goals[0].headlines[0].statement)))
    assert len(found.amendments[0].old) == 3
    changed = headlines("市町村内総生産を1,280億円にする。")
    (found,) = revisions_of(ledger(changed, R9, before=PLAN))
    assert [each[1] for each in (found.amendments[0].old, found.amendments[0].new)] == [
        "阿蘇市の市町村内総生産を1,300億円にする。",
        "市町村内総生産を1,280億円にする。",
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_random_revision_tells_all_that_is_new_gone_or_otherwise(seed: int) -> None:
    ledger, old, new = random_revision(seed)
    since, onward = ledger.former[0].until, ledger.former[0].onward
    told = {each.since: each for each in revisions_of(ledger)}
    rows = told[since].amendments if since in told else ()
    asked = [own.id for own in old.indicators() if not own.until or own.until >= since]
    ended = {own.id for own in new.indicators() if own.until and own.until < since}
    gone = {each.id for each in rows if each.after is None and each.id in old.by_id}
    assert gone == {
        id_ for id_ in asked if all(link.after in ended for link in onward.of.get(id_, ()))
    }
    begun = {each.id for each in rows if each.before is None and each.id in new.by_id}
    assert begun >= {own.id for own in new.indicators() if own.id not in onward.into} - ended
    assert all(each.old != each.new for each in rows)
    changed = {each.id for each in rows if each.before and each.after}
    for own in as_of(new, since).indicators():
        was = [as_of(old, since + -1).by_id[link.before] for link in onward.into.get(own.id, ())]
        if len(was) == 1 and own.id not in ended and was[0].id in asked:
            is_other = (was[0].id, was[0].name, was[0].target) != (own.id, own.name, own.target)
            is_shown = not (own.printed_target or own.label or own.rule.is_typed)
            assert not is_other or not is_shown or own.id in changed, own.id


def test_what_a_clause_says_of_what_is_not_there() -> None:
    bare = replace(PLAN.by_id["1-01-1"], baseline=None, baseline_year=None, target_year=None)
    assert lines_of(bare, PLAN)[1:] == ("基準値　－", "目標値　120人以上")
    printed = replace(bare, printed_baseline="新規", targets=((R8, Decimal(105)),), until=R10)
    assert lines_of(printed, PLAN)[1:] == (
        *("基準値　新規", "R8の目標　105人", "目標値　120人以上", "評価　令和10年度まで"),
    )
