"""The charts of a report, each with its figures in words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from ....domain.achievement import JUDGED, Achievement, Result
from ....domain.numerals import FiscalYear
from ....domain.plan import Actual, Indicator, Plan
from ....domain.shown import show
from ....domain.summary import Count, GoalSummary, Summary
from ..blocks import Chart, Series, SeriesLook
from ..scale import scale_for
from .names import key
from .wording import cut, named, show_progress, target_of

_AROUND, _PITCH, _LEAST = 20, Decimal("5.2"), 42
_NAME_SIZE: Final = 22
_COURSE_HEIGHT: Final = 48
_COUNTS: Final[tuple[tuple[str, SeriesLook, str], ...]] = (
    ("達成", "achieved", "achieved"),
    ("未達成", "missed", "missed"),
    ("未入力", "blank", "blank"),
    ("未公表・集計中", "unpublished", "unpublished"),
    ("対象外", "excluded", "excluded"),
)


def height_of(bars: int) -> int:
    """Return the millimetres that so many bars need, each with room for its label."""
    return max(_LEAST, _AROUND + round(_PITCH * bars))


def counts_chart(summary: Summary, height: int | None = None) -> Chart:
    """Return how many KPIs of each goal have which result."""
    goals = charted_goals(summary)
    kinds = _COUNTS if any(goal.kpis for goal in goals) else _COUNTS[:2]
    description = "".join(f"{g.goal.printed_number}は{_counted(g.kpi)}。" for g in goals)
    return Chart(
        "chart_counts",
        f"基本目標ごとのKPIの達成状況({summary.round.label})",
        "counts",
        tuple(goal.goal.printed_number for goal in goals),
        tuple(
            Series(name, tuple(Decimal(getattr(g.kpi, field)) for g in goals), look)
            for name, look, field in kinds
        ),
        f"基本目標ごとに、KPIの項目数を達成状況別に積み上げた棒グラフ。{description}",
        "項目",
        height=height or height_of(len(goals)),
    )


def _counted(count: Count) -> str:
    numbers = [(name, getattr(count, field)) for name, _, field in _COUNTS]
    return "、".join(f"{name}{number}項目" for name, number in numbers if number) or "0項目"


def progress_chart(plan: Plan, name: str, caption: str, kpis: Sequence[Achievement]) -> Chart:
    """Return the progress of judged indicators, one bar each."""
    description = "、".join(
        f"{named(plan, a.indicator)}は{show_progress(a.progress)}({a.label})" for a in kpis
    )
    return Chart(
        name,
        caption,
        "progress",
        tuple(
            f"{plan.printed_numbers[a.indicator.id]}　{cut(a.indicator.name, _NAME_SIZE)}"
            for a in kpis
        ),
        (
            Series("達成", tuple(_progress(a, Result.ACHIEVED) for a in kpis), "achieved"),
            Series("未達成", tuple(_progress(a, Result.MISSED) for a in kpis), "missed"),
        ),
        f"{caption}を示す横棒グラフ。100%が目標。{description}。{_cut(plan, kpis)}",
        "%",
        1,
        height_of(len(kpis)),
    )


def _cut(plan: Plan, kpis: Sequence[Achievement]) -> str:
    """Return which bars are cut, "" for none."""
    scale = scale_for("progress", [a.progress for a in kpis])
    cut = [plan.printed_numbers[a.indicator.id] for a in kpis if scale and scale.cuts(a.progress)]
    if scale is None or not cut:
        return ""
    ends = f"{show_progress(scale.low)}～{show_progress(scale.high)}"
    return f"{'、'.join(cut)}の棒は、目盛り({ends})の端で切っています。"


def has_bar(achievement: Achievement) -> bool:
    """Return whether progress can be drawn."""
    return achievement.result in JUDGED and achievement.progress is not None


def _progress(achievement: Achievement, result: Result) -> Decimal | None:
    return achievement.progress if achievement.result is result else None


def course_chart(
    plan: Plan,
    indicator: Indicator,
    actuals: Mapping[FiscalYear, Actual],
    last: FiscalYear,
) -> Chart | None:
    """Return an indicator over the rounds up to ``last``; None if nothing was entered by then.

    The line begins with the baseline where that is older than the rounds. Years are those that
    the values are of.
    """
    values = {r: a.value for r, a in actuals.items() if r <= last and a.value is not None}
    if not values or indicator.target is None:
        return None
    years = list(_years(indicator, plan.rounds))
    if indicator.baseline is not None and indicator.baseline_round in years:
        values.setdefault(indicator.baseline_round, indicator.baseline)
    shown = [values.get(year) for year in years]
    return Chart(
        f"chart_course_{key(indicator.id)}",
        f"{named(plan, indicator)}の推移{_reading(indicator)}",
        "course",
        tuple(str(year + -indicator.lag) for year in years),
        tuple(_lines(indicator, shown)),
        _description(named(plan, indicator), indicator, years, shown),
        indicator.unit,
        indicator.decimals,
        _COURSE_HEIGHT,
    )


def _reading(indicator: Indicator) -> str:
    """Return in brackets how the course of an indicator is to be read; "" for nothing."""
    words = indicator.course_words
    return f"({'、'.join(words)})" if words else ""


def _years(indicator: Indicator, rounds: Sequence[FiscalYear]) -> Iterator[FiscalYear]:
    """Yield the rounds, the one of the baseline before them if it is older."""
    first = indicator.baseline_round
    if first and rounds and first < rounds[0]:
        yield first
    yield from rounds


def _lines(indicator: Indicator, shown: Sequence[Decimal | None]) -> Iterator[Series]:
    yield Series("実績値", tuple(shown), "actual")
    if indicator.baseline is not None:
        yield Series("基準値", (indicator.baseline,) * len(shown), "baseline")
    if indicator.target is not None:
        yield Series("目標値", (indicator.target,) * len(shown), "target")


def _description(
    name: str,
    indicator: Indicator,
    years: Sequence[FiscalYear],
    shown: Sequence[Decimal | None],
) -> str:
    values = "、".join(
        f"{year + -indicator.lag}は{show(indicator, value)}"
        for year, value in zip(years, shown, strict=True)
        if value is not None
    )
    return (
        f"{name}の推移を示す折れ線グラフ。{values}。"
        f"目標値は{target_of(indicator)}({indicator.target_year})。{_start(indicator, shown)}"
    )


def _start(indicator: Indicator, shown: Sequence[Decimal | None]) -> str:
    """Return where the value axis begins, "" for one that begins at 0."""
    drawn = [value for series in _lines(indicator, shown) for value in series.values]
    scale = scale_for("course", drawn, indicator.decimals)
    if scale is None or scale.has_zero:
        return ""
    return f"縦軸は0ではなく{show(indicator, scale.low)}から始まります。"


def charted_goals(summary: Summary) -> list[GoalSummary]:
    """Return the goals that have KPIs to be counted."""
    return [goal for goal in summary.goals if goal.kpis or goal.goal.kpi_counts]
