"""How an actual is judged against its target (判定方法): all that differs by rule stands here."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, Literal, assert_never

Operator = Literal[">=", "<=", "<", ">"]


_COMPARE: Final[Mapping[Operator, Callable[[Any, Any], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "<": operator.lt,
    ">": operator.gt,
}


class Rule(StrEnum):
    """How an actual is judged against its target (判定方法). All that differs by rule stands here."""

    AT_LEAST = ">="
    AT_MOST = "<="
    BELOW = "<"
    ABOVE = ">"
    QUALITATIVE = "qualitative"
    WITHIN = "within"

    @property
    def label(self) -> str:
        """Return the word printed on the sheets."""
        match self:
            case Rule.AT_LEAST:
                return "以上"
            case Rule.AT_MOST:
                return "以下"
            case Rule.BELOW:
                return "未満"
            case Rule.ABOVE:
                return "超"
            case Rule.QUALITATIVE:
                return "定性"
            case Rule.WITHIN:
                return "以内"
            case _:
                assert_never(self)

    @property
    def operator(self) -> Operator | None:
        """Return how a value is compared with its target, here and in the formulas of the sheets.

        None for 定性: 達成 or 未達成 is typed.
        """
        match self:
            case Rule.AT_LEAST:
                return ">="
            case Rule.AT_MOST | Rule.WITHIN:
                return "<="
            case Rule.BELOW:
                return "<"
            case Rule.ABOVE:
                return ">"
            case Rule.QUALITATIVE:
                return None
            case _:
                assert_never(self)

    @property
    def rank_label(self) -> str:
        """Return the word printed behind a rank: 「1位以下」 would read as first or worse."""
        match self:
            case Rule.AT_LEAST:
                return "またはそれより下位"
            case Rule.AT_MOST | Rule.WITHIN:
                return "以内"
            case Rule.BELOW:
                return "より上位"
            case Rule.ABOVE:
                return "より下位"
            case Rule.QUALITATIVE:
                return self.label
            case _:
                assert_never(self)

    @property
    def is_typed(self) -> bool:
        """Return whether the verdict is typed, not computed from a value."""
        return self.operator is None

    @property
    def is_strict(self) -> bool:
        """Return whether a value that equals its target misses it."""
        return self.operator in ("<", ">")

    @property
    def asks_for_more(self) -> bool:
        """Return whether more is better."""
        return self.operator in (">=", ">")

    def is_met(self, value: Decimal | Fraction, target: Decimal | Fraction) -> bool:
        """Return whether ``value`` meets ``target``, compared exactly; both are of one type.

        Raise ValueError for 定性, which is typed and never computed.
        """
        if self.operator is None:
            raise ValueError("定性の指標は計算では判定しません")
        return _COMPARE[self.operator](value, target)
