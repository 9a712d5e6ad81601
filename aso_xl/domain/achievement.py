"""Judging one indicator in one round (design: rules of judgement)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, assert_never

from . import sentences, words
from .grading import Measures, pace_share, pace_word
from .grading import grade as grade_of
from .holding import Fall, fall_of
from .joining import Actuals, Joined, Terms, join
from .numerals import FiscalYear
from .plan import USUAL, Indicator, Judging, Mark, Plan, Verdict
from .progress import elapsed_share, percent, progress_share, ratio_share
from .revising import held
from .settings import PaceWord, Settings
from .shown import fall_words
from .targets import aims


class Result(StrEnum):
    """What an indicator counts as."""

    ACHIEVED = "achieved"
    MISSED = "missed"
    UNPUBLISHED = "unpublished"
    BLANK = "blank"
    EXCLUDED = "excluded"
    NOT_ASKED = "not_asked"


RESULT_LABELS: Final = {
    Result.ACHIEVED: words.ACHIEVED,
    Result.MISSED: words.MISSED,
    Result.UNPUBLISHED: words.UNPUBLISHED,
    Result.BLANK: words.BLANK,
    Result.EXCLUDED: words.EXCLUDED,
    Result.NOT_ASKED: words.NONE,
}
COUNTED: Final = tuple(each for each in Result if each is not Result.NOT_ASKED)
"""The results of which there are counts: in a round in which it is not asked, nothing is counted."""
JUDGED: Final = frozenset({Result.ACHIEVED, Result.MISSED})


@dataclass(frozen=True)
class OtherTarget:
    """The target that is not judged in the round, and what it would give: the final one, or a round's."""

    aim: Indicator
    result: Result

    @property
    def target(self) -> Decimal | None:
        return self.aim.target

    @property
    def verdict(self) -> str:
        return RESULT_LABELS[self.result]


@dataclass(frozen=True)
class Achievement:
    """What the rule says of one indicator in one round.

    ``value`` is the judged value (None if nothing was judged), ``value_round`` the newest round it
    was entered in, ``progress`` in percent to one decimal (``share`` exactly; None: undefined).
    ``grade`` is how it goes, in the plan's grades or else in the words of 設定, ``pace_word`` always
    in these (None: undefined). ``is_kept`` says that a target to be kept is met before its year;
    ``fall`` where that will not last, as it goes.

    ``aim`` is the indicator with the target that it is judged against in the round, ``other`` the
    other one of the two targets. ``terms`` are the values that were joined, by round, ``awaited``
    rounds that are left out until they are known. ``also`` are the other indicators that are this
    very figure, where a list names it once; ``members`` the values that are this one indicator
    together.
    """

    indicator: Indicator
    round: FiscalYear
    result: Result
    sentence: str
    value: Decimal | None = None
    mark: Mark | None = None
    value_round: FiscalYear | None = None
    progress: Decimal | None = None
    share: Fraction | None = None
    grade: PaceWord | None = None
    pace_word: PaceWord | None = None
    is_kept: bool = False
    fall: Fall | None = None
    aim: Indicator | None = None
    other: OtherTarget | None = None
    terms: Terms = ()
    awaited: tuple[FiscalYear, ...] = ()
    also: tuple[Indicator, ...] = ()
    members: tuple[Achievement, ...] = ()

    @property
    def target(self) -> Decimal | None:
        """Return the target judged against in the round; None for a 定性 indicator."""
        return self.judged_as.target

    @property
    def judged_as(self) -> Indicator:
        """Return the indicator with the target that it is judged against in the round."""
        return self.aim or self.indicator

    @property
    def standing(self) -> str | None:
        """Return the word of the column 進み具合, a grade of the plan or of 設定; None if undefined."""
        return self.grade.word if self.grade else None

    @property
    def pace(self) -> str | None:
        """Return how it goes in the words of 設定; None where it is undefined."""
        return self.pace_word.word if self.pace_word else None

    @property
    def plan_grade(self) -> str | None:
        """Return the grade of the plan; None where it has none or nothing was judged."""
        return self.grade.word if self.grade and self.grade.rank else None

    @property
    def parts(self) -> tuple[Achievement, ...]:
        """Return the values that are this one indicator; itself where it is one value."""
        return self.members or (self,)

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
    def says_standing(self) -> bool:
        """Return whether the verdict alone says how it goes: 達成, where the plan has no grades."""
        return self.result is Result.ACHIEVED and not self.plan_grade

    @property
    def value_year(self) -> FiscalYear | None:
        return self.value_round + -self.indicator.lag if self.value_round else None

    @property
    def is_earlier(self) -> bool:
        """Return True if it was judged without a value that is 未公表, by earlier ones."""
        return self.result in JUDGED and bool(self.awaited)


