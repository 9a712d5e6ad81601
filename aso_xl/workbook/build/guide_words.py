"""What the words of the sheets mean in a plan, as 使い方 explains them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ...actions import ACTIONS
from ...domain.fields import GRADE_HEAD
from ...domain.plan import GradeOf, Plan, Rounding
from ...domain.sentences import AGGREGATES


@dataclass(frozen=True)
class GuideLine:
    """A line of the guide: to which sheet its label leads, which buttons do it, if any."""

    label: str
    text: str
    sheet: str = ""
    buttons: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return what stands on its buttons."""
        return "\n".join(ACTIONS[name].label for name in self.buttons)


_CUT: Final[Mapping[Rounding, str]] = {
    "truncate": "小数第2位以下は切り捨てます。",
    "half_up": "小数第2位を四捨五入します。",
}
_MEASURES: Final[Mapping[GradeOf, str]] = {
    "progress": "進捗率",
    "ratio": "実績値÷目標値(小さいほどよい指標は 目標値÷実績値)",
    "pace": "進捗率÷経過割合",
}


def of(plan: Plan) -> Iterator[GuideLine]:
    """Yield the words that the sheets of the plan use."""
    yield GuideLine("判定", _judged(plan))
    if plan.joins:
        yield GuideLine("評価値", _joined(plan))
    yield GuideLine("進捗率", f"{_progress(plan)}です。{_CUT[plan.rounding]}")
    if plan.grades:
        yield GuideLine(GRADE_HEAD, _graded(plan))
    else:
        yield GuideLine("進み具合", "進捗率を、目標年度までの経過割合と比べたものです。")
    yield GuideLine(
        "達成率", f"達成したKPIの数÷KPIの項目数です。{_CUT[plan.rounding]}{_whole(plan)}"
    )


def _judged(plan: Plan) -> str:
    if plan.judged_against == "yearly" and plan.target_rounds:
        return (
            "評価年度の値が「評価年度の目標」を満たすかどうかです。その年度の目標がなければ次の年度の目標、"
            "それもなければ最終の目標値です。"
        )
    beside = "「評価年度の目標」は目安です。" if plan.target_rounds else ""
    return (
        f"評価年度の値が目標値を満たすかどうかです。途中の年度も最終の目標値で判定します。{beside}"
    )


def _joined(plan: Plan) -> str:
    used = {indicator.aggregate for indicator in plan.indicators()}
    words = "・".join(word for way, word in AGGREGATES.items() if way in used)
    return (
        f"判定する値です。「{words}」とあるものは、評価年度までの各年度の値から計算します。"
        "空欄の年度があると未入力になります。"
    )


def _progress(plan: Plan) -> str:
    target = (
        "評価年度の目標" if plan.judged_against == "yearly" and plan.target_rounds else "目標値"
    )
    if plan.progress == "ratio":
        return f"実績値÷{target}(小さいほどよい指標は {target}÷実績値)"
    return f"(実績値−基準値)÷({target}−基準値)"


def _graded(plan: Plan) -> str:
    steps = [
        f"{grade.name}: {'それ未満' if grade.at_least is None else f'{grade.at_least:f}%以上'}"
        for grade in plan.grades
    ]
    measure = _MEASURES[plan.grades[0].of]
    return (
        f"{measure}によります({'、'.join(steps)})。計算できないときは、達成なら100%とみなします。"
    )


def _whole(plan: Plan) -> str:
    return "あわせて1項目とする指標は、1項目と数えます。" if plan.together else ""
