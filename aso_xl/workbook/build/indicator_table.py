"""Drawing a table of indicators: what the strategy says, what is typed, what it comes to."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain import ledger, words
from ...domain.achievement import JUDGED, Achievement
from ...domain.plan import Goal, Indicator, Kind, Rule, Verdict
from . import formulas
from .canvas import Canvas
from ..layout import PACE, PROGRESS, RESULT, SOURCE, USED, Column, indicator_columns, table_name
from .prompts import actual_validation, department_validation, text_validation
from .styles import BAD, DOUBT, GOOD, ODD, ROUND_FILL, WAIT, WRONG, height, number_format

UNDEFINED: Final = words.NONE
WORDS: Final = (*formulas.MARKS, *(verdict.value for verdict in Verdict))


def draw(canvas: Canvas, goal: Goal, kind: Kind, title: str) -> int:
    """Draw the goal's indicators of one kind from the canvas' row; return the heading row."""
    indicators = goal.headlines if kind == "headline" else goal.kpis
    columns = indicator_columns(canvas.contents.plan, kind)
    canvas.section(title, 0, len(columns) - 1)
    header = canvas.row
    canvas.table(table_name(kind, goal.number), len(indicators), columns)
    for indicator in indicators:
        _Row(canvas, columns, indicator).draw()
        canvas.row += 1
    _colour(canvas, columns, header, canvas.row - 1)
    canvas.row += 1
    return header


def _colour(canvas: Canvas, columns: tuple[Column, ...], header: int, last: int) -> None:
    """Colour findings first, then text that is no mark, the evaluated round, and the verdicts."""

    def colour(area: tuple[int, int, int, int], criteria: str, look: Any) -> None:
        options = {"type": "formula", "criteria": f"={criteria}"}
        canvas.sheet.conditional_format(
            *area, {**options, "format": canvas.styles.conditional(look)}
        )

    first, fields = header + 1, [c.field for c in columns]
    for word, look in ((words.ERROR, WRONG), (words.WARNING, ODD)):
        own = xl_rowcol_to_cell(first, 0, col_abs=True)
        head = xl_rowcol_to_cell(header, 0, row_abs=True)
        colour((first, 0, last, len(columns) - 1), formulas.has_finding(word, own, head), look)
    rounds = [i for i, c in enumerate(columns) if c.kind == "actual"]
    actual = xl_rowcol_to_cell(first, rounds[0])
    area = (first, rounds[0], last, rounds[-1])
    colour(area, f"AND(ISTEXT({actual}),NOT({formulas.one_of(actual, WORDS)}))", DOUBT)
    colour(
        area,
        f"{xl_rowcol_to_cell(header, rounds[0], row_abs=True)}=評価年度",
        {"bg_color": ROUND_FILL},
    )
    for field in (RESULT, PACE):
        column = fields.index(field)
        cell = xl_rowcol_to_cell(first, column)
        for shown, look in (
            ((words.ACHIEVED,), GOOD),
            ((words.MISSED,), BAD),
            ((words.DOUBTFUL,), DOUBT),
            ((*formulas.MARKS, words.BLANK), WAIT),
        ):
            colour((first, column, last, column), formulas.one_of(cell, shown), look)


class _Row:
    """One indicator's row, at the canvas' row."""

    def __init__(self, canvas: Canvas, columns: tuple[Column, ...], indicator: Indicator) -> None:
        self.canvas, self.styles, self.contents = canvas, canvas.styles, canvas.contents
        self.columns, self.indicator = columns, indicator
        self.at = {c.field: xl_rowcol_to_cell(canvas.row, i) for i, c in enumerate(columns)}
        self.format = number_format(indicator)
        self.fixed = self._fixed_texts()

    def draw(self) -> None:
        remark = str(self.contents.entry("remarks", self.indicator.id) or "")
        texts = {field: text for field, (text, _) in self.fixed.items()} | {ledger.REMARK: remark}
        shown = [(texts.get(c.field, ""), c.width) for c in self.columns]
        self.canvas.sheet.set_row(self.canvas.row, height(shown, least=2))
        for index, column in enumerate(self.columns):
            match column.kind:
                case "actual":
                    self._actual(index, column)
                case "formula":
                    self._formula(index, column.field)
                case "input":
                    self._input(index, column.field, remark)
                case "number":
                    self._number(index, column.field)
                case _:
                    text, look = self.fixed[column.field]
                    self.canvas.sheet.write_string(self.canvas.row, index, text, self.styles(look))
        rounds = [i for i, c in enumerate(self.columns) if c.kind == "actual"]
        self._validate(
            rounds[0],
            rounds[-1],
            actual_validation(self.indicator, self.at[self.columns[rounds[0]].field]),
        )

    def _validate(self, first: int, last: int, rule: dict[str, Any]) -> None:
        row = self.canvas.row
        self.canvas.sheet.data_validation(row, first, row, last, rule)

    def _fixed_texts(self) -> dict[str, tuple[str, str]]:
        own = self.indicator
        measure = self.contents.plan.measures.get(f"{own.goal}-{own.measure or 0:02d}")
        return {
            ledger.ID: (own.id, "id"),
            ledger.MEASURE: (f"{measure.number} {measure.name}" if measure else "", "label"),
            SOURCE: (own.source, "label"),
            ledger.NAME: (own.name, "text"),
            ledger.UNIT: (own.unit, "centre"),
            ledger.RULE: (own.rule_label, "centre"),
            ledger.BASELINE_YEAR: (str(own.baseline_year or ""), "centre"),
            ledger.TARGET_YEAR: (str(own.target_year or ""), "centre"),
        }

    def _number(self, index: int, field: str) -> None:
        value = self.indicator.baseline if field == ledger.BASELINE else self.indicator.target
        look = self.styles("number", num_format=self.format)
        self.canvas.write(index, None if value is None else float(value), look)

    def _actual(self, index: int, column: Column) -> None:
        round_ = next(r for r in self.contents.plan.rounds if str(r) == column.field)
        typed = self.indicator.rule.is_typed
        look = self.styles("choice" if typed else "input_number", num_format=self.format)
        self.canvas.write(index, self.contents.typed(self.indicator, round_), look)

    def _formula(self, index: int, field: str) -> None:
        if field == PROGRESS and not self.indicator.has_progress:
            self.canvas.write(index, UNDEFINED, self.styles("centre"))
            return
        look = {
            USED: self.styles("number", num_format=self.format),
            RESULT: self.styles("verdict"),
            PROGRESS: self.styles("percent"),
            PACE: self.styles("centre"),
        }[field]
        shown = shown_words(self.contents.achievement(self.indicator))[field]
        self.canvas.sheet.write_formula(
            self.canvas.row, index, self._formula_text(field), look, shown
        )

    def _formula_text(self, field: str) -> str:
        at, own = self.at, self.indicator
        value, base, target = at[USED], at[ledger.BASELINE], at[ledger.TARGET]
        rounds = [at[c.field] for c in self.columns if c.kind == "actual"]
        match field:
            case "used":
                return formulas.used(own, rounds)
            case "result":
                return formulas.result(own, value, target)
            case "progress":
                return formulas.progress(value, base, target)
            case _:
                return formulas.pace(own, value, at[RESULT], base, target)

    def _input(self, index: int, field: str, remark: str) -> None:
        if field == ledger.DEPARTMENT:
            self.canvas.write(
                index, self.contents.department(self.indicator), self.styles("choice")
            )
            self._validate(index, index, department_validation())
        else:
            self.canvas.write(index, remark, self.styles("input"))
            self._validate(index, index, text_validation(self.indicator.note))


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
        PACE: (achievement.pace or UNDEFINED) if judged else "",
    }
