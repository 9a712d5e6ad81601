"""The course of an indicator over the rounds, with its figures in words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ....domain.fields import BASELINE, TARGET
from ....domain.joining import asked_until, join
from ....domain.ledger import Ledger
from ....domain.numerals import FiscalYear, decimals_of, years_between
from ....domain.plan import Indicator
from ....domain.sentences import AGGREGATES
from ....domain.shown import show_judged, show_written
from ..blocks import Chart, Series
from ..origins import OfCells
from ..scale import scale_for
from .corrections import CORRECTED, corrected_baselines, correction_notes, is_corrected
from .names import key
from .wording import OF_THE_YEAR, named, target_of

_HEIGHT: Final = 38
_MORE_DECIMALS: Final = 2


@dataclass(frozen=True)
class _Course:
    """An indicator, the years shown, its values in them, and what its baseline is called."""

    indicator: Indicator
    years: Sequence[FiscalYear]
    values: Mapping[FiscalYear, Decimal]
    baseline_word: str

    @property
    def shown(self) -> tuple[Decimal | None, ...]:
        return tuple(self.values.get(year) for year in self.years)


def course_chart(ledger: Ledger, indicator: Indicator, last: FiscalYear) -> Chart | None:
    """Return an indicator over the rounds up to ``last``; None if nothing was entered by then.

    The line begins with the baseline where that is older than the rounds. Years are those that
    the values are of.
    """
    values = _values(ledger, indicator, last)
    if not values or indicator.target is None:
        return None
    years = list(_years(indicator, ledger.plan.rounds))
    if indicator.aggregate != "sum" and indicator.baseline_round in years:
        values = {**_baseline(indicator), **values}
    word = f"基準値{CORRECTED}" if indicator.id in corrected_baselines(ledger) else "基準値"
    course = _Course(indicator, years, values, word)
    called = named(ledger.plan, indicator)
    return Chart(
        f"chart_course_{key(indicator.id)}",
        f"{called}の推移{_reading(indicator)}",
        "course",
        tuple(_year(ledger, indicator, year) for year in years),
        tuple(_lines(course)),
        _description(called, course) + _corrected(ledger, indicator, last),
        indicator.unit,
        _decimals(course),
        _HEIGHT,
        tuple(_of_year(ledger, course, year) for year in years),
    )


def _of_year(ledger: Ledger, course: _Course, year: FiscalYear) -> OfCells:
    """Return the origin of what is drawn at a year: values that were joined by then, and the lines."""
    own = course.indicator
    asked = asked_until(own, [*ledger.actuals[own.id]], year)
    rounds = asked if own.aggregate != "latest" else [each for each in asked if each == year]
    values = map(str, rounds) if year in course.values else ()
    lines = [BASELINE] * (own.baseline is not None) + [TARGET]
    return OfCells(tuple((own.id, field) for field in (*values, *lines)))


def _year(ledger: Ledger, indicator: Indicator, round_: FiscalYear) -> str:
    """Return the year that a round's value is of, marked where that was published otherwise."""
    year = str(round_ + -indicator.lag)
    return f"{year}{CORRECTED}" if is_corrected(ledger, indicator.id, round_) else year


def _corrected(ledger: Ledger, indicator: Indicator, last: FiscalYear) -> str:
    return "".join(correction_notes(ledger, last, {indicator.id}))


def _decimals(course: _Course) -> int:
    """Return the decimals of the labels: those of the values, at most two more than usual."""
    usual = course.indicator.decimals
    needed = max((decimals_of(value) for value in course.values.values()), default=0)
    return max(usual, min(needed, usual + _MORE_DECIMALS))


def _values(ledger: Ledger, indicator: Indicator, last: FiscalYear) -> dict[FiscalYear, Decimal]:
    """Return the values by round; of values that are joined, what they came to by then."""
    actuals, rounds = ledger.actuals[indicator.id], ledger.plan.rounds
    found: dict[FiscalYear, Decimal] = {}
    for round_, actual in actuals.items():
        if round_ <= last and actual.value is not None and indicator.is_asked(round_):
            joined = join(indicator, actuals, rounds, round_, use_earlier=True).actual.value
            if joined is not None:
                found[round_] = joined
    return found


def _baseline(indicator: Indicator) -> dict[FiscalYear, Decimal]:
    """Return the baseline by the round that it is of; {} where there is none."""
    if indicator.baseline is None or indicator.baseline_round is None:
        return {}
    return {indicator.baseline_round: indicator.baseline}


def _reading(indicator: Indicator) -> str:
    """Return in brackets how the course of an indicator is to be read; "" for nothing."""
    joined = AGGREGATES.get(indicator.aggregate)
    words = [*indicator.course_words, *([f"各年度までの{joined}"] if joined else [])]
    return f"({'、'.join(words)})" if words else ""


def _years(indicator: Indicator, rounds: Sequence[FiscalYear]) -> Iterator[FiscalYear]:
    """Yield the rounds, and the one of the baseline before them if it is older.

    The years between that are no rounds have their places, so that the line is as steep as it was.
    """
    first = indicator.baseline_round
    if rounds:
        yield from years_between(min(first or rounds[0], rounds[0]), rounds[-1])


def _lines(course: _Course) -> Iterator[Series]:
    """Yield the values, and as lines what they are compared with; not what a text stands for."""
    own, number = course.indicator, len(course.years)
    yield Series("実績値", course.shown, "actual")
    if own.baseline is not None and not own.printed_baseline:
        yield Series(course.baseline_word, (own.baseline,) * number, "baseline")
    if own.target is not None and not own.printed_target:
        yield Series("目標値", (own.target,) * number, "target")
    if own.targets:
        aims = _aims(own)
        yield Series(OF_THE_YEAR, tuple(map(aims.get, course.years)), "yearly")


def _aims(indicator: Indicator) -> dict[FiscalYear, Decimal]:
    """Return the targets by round, the final one among them unless a text is printed for it."""
    aims = dict(indicator.targets)
    end, target = indicator.target_round, indicator.target
    if end and target is not None and not indicator.printed_target:
        aims.setdefault(end, target)
    return aims


def _description(name: str, course: _Course) -> str:
    own = course.indicator
    values = "、".join(
        f"{year + -own.lag}は{show_judged(own, value)}"
        for year, value in zip(course.years, course.shown, strict=True)
        if value is not None
    )
    return (
        f"{name}の推移を示す折れ線グラフ。{values}。"
        f"目標値は{target_of(own)}({own.target_year})。{_by_year(own)}{_start(course)}"
    )


def _by_year(indicator: Indicator) -> str:
    aims = "、".join(
        f"{year + -indicator.lag}は{show_written(indicator, value)}"
        for year, value in indicator.targets
    )
    return f"{OF_THE_YEAR}は、{aims}。" if aims else ""


def _start(course: _Course) -> str:
    """Return where the value axis begins, "" for one that begins at 0."""
    own = course.indicator
    drawn = [value for series in _lines(course) for value in series.values]
    scale = scale_for("course", drawn, _decimals(course))
    if scale is None or scale.has_zero:
        return ""
    return f"縦軸は0ではなく{show_judged(own, scale.low)}から始まります。"
