"""``aso-xl evaluate``: every indicator judged, counted per goal."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

from ...console import Align, columns, cut, grid, width
from ...domain.achievement import JUDGED, Achievement, show, show_target
from ...domain.checks import check
from ...domain.entry import actuals
from ...domain.numerals import format_number
from ...domain.summary import Count, Summary, summarize
from ..each import Outcome, each, opened
from ..findings import has_errors, tally
from ..json.evaluation import evaluation_payload

NONE: Final = "－"
_WHOLE: Final = 97
"""Columns that the table of indicators takes where names get all they may."""
_COUNT_HEADS: Final = ("KPI", "達成", "未達成", "未公表", "未入力", "対象外", "達成率")
_COUNT_ALIGNS: Final[tuple[Align, ...]] = ("left",) + ("right",) * 7
_HEADS: Final = ("番号", "指標", "目標値", "実績値", "判定", "進捗率", "進み具合")
_NAME: Final = 1
_ALIGNS: Final[tuple[Align, ...]] = (
    *("left", "left", "right", "right"),
    *("center", "right", "left"),
)


def run(args: Namespace) -> int:
    """Return the exit code of evaluating the workbooks: 1 if their input has errors."""

    def work(path: Path) -> Outcome:
        ledger, round_ = opened(path, args.round)
        summary = summarize(ledger.plan, actuals(ledger), round_, ledger.settings)
        issues = check(ledger, round_)
        head = f"{path.name}({round_.label}の評価)"
        lines = [head, "", *count_lines(summary), "", *_indicator_lines(summary)]
        if has_errors(issues):
            lines.append(
                f"  入力に誤りがあります({tally(issues)})。aso-xl check で確かめてください。"
            )
        return Outcome(evaluation_payload(summary), lines, has_errors(issues))

    return each(args.workbooks, work, as_json=args.json)


def count_lines(summary: Summary) -> Iterator[str]:
    """Yield the KPI counts per goal and overall, as a table."""
    rows: list[tuple[str, ...]] = [("基本目標", *_COUNT_HEADS)]
    for each_ in summary.goals:
        rows.append((f"{each_.goal.number} {cut(each_.goal.title, 24)}", *_counts(each_.kpi)))
    rows.append(("全体", *_counts(summary.kpi)))
    yield from grid(rows, _COUNT_ALIGNS)


def _counts(count: Count) -> tuple[str, ...]:
    numbers = (
        *(count.total, count.achieved, count.missed),
        *(count.unpublished, count.blank, count.excluded),
    )
    return (*map(str, numbers), _percent(count.rate))


def _indicator_lines(summary: Summary) -> Iterator[str]:
    for each_ in summary.goals:
        found = (*each_.headlines, *each_.kpis)
        if not found:
            continue
        room = columns() or _WHOLE
        rows = [_HEADS, *map(_row, found)]
        gap = 2 if room >= _WHOLE else 1
        others = sum(max(map(width, column)) + gap for column in zip(*rows, strict=True))
        others -= max(width(row[_NAME]) for row in rows)
        size = max(10, min(24, room - 2 - others))
        rows = [(*row[:_NAME], cut(row[_NAME], size), *row[_NAME + 1 :]) for row in rows]
        yield f"基本目標{each_.goal.number} {each_.goal.title}"
        yield from grid(rows, _ALIGNS, gap)
        yield ""


def _row(achievement: Achievement) -> tuple[str, ...]:
    indicator, value = achievement.indicator, achievement.value
    shown = NONE if value is None else show(indicator, value)
    return (
        indicator.id,
        indicator.name,
        cut(show_target(indicator) or NONE, 16),
        cut(shown, 16),
        achievement.label,
        _percent(achievement.progress) if achievement.result in JUDGED else NONE,
        achievement.pace or NONE,
    )


def _percent(value: Decimal | None) -> str:
    return NONE if value is None else format_number(value, 1, "%")
