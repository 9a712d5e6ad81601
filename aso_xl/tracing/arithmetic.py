"""How a printed figure was computed, in words by which a reader can compute it again.

「(120−100)÷(150−100)=40.0%」「4÷11=36.3%(切り捨て)」.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, assert_never

from ..domain.achievement import JUDGED, Achievement, Result
from ..domain.ledger import Ledger
from ..domain.numerals import format_number
from ..domain.outlook import missing_of, other_denominator
from ..domain.plan import Indicator, Rounding
from ..domain.progress import elapsed_share, percent, progress_share
from ..domain.shown import show_end, show_revisions
from ..domain.straight_line import StraightLine
from ..domain.summary import Count
from ..report.content.origins import (
    Aspect,
    OfCells,
    OfChange,
    OfCount,
    OfIndicators,
    OfLine,
    OfRecord,
    OfRules,
    Origin,
)
from ..report.content.sections.wording import aim_of_round, basis_of, show_points

AS_TYPED: Final = "セルの記入のとおり"
FROM_PLAN: Final = "総合戦略のとおり"
BY_RECORD: Final = "確定記録のとおり"
BY_RULES: Final = "総合戦略の定義と設定による文"
_ROUNDED: Final[dict[Rounding, str]] = {"truncate": "(切り捨て)", "half_up": "(四捨五入)"}


class Arithmetic:
    """Says how figures of one document came about; ``ledger`` is what the document was made of."""

    def __init__(self, ledger: Ledger) -> None:
        self._plan, self._pace = ledger.plan, ledger.settings.pace

    def of(self, origin: Origin) -> str:
        """Return the arithmetic of a figure, a sentence for each thing that is printed."""
        match origin:
            case OfIndicators(achievements, aspects):
                return "。".join(dict.fromkeys(self._indicators(achievements, aspects)))
            case OfCells():
                return AS_TYPED
            case OfCount():
                return "。".join(self._count(origin))
            case OfChange():
                return "。".join(self._change(origin))
            case OfLine(achievement, line):
                return _line(achievement.indicator, line)
            case OfRecord():
                return BY_RECORD
            case OfRules():
                return BY_RULES
            case _:
                assert_never(origin)

    def _indicators(
        self, achievements: Sequence[Achievement], aspects: Iterable[Aspect]
    ) -> Iterator[str]:
        parts = [part for each in achievements for part in each.parts]
        for part in parts:
            words = [text for each in aspects if (text := self._aspect(part, each))]
            named = "" if len(parts) == 1 else f"{self._number(part)} "
            yield from (f"{named}{text}" for text in words)

    def _aspect(self, achievement: Achievement, aspect: Aspect) -> str:
        match aspect:
            case "baseline":
                return FROM_PLAN
            case "final" | "target":
                revisions = show_revisions(achievement.indicator)
                return f"{FROM_PLAN}({revisions})" if revisions else FROM_PLAN
            case "aim":
                return FROM_PLAN if aim_of_round(achievement) else ""
            case "actual":
                return self._actual(achievement)
            case "result":
                return achievement.sentence
            case "progress":
                return self._progress(achievement)
            case "standing":
                return self._standing(achievement)
            case "missing":
                return _missing(achievement)
            case _:
                assert_never(aspect)

    def _actual(self, achievement: Achievement) -> str:
        if achievement.value is None:
            return achievement.sentence
        if basis := basis_of(achievement):
            return basis
        return f"{achievement.value_year or achievement.round}の実績値"

    def _progress(self, achievement: Achievement) -> str:
        aim, value = achievement.judged_as, achievement.value
        if value is None or achievement.result not in JUDGED:
            return ""
        share = progress_share(aim, value, self._plan.progress)
        if share is None or aim.target is None:
            return "進捗率は定義できません"
        if self._plan.progress == "ratio":
            pair = (value, aim.target) if aim.rule.asks_for_more else (aim.target, value)
            sum_ = "÷".join(map(_operand, pair))
        else:
            base = aim.baseline or Decimal(0)
            sum_ = f"({_minus(value, base)})÷({_minus(aim.target, base)})"
        return f"進捗率: {sum_}={_percent(share, self._plan.rounding)}"

    def _standing(self, achievement: Achievement) -> str:
        """Return how the word of how it goes came about; a grade of the plan is in the sentence."""
        if self._plan.grades or achievement.grade is None or achievement.result is Result.ACHIEVED:
            return achievement.sentence
        aim = achievement.judged_as
        elapsed = elapsed_share(aim, achievement.round)
        start, end = aim.baseline_round, aim.target_round
        if elapsed is None or achievement.share is None or start is None or end is None:
            return achievement.sentence
        return (
            f"{achievement.sentence}。経過割合: ({start}→{achievement.round})÷({start}→{end})="
            f"{_elapsed(achievement.round - start, end - start)}。"
            f"進捗率÷経過割合={_percent(achievement.share / elapsed)}({self._limits()})"
            f" → {achievement.standing}"
        )

    def _limits(self) -> str:
        pace = self._pace
        pairs = (pace.on_track, pace.on_track_share), (pace.slow, pace.slow_share)
        return "、".join(
            f"{format_number(share * 100, 0, '%')}以上は{word}" for word, share in pairs
        )

    def _count(self, origin: OfCount) -> Iterator[str]:
        items, count = list(origin.items()), origin.counted
        match origin.number:
            case "items":
                among = [] if items or origin.among is None else list(origin.among())
                yield self._named(items) + (f"({len(among)}項目のうち)" if among else "")
            case "total":
                yield f"項目数{count.total}項目" if count else ""
                yield from self._by_result(items)
            case "rate":
                yield _rate(count) if count else ""
                yield from self._by_result(items)
            case "other_rate":
                other = other_denominator(count) if count else None
                yield _rate(other) if other else ""
                yield from self._by_result(items)
            case "rate_with_one_more":
                yield _rate(count, more=1) if count else ""
            case _:
                assert_never(origin.number)
        for goal in origin.published:
            yield (
                f"{goal.goal.printed_number}は公表された件数"
                f"(達成{goal.kpi.achieved}項目、項目数{goal.kpi.total}項目)"
            )

    def _by_result(self, items: Iterable[Achievement]) -> Iterator[str]:
        """Yield which indicators have which result."""
        by_label: dict[str, list[Achievement]] = {}
        for each in items:
            by_label.setdefault(each.label, []).append(each)
        for label, own in by_label.items():
            yield f"{label}{self._named(own)}"

    def _named(self, items: Sequence[Achievement]) -> str:
        """Return how many items there are, and their numbers: 「2項目(1-01-1、1-02-3)」."""
        numbers = "、".join(map(self._number, items))
        return f"{len(items)}項目" + (f"({numbers})" if numbers else "")

    def _number(self, achievement: Achievement) -> str:
        own = achievement.members or (achievement,)
        numbers = (self._plan.printed_numbers.get(a.indicator.id, a.indicator.id) for a in own)
        return "・".join(numbers)

    def _change(self, origin: OfChange) -> Iterator[str]:
        change = origin.change
        before, now = change.before, change.now
        match origin.difference:
            case "items":
                yield f"前回と今回の両方で判定した{self._named([s.now for s in change.shifts])}"
            case "achieved":
                for which, of in (
                    ("前回", [s.before for s in change.shifts]),
                    ("今回", [s.now for s in change.shifts]),
                ):
                    yield f"{which}の達成{self._named([a for a in of if a.result is Result.ACHIEVED])}"
            case "points":
                yield f"今回{_rate(now)}"
                yield f"前回{_rate(before)}"
                yield f"差{show_points(change.points)}ポイント"
            case _:
                assert_never(origin.difference)


def _rate(count: Count, more: int = 0) -> str:
    """Return a rate with its division: 「4÷11=36.3%(切り捨て)」."""
    achieved = f"({count.achieved}+{more})" if more else str(count.achieved)
    if not count.total:
        return f"{achieved}÷0(定義できません)"
    share = Fraction(count.achieved + more, count.total)
    return f"{achieved}÷{count.total}={_percent(share, count.rounding)}"


def _line(indicator: Indicator, line: StraightLine) -> str:
    """Return where a straight line leads: 「121+(121−105)÷(R9−R8)×(R10−R9)=137人」."""
    (first, before), (newest, value) = line.first, line.newest
    return (
        f"{_operand(value)}+({_minus(value, before)})÷({newest}−{first})×({line.year}−{newest})"
        f"={show_end(indicator, line)}"
    )


def _elapsed(passed: int, whole: int) -> str:
    """Return how much of the years has passed: no more than all of them."""
    words = f"{passed}÷{whole}"
    return (
        f"{words}、上限の100%" if passed > whole else f"{words}={_percent(Fraction(passed, whole))}"
    )


def _missing(achievement: Achievement) -> str:
    gap, aim, value = missing_of(achievement), achievement.judged_as, achievement.value
    if gap is None or aim.target is None or value is None:
        return achievement.sentence
    pair = (aim.target, value) if aim.rule.asks_for_more else (value, aim.target)
    return f"目標までの差: {_minus(*pair)}={format_number(gap)}"


def _percent(share: Fraction, rounding: Rounding = "truncate") -> str:
    """Return a share in percent, with how it was rounded where it was."""
    shown = format_number(percent(share, rounding), 1, "%")
    return shown if (share * 1000).denominator == 1 else f"{shown}{_ROUNDED[rounding]}"


def _minus(one: Decimal, other: Decimal) -> str:
    return f"{_operand(one)}−{_operand(other)}"


def _operand(value: Decimal) -> str:
    """Return a number of a sum, a negative one in brackets."""
    return f"({format_number(value)})" if value < 0 else format_number(value)
