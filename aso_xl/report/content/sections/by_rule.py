"""By which rules of its plan a document says its figures: in the words that several sections share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ....domain.grading import level_of
from ....domain.numerals import plain
from ....domain.plan import Plan, ProgressKind
from ....domain.settings import PaceLevel, Settings
from ..blocks import NoteLine
from ..origins import OfRules

PACE_WORD, GRADE_WORD = "進み具合", "評価区分"
_BEHIND: Final = (PaceLevel.LATE, PaceLevel.SLOW)


UNDEFINED: Final[Mapping[ProgressKind, str]] = {
    "baseline": "維持する目標",
    "ratio": "目標値が0以下の指標",
}
"""Of what progress is undefined, for example."""


ELAPSED_WORDS: Final = "経過割合は、基準年度から目標年度までのうち、評価年度までに過ぎた年数の割合"


def is_paced(plan: Plan) -> bool:
    """Return whether it is said how the plan's indicators go: in grades, or by their progress."""
    return bool(plan.grades) or has_progress(plan)


def has_progress(plan: Plan) -> bool:
    """Return whether the plan has indicators whose progress is defined."""
    return any(map(plan.judging.has_progress, plan.indicators()))


def has_targets_by_year(plan: Plan) -> bool:
    """Return whether the plan has targets by year."""
    return any(indicator.targets for indicator in plan.indicators())


def has_joined_values(plan: Plan) -> bool:
    """Return whether values of several rounds are joined (sum, mean, max)."""
    return any(indicator.aggregate != "latest" for indicator in plan.indicators())


def standing_word(plan: Plan) -> str:
    """Return what it is called how an indicator goes."""
    return GRADE_WORD if plan.grades else PACE_WORD


def behind_words(plan: Plan, settings: Settings) -> tuple[str, ...]:
    """Return the words for what goes late or slow, the latest first."""
    if not plan.grades:
        return settings.pace.late, settings.pace.slow
    number = len(plan.grades)
    graded = [
        (_BEHIND.index(level), -rank, grade.name)
        for rank, grade in enumerate(plan.grades, start=1)
        if (level := level_of(rank, number)) in _BEHIND
    ]
    return tuple(name for _, _, name in sorted(graded))


def formula(plan: Plan) -> str:
    """Return how progress is computed: 「(実績値−基準値)÷(目標値−基準値)」."""
    if plan.progress == "ratio":
        return _ratio(plan)
    return f"(実績値−基準値)÷({aim_word(plan)}−基準値)"


def _ratio(plan: Plan) -> str:
    target = aim_word(plan)
    less = any(
        indicator.has_ratio and not indicator.rule.asks_for_more for indicator in plan.indicators()
    )
    other = f"(少ないほどよい指標は、{target}÷実績値)" if less else ""
    return f"実績値÷{target}{other}"


def is_judged_by_year(plan: Plan) -> bool:
    """Return whether values are judged against the targets of their rounds."""
    return plan.judged_against == "yearly" and has_targets_by_year(plan)


def aim_word(plan: Plan) -> str:
    """Return what is called the target that values are judged against."""
    return "評価年度の目標" if is_judged_by_year(plan) else "目標値"


def rounded(plan: Plan, ending: str) -> str:
    """Return how rates are brought to one decimal: 「小数第2位以下を切り捨てます」 for ``ます``."""
    if plan.rounding == "half_up":
        return f"小数第2位を四捨五入し{ending}"
    return f"小数第2位以下を切り捨て{ending}"


def grade_notes(plan: Plan) -> tuple[str, ...]:
    """Return the note on how a plan grades, if it does."""
    return (NoteLine(f"※{grade_rule(plan)}", OfRules()),) if plan.grades else ()


def grade_rule(plan: Plan) -> str:
    """Return by which measure and thresholds a plan grades, in a sentence."""
    least = [
        "それ未満" if each.at_least is None else f"{plain(each.at_least)}%以上"
        for each in plan.grades
    ]
    words = "、".join(f"{e.name}: {text}" for e, text in zip(plan.grades, least, strict=True))
    return f"{GRADE_WORD}は、{_measure(plan)}で決まります({words})。"


def _measure(plan: Plan) -> str:
    """Return by what a plan grades."""
    of = plan.grades[0].of
    if of == plan.progress or of == "progress":
        return "進捗率"
    if of == "ratio":
        return _ratio(plan)
    return f"進捗率÷経過割合({ELAPSED_WORDS})"
