"""Drawing a table of indicators: what the strategy says, what is typed, what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, Final, assert_never

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain import words
from ...domain.achievement import JUDGED, Achievement
from ...domain.field_declaration import Field, Owner, Type
from ...domain.fields import (
    BASELINE,
    BASELINE_YEAR,
    ID,
    MEASURE,
    NAME,
    PACE,
    PROGRESS,
    REMARK,
    RESULT,
    RULE,
    SOURCE,
    TARGET,
    TARGET_YEAR,
    UNIT,
    USED,
    indicator_fields,
)
from ...domain.plan import STILL_TO_COME, Goal, Indicator, Kind, Plan, Verdict
from ...domain.setting_declaration import Typed
from ..layout import table_name
from . import assignment_sheet, formulas
from .canvas import Canvas, Entry
from .page import locked
from .prompts import actual_validation, typed_validation
from .styles import BAD, DOUBT, GOOD, ODD, ROUND_FILL, ROUND_HEAD, WAIT, WRONG, number_format
from .typed_cells import height_of, typed_cell

UNDEFINED: Final = words.NONE
WORDS: Final = (*formulas.MARKS, *(verdict.value for verdict in Verdict))


@dataclass(frozen=True)
class DrawnTable:
    """A table that was drawn: its heading row, and the first cell of the round that is blank."""

    header: int
    blank: tuple[int, int] | None


def draw(canvas: Canvas, goal: Goal, kind: Kind, title: str) -> DrawnTable:
    """Draw the goal's indicators of one kind from the canvas' row on."""
    indicators = goal.headlines if kind == "headline" else goal.kpis
    columns = _columns(canvas.contents.plan, kind)
    canvas.section(title, 0, len(columns) - 1)
    header = canvas.row
    canvas.table(table_name(kind, goal.number), len(indicators), [c.field.head for c in columns])
    contents, blank = canvas.contents, None
    asked = [column.field.key for column in columns].index(str(contents.round))
    for indicator in indicators:
        _draw_row(canvas, columns, indicator)
        if blank is None and contents.typed(indicator, contents.round) in (None, ""):
            blank = canvas.row, asked
        canvas.row += 1
    _colour(canvas, [column.field for column in columns], header, canvas.row - 1)
    canvas.row += 1
    return DrawnTable(header, blank)


def _colour(canvas: Canvas, fields: Sequence[Field], header: int, last: int) -> None:
    """Colour findings first, then text that is no mark, the evaluated round, and the verdicts."""

    def colour(area: tuple[int, int, int, int], criteria: str, look: Any) -> None:
        options = {"type": "formula", "criteria": f"={criteria}"}
        canvas.sheet.conditional_format(
            *area, {**options, "format": canvas.styles.conditional(look)}
        )

    first, keys = header + 1, [field.key for field in fields]
    for word, look in ((words.ERROR, WRONG), (words.WARNING, ODD)):
        own = xl_rowcol_to_cell(first, 0, col_abs=True)
        head = xl_rowcol_to_cell(header, 0, row_abs=True)
        colour((first, 0, last, len(fields) - 1), formulas.has_finding(word, own, head), look)
    rounds = [n for n, field in enumerate(fields) if field.type is Type.ACTUAL]
    actual = xl_rowcol_to_cell(first, rounds[0])
    area = (first, rounds[0], last, rounds[-1])
    colour(area, f"AND(ISTEXT({actual}),NOT({formulas.one_of(actual, WORDS)}))", DOUBT)
    is_round = f"{xl_rowcol_to_cell(header, rounds[0], row_abs=True)}=評価年度"
    colour(area, is_round, {"bg_color": ROUND_FILL})
    colour((header, rounds[0], header, rounds[-1]), is_round, ROUND_HEAD)
    for key in (RESULT, PACE):
        column = keys.index(key)
        cell = xl_rowcol_to_cell(first, column)
        for shown, look in (
            ((words.ACHIEVED,), GOOD),
            ((words.MISSED,), BAD),
            ((words.DOUBTFUL,), DOUBT),
            ((*formulas.MARKS, words.BLANK), WAIT),
        ):
            colour((first, column, last, column), formulas.one_of(cell, shown), look)


@dataclass(frozen=True)
class _Row:
    """One indicator's row while it is drawn: ``at`` are its cells by field, ``rounds`` the actuals."""

    canvas: Canvas
    indicator: Indicator
    at: Mapping[str, str]
    rounds: tuple[str, ...]

    @property
    def format(self) -> str:
        return number_format(self.indicator)

    @property
    def shown(self) -> Mapping[str, str | float]:
        return shown_words(self.canvas.contents.achievement(self.indicator))


@dataclass(frozen=True)
class _Column:
    """A column of the table: its field, and what gives its cell in a row."""

    field: Field
    cell: Callable[[_Row], Entry]


def _columns(plan: Plan, kind: Kind) -> tuple[_Column, ...]:
    return tuple(_Column(field, _cell_of(field)) for field in indicator_fields(plan, kind))


