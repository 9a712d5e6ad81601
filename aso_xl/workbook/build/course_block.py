"""The block of 集計 that shows the course of one indicator, chosen from a list.

Its formulas look the indicator up in the goals' tables by its id. They need nothing newer than
Excel 2007, and an error value typed in a table hurts no other indicator. Below the figures stand the
verdicts, those of confirmed rounds as 確定記録 has them, and where the values lead as they go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain.fields import RESULT as RESULT_KEY
from ...domain.fields import STANDARD, target_of
from ...domain.numerals import FiscalYear, years_between
from ...domain.plan import Indicator, Kind
from ...domain.record_heads import RESULT
from ...domain.revising import held
from ...domain.sentences import AGGREGATES
from ..layout import SUMMARY, table_name
from . import kept_rows
from .content import Contents
from .line_block import FACTS, LineBlock, Shown, facts_of
from .styles import Styles

CHOSEN, CHOICES = "推移の指標", "推移の一覧"
"""Defined names: the cell in which an indicator is chosen, and the list it is chosen from."""

TITLE, UNIT, AHEAD = 2, 3, 4
"""Rows of the block: the title of the chart, the unit, where the values lead."""

TITLE_PIXELS: Final = 40
"""Room for a long name, and for the sentence on where the values lead, on two lines."""

LABEL, TEXT, HEAD, FIRST = range(4)
"""Columns: what the texts are, the texts, what the figures are, the first round's figures."""

