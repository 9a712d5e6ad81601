"""Judging one indicator in one round (design: rules of judgement)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Final, assert_never

from . import words
from .holding import Fall, fall_of
from .numerals import FiscalYear, format_number, written_decimals
from .plan import BLANK, Actual, Indicator, Mark, Plan, Verdict
from .settings import Pace, PaceLevel, PaceWord, Settings


class Result(StrEnum):
    """What an indicator counts as."""

    ACHIEVED = "achieved"
    MISSED = "missed"
    UNPUBLISHED = "unpublished"
    BLANK = "blank"
    EXCLUDED = "excluded"


RESULT_LABELS: Final = {
    Result.ACHIEVED: words.ACHIEVED,
    Result.MISSED: words.MISSED,
    Result.UNPUBLISHED: words.UNPUBLISHED,
    Result.BLANK: words.BLANK,
    Result.EXCLUDED: words.EXCLUDED,
}
POINTS: Final = "ポイント"
JUDGED: Final = frozenset({Result.ACHIEVED, Result.MISSED})


@dataclass(frozen=True)
class Achievement:
    """What the rule says of one indicator in one round.

    ``value`` is the judged value (None if nothing was judged), ``value_round`` the round it was
    entered in, ``value_year`` the year it is of, ``progress`` in percent truncated to one decimal
    (None: undefined), ``grade`` how far it got on its way (None: undefined). ``is_kept`` says that
    a target to be kept is met before its year; ``fall`` where that will not last, as it goes.
    ``also`` are the other indicators that are this very figure, where a list names it once.
    """

    indicator: Indicator
    round: FiscalYear
    result: Result
    sentence: str
    value: Decimal | None = None
    mark: Mark | None = None
    value_round: FiscalYear | None = None
    progress: Decimal | None = None
    grade: PaceWord | None = None
    is_kept: bool = False
    fall: Fall | None = None
    also: tuple[Indicator, ...] = ()

    @property
    def pace(self) -> str | None:
        """Return the word of the column 進み具合; None where it is undefined."""
        return self.grade.word if self.grade else None

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators whose figure it is, in the plan's order."""
        return self.indicator, *self.also

    @property
    def label(self) -> str:
        """Return the word of the column 判定 (集計中 keeps its own word)."""
        if self.result is Result.UNPUBLISHED and self.mark:
            return self.mark.value
        return RESULT_LABELS[self.result]

    @property
    def verdict(self) -> str:
        """Return the word in which sentences and documents give the result."""
        return words.KEPT if self.is_kept else self.label

    @property
    def value_year(self) -> FiscalYear | None:
        return self.value_round + -self.indicator.lag if self.value_round else None

    @property
    def is_earlier(self) -> bool:
        """Return True if an earlier round's value was judged because this one is 未公表."""
        return self.value_round is not None and self.value_round != self.round


Actuals = Mapping[FiscalYear, Actual]


def truncated(share: Fraction) -> Decimal:
    """Return ``share`` in percent, truncated toward zero to one decimal."""
    thousandths = abs(share.numerator) * 1000 // share.denominator
    return Decimal(thousandths if share >= 0 else -thousandths).scaleb(-1)


def progress_share(indicator: Indicator, value: Decimal) -> Fraction | None:
    """Return (actual − baseline)/(target − baseline), exact and not capped; None if undefined."""
    if not indicator.has_progress or indicator.baseline is None or indicator.target is None:
        return None
    base = Fraction(indicator.baseline)
    return (Fraction(value) - base) / (Fraction(indicator.target) - base)


def elapsed_share(indicator: Indicator, round_: FiscalYear) -> Fraction | None:
    """Return how much of the way from baseline to target has passed, at most 1; None if none has."""
    start, end = indicator.baseline_round, indicator.target_round
    if start is None or end is None or end - start <= 0 or round_ - start <= 0:
        return None
    return min(Fraction(round_ - start, end - start), Fraction(1))


