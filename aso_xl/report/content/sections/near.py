"""あと少し: the missed indicators that lack little."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....domain.outlook import NEAR_GAP, Near, near
from ....domain.plan import Plan
from ....domain.settings import Settings
from ....domain.summary import Summary
from ..blocks import Block, Cell, Column, DataTable, Figure, Heading, Notes, Paragraph, Reference
from .names import key
from .wording import actual_cell, folded, percent, show_progress, target_of, year_note

COLUMNS: Final = (
    Column("番号", 15, "center"),
    Column("指標", 42),
    Column("目標値", 31, "right"),
    Column("実績値", 29, "right"),
    Column("進捗率", 17, "right"),
    Column("足りないもの", 36, "right"),
    Column("達成時の達成率", 20, "right"),
)


def is_measured(plan: Plan) -> bool:
    """Return whether the plan has indicators with a target to come near to."""
    return any(indicator.target is not None for indicator in plan.indicators())


def nearly(plan: Plan, settings: Settings, summary: Summary) -> Iterator[Block]:
    """Yield the section; nothing for a plan without targets in figures."""
    if not is_measured(plan):
        return
    found = near(summary, settings)
    yield Heading("達成まであと少しの指標")
    if not found:
        rule = Figure("say_near_rule", near_rule(settings))
        yield Paragraph(("未達成の指標のうち、", rule, "はありません。"))
        return
    yield Paragraph(
        (
            "未達成の指標のうち、",
            Figure("say_near_rule", near_rule(settings)),
            "を、",
            Reference("near"),
            "に示します。該当する指標は",
            Figure("say_near", f"{len(found)}件"),
            "です。",
        )
    )
    yield near_table(found, "near", "達成まであと少しの指標")
    yield Notes(
        (
            "※「達成時の達成率」は、その指標だけが新たに達成したときの、基本目標のKPIの達成率です。"
            "数値目標はKPIの達成率に数えないため、「－」で示します。",
            *year_note(each.achievement for each in found),
        )
    )


def near_rule(settings: Settings) -> str:
    """Return in words which missed indicators are near."""
    return (
        f"進捗率が{settings.near_percent:f}%以上のもの"
        f"(進捗率を定義できない指標は、目標値との差が目標値の{NEAR_GAP}%以内のもの)"
    )


def near_table(found: tuple[Near, ...], name: str, caption: str) -> DataTable:
    """Return the indicators with what they lack, one a row."""
    return DataTable(
        caption,
        COLUMNS,
        tuple(map(near_row, found)),
        "目標値、実績値、進捗率、足りないもの、達成したときの基本目標のKPIの達成率。",
        name,
        tuple(key(each.achievement.indicator.id) for each in found),
    )


def near_row(each: Near) -> tuple[Cell, ...]:
    achievement, indicator = each.achievement, each.achievement.indicator
    name = f"near_{key(indicator.id)}"
    return (
        Cell(indicator.id),
        Cell(indicator.name),
        Cell(folded(target_of(indicator)), figure=f"{name}_target"),
        Cell(actual_cell(achievement), figure=f"{name}_actual"),
        Cell(show_progress(achievement.progress), figure=f"{name}_progress"),
        Cell(each.words, figure=f"{name}_missing"),
        Cell(percent(each.rate), figure=f"{name}_rate"),
    )