ACTUAL, BASELINE, TARGET, YEARLY, VERDICT = "実績値", "基準値", "目標値", "年度の目標", "判定"
NUMBERS: Final = "[>=1000]#,##0;[<0]△General;General"
"""Of axis and labels: there is no format with as many decimals as there are, and thousands apart."""
_DECIMALS: Final = "#,##0.######;△#,##0.######"
_WHOLE: Final = "#,##0;△#,##0"
_GAP: Final = "#N/A"
_RESULT: Final = next(field.head for field in STANDARD if field.key == RESULT_KEY)
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

    @cached_property
    def years(self) -> tuple[FiscalYear, ...]:
        """Return the columns: every round, and the years between that are none, to keep the pace."""
        return years_between(self.contents.plan.rounds[0], self.contents.plan.rounds[-1])

    @property
    def last(self) -> int:
        """Return the column of the last round."""
        return FIRST + len(self.years) - 1

    @property
    def has_verdicts(self) -> bool:
        """Return whether rounds are confirmed in this workbook: not in one of a department."""
        return not self.contents.handout

    @property
    def rows(self) -> int:
        """Return how many rows the block takes."""
        return 1 + len(self.labels) + self.has_verdicts

    @property
    def labels(self) -> tuple[str, ...]:
        """Return what is drawn of an indicator, from above."""
        yearly = (YEARLY,) if self.contents.plan.target_rounds else ()
        return (ACTUAL, BASELINE, TARGET, *yearly)

    @property
    def beyond(self) -> int:
        """Return the first column behind the list and what is computed beside it."""
        return self._line.beyond if self.has_verdicts else self._title_column + 1

    @property
    def _title_column(self) -> int:
        """Return the column of the titles in the list."""
        return self.aside + 1 + len(self.years)

    @cached_property
    def _line(self) -> LineBlock:
        """Return what computes where the values lead, behind the list."""
        return LineBlock(
            self.row,
            self._title_column + len(FACTS) + 1,
            (self.row + 1, self.row + self.rows - 1),
            (FIRST, self.last),
            self.years,
        )

    @cached_property
    def lines(self) -> tuple[tuple[str, list[float | None]], ...]:
        """Return the lines of the first choice, a value a year; None is a gap."""
        chosen, plan = self.choices[0], self.contents.plan
        actuals = [
            _number(self.contents.typed(chosen, year))
            if year in plan.rounds and chosen.is_asked(year)
            else None
            for year in self.years
        ]
        now = held(chosen, self.contents.round)
        aims = dict(chosen.targets)
        lines = {
            ACTUAL: actuals,
            BASELINE: [_number(now.baseline)] * len(self.years),
            TARGET: [_number(now.target)] * len(self.years),
            YEARLY: [_number(aims.get(year)) for year in self.years],
        }
        return tuple((label, lines[label]) for label in self.labels)

    def draw(self, book: Any, sheet: Any, styles: Styles) -> None:
        """Draw the block with the first choice; there must be one."""
        self._list(book, sheet)
        self._texts(book, sheet, styles)
        sheet.write_string(self.row, HEAD, "値の年度", styles("head"))
        shown = self._years(self.choices[0])
        for number, (year, text) in enumerate(zip(self.years, shown, strict=True)):
            formula = f'=IFERROR({self._beside_choice(1 + number)},"{year}")'
            sheet.write_formula(self.row, FIRST + number, formula, styles("head"), text)
        look = styles("number", num_format=_DECIMALS, shrink=True)
        for row, (label, values) in enumerate(self.lines, start=self.row + 1):
            sheet.write_string(row, HEAD, label, styles("centre"))
            for column, (year, value) in enumerate(zip(self.years, values, strict=True), FIRST):
                source = self._source(label, year)
                text = self._looked_up(source, "ISNUMBER", "NA()") if source else "=NA()"
                sheet.write_formula(row, column, text, look, _GAP if value is None else value)
        area = (self.row + 1, FIRST, self.row + len(self.labels), self.last)
        unseen = {"type": "errors", "format": styles.conditional({"font_color": "#FFFFFF"})}
        sheet.conditional_format(*area, unseen)
        first = xl_rowcol_to_cell(area[0], area[1])
        whole = f"=IF(ISNUMBER({first}),{first}=INT({first}),FALSE)"
        how = styles.conditional({"num_format": _WHOLE})
        sheet.conditional_format(*area, {"type": "formula", "criteria": whole, "format": how})
        if self.has_verdicts:
            self._verdicts(sheet, styles)
            self._ahead(sheet, styles)

    def _source(self, label: str, year: FiscalYear) -> str:
        """Return the heading of the column in which a figure of the block stands; "" for none."""
        plan = self.contents.plan
        if label in (BASELINE, TARGET):
            return label
        if label == ACTUAL:
            return str(year) if year in plan.rounds else ""
        return target_of(year).head if year in plan.target_rounds else ""

    def _verdicts(self, sheet: Any, styles: Styles) -> None:
        """Write the verdict of every round: as confirmed, else, of the evaluated one, as it is now."""
        row = self.row + len(self.labels) + 1
        sheet.write_string(row, HEAD, VERDICT, styles("centre"))
        id_ = xl_rowcol_to_cell(self.row + 1, TEXT, row_abs=True, col_abs=True)
        now = self.contents.achievement(self.choices[0])
        live = self._looked_up(_RESULT, "ISTEXT", '""').removeprefix("=")
        for column, year in enumerate(self.years, FIRST):
            kept = kept_rows.text_of(RESULT, f'"{year}"', id_)
            text = f'=IFERROR({kept},IF(評価年度="{year}",{live},""))'
            value = now.label if year == self.contents.round else ""
            sheet.write_formula(row, column, text, styles("centre", shrink=True), value)

    def _ahead(self, sheet: Any, styles: Styles) -> None:
        """Write where the values of the chosen indicator lead, and what that is computed from."""
        offset = self._title_column - self.aside + 1
        facts = {name: self._beside_choice(offset + at) for at, name in enumerate(FACTS)}
        unit = xl_rowcol_to_cell(self.row + UNIT, TEXT, row_abs=True, col_abs=True)
        row = self.row + 1 + self.labels.index(TARGET)
        target = xl_rowcol_to_cell(row, FIRST, row_abs=True, col_abs=True)
        chosen, now = self.choices[0], self.contents.round
        used = [
            value if year == now and chosen.is_asked(year) else None
            for year, value in zip(self.years, self.lines[0][1], strict=True)
        ]
        shown = Shown(used, facts_of(held(chosen, now))[0])
        text = self._line.draw(sheet, facts, unit, target, shown)
        sheet.set_row_pixels(self.row + AHEAD, TITLE_PIXELS)
        sheet.write_formula(self.row + AHEAD, TEXT, text, styles("text"), "")

    def _list(self, book: Any, sheet: Any) -> None:
        """Write the choices into a hidden column: too many for a list within a rule.

        Beside each stand the years of its values, the title of its chart, and what is needed to say
        where its values lead.
        """
        for row, indicator in enumerate(self.choices, start=self.row):
            facts = facts_of(held(indicator, self.contents.round)) if self.has_verdicts else ()
            beside = (*self._years(indicator), _title(indicator), *facts)
            sheet.write_string(row, self.aside, _choice(indicator))
            for column, text in enumerate(beside, start=self.aside + 1):
                sheet.write_string(row, column, text)
        sheet.set_column(self.aside, self.beyond - 1, None, None, {"hidden": True})
        last = self.row + len(self.choices) - 1
        ends = [
            xl_rowcol_to_cell(row, self.aside, row_abs=True, col_abs=True)
            for row in (self.row, last)
        ]
        book.define_name(CHOICES, f"='{SUMMARY}'!{ends[0]}:{ends[1]}")

    def _years(self, indicator: Indicator) -> list[str]:
        """Return the year that a value of each round is of: earlier where it is published late."""
        return [str(year + -indicator.lag) for year in self.years]

    def _beside_choice(self, offset: int) -> str:
        """Return the formula for what stands beside the chosen indicator in the hidden list."""
        first, last = (
            xl_rowcol_to_cell(row, self.aside + offset, row_abs=True, col_abs=True)
            for row in (self.row, self.row + len(self.choices) - 1)
        )
        return f"INDEX({first}:{last},MATCH({CHOSEN},{CHOICES},0))"

    def _texts(self, book: Any, sheet: Any, styles: Styles) -> None:
        chosen, look = self.choices[0], styles("text")
        ahead = ("見通し",) if self.has_verdicts else ()
        for row, label in enumerate(("指標を選ぶ", "番号", "図の題", "単位", *ahead), self.row):
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