def level_of(
    indicator: Indicator, value: Decimal, round_: FiscalYear, pace: Pace
) -> PaceLevel | None:
    """Return how an indicator that has not reached its target goes; None if undefined."""
    progress, elapsed = progress_share(indicator, value), elapsed_share(indicator, round_)
    if progress is None or elapsed is None:
        return None
    if progress >= elapsed * Fraction(pace.on_track_share):
        return PaceLevel.ON_TRACK
    return PaceLevel.SLOW if progress >= elapsed * Fraction(pace.slow_share) else PaceLevel.LATE


def judge(
    indicator: Indicator, actuals: Actuals, round_: FiscalYear, settings: Settings
) -> Achievement:
    """Return the achievement of ``indicator`` in ``round_`` from the actuals by round."""
    actual, value_round = actuals.get(round_, BLANK), round_
    if actual.mark is Mark.UNPUBLISHED and settings.use_earlier:
        earlier = [r for r, a in actuals.items() if r < round_ and _is_judgeable(a)]
        if earlier:
            value_round = max(earlier)
            actual = actuals[value_round]
    if indicator.rule.is_typed and actual.verdict:
        return _typed(indicator, actual.verdict, value_round, round_, settings)
    if not indicator.rule.is_typed and actual.value is not None:
        return _measured(indicator, actual.value, value_round, round_, settings)
    return _unjudged(indicator, actual.mark, round_)


def judge_all(
    plan: Plan, actuals: Mapping[str, Actuals], round_: FiscalYear, settings: Settings
) -> dict[str, Achievement]:
    """Return the achievement of every indicator of the plan, by id, in the plan's order."""
    return {i.id: judge(i, actuals.get(i.id, {}), round_, settings) for i in plan.indicators()}


def _is_judgeable(actual: Actual) -> bool:
    return actual.value is not None or actual.verdict is not None


def _typed(
    indicator: Indicator,
    verdict: Verdict,
    value_round: FiscalYear,
    round_: FiscalYear,
    settings: Settings,
) -> Achievement:
    done = verdict is Verdict.ACHIEVED
    return Achievement(
        indicator,
        round_,
        Result.ACHIEVED if done else Result.MISSED,
        f"{indicator.statement or indicator.name} → {verdict.value}",
        value_round=value_round,
        grade=settings.pace.grade(PaceLevel.ACHIEVED) if done else None,
    )


def _measured(
    indicator: Indicator,
    value: Decimal,
    value_round: FiscalYear,
    round_: FiscalYear,
    settings: Settings,
) -> Achievement:
    if indicator.target is None:
        raise ValueError(f"{indicator.id} に目標値がありません")
    done = indicator.rule.is_met(value, indicator.target)
    share = progress_share(indicator, value)
    pace = settings.pace
    level = PaceLevel.ACHIEVED if done else level_of(indicator, value, round_, pace)
    result = Result.ACHIEVED if done else Result.MISSED
    end = indicator.target_round
    is_kept = done and indicator.is_kept and end is not None and round_ < end
    fall = fall_of(indicator, value, value_round + -indicator.lag) if is_kept else None
    verdict = words.KEPT if is_kept else RESULT_LABELS[result]
    sentence = _sentence(indicator, value, value_round, round_, verdict)
    return Achievement(
        indicator,
        round_,
        result,
        sentence + (f"。{fall_words(indicator, fall)}" if fall else ""),
        value,
        value_round=value_round,
        progress=None if share is None else truncated(share),
        grade=None if level is None else pace.grade(level),
        is_kept=is_kept,
        fall=fall,
    )


