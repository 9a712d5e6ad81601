"""Drawing a table of indicators: what the strategy says, what is typed, what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial
from typing import Any, Final, assert_never

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain import words
from ...domain.achievement import JUDGED, Achievement, Result
from ...domain.field_declaration import Field, Owner, Type
from ...domain.fields import (
    BASELINE,
    BASELINE_YEAR,
    ID,
    LABEL,
    MEASURE,
    NAME,
    PACE,
    PRINTED_BASELINE,
    PRINTED_TARGET,
    PROGRESS,
    REMARK,
    RESULT,
    REVISED,
    ROUND_TARGET,
    RULE,
    SOURCE,
    TARGET,
    TARGET_YEAR,
    UNIT,
    USED,
    indicator_fields,
    target_of,
)
from ...domain.grading import level_of
from ...domain.numerals import FiscalYear
from ...domain.plan import Goal, Indicator, Kind, Plan, Verdict
from ...domain.revising import held
from ...domain.setting_declaration import Typed
from ...domain.settings import PaceLevel
from ...domain.shown import show_revisions
from ...domain.targets import aim_of
from ..layout import table_name
from . import assignment_sheet, formulas
from .canvas import Canvas, Entry
from .formulas import JudgedRow
from .page import locked
from .prompts import actual_validation, typed_validation
from .styles import (
    BAD,
    DOUBT,
    FAIR,
    GOOD,
    POOR,
    ROUND_FILL,
    ROUND_HEAD,
    WAIT,
    judged_format,
    number_format,
)
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
    canvas.section(title, 0, len(columns) - len(canvas.contents.plan.target_rounds) - 1)
    header = canvas.row
    canvas.table(table_name(kind, goal.number), len(indicators), [c.field.head for c in columns])
    contents, blank = canvas.contents, None
    asked = [column.field.key for column in columns].index(str(contents.round))
    for indicator in indicators:
        _draw_row(canvas, columns, indicator)
        is_asked = indicator.is_asked(contents.round)
        if blank is None and is_asked and contents.typed(indicator, contents.round) in (None, ""):
            blank = canvas.row, asked
        canvas.row += 1
    is_bounded = any(indicator.is_bounded for indicator in indicators)
    fields = [column.field for column in columns]
    _colour(canvas, fields, (header, canvas.row - 1), is_bounded=is_bounded)
    canvas.row += 1
    return DrawnTable(header, blank)


Looks = Sequence[tuple[Sequence[str], Mapping[str, Any]]]
"""How words look: the first ones that a cell is one of."""

VERDICT_LOOKS: Final[Looks] = (
    ((words.ACHIEVED,), GOOD),
    ((words.MISSED,), BAD),
    ((words.DOUBTFUL,), DOUBT),
    ((*formulas.MARKS, words.BLANK), WAIT),
)
"""How words of the column 判定 look."""

_GRADE_LOOKS: Final[Mapping[PaceLevel, Mapping[str, Any]]] = dict(
    zip(PaceLevel, (GOOD, FAIR, POOR, BAD), strict=True)
)


def looks_of_grades(plan: Plan) -> Looks:
    """Return how the grades of a plan look, from the best to the worst; () for none."""
    number = len(plan.grades)
    return tuple(
        ((grade.name,), _GRADE_LOOKS[level_of(rank, number)])
        for rank, grade in enumerate(plan.grades, start=1)
    )


def _colour(
    canvas: Canvas, fields: Sequence[Field], rows: tuple[int, int], *, is_bounded: bool
) -> None:
    """Colour findings first, then text that is no mark, the evaluated round, and the verdicts.

    ``rows`` are the heading row and the last one; ``is_bounded`` says that some cells are closed.
    """

    def colour(area: tuple[int, int, int, int], criteria: str, look: Any) -> None:
        options = {"type": "formula", "criteria": f"={criteria}"}
        canvas.sheet.conditional_format(
            *area, {**options, "format": canvas.styles.conditional(look)}
        )

    header, last = rows
    first, keys = header + 1, [field.key for field in fields]
    canvas.colour_findings(rows, 0, len(fields))
    rounds = [n for n, field in enumerate(fields) if field.type is Type.ACTUAL]
    actual = xl_rowcol_to_cell(first, rounds[0])
    area = (first, rounds[0], last, rounds[-1])
    if is_bounded:
        colour(area, f'{actual}="{words.NONE}"', WAIT)
    colour(area, f"AND(ISTEXT({actual}),NOT({formulas.one_of(actual, WORDS)}))", DOUBT)
    is_round = f"{xl_rowcol_to_cell(header, rounds[0], row_abs=True)}=評価年度"
    colour(area, is_round, {"bg_color": ROUND_FILL})
    colour((header, rounds[0], header, rounds[-1]), is_round, ROUND_HEAD)
    grades = looks_of_grades(canvas.contents.plan)
    for key, looks in ((RESULT, VERDICT_LOOKS), (PACE, grades or VERDICT_LOOKS)):
        column = keys.index(key)
        cell = xl_rowcol_to_cell(first, column)
        for shown, look_of_words in looks:
            colour((first, column, last, column), formulas.one_of(cell, shown), look_of_words)


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
    def plan(self) -> Plan:
        return self.canvas.contents.plan

    @property
    def shown(self) -> Mapping[str, str | float]:
        contents = self.canvas.contents
        indicator = held(self.indicator, contents.round)
        aim = aim_of(indicator, contents.round) or indicator
        target = _number(aim.target)
        return {
            **shown_words(contents.achievement(self.indicator)),
            ROUND_TARGET: "" if target is None else target,
        }

    @cached_property
    def judged(self) -> JudgedRow:
        """Return what the formulas of the row speak of."""
        plan, indicator = self.plan, self.indicator
        is_yearly = plan.judged_against == "yearly" and bool(indicator.targets)
        return JudgedRow(
            indicator,
            plan.judging,
            self.rounds,
            self.at[USED],
            self.at[RESULT],
            self.at[BASELINE],
            self.at[ROUND_TARGET if is_yearly else TARGET],
            asked=_asked(plan, indicator),
            yearly=is_yearly,
            end=self._end(is_yearly=is_yearly),
        )

    def _end(self, *, is_yearly: bool) -> str:
        """Return the round of the target judged against, as a year; "" for none."""
        final = self.indicator.target_round
        if not is_yearly:
            return str(final.year) if final else ""
        years = [(n, str(round_.year)) for n, round_ in self.targets]
        return formulas.by_round(str(final.year if final else 0), len(self.plan.rounds), years)

    @property
    def targets(self) -> list[tuple[int, FiscalYear]]:
        """Return the rounds that have a target of their own, with their numbers from 1."""
        given = dict(self.indicator.targets)
        numbered = enumerate(self.plan.rounds, start=1)
        return [(number, round_) for number, round_ in numbered if round_ in given]


def _asked(plan: Plan, indicator: Indicator) -> tuple[int, int] | None:
    """Return the numbers, from 1, of the first and last round that is asked; None for all."""
    if not indicator.is_bounded:
        return None
    asked = [n for n, r in enumerate(plan.rounds, start=1) if indicator.is_asked(r)]
    return asked[0], asked[-1]


@dataclass(frozen=True)
class _Column:
    """A column of the table: its field, and what gives its cell in a row."""

    field: Field
    cell: Callable[[_Row], Entry]


def _columns(plan: Plan, kind: Kind) -> tuple[_Column, ...]:
    defined = {
        **DEFINED,
        **{target_of(round_).key: _of_round(round_) for round_ in plan.target_rounds},
    }
    return tuple(_Column(field, _cell_of(field, defined)) for field in indicator_fields(plan, kind))


def _cell_of(field: Field, defined: Mapping[str, _Defined]) -> Callable[[_Row], Entry]:
    """Return what gives a field's cells; ``defined`` is what the plan says of an indicator, by field."""
    match field.owner:
        case Owner.PLAN:
            return partial(_defined, field, defined[field.key])
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
    plan = canvas.contents.plan
    asked = {str(round_) for round_ in plan.rounds if indicator.is_asked(round_)}
    first = next((at[str(round_)] for round_ in plan.rounds if str(round_) in asked), "")
    of_actuals = actual_validation(indicator, first)
    canvas.validate([of_actuals if f.key in asked else None for f in fields], here)


