"""あと少し: the missed indicators that lack little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from ....domain.outlook import NEAR_GAP, Near, near, once
from ....domain.plan import Plan
from ....domain.settings import Settings
from ....domain.summary import Summary
from ..blocks import Block, DataTable, Figure, Heading, Notes, Paragraph, Reference, TableCell
from ..origins import Aspect, OfCount, OfRules, of
from .by_part import by_part
from .counting import of_count
from .lists import ListColumn, list_table, more_for_two, number_width
from .names import row_key
from .wording import (
    actual_cell,
    lacking,
    numbers_of,
    percent,
    progress_of,
    target_notes,
    targets_cell,
    year_note,
)

_NEAR_RULE: Final = OfRules((("near_percent",),))


def is_measured(plan: Plan) -> bool:
    """Return whether the plan has indicators with a target to come near to."""
    return any(indicator.target is not None for indicator in plan.indicators())


def nearly(plan: Plan, settings: Settings, summary: Summary) -> Iterator[Block]:
    """Yield the section; nothing for a plan without targets in figures."""
    if not is_measured(plan):
        return
    nearly = near(summary, settings)
    yield Heading("達成まであと少しの指標")
    if not nearly:
        rule = Figure("say_near_rule", near_rule(settings), _NEAR_RULE)
        yield Paragraph(("未達成の指標のうち、", rule, "はありません。"))
        return
    yield Paragraph(
        (
            "未達成の指標のうち、",
            Figure("say_near_rule", near_rule(settings), _NEAR_RULE),
            "を、",
            Reference("near"),
            "に示します。該当する指標は",
            Figure("say_near", f"{len(nearly)}件", of_near(nearly, summary)),
            "です。",
        )
    )
    yield near_table(plan, nearly, summary)
    yield Notes(
        (
            "※「達成時の達成率」は、その指標だけが新たに達成したときの、基本目標のKPIの達成率です。"
            "数値目標はKPIの達成率に数えないため、「－」で示します。",
            *year_note(each.achievement for each in nearly),
            *target_notes(each.achievement for each in nearly),
        )
    )


def of_near(found: Sequence[Near], summary: Summary) -> OfCount:
    """Return the origin of how many indicators are near."""
    every = partial(once, summary)
    return OfCount("items", lambda: [each.achievement for each in found], among=every)


def near_rule(settings: Settings) -> str:
    """Return in words which missed indicators are near."""
    return (
        f"進捗率が{settings.near_percent:f}%以上のもの"
        f"(進捗率を定義できない指標は、目標値との差が目標値の{NEAR_GAP}%以内のもの)"
    )


def near_table(plan: Plan, nearly: Sequence[Near], summary: Summary) -> DataTable:
    """Return the indicators with what they lack, one a row."""

    def numbers(each: Near) -> TableCell:
        return TableCell(numbers_of(plan, each.achievement))

    width = number_width(each.achievement for each in nearly)
    more = more_for_two(plan)
    return list_table(
        "達成まであと少しの指標",
        (
            ListColumn("番号", width, "center", numbers),
            ListColumn("指標", 42 - more, "left", _name),
            ListColumn("目標値", 31 + more, "right", target),
            ListColumn("実績値", 29, "right", actual),
            ListColumn("進捗率", 17, "right", _progress),
            ListColumn("目標までの差", 36, "right", missing),
            ListColumn("達成時の\n達成率", 20, "right", partial(_rate, summary)),
        ),
        nearly,
        "目標値、実績値、進捗率、目標までの差、達成したときの基本目標のKPIの達成率。",
        "near",
        tuple(row_key(each.achievement) for each in nearly),
    )


def _name(each: Near) -> TableCell:
    return TableCell(each.achievement.indicator.name)


def target(each: Near) -> TableCell:
    """Return the target with its rule."""
    return _figure(each, "target", targets_cell(each.achievement))


def actual(each: Near) -> TableCell:
    """Return the value that was judged."""
    return _figure(each, "actual", actual_cell(each.achievement))


def missing(each: Near) -> TableCell:
    """Return how much is missing to the target."""
    return _figure(each, "missing", by_part(each.achievement, lacking, "\n"))


def _progress(each: Near) -> TableCell:
    texts = [progress_of(part) for part in each.achievement.parts]
    return _figure(each, "progress", "\n".join(texts if len(set(texts)) > 1 else texts[:1]))


def _rate(summary: Summary, each: Near) -> TableCell:
    """Return the rate of the goal if the indicator were achieved; of a 数値目標 nothing."""
    kpi = next((i for i in each.achievement.indicators if i.kind == "kpi"), None)
    goals = [goal for goal in summary.goals if kpi and goal.goal.number == kpi.goal]
    origin = of_count("rate_with_one_more", goals, goals[0].kpi) if goals else None
    name = f"near_{row_key(each.achievement)}_rate"
    return TableCell(percent(each.rate), figure=name, origin=origin)


def _figure(each: Near, field: Aspect, text: str) -> TableCell:
    name = f"near_{row_key(each.achievement)}_{field}"
    return TableCell(text, figure=name, origin=of(each.achievement, field))
