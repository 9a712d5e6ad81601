"""施策: what was done, what is difficult and where it goes, as the departments wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from ....domain.achievement import Achievement, Result
from ....domain.departments import joined, measure_owners
from ....domain.field_declaration import Field, Type
from ....domain.fields import DEPARTMENT, DIRECTION, EFFORTS, PROBLEMS, measure_fields, notes
from ....domain.ledger import Ledger
from ....domain.plan import Goal, Measure, Plan
from ....domain.summary import Summary
from ....domain.words import NONE
from ..blocks import Block, Heading, NoteLine, Notes, Paragraph, TableCell
from ..origins import OF_ROUND, OfCells, OfIndicators, of_cell
from .by_rule import has_targets_by_year
from .lists import ListColumn, list_table
from .names import key
from .own_fields import columns_of, of_measures, own_fields, text_of, written_fields
from .wording import UNWRITTEN, actual_line, goal_title, other_verdict

_WIDTHS: Final = {EFFORTS: 31, PROBLEMS: 29, DIRECTION: 31}


def has_columns_more(ledger: Ledger) -> bool:
    """Return whether the tables have columns that only this plan has, which need a wide page."""
    return bool(_own_columns(ledger))


def _own_columns(ledger: Ledger) -> tuple[Field, ...]:
    """Return the plan's own fields that stand in the tables: where something is written, without
    the texts that nobody is asked for, which stand below.
    """
    fields = written_fields(own_fields(ledger.plan, "measure"), ledger.measures.values())
    return tuple(field for field in fields if not _stands_below(field))


def _stands_below(field: Field) -> bool:
    return field.optional and field.type is Type.TEXT


def measures(ledger: Ledger, summary: Summary) -> Iterator[Block]:
    """Yield a table per goal; nothing for a plan without 施策."""
    goals = [goal for goal in ledger.plan.goals if goal.measures]
    if not goals:
        return
    yield Heading("施策の取組と今後の方向")
    yield Paragraph("施策ごとの取組、課題、今後の方向を、担当課が記入したとおりに示します。")
    yield Notes(texts_left_out(ledger, summary), "measures_left_out")
    for goal in goals:
        yield Heading(goal_title(goal), 2)
        yield from _goal(ledger, summary, goal)


def texts_left_out(ledger: Ledger, summary: Summary) -> tuple[str, ...]:
    """Return the note that the texts of another round stand in the workbook; () for none."""
    if ledger.texts_of is None:
        return ()
    line = (
        f"※ブックにある取組などの文は{ledger.texts_of.label}のものです。"
        f"{summary.round.label}の確定の記録に文がないため、載せていません。"
    )
    return (NoteLine(line, OF_ROUND),)


def _goal(ledger: Ledger, summary: Summary, goal: Goal) -> Iterator[Block]:
    """Yield a table for each heading that measures stand under; one where there are none."""
    for part, (group, own) in enumerate(groupby(goal.measures, lambda each: each.group)):
        written = [m for m in own if _is_written(ledger, m) or _is_judged(summary, m)]
        if group and written:
            yield Heading(group, 3)
        if written:
            called = f"{goal.printed_number} {group}".rstrip()
            yield list_table(
                f"{called} 施策の取組・課題・今後の方向",
                _columns(ledger, summary),
                written,
                f"{called}の施策{len(written)}件のKPIの結果、取組、課題、今後の方向、担当課。",
                f"measures_{goal.number}" + (f"_{part + 1}" if part else ""),
                tuple(key(measure.id) for measure in written),
            )
    below = [field for field in own_fields(ledger.plan, "measure") if _stands_below(field)]
    name = f"measuretexts_{goal.number}"
    yield from of_measures(ledger, goal.measures, goal.printed_number, name, below)
    blank = [each for each in goal.measures if not _is_written(ledger, each, asked=True)]
    names = "、".join(measure.printed_name for measure in blank)
    is_told = bool(blank) and ledger.texts_of is None
    line = f"※取組・課題・今後の方向が未記入の施策({len(blank)}件): {names}"
    origin = OfCells(tuple((each.id, key_) for each in blank for key_ in _WIDTHS))
    yield Notes((NoteLine(line, origin),) * is_told, f"measurenotes_{goal.number}")


def _columns(ledger: Ledger, summary: Summary) -> tuple[ListColumn[Measure], ...]:
    plan, rows = ledger.plan, ledger.measures

    def column(field: Field) -> ListColumn[Measure]:
        def cell(measure: Measure) -> TableCell:
            text = text_of(rows.get(measure.id), field) or UNWRITTEN
            return TableCell(text, origin=of_cell(measure.id, field.key))

        return ListColumn(field.word, _WIDTHS[field.key], "left", cell)

    def department(measure: Measure) -> TableCell:
        owners = joined(measure_owners(ledger, measure.id)) or NONE
        return TableCell(owners, origin=of_cell(measure.id, DEPARTMENT))

    return (
        ListColumn("施策", 28, "left", lambda m: TableCell(m.printed_name)),
        ListColumn(
            "KPIの結果",
            46 if has_targets_by_year(plan) else 36,
            "left",
            lambda m: _results(plan, summary, m),
            is_short=True,
        ),
        *(column(field) for field in measure_fields(plan) if field.key in _WIDTHS),
        *columns_of(_own_columns(ledger), rows, UNWRITTEN),
        ListColumn("担当課", 13, "left", department),
    )


def _is_judged(summary: Summary, measure: Measure) -> bool:
    unknown = (Result.BLANK, Result.NOT_ASKED)
    return any(summary.achievements[kpi.id].result not in unknown for kpi in measure.kpis)


def _results(plan: Plan, summary: Summary, measure: Measure) -> TableCell:
    """Return value and verdict of each KPI of a 施策, a line each; 「－」 for one without KPIs."""
    found = tuple(summary.achievements[kpi.id] for kpi in measure.kpis)
    lines = [f"{plan.printed_numbers[a.indicator.id]} {_result(a)}" for a in found]
    return TableCell(
        "\n".join(lines) or NONE,
        figure=f"measurekpis_{key(measure.id)}",
        origin=OfIndicators(found, ("actual", "standing")),
    )


def _result(achievement: Achievement) -> str:
    if achievement.value is None:
        return achievement.verdict
    words = [actual_line(achievement), achievement.verdict]
    words += [achievement.plan_grade] if achievement.plan_grade else []
    other = other_verdict(achievement)
    return " ".join(words) + (f"({other})" if other else "")


def _is_written(ledger: Ledger, measure: Measure, *, asked: bool = False) -> bool:
    """Return whether something of what the tables print of a 施策, or of what is asked for, is
    written.
    """
    printed = (field for field in notes(measure_fields(ledger.plan)) if field.printed)
    shown = (f for f in printed if (f.is_asked if asked else not _stands_below(f)))
    return any(text_of(ledger.measures.get(measure.id), field) for field in shown)
