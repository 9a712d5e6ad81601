"""What the plan knows of its indicators."""

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import R6, R8, R10, R11, indicator, plan_of, third

from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import BLANK, Actual, Mark, Same
from aso_xl.domain.rule import Rule


@pytest.mark.parametrize(
    ("baseline", "target", "rule", "expected"),
    [
        ("94", "120", "以上", True),
        ("94", "120", "超", True),
        ("1030", "1000", "以下", True),
        ("6.7", "6.5", "未満", True),
        ("-10", "170", "以上", True),
        ("0", "100", "以上", True),
        ("108", "100", "以上", False),
        ("17", "19", "以下", False),
        ("5", "5", "以上", False),
        (None, "5", "以上", False),
    ],
)
def test_progress_is_defined_for_a_move_only(baseline, target, rule, expected):
    assert indicator(baseline, target, rule).has_progress is expected


@pytest.mark.parametrize(
    ("baseline", "target", "decimals"),
    [("4965.0", "5423.0", 1), ("65.5", "66", 1), ("96.55", "100", 2), ("94", "120", 0)],
)
def test_decimals_are_the_most_that_are_printed(baseline, target, decimals):
    assert indicator(baseline, target).decimals == decimals


@pytest.mark.parametrize(
    ("unit", "count"),
    [
        ("人", True),
        ("回/年", True),
        ("経営体", True),
        ("%", False),
        ("億円", False),
        ("g", False),
        ("km", False),
        ("㎡", False),
        ("", True),
    ],
)
def test_what_is_counted_one_by_one(unit, count):
    assert indicator(unit=unit).is_count is count
    assert not indicator("9.5", "10", unit=unit).is_count


def test_rounds_of_a_figure_published_late():
    product = third().by_id["1-H1"]
    assert (product.baseline_year, product.baseline_round) == (FiscalYear(2022), R6)
    assert (product.target_year, product.target_round) == (R8, R10)
    assert third().by_id["4-H1"].target_round == R11


def test_blank_and_marks_and_zero_are_different():
    assert BLANK.is_blank
    assert not Actual(mark=Mark.UNPUBLISHED).is_blank
    assert len({Actual(mark=mark) for mark in Mark} | {BLANK}) == 4


def test_a_repeated_figure_counts_once_per_goal_and_kind():
    (goal,) = plan_of(indicator(), indicator(id="1-01-2")).goals
    plan = plan_of(*goal.kpis, relations=(Same(("1-01-1", "1-01-2")),))
    assert plan.repeats(goal, "kpi") == {"1-01-2"}
    assert plan.repeats(goal, "headline") == frozenset()
    assert all(not third().repeats(g, k) for g in third().goals for k in ("headline", "kpi"))


def test_indicators_come_by_goal_headlines_first():
    ids = [i.id for i in third().indicators()]
    assert ids[:2] == ["1-H1", "1-01-1"]
    assert ids[17:22] == ["2-H1", "2-H2", "2-H3", "2-H4", "2-02-1"]
    assert ids[-1] == "4-40-1"
    assert third().measures["4-29"].kpis[4].id == "4-29-5"


def test_rules_have_their_words():
    assert [rule.label for rule in Rule] == ["以上", "以下", "未満", "超", "定性", "以内"]
    assert [rule.value for rule in Rule] == [">=", "<=", "<", ">", "qualitative", "within"]


RULES = {
    Rule.AT_LEAST: (">=", True, False, (False, True, True)),
    Rule.AT_MOST: ("<=", False, False, (True, True, False)),
    Rule.BELOW: ("<", False, True, (True, False, False)),
    Rule.ABOVE: (">", True, True, (False, False, True)),
    Rule.WITHIN: ("<=", False, False, (True, True, False)),
}


def test_what_a_rule_asks_for_stands_on_it() -> None:
    """Operator, whether more is better, strictness; 9, 10 and 11 against a target of 10."""
    measured = [rule for rule in Rule if not rule.is_typed]
    values = [Decimal(n) for n in (9, 10, 11)]
    assert {
        rule: (
            rule.operator,
            rule.asks_for_more,
            rule.is_strict,
            tuple(rule.is_met(value, Decimal(10)) for value in values),
        )
        for rule in measured
    } == RULES
    typed = [(r, r.operator, r.asks_for_more, r.is_strict) for r in Rule if r.is_typed]
    assert typed == [(Rule.QUALITATIVE, None, False, False)]


def test_an_indicator_never_changes():
    with pytest.raises(AttributeError):
        indicator().unit = "件"
    assert replace(indicator(), unit="件").unit == "件"