def judge(
    indicator: Indicator,
    actuals: Actuals,
    round_: FiscalYear,
    settings: Settings,
    how: Judging = USUAL,
) -> Achievement:
    """Return the achievement of ``indicator``, as it holds in ``round_``, from the actuals by round."""
    indicator = held(indicator, round_)
    if not indicator.is_asked(round_):
        sentence = f"{round_.label}は尋ねません"
        return Achievement(indicator, round_, Result.NOT_ASKED, sentence)
    rounds = sorted({*(how.rounds or actuals), round_})
    joined = join(indicator, actuals, rounds, round_, use_earlier=settings.use_earlier)
    judging = _Judging(indicator, joined, round_, settings, how)
    if indicator.rule.is_typed and joined.actual.verdict:
        return judging.typed(joined.actual.verdict)
    if not indicator.rule.is_typed and joined.actual.value is not None:
        return judging.measured(joined.actual.value)
    return judging.unjudged()


def judge_all(
    plan: Plan, actuals: Mapping[str, Actuals], round_: FiscalYear, settings: Settings
) -> dict[str, Achievement]:
    """Return the achievement of every indicator of the plan, by id, in the plan's order."""
    how = plan.judging
    return {i.id: judge(i, actuals.get(i.id, {}), round_, settings, how) for i in plan.indicators()}


@dataclass(frozen=True)
class _Judging:
    """One indicator in one round, while it is judged."""

    indicator: Indicator
    joined: Joined
    round: FiscalYear
    settings: Settings
    how: Judging

    def typed(self, verdict: Verdict) -> Achievement:
        """Return the achievement of a 定性 indicator: what was typed."""
        indicator, done = self.indicator, verdict is Verdict.ACHIEVED
        nothing: Measures = {"progress": None, "ratio": None, "pace": None}
        grade = self._grade(nothing, done=done)
        return Achievement(
            indicator,
            self.round,
            Result.ACHIEVED if done else Result.MISSED,
            f"{indicator.statement or indicator.name} → {verdict.value}"
            + self._grade_words(indicator, nothing, grade),
            value_round=self.joined.round,
            grade=grade,
            pace_word=self._pace(nothing, done=done),
            awaited=self.joined.awaited,
        )

    def measured(self, value: Decimal) -> Achievement:
        """Return the achievement of a value; raise ValueError where there is no target."""
        indicator, joined, round_ = self.indicator, self.joined, self.round
        aim, other_aim = aims(indicator, round_, self.how.judged_against)
        result = _result(aim, value)
        done = result is Result.ACHIEVED
        measures = self._measures(aim, value)
        share = measures["progress"]
        progress = None if share is None else percent(share, self.how.rounding)
        grade = self._grade(measures, done=done)
        is_kept = (
            done and aim.is_kept and aim.target_round is not None and round_ < aim.target_round
        )
        newest = joined.round + -indicator.lag
        fall = fall_of(aim, value, newest) if is_kept and not joined.terms else None
        verdict = words.KEPT if is_kept else RESULT_LABELS[result]
        other = None if other_aim is None else OtherTarget(other_aim, _result(other_aim, value))
        return Achievement(
            indicator,
            round_,
            result,
            sentences.measured(indicator, aim, joined, value, round_)
            + f" → {verdict}"
            + sentences.since_baseline(indicator, value)
            + sentences.awaited(indicator, joined)
            + (f"。{fall_words(aim, fall)}" if fall else "")
            + (sentences.other_target(indicator, other.aim, other.verdict) if other else "")
            + (sentences.ratio(aim, progress) if self.how.progress == "ratio" else "")
            + self._grade_words(aim, measures, grade),
            value,
            value_round=joined.round,
            progress=progress,
            share=share,
            grade=grade,
            pace_word=self._pace(measures, done=done),
            is_kept=is_kept,
            fall=fall,
            aim=aim,
            other=other,
            terms=joined.terms,
            awaited=joined.awaited,
        )

    def unjudged(self) -> Achievement:
        """Return the achievement where no value is judged: a mark, or nothing."""
        indicator, mark = self.indicator, self.joined.actual.mark
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
        aim, other_aim = aims(indicator, self.round, self.how.judged_against)
        return Achievement(
            indicator,
            self.round,
            result,
            sentences.unjudged(indicator, self.joined, self.round, why),
            mark=mark,
            aim=aim,
            other=OtherTarget(other_aim, result) if other_aim else None,
            terms=self.joined.terms,
            awaited=self.joined.awaited,
        )

    def _measures(self, aim: Indicator, value: Decimal) -> Measures:
        progress = progress_share(aim, value, self.how.progress)
        return {
            "progress": progress,
            "ratio": ratio_share(aim, value),
            "pace": pace_share(progress, elapsed_share(aim, self.round)),
        }

    def _pace(self, measures: Measures, *, done: bool) -> PaceWord | None:
        return pace_word(measures["pace"], self.settings.pace, done=done)

    def _grade(self, measures: Measures, *, done: bool) -> PaceWord | None:
        """Return the grade of the plan, or the word of 設定 where the plan has no grades."""
        if self.how.grades:
            return grade_of(self.how.grades, measures, done=done)
        return self._pace(measures, done=done)

    def _grade_words(self, aim: Indicator, measures: Measures, grade: PaceWord | None) -> str:
        if not self.how.grades or grade is None:
            return ""
        return sentences.graded(aim, self.how, measures, grade)


def _result(aim: Indicator, value: Decimal) -> Result:
    if aim.target is None:
        raise ValueError(f"{aim.id} に目標値がありません")
    return Result.ACHIEVED if aim.rule.is_met(value, aim.target) else Result.MISSED
