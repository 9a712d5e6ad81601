"""Plans and figures made up at random, judged a second time by hand: by fractions, rule after rule."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_plans import definition_of

from aso_xl.domain.achievement import Result
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.outlook import late, near, once, without_pace
from aso_xl.domain.plan import Actual, Indicator, Mark, Plan, Same, Together, Verdict
from aso_xl.domain.settings import Settings
from aso_xl.domain.summary import Count, Summary, summarize

Typed = Mapping[str, Mapping[FiscalYear, Actual]]


class Judged(NamedTuple):
    """What comes out by hand: ``share`` is the progress, exact."""

    result: str
    value: Fraction | None = None
    target: Fraction | None = None
    share: Fraction | None = None
    grade: str | None = None


def figures(plan: Plan, random: Random) -> dict[str, dict[FiscalYear, Actual]]:
    """Return figures for every indicator and round, asked or not: around what the plan says."""
    return {
        own.id: {round_: _figure(own, random) for round_ in plan.rounds}
        for own in plan.indicators()
    }


def _figure(own: Indicator, random: Random) -> Actual:
    dice = random.random()
    if dice < 0.15:
        return Actual() if dice < 0.05 else Actual(mark=random.choice(list(Mark)))
    if own.rule.is_typed:
        return Actual(verdict=random.choice(list(Verdict)))
    known = [float(each) for each in own.stated if each is not None]
    value = random.choice([*known, random.uniform(min(known) - 5, max(known) + 5), 0.0])
    return Actual(Decimal(str(round(value, random.choice((0, 1, 2))))))


def by_hand(plan: Plan, own: Indicator, typed: Typed, round_: FiscalYear, earlier: bool) -> Judged:
    for revision in own.revised:
        if revision.since.year <= round_.year:
            said = {k: v for k, v in vars(revision).items() if k in ("target", "baseline", "rule")}
            own = replace(own, **{key: value for key, value in said.items() if value is not None})
    first = own.since.year if own.since else 0
    last = own.until.year if own.until else 9999
    if not first <= round_.year <= last:
        return Judged("not_asked")
    asked = [r for r in plan.rounds if first <= r.year <= min(last, round_.year)]
    values = {r: typed[own.id][r] for r in asked}
    actual = _taken(own, values, round_, earlier)
    if isinstance(actual, Result):
        return Judged(actual.value)
    if own.rule.is_typed:
        done = actual is Verdict.ACHIEVED
        grade = _grade(plan, {}, done=done)
        return Judged("achieved" if done else "missed", grade=grade)
    assert isinstance(actual, Fraction)
    target, year = _target(plan, own, round_)
    more = own.rule.label in ("以上", "超")
    at_limit = own.rule.label in ("以上", "以下", "以内")
    gap = actual - target if more else target - actual
    done = gap > 0 or (gap == 0 and at_limit)
    base = None if own.baseline is None else Fraction(own.baseline)
    ratio = _ratio(actual, target, more=more)
    share = ratio if plan.progress == "ratio" else _way(base, actual, target, more=more)
    elapsed = None
    if own.baseline_year and year:
        start, end = own.baseline_year.year + own.lag, year + own.lag
        if start < end and start < round_.year:
            elapsed = min(Fraction(round_.year - start, end - start), Fraction(1))
    pace = None if share is None or elapsed is None else share / elapsed
    grade = _grade(plan, {"progress": share, "ratio": ratio, "pace": pace}, done=done)
    return Judged("achieved" if done else "missed", actual, target, share, grade)


def _taken(
    own: Indicator, values: Mapping[FiscalYear, Actual], round_: FiscalYear, earlier: bool
) -> Fraction | Verdict | Result:
    """Return the value that is judged, else the result that stands for none."""
    if own.aggregate == "latest":
        found = values[round_]
        if found.mark is Mark.UNPUBLISHED and earlier:
            before = [values[r] for r in values if values[r].value is not None or values[r].verdict]
            found = before[-1] if before else found
        if found.mark:
            return Result.EXCLUDED if found.mark is Mark.EXCLUDED else Result.UNPUBLISHED
        if found.is_blank:
            return Result.BLANK
        return found.verdict or Fraction(found.value or 0)
    every = list(values.values())
    known = [Fraction(each.value) for each in every if each.value is not None]
    marks = {each.mark for each in every}
    if any(each.is_blank for each in every):
        return Result.BLANK
    if Mark.PENDING in marks or (Mark.UNPUBLISHED in marks and not (earlier and known)):
        return Result.UNPUBLISHED
    if not known:
        return Result.EXCLUDED
    if own.aggregate == "max":
        return max(known)
    if own.aggregate == "sum":
        return sum(known, Fraction(0))
    mean = sum(known, Fraction(0)) / len(known)
    whole = math.floor(abs(mean) * 10**9 + Fraction(1, 2))  # to nine decimals, half up
    return Fraction(whole if mean >= 0 else -whole, 10**9)


def _target(plan: Plan, own: Indicator, round_: FiscalYear) -> tuple[Fraction, int | None]:
    """Return the target that is judged and the year that it is of."""
    assert own.target is not None
    final = Fraction(own.target), own.target_year.year if own.target_year else None
    if plan.judged_against == "final":
        return final
    for year, value in own.targets:
        if year.year >= round_.year:
            return Fraction(value), year.year - own.lag
    return final


def _way(
    base: Fraction | None, actual: Fraction, target: Fraction, *, more: bool
) -> Fraction | None:
    if base is None or (target <= base if more else target >= base):
        return None
    return (actual - base) / (target - base)


def _ratio(actual: Fraction, target: Fraction, *, more: bool) -> Fraction | None:
    if target <= 0 or (not more and actual <= 0):
        return None
    return actual / target if more else target / actual


def _grade(plan: Plan, shares: Mapping[str, Fraction | None], *, done: bool) -> str | None:
    if not plan.grades:
        return None
    share = shares.get(plan.grades[0].of)
    if share is None and not done:
        return None
    percent = 100 if share is None else share * 100
    reached = [g.name for g in plan.grades if g.at_least is not None and percent >= g.at_least]
    return (reached or [plan.grades[-1].name])[0]


def shown(plan: Plan, share: Fraction) -> str:
    """Return a share in percent to one decimal, as one rounds by hand."""
    tenths = abs(share) * 1000
    whole = (
        math.floor(tenths + Fraction(1, 2)) if plan.rounding == "half_up" else math.floor(tenths)
    )
    sign = "-" if share < 0 and whole else ""
    return f"{sign}{whole // 10}.{whole % 10}"


def made(seed: int, *, earlier: bool = True) -> tuple[Plan, Typed, FiscalYear, Summary]:
    random, plan = Random(seed), definition_of(seed).plan
    typed, round_ = figures(plan, random), random.choice(plan.rounds)
    settings = Settings(round_, use_earlier=earlier)
    return plan, typed, round_, summarize(plan, typed, round_, settings)


seeds = st.integers(0, 10**6)


@settings(deadline=None)
@given(seeds, st.booleans())
def test_every_indicator_is_judged_as_by_hand(seed: int, earlier: bool) -> None:
    plan, typed, round_, summary = made(seed, earlier=earlier)
    for own in plan.indicators():
        found = summary.achievements[own.id]
        wanted = by_hand(plan, own, typed, round_, earlier)
        assert (own.id, found.result.value) == (own.id, wanted.result)
        if wanted.value is None:
            assert (found.value, found.plan_grade) == (None, wanted.grade)
            continue
        assert found.value is not None
        assert found.target is not None
        assert Fraction(found.value) == wanted.value
        assert Fraction(found.target) == wanted.target
        assert (found.progress is None) == (wanted.share is None)
        assert found.plan_grade == wanted.grade
        if wanted.share is not None:
            assert found.share == wanted.share
            said = str(found.progress)
            assert ("0.0" if said == "-0.0" else said) == shown(plan, wanted.share)


@settings(deadline=None)
@given(seeds)
def test_counts_are_those_of_what_stands_there_once(seed: int) -> None:
    plan, _, _, summary = made(seed)
    for goal in summary.goals:
        for kind in ("headline", "kpi"):
            own = goal.goal.headlines if kind == "headline" else goal.goal.kpis
            if kind == "kpi" and goal.goal.kpi_counts:
                continue
            results = Counter(_results(plan, [i.id for i in own], summary))
            count: Count = getattr(goal, kind)
            for result in ("achieved", "missed", "unpublished", "blank", "excluded"):
                assert getattr(count, result) == results[result], (goal.goal.number, kind, result)
            if count.total:
                assert count.rate is not None
                share = Fraction(count.achieved, count.total)
                assert str(count.rate) == shown(plan, share)


def _results(plan: Plan, ids: list[str], summary: Summary) -> list[str]:
    """Return the results of some indicators of one goal and kind, each thing once."""
    left, found = list(ids), []
    groups = [r.ids for r in plan.relations if isinstance(r, Together)]
    for relation in plan.relations:
        if isinstance(relation, Same | Together):
            here = [id_ for id_ in ids if id_ in relation.ids]
            left = [id_ for id_ in left if id_ not in here[1:]]
    for id_ in left:
        members = next((group for group in groups if id_ in group), (id_,))
        results = [summary.achievements[each].result.value for each in members]
        counted = [each for each in results if each not in ("excluded", "not_asked")]
        order = ("missed", "blank", "unpublished", "achieved")
        rest = "excluded" if "excluded" in results else "not_asked"
        found.append(next((each for each in order if each in counted), rest))
    return found


@settings(deadline=None)
@given(seeds)
def test_lists_hold_only_what_is_missed_and_each_thing_once(seed: int) -> None:
    _, _, _, summary = made(seed)
    listed = once(summary)
    assert len({tuple(i.id for i in a.indicators) for a in listed}) == len(listed)
    behind, lacking = late(summary), near(summary, Settings(summary.round))
    assert {a.result for a in behind} <= {Result.MISSED}
    for each in lacking:
        assert each.achievement.result is Result.MISSED
        assert each.missing >= 0
        assert any(word in each.words for word in ("あと", "目標値ちょうど", "が必要"))
    ungraded = {a.indicator.id for a in without_pace(summary)}
    assert not ungraded & {a.indicator.id for a in behind}
    missed = {a.indicator.id for a in listed if a.result is Result.MISSED}
    assert ungraded | {a.indicator.id for a in behind} <= missed


@settings(deadline=None)
@given(seeds)
def test_every_sentence_is_whole(seed: int) -> None:
    """It names the verdict that counts, and never an internal word."""
    _, _, _, summary = made(seed)
    for found in summary.listed.values():
        sentence = found.sentence
        assert sentence
        assert "None" not in sentence
        if found.result in (Result.ACHIEVED, Result.MISSED) and not found.members:
            assert f"→ {found.verdict}" in sentence
        if found.plan_grade and not found.members:
            assert f"。評価区分{found.plan_grade}(" in sentence
        for year, value in found.terms:
            assert str(year + -found.indicator.lag) in sentence, (value, sentence)


@pytest.mark.parametrize("entry", ["judged_against", "progress", "rounding"])
def test_the_plans_are_of_every_kind(entry: str) -> None:
    """What the tests above hold for is asked of each way of judging."""
    plans = [definition_of(seed).plan for seed in range(60)]
    assert len({getattr(plan, entry) for plan in plans}) == 2
    assert {plan.grades[0].of for plan in plans if plan.grades} == {"progress", "ratio", "pace"}
    kinds = {own.aggregate for plan in plans for own in plan.indicators()}
    assert kinds == {"latest", "sum", "mean", "max"}