def _measure(plan: Plan, indicator: Indicator) -> str:
    measure = plan.measure_of(indicator)
    return measure.printed_name if measure else ""


_Defined = Callable[[Plan, Indicator], Typed]


def _of_round(round_: FiscalYear) -> _Defined:
    return lambda _, indicator: _number(dict(indicator.targets).get(round_))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


DEFINED: Final[Mapping[str, _Defined]] = {
    ID: lambda _, indicator: indicator.id,
    MEASURE: _measure,
    SOURCE: lambda _, indicator: indicator.source,
    NAME: lambda _, indicator: indicator.name,
    UNIT: lambda _, indicator: indicator.unit,
    LABEL: lambda _, indicator: indicator.label,
    PRINTED_BASELINE: lambda _, indicator: indicator.printed_baseline,
    PRINTED_TARGET: lambda _, indicator: indicator.printed_target,
    REVISED: lambda _, indicator: show_revisions(indicator),
    RULE: lambda _, indicator: indicator.rule_label,
    BASELINE_YEAR: lambda _, indicator: str(indicator.baseline_year or ""),
    BASELINE: lambda _, indicator: _number(indicator.baseline),
    TARGET_YEAR: lambda _, indicator: str(indicator.target_year or ""),
    TARGET: lambda _, indicator: _number(indicator.target),
}
"""What every plan says of an indicator, by field."""

