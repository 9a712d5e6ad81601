"""The block of 集計 that shows the course of one indicator, chosen from a list.

Its formulas look the indicator up in the goals' tables by its id. They need nothing newer than
Excel 2007, and an error value typed in a table hurts no other indicator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain.plan import Indicator, Kind
from ...domain.revising import held
from ...domain.sentences import AGGREGATES
from ..layout import SUMMARY, table_name
from .content import Contents
from .styles import Styles

CHOSEN, CHOICES = "推移の指標", "推移の一覧"
"""Defined names: the cell in which an indicator is chosen, and the list it is chosen from."""

ROWS: Final = 4
TITLE, UNIT = 2, 3
"""Rows of the block: the title of the chart, the unit."""

TITLE_PIXELS: Final = 40
"""Room for a long name on two lines."""

LABEL, TEXT, HEAD, FIRST = range(4)
"""Columns: what the texts are, the texts, what the figures are, the first round's figures."""

BASELINE, TARGET = "基準値", "目標値"
NUMBERS: Final = "[>=10000]#,##0;[<0]△General;General"
_GAP: Final = "#N/A"
_SPACE: Final = "　"


@dataclass(frozen=True)
class CourseBlock:
    """The block from a row of the sheet on; its list stands in the column ``aside``."""

    contents: Contents
    row: int
    aside: int

    @cached_property
    def choices(self) -> list[Indicator]:
        """Return the indicators that have a course: all that are measured in numbers."""
        return [i for i in self.contents.plan.indicators() if not i.rule.is_typed]

    @property
    def last(self) -> int:
        """Return the column of the last round."""
        return FIRST + len(self.contents.plan.rounds) - 1

    @property
    def beyond(self) -> int:
        """Return the first column behind the list."""
        return self._title_column + 1

    @property
    def _title_column(self) -> int:
        """Return the last column of the list."""
        return self.aside + 1 + len(self.contents.plan.rounds)

    @property
    def lines(self) -> tuple[tuple[str, list[float | None]], ...]:
        """Return 実績値, 基準値 and 目標値 of the first choice by round; None is a gap."""
        chosen, rounds = self.choices[0], self.contents.plan.rounds
        actuals = [
            _number(self.contents.typed(chosen, round_)) if chosen.is_asked(round_) else None
            for round_ in rounds
        ]
        now = held(chosen, self.contents.round)
        fixed = ((BASELINE, now.baseline), (TARGET, now.target))
        others = ((label, [_number(value)] * len(rounds)) for label, value in fixed)
        return (("実績値", actuals), *others)

    def draw(self, book: Any, sheet: Any, styles: Styles) -> None:
        """Draw the block with the first choice; there must be one."""
        self._list(book, sheet)
        self._texts(book, sheet, styles)
        sheet.write_string(self.row, HEAD, "値の年度", styles("head"))
        rounds = [str(round_) for round_ in self.contents.plan.rounds]
        years = self._years(self.choices[0])
        for number, (head, year) in enumerate(zip(rounds, years, strict=True)):
            text = f'=IFERROR({self._beside_choice(1 + number)},"{head}")'
            sheet.write_formula(self.row, FIRST + number, text, styles("head"), year)
        look = styles("number", num_format=NUMBERS, shrink=True)
        for row, (label, values) in enumerate(self.lines, start=self.row + 1):
            sheet.write_string(row, HEAD, label, styles("centre"))
            for column, (head, value) in enumerate(zip(rounds, values, strict=True), start=FIRST):
                source = label if label in (BASELINE, TARGET) else head
                text = self._looked_up(source, "ISNUMBER", "NA()")
                sheet.write_formula(row, column, text, look, _GAP if value is None else value)
        unseen = {"type": "errors", "format": styles.conditional({"font_color": "#FFFFFF"})}
        area = (self.row + 1, FIRST, self.row + ROWS - 1, self.last)
        sheet.conditional_format(*area, unseen)

    def _list(self, book: Any, sheet: Any) -> None:
        """Write the choices into a hidden column: too many for a list within a rule.

        Beside each stand the years of its values and the title of its chart.
        """
        for row, indicator in enumerate(self.choices, start=self.row):
            beside = (*self._years(indicator), _title(indicator))
            sheet.write_string(row, self.aside, _choice(indicator))
            for column, text in enumerate(beside, start=self.aside + 1):
                sheet.write_string(row, column, text)
        sheet.set_column(self.aside, self._title_column, None, None, {"hidden": True})
        last = self.row + len(self.choices) - 1
        ends = [
            xl_rowcol_to_cell(row, self.aside, row_abs=True, col_abs=True)
            for row in (self.row, last)
        ]
        book.define_name(CHOICES, f"='{SUMMARY}'!{ends[0]}:{ends[1]}")

    def _years(self, indicator: Indicator) -> list[str]:
        """Return the year that a value of each round is of: earlier where it is published late."""
        return [str(round_ + -indicator.lag) for round_ in self.contents.plan.rounds]

    def _beside_choice(self, offset: int) -> str:
        """Return the formula for what stands beside the chosen indicator in the hidden list."""
        first, last = (
            xl_rowcol_to_cell(row, self.aside + offset, row_abs=True, col_abs=True)
            for row in (self.row, self.row + len(self.choices) - 1)
        )
        return f"INDEX({first}:{last},MATCH({CHOSEN},{CHOICES},0))"

    def _texts(self, book: Any, sheet: Any, styles: Styles) -> None:
        chosen, look = self.choices[0], styles("text")
        for row, label in enumerate(("指標を選ぶ", "番号", "図の題", "単位"), start=self.row):
            sheet.write_string(row, LABEL, label, styles("id"))
        cell = xl_rowcol_to_cell(self.row, TEXT, row_abs=True, col_abs=True)
        book.define_name(CHOSEN, f"='{SUMMARY}'!{cell}")
        field = styles("input", text_wrap=False, shrink=True)
        sheet.write_string(self.row, TEXT, _choice(chosen), field)
        sheet.data_validation(self.row, TEXT, self.row, TEXT, _RULE)
        text = f'=LEFT({CHOSEN},FIND("{_SPACE}",{CHOSEN}&"{_SPACE}")-1)'
        sheet.write_formula(self.row + 1, TEXT, text, look, chosen.id)
        beside = self._beside_choice(self._title_column - self.aside)
        sheet.set_row_pixels(self.row + TITLE, TITLE_PIXELS)
        title = f'=IFERROR({beside},"")'
        sheet.write_formula(self.row + TITLE, TEXT, title, look, _title(chosen))
        text = self._looked_up("単位", "ISTEXT", '""')
        sheet.write_formula(self.row + UNIT, TEXT, text, look, chosen.unit)

    def _looked_up(self, head: str, kind: str, otherwise: str) -> str:
        """Return what stands under a heading in the row of the chosen id, if it is of a kind."""
        id_ = xl_rowcol_to_cell(self.row + 1, TEXT, row_abs=True, col_abs=True)
        formula = otherwise
        for table in reversed(list(self._tables())):
            found = f"INDEX({table}[{head}],MATCH({id_},{table}[番号],0))"
            formula = f"IF({kind}({found}),{found},{formula})"
        return f"={formula}"

    def _tables(self) -> Iterator[str]:
        kinds: tuple[Kind, ...] = ("headline", "kpi")
        for goal in self.contents.plan.goals:
            for kind in kinds:
                if any(i.goal == goal.number and i.kind == kind for i in self.choices):
                    yield table_name(kind, goal.number)


_RULE: Final = {
    "validate": "list",
    "source": f"={CHOICES}",
    "input_title": "指標を選ぶ",
    "input_message": "右の▼を押して、推移を見たい指標を選びます。下の表とグラフが変わります。",
    "error_title": "一覧にない指標です",
    "error_message": "右の▼を押して、一覧から選んでください。",
}


def _choice(indicator: Indicator) -> str:
    return f"{indicator.id}{_SPACE}{indicator.name}"


def _title(indicator: Indicator) -> str:
    joined = AGGREGATES.get(indicator.aggregate)
    single = [f"実績値は年度ごと、目標値は{joined}の目標"] if joined else []
    words = (*indicator.course_words, *single, "縦軸は0からとは限らない")
    return f"{_choice(indicator)}の推移({'、'.join(words)})"


def _number(value: object) -> float | None:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return float(value) if is_number else None  # type: ignore[arg-type]
