"""What belongs to a rule: its words, its direction, whether what equals the target meets it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aso_xl.domain.rule import Rule

RULES = [
    (Rule.AT_LEAST, "以上", "またはそれより下位", ">=", (False, True, True)),
    (Rule.AT_MOST, "以下", "以内", "<=", (True, True, False)),
    (Rule.BELOW, "未満", "より上位", "<", (True, False, False)),
    (Rule.ABOVE, "超", "より下位", ">", (False, False, True)),
    (Rule.WITHIN, "以内", "以内", "<=", (True, True, False)),
]


@pytest.mark.parametrize(("rule", "label", "of_rank", "operator", "met"), RULES)
def test_a_rule_has_its_words_and_compares_as_they_say(
    rule: Rule, label: str, of_rank: str, operator: str, met: tuple[bool, bool, bool]
) -> None:
    assert (rule.label, rule.rank_label, rule.operator) == (label, of_rank, operator)
    assert tuple(rule.is_met(Decimal(value), Decimal(5)) for value in (4, 5, 6)) == met
    assert (rule.is_typed, rule.is_strict, rule.asks_for_more) == (False, not met[1], met[2])


def test_a_verdict_that_is_typed_is_not_compared() -> None:
    rule = Rule.QUALITATIVE
    assert (rule.label, rule.rank_label, rule.operator, rule.is_typed) == (
        "定性",
        "定性",
        None,
        True,
    )
    assert (rule.is_strict, rule.asks_for_more) == (False, False)
    with pytest.raises(ValueError, match="定性"):
        rule.is_met(Decimal(1), Decimal(1))


def test_every_rule_is_here() -> None:
    assert {rule for rule, *_ in RULES} == {*Rule} - {Rule.QUALITATIVE}