def _unjudged(indicator: Indicator, mark: Mark | None, round_: FiscalYear) -> Achievement:
    match mark:
        case Mark.EXCLUDED:
            result, why = Result.EXCLUDED, "対象外のため、判定しません"
        case Mark.UNPUBLISHED:
            result, why = Result.UNPUBLISHED, "未公表のため、まだ判定できません"
        case Mark.PENDING:
            result, why = Result.UNPUBLISHED, "集計中のため、まだ判定できません"
        case None:
            result, why = Result.BLANK, "実績値が未入力です"
        case _:
            assert_never(mark)
    return Achievement(indicator, round_, result, f"{round_.label}は{why}", mark=mark)


def show(indicator: Indicator, value: Decimal) -> str:
    """Return a value of the indicator as printed, with its unit."""
    return format_number(value, indicator.decimals, indicator.unit, money=indicator.money)


def show_written(indicator: Indicator, value: Decimal) -> str:
    """Return a baseline or target with just the decimals that the strategy prints (``100%``)."""
    return format_number(value, written_decimals(value), indicator.unit, money=indicator.money)


def show_target(indicator: Indicator) -> str:
    """Return the target with its rule: ``100人以上``; empty if there is none."""
    if indicator.target is None:
        return ""
    return show_written(indicator, indicator.target) + indicator.rule_label


def show_places(indicator: Indicator, places: Decimal) -> str:
    """Return a difference of ranks: ``3位分``; its direction is said in words."""
    return format_number(abs(places), indicator.decimals, indicator.unit) + "分"


def show_gap(indicator: Indicator, gap: Decimal) -> str:
    """Return a difference of values; between percentages it is in points, of ranks in places."""
    if indicator.is_rank:
        return show_places(indicator, gap)
    if indicator.is_percentage:
        return format_number(gap, indicator.decimals, POINTS)
    return show(indicator, gap)


def way_of(indicator: Indicator, *, more: bool) -> str:
    """Return the word for values that become more, or less: 増加, 減少; a rank that does so falls."""
    if indicator.is_rank:
        return "下降" if more else "上昇"
    return "増加" if more else "減少"


def fall_words(indicator: Indicator, fall: Fall) -> str:
    """Return where a straight line leads, without a full stop.

    「年に約380人の減少が続くと、R11は約21,650人で、目標に届きません」. The value is rounded away from
    the target, so that a reader sees that it misses.
    """
    size = _about(abs(fall.slope))
    away = -1 if indicator.rule.asks_for_more else 1
    value = away * Decimal(ceil(away * fall.value * 10**indicator.decimals))
    way = way_of(indicator, more=fall.slope > 0)
    return (
        f"年に約{show_gap(indicator, size)}の{way}が続くと、"
        f"{fall.year}は約{show(indicator, value.scaleb(-indicator.decimals))}で、目標に届きません"
    )


def _about(number: Fraction) -> Decimal:
    """Return a number at two digits, half up."""
    digits = Context(prec=2, rounding=ROUND_HALF_UP)
    about = digits.divide(Decimal(number.numerator), Decimal(number.denominator))
    return Decimal(f"{about:f}")


def _since(indicator: Indicator, difference: Decimal) -> str:
    """Return a difference from the baseline: 「基準比△5人」; of a rank 「基準比3位分上昇」."""
    if indicator.is_rank:
        if difference == 0:
            return "基準と同じ順位"
        return f"基準比{show_places(indicator, difference)}{'下降' if difference > 0 else '上昇'}"
    sign = "+" if difference > 0 else "±" if difference == 0 else ""
    return f"基準比{sign}{show(indicator, difference)}"


def _sentence(
    indicator: Indicator, value: Decimal, value_round: FiscalYear, round_: FiscalYear, verdict: str
) -> str:
    change = (
        "" if indicator.baseline is None else f"({_since(indicator, value - indicator.baseline)})"
    )
    year, awaited = value_round + -indicator.lag, round_ + -indicator.lag
    earlier = f"{year}の" if year != round_ else ""
    because = f"。{awaited}は未公表" if value_round != round_ else ""
    return (
        f"目標{show_target(indicator)}に対し{earlier}実績{show(indicator, value)}"
        f" → {verdict}{change}{because}"
    )
