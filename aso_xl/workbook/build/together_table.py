"""Drawing what several values that are one indicator (男性・女性) come to: 集計 counts it once."""

from __future__ import annotations

from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain.achievement import JUDGED, Achievement
from ...domain.fields import ID, NAME, PACE, RESULT, indicator_fields
from ...domain.plan import KIND_LABELS, Goal, Kind, Plan
from ...domain.summary import GoalSummary
from ...domain.words import ACHIEVED, NONE
from ..layout import TOGETHER_HEADS, table_name
from . import formulas
from .canvas import Canvas
from .content import Contents
from .indicator_table import VERDICT_LOOKS, looks_of_grades

_PACE_NAMES: Final = (f'"{ACHIEVED}"', "順調の名称", "やや遅れの名称", "遅れの名称")


def groups(plan: Plan, summary: GoalSummary, kind: Kind) -> list[Achievement]:
    """Return what is one indicator of several values, of those of a goal and kind that count."""
    repeats = plan.repeats(summary.goal, kind)
    return [
        each
        for id_, each in summary.together.items()
        if each.indicator.kind == kind and id_ not in repeats
    ]


def shown_words(group: Achievement) -> list[dict[int, str]]:
    """Return what the formulas of a group's rows show, by their place in the table."""
    rows = [{2: member.label, 3: _standing(member)} for member in group.members]
    return [{**rows[0], 4: group.label, 5: _standing(group)}, *rows[1:]]


def _groups_of(contents: Contents, goal: Goal, kind: Kind) -> list[Achievement]:
    return groups(contents.plan, contents.summary_of(goal), kind)


def counted(contents: Contents, goal: Goal, kind: Kind) -> formulas.Counted:
    """Return what of a goal's table is counted."""
    return formulas.Counted(
        table_name(kind, goal.number),
        contents.plan.repeats(goal, kind),
        table_name(f"{kind}_together", goal.number),
        tuple(each.indicator.id for each in _groups_of(contents, goal, kind)),
    )


def draw(canvas: Canvas, goal: Goal, kind: Kind) -> None:
    """Draw the table below that of the indicators, where the goal has such a group."""
    found = _groups_of(canvas.contents, goal, kind)
    if not found:
        return
    fields = indicator_fields(canvas.contents.plan, kind)
    first = [field.key for field in fields].index(NAME) - 1
    canvas.section(f"■ あわせて1項目とする指標({KIND_LABELS[kind]})", 0, len(fields) - 1)
    header = canvas.row
    rows = sum(len(each.members) for each in found)
    name = table_name(f"{kind}_together", goal.number)
    canvas.table(name, rows, TOGETHER_HEADS, first, filters=False)
    for each in found:
        _group(canvas, each, kind, first)
    _colour(canvas, (header + 1, canvas.row - 1), first)
    canvas.row += 1


def _group(canvas: Canvas, group: Achievement, kind: Kind, first: int) -> None:
    """Draw a row for each value; the first one shows what they come to."""
    style, top = canvas.styles, canvas.row
    last = top + len(group.members) - 1
    verdicts, standings = (
        ":".join(
            xl_rowcol_to_cell(row, first + at, row_abs=True, col_abs=True) for row in (top, last)
        )
        for at in (2, 3)
    )
    whole = xl_rowcol_to_cell(top, first + 4)
    levels = _levels(canvas.contents.plan)
    of_whole = {
        4: formulas.whole_verdict(verdicts),
        5: formulas.whole_standing(verdicts, standings, whole, levels),
    }
    for member, words in zip(group.members, shown_words(group), strict=True):
        id_ = xl_rowcol_to_cell(canvas.row, first)
        canvas.make_tall(30)
        canvas.write(first, member.indicator.id, style("id"))
        canvas.write(first + 1, group.indicator.name, style("label"))
        each = {
            at: _looked_up(canvas.contents.plan, member.indicator.goal, kind, key, id_)
            for at, key in ((2, RESULT), (3, PACE))
        }
        for at, formula in {**each, **of_whole}.items():
            look = style("centre" if at in each else "verdict")
            if at in words:
                canvas.sheet.write_formula(canvas.row, first + at, formula, look, words[at])
            else:
                canvas.sheet.write_blank(canvas.row, first + at, None, look)
        canvas.row += 1


def _standing(achievement: Achievement) -> str:
    return (achievement.standing or NONE) if achievement.result in JUDGED else ""


def _levels(plan: Plan) -> tuple[str, ...]:
    """Return the words of how it goes, from the best to the worst, as formulas say them."""
    return tuple(formulas.text(grade.name) for grade in plan.grades) or _PACE_NAMES


def _looked_up(plan: Plan, goal: int, kind: Kind, key: str, id_cell: str) -> str:
    """Return what stands in a column of the indicators' table in the row of an id."""
    heads = {field.key: field.head for field in indicator_fields(plan, kind)}
    table = table_name(kind, goal)
    return f'=INDEX({table}[{heads[key]}],MATCH({id_cell},{table}[{heads[ID]}],0))&""'


def _colour(canvas: Canvas, rows: tuple[int, int], first: int) -> None:
    grades = looks_of_grades(canvas.contents.plan) or VERDICT_LOOKS
    for column, looks in enumerate((VERDICT_LOOKS, grades, VERDICT_LOOKS, grades), start=first + 2):
        cell = xl_rowcol_to_cell(rows[0], column)
        for shown, look in looks:
            options = {"type": "formula", "criteria": f"={formulas.one_of(cell, shown)}"}
            options["format"] = canvas.styles.conditional(look)
            canvas.sheet.conditional_format(rows[0], column, rows[1], column, options)