def _cell_of(field: Field) -> Callable[[_Row], Entry]:
    match field.owner:
        case Owner.PLAN:
            return partial(_defined, field)
        case Owner.FORMULA:
            return partial(_computed, field)
        case Owner.DEPARTMENT | Owner.SECRETARIAT:
            return partial(_actual if field.type is Type.ACTUAL else _typed, field)
        case _:
            assert_never(field.owner)


def _draw_row(canvas: Canvas, columns: tuple[_Column, ...], indicator: Indicator) -> None:
    fields = [column.field for column in columns]
    at = {f.key: xl_rowcol_to_cell(canvas.row, number) for number, f in enumerate(fields)}
    rounds = tuple(at[f.key] for f in fields if f.type is Type.ACTUAL)
    row = _Row(canvas, indicator, at, rounds)
    cells = [column.cell(row) for column in columns]
    canvas.make_tall(height_of(fields, cells))
    canvas.entries(cells)
    here = (canvas.row, canvas.row)
    canvas.validate([cell.rule for cell in cells], here)
    of_actuals = actual_validation(indicator, rounds[0])
    canvas.validate([of_actuals if f.type is Type.ACTUAL else None for f in fields], here)


def _measure(plan: Plan, indicator: Indicator) -> str:
    measure = plan.measure_of(indicator)
    return measure.printed_name if measure else ""


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


DEFINED: Final[Mapping[str, Callable[[Plan, Indicator], Typed]]] = {
    ID: lambda _, indicator: indicator.id,
    MEASURE: _measure,
    SOURCE: lambda _, indicator: indicator.source,
    NAME: lambda _, indicator: indicator.name,
    UNIT: lambda _, indicator: indicator.unit,
    RULE: lambda _, indicator: indicator.rule_label,
    BASELINE_YEAR: lambda _, indicator: str(indicator.baseline_year or ""),
    BASELINE: lambda _, indicator: _number(indicator.baseline),
    TARGET_YEAR: lambda _, indicator: str(indicator.target_year or ""),
    TARGET: lambda _, indicator: _number(indicator.target),
}
"""What the plan says of an indicator, by field."""


def _defined(field: Field, row: _Row) -> Entry:
    value = DEFINED[field.key](row.canvas.contents.plan, row.indicator)
    if field.type is Type.NUMBER:
        return Entry(value, row.canvas.styles(field.look, num_format=row.format))
    return Entry(value, row.canvas.styles(field.look), wraps=field.look in ("text", "label"))


COMPUTED: Final[Mapping[str, Callable[[_Row], str]]] = {
    USED: lambda row: formulas.used(row.indicator, row.rounds),
    RESULT: lambda row: formulas.result(row.indicator, row.at[USED], row.at[TARGET]),
    PROGRESS: lambda row: formulas.progress(row.at[USED], row.at[BASELINE], row.at[TARGET]),
    PACE: lambda row: formulas.pace(
        row.indicator, row.at[USED], row.at[RESULT], row.at[BASELINE], row.at[TARGET]
    ),
}
"""The formula of a computed field."""


def _computed(field: Field, row: _Row) -> Entry:
    if field.key == PROGRESS and not row.indicator.has_progress:
        return Entry(UNDEFINED, row.canvas.styles("centre"))
    more = {"num_format": row.format} if field.key == USED else {}
    look = row.canvas.styles(field.look, **more)
    return Entry(row.shown[field.key], look, formula=COMPUTED[field.key](row))


def _actual(field: Field, row: _Row) -> Entry:
    contents = row.canvas.contents
    round_ = next(r for r in contents.plan.rounds if str(r) == field.key)
    typed = row.indicator.rule.is_typed
    mark = contents.actuals[row.indicator.id][round_].mark
    is_asked = round_ == contents.round or (round_ < contents.round and mark in STILL_TO_COME)
    closed = {} if is_asked else locked(contents)
    kind = "choice" if typed else "input_number"
    look = row.canvas.styles(kind, num_format=row.format, **closed)
    return Entry(contents.typed(row.indicator, round_), look)


def _typed(field: Field, row: _Row) -> Entry:
    contents, note = row.canvas.contents, row.indicator.note if field.key == REMARK else ""
    value = contents.written(field, row.indicator.id)
    if field.type is Type.DEPARTMENTS:
        value = contents.department(row.indicator)
        if not contents.handout:
            return assignment_sheet.shown(row.canvas, value, row.at[ID])
    cell = typed_cell(row.canvas, field, value)
    return replace(cell, rule=typed_validation(field, note))


def shown_words(achievement: Achievement) -> dict[str, str | float]:
    """Return what the formula columns show for an achievement."""
    judged = achievement.result in JUDGED
    used: str | float = ""
    if achievement.value is not None:
        used = float(achievement.value)
    elif judged or achievement.mark:
        used = achievement.label
    progress = "" if achievement.progress is None else float(achievement.progress)
    return {
        USED: used,
        RESULT: achievement.label,
        PROGRESS: progress,
        PACE: (achievement.standing or UNDEFINED) if judged else "",
    }
