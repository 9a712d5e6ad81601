"""Every verdict as a sentence, by which a reader can recompute it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, assert_never

from .grading import Measures, better_threshold, threshold_words
from .joining import Joined, of_all
from .numerals import FiscalYear, format_number
from .plan import Aggregate, GradeOf, Indicator, Judging
from .progress import percent
from .settings import PaceWord
from .shown import show, show_asked, show_judged, show_places, show_target

AGGREGATES: Final[Mapping[Aggregate, str]] = {"sum": "合計", "mean": "平均", "max": "最大"}
"""The word for values that were joined; the newest value needs none."""


def measured(
    indicator: Indicator, aim: Indicator, joined: Joined, value: Decimal, round_: FiscalYear
) -> str:
    """Return target and value: 「目標100人以上に対し実績103人」."""
    return f"{_target(indicator, aim)}に対し{_actual(aim, joined, value, round_)}"


def since_baseline(indicator: Indicator, value: Decimal) -> str:
    """Return the difference from the baseline in brackets; "" where none is printed as a number."""
    if indicator.baseline is None or indicator.printed_baseline:
        return ""
    return f"({_since(indicator, value - indicator.baseline)})"


def awaited(indicator: Indicator, joined: Joined) -> str:
    """Return which years are left out until they are published; "" for none."""
    years = "・".join(str(each + -indicator.lag) for each in joined.awaited)
    return f"。{years}は未公表" if years else ""


def other_target(indicator: Indicator, other: Indicator, verdict: str) -> str:
    """Return how the other target stands: 「。最終の目標△2,000人以上(R1)に対しては未達成」."""
    target = _target(indicator, other)
    if other is indicator:
        year = f"({indicator.target_year})" if indicator.target_year else ""
        target = f"最終の{target}{year}"
    return f"。{target}に対しては{verdict}"


def ratio(indicator: Indicator, progress: Decimal | None) -> str:
    """Return the progress of a plan that divides by the target, with what it is; "" for none."""
    if progress is None:
        return ""
    return f"。進捗率{format_number(progress, 1, '%')}({_ratio(indicator)})"


def graded(indicator: Indicator, how: Judging, measures: Measures, grade: PaceWord) -> str:
    """Return the grade of the plan, with the measure and the threshold that give it.

    A measure that only rounding lifts to the better grade's threshold is shown truncated.
    """
    of = how.grades[0].of
    share = measures[of]
    if share is None:
        return f"。評価区分{grade.word}(目標に達したため)"
    rounded, threshold = percent(share, how.rounding), better_threshold(how.grades, grade)
    if threshold is not None and rounded >= threshold:
        rounded = percent(share)
    shown = format_number(rounded, 1, "%")
    return (
        f"。評価区分{grade.word}"
        f"({_measure(indicator, how, of)}{shown}、{threshold_words(how.grades, grade)})"
    )


def _measure(indicator: Indicator, how: Judging, of: GradeOf) -> str:
    """Return what a grade goes by; progress that divides by the target is called progress."""
    match of:
        case "progress":
            return "進捗率"
        case "ratio":
            return "進捗率" if how.progress == "ratio" else _ratio(indicator)
        case "pace":
            return "経過割合に対する進捗率"
        case _:
            assert_never(of)


def _ratio(indicator: Indicator) -> str:
    return "実績÷目標" if indicator.rule.asks_for_more else "目標÷実績"


def unjudged(indicator: Indicator, joined: Joined, round_: FiscalYear, why: str) -> str:
    """Return why nothing is judged, and how far the values are that were to be joined."""
    rounds = (joined.blank or joined.awaited or (round_,)) if joined.is_joined else (round_,)
    sentence = f"{'・'.join(each.label for each in rounds)}は{why}"
    if not joined.terms:
        return sentence
    so_far = of_all(indicator.aggregate, [value for _, value in joined.terms])
    word = AGGREGATES[indicator.aggregate]
    return f"{sentence}。これまでの{word}は{_sum(indicator, joined, so_far)}です"


def _target(indicator: Indicator, aim: Indicator) -> str:
    """Return a target: 「目標100人以上」「R8の目標105人以上」「目標「延伸」(79.83歳超)」."""
    if aim.printed_target:
        return f"目標「{aim.printed_target}」({show_asked(aim)})"
    year = "" if aim is indicator else f"{aim.target_year}の"
    return f"{year}目標{show_target(aim)}"


def _actual(aim: Indicator, joined: Joined, value: Decimal, round_: FiscalYear) -> str:
    """Return a value: 「実績103人」「R5の実績99人」「合計122人(R7 32人+R8 90人)」."""
    if joined.terms:
        return f"{AGGREGATES[aim.aggregate]}{_sum(aim, joined, value)}"
    year = joined.round + -aim.lag
    return f"{f'{year}の' if year != round_ else ''}実績{show(aim, value)}"


def _sum(indicator: Indicator, joined: Joined, value: Decimal) -> str:
    between = "+" if indicator.aggregate == "sum" else "、"
    terms = (f"{each + -indicator.lag} {show(indicator, own)}" for each, own in joined.terms)
    return f"{show_judged(indicator, value)}({between.join(terms)})"


def _since(indicator: Indicator, difference: Decimal) -> str:
    """Return a difference from the baseline: 「基準比△5人」; of a rank 「基準比3位分上昇」."""
    if indicator.is_rank:
        if difference == 0:
            return "基準と同じ順位"
        return f"基準比{show_places(indicator, difference)}{'下降' if difference > 0 else '上昇'}"
    sign = "+" if difference > 0 else "±" if difference == 0 else ""
    return f"基準比{sign}{show_judged(indicator, difference)}"