_PRINTED: Final = frozenset({LABEL, PRINTED_BASELINE, PRINTED_TARGET})


def _defined(field: Field, value_of: _Defined, row: _Row) -> Entry:
    round_ = row.canvas.contents.round
    value = value_of(row.plan, held(row.indicator, round_))
    formula = _revised(value_of, row)
    if field.type is Type.NUMBER:
        return Entry(value, row.canvas.styles(field.look, num_format=row.format), formula)
    wraps = field.look in ("text", "label")
    more = {"text_wrap": True} if field.key in _PRINTED else {}
    look = row.canvas.styles(field.look, **more)
    return Entry(value, look, formula, wraps=wraps or bool(more))


def _revised(value_of: _Defined, row: _Row) -> str:
    """Return the formula of what a revision of the strategy changed; "" for what stayed."""
    formula = _as_held(row, lambda each: _constant(value_of(each.plan, each.indicator)))
    first = _first(row)
    return "" if formula == _constant(value_of(first.plan, first.indicator)) else formula


def _as_held(row: _Row, formula: Callable[[_Row], str]) -> str:
    """Return a formula that goes by what holds in the evaluated round, where revisions changed it."""
    shown = formula(_first(row))
    for revision in row.indicator.revised:
        since = row.plan.rounds.index(revision.since) + 1
        later = formula(replace(row, indicator=held(row.indicator, revision.since)))
        if later != shown:
            shown = f"=IF(評価列<{since},{shown[1:]},{later[1:]})"
    return shown


def _first(row: _Row) -> _Row:
    """Return the row as the first version of the plan has it."""
    return replace(row, indicator=row.indicator.first or row.indicator)


def _constant(value: Typed) -> str:
    """Return a value as a formula gives it."""
    return f"={formulas.text(value or '')}" if isinstance(value, str | None) else f"={value!r}"


def _round_target(row: _Row) -> str:
    cells = [(number, row.at[target_of(round_).key]) for number, round_ in row.targets]
    return formulas.round_target(row.at[TARGET], len(row.plan.rounds), cells)


COMPUTED: Final[Mapping[str, Callable[[_Row], str]]] = {
    ROUND_TARGET: _round_target,
    USED: lambda row: formulas.used(row.judged),
    RESULT: lambda row: formulas.result(row.judged),
    PROGRESS: lambda row: formulas.progress(row.judged),
    PACE: lambda row: formulas.standing(row.judged),
}
"""The formula of a computed field."""


def _computed(field: Field, row: _Row) -> Entry:
    is_undefined = field.key == PROGRESS and formulas.progress_share(row.judged) is None
    if is_undefined and not row.indicator.revised:
        return Entry(UNDEFINED, row.canvas.styles("centre"))
    if field.key == ROUND_TARGET and row.indicator.rule.is_typed:
        return Entry("", row.canvas.styles("centre"))
    formats = {USED: judged_format(row.indicator), ROUND_TARGET: row.format}
    more = {"num_format": formats[field.key]} if field.key in formats else {}
    look = row.canvas.styles(field.look, **more)
    return Entry(row.shown[field.key], look, formula=_as_held(row, COMPUTED[field.key]))


def _actual(field: Field, row: _Row) -> Entry:
    contents = row.canvas.contents
    round_ = next(r for r in contents.plan.rounds if str(r) == field.key)
    if not row.indicator.is_asked(round_):
        return Entry(UNDEFINED, row.canvas.styles("closed"))
    typed = row.indicator.rule.is_typed
    closed = {} if contents.is_open(row.indicator, round_) else locked(contents)
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
    before = contents.prompt(field, row.indicator.id)
    return replace(cell, rule=typed_validation(field, note, before))


def shown_words(achievement: Achievement) -> dict[str, str | float]:
    """Return what the formula columns show for an achievement."""
    judged, result = achievement.result in JUDGED, achievement.result
    used: str | float = ""
    progress: str | float = ""
    if achievement.value is not None:
        used, progress = float(achievement.value), UNDEFINED
    elif judged or achievement.mark or result is Result.NOT_ASKED:
        used = achievement.label
    if achievement.progress is not None:
        progress = float(achievement.progress)
    return {
        USED: used,
        RESULT: achievement.label,
        PROGRESS: progress,
        PACE: (achievement.standing or UNDEFINED) if judged else "",
    }
