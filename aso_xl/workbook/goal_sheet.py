"""Drawing one goal's sheet: 数値目標, KPI by 施策, and the texts of every 施策."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from .. import ledger
from ..achievement import JUDGED, Achievement
from ..plan import Goal, Indicator, Kind, Rule, Verdict
from . import formulas
from .content import Contents
from .layout import (
    COUNT_HEADS,
    MEASURE_COLUMNS,
    PACE,
    PROGRESS,
    RESULT,
    SAMPLE_WORDS,
    SOURCE,
    SUMMARY,
    USED,
    Column,
    goal_sheet,
    indicator_columns,
    table_name,
)
from .prompts import actual_validation, department_validation, text_validation
from .styles import BAD, DOUBT, GOOD, ROUND_FILL, WAIT, Styles, height, number_format

FIRST_ROW: Final = 4
NO_PACE: Final = "－"
PROTECTION: Final = {
    "autofilter": True,
    "sort": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
}


class GoalSheet:
    """One goal's sheet while it is drawn; ``row`` is the next free row."""

    def __init__(self, book: Any, styles: Styles, contents: Contents, goal: Goal) -> None:
        self.sheet = book.add_worksheet(goal_sheet(goal))
        self.styles = styles
        self.contents = contents
        self.goal = goal
        self.columns = indicator_columns(contents.plan, "kpi")
        self.row = FIRST_ROW
        self.areas: list[str] = []

    def draw(self) -> None:
        for index, column in enumerate(self.columns):
            self.sheet.set_column(index, index, column.width, self.styles("plain"))
        self._title()
        header = FIRST_ROW + 1
        if self.goal.headlines:
            header = self._indicators("headline", "■ 数値目標", self.goal.headlines)
        if self.goal.kpi_counts:
            self._counts()
        if self.goal.kpis:
            header = self._indicators("kpi", "■ 重要業績評価指標(KPI)", self.goal.kpis)
        self.areas.append(f"$A$1:{self._last_column}${self.row}")
        if self.goal.measures:
            self._measures(header)
        self._print(header)

    @property
    def _last_column(self) -> str:
        return f"${xl_col_to_name(len(self.columns) - 1)}"

    def _title(self) -> None:
        plan, sheet, style = self.contents.plan, self.sheet, self.styles
        sheet.set_row(0, 27)
        title = f"基本目標{self.goal.number}　{self.goal.title}"
        sheet.write_string(0, 0, title, style("title"))
        if self.contents.sample:
            sheet.write_string(0, 8, SAMPLE_WORDS, style("sample"))
        round_ = self.contents.round
        sheet.write_string(1, 0, plan.title, style("subtitle"))
        sheet.write_formula(
            1, 4, '="評価年度: "&評価年度', style("subtitle", bold=True), f"評価年度: {round_}"
        )
        sheet.write_string(1, 9, "入力欄", style("legend_input"))
        sheet.write_string(1, 10, "評価年度の欄", style("legend_round"))
        sheet.write_string(
            1,
            11,
            "数字だけを入力します。数字がないときは 未公表・集計中・対象外 を選んで入力します。",
            style("subtitle"),
        )
        sheet.write_url(2, 0, f"internal:'{SUMMARY}'!A1", style("link"), "集計へ")
        if self.goal.measures:
            place = self._measure_place
            sheet.write_url(2, 2, place, style("link"), "施策の取組・課題・今後の方向を書く")

    @property
    def _measure_first_column(self) -> int:
        return len(self.columns) + 1

    @property
    def _measure_header_row(self) -> int:
        rows = sum(len(t) + 3 for t in (self.goal.headlines, self.goal.kpis) if t)
        return FIRST_ROW + rows + (4 if self.goal.kpi_counts else 0) + 1

    @property
    def _measure_place(self) -> str:
        cell = xl_rowcol_to_cell(self._measure_header_row - 1, self._measure_first_column)
        return f"internal:'{goal_sheet(self.goal)}'!{cell}"

    def _section(self, text: str, first: int, last: int) -> None:
        self.sheet.set_row(self.row, 21)
        for column in range(first, last + 1):
            self.sheet.write_blank(self.row, column, None, self.styles("section"))
        self.sheet.write_string(self.row, first, text, self.styles("section"))
        self.row += 1

    def _table(self, name: str, rows: int, columns: tuple[Column, ...], first: int = 0) -> None:
        """Lay an Excel table over the next ``rows`` rows and write its headings."""
        self.sheet.set_row(self.row, 30)
        self.sheet.add_table(
            self.row,
            first,
            self.row + rows,
            first + len(columns) - 1,
            {
                "name": name,
                "style": None,
                "columns": [
                    {"header": c.head, "header_format": self.styles("head")} for c in columns
                ],
            },
        )
        self.row += 1

    def _indicators(self, kind: Kind, title: str, indicators: tuple[Indicator, ...]) -> int:
        """Draw a table of indicators; return its heading row."""
        columns = indicator_columns(self.contents.plan, kind)
        self._section(title, 0, len(columns) - 1)
        header = self.row
        self._table(table_name(kind, self.goal.number), len(indicators), columns)
        first = self.row
        for indicator in indicators:
            IndicatorRow(self, columns, indicator).draw()
            self.row += 1
        self._colours(columns, header, first, self.row - 1)
        self.row += 1
        return header

    def _colours(self, columns: tuple[Column, ...], header: int, first: int, last: int) -> None:
        fields = [c.field for c in columns]
        rounds = [i for i, c in enumerate(columns) if c.kind == "actual"]
        actual = xl_rowcol_to_cell(first, rounds[0])
        unknown = f"AND(ISTEXT({actual}),NOT({formulas.one_of(actual, self._words)}))"
        head = xl_rowcol_to_cell(header, rounds[0], row_abs=True)
        area = (first, rounds[0], last, rounds[-1])
        self._colour(area, f"={unknown}", DOUBT)
        self._colour(area, f"={head}=評価年度", {"bg_color": ROUND_FILL})
        for field in (RESULT, PACE):
            column = fields.index(field)
            cell = xl_rowcol_to_cell(first, column)
            for words, look in (
                (("達成",), GOOD),
                (("未達成",), BAD),
                (("要確認",), DOUBT),
                (("未公表", "集計中", "対象外", "未入力"), WAIT),
            ):
                self._colour(
                    (first, column, last, column), f"={formulas.one_of(cell, words)}", look
                )

    @property
    def _words(self) -> tuple[str, ...]:
        return (*formulas.MARKS, *(v.value for v in Verdict))

    def _colour(self, area: tuple[int, int, int, int], criteria: str, look: Any) -> None:
        self.sheet.conditional_format(
            *area,
            {"type": "formula", "criteria": criteria, "format": self.styles.conditional(look)},
        )

    def _counts(self) -> None:
        """Draw the table of published KPI counts, for goals whose KPIs are not listed."""
        counts = self.goal.kpi_counts
        assert counts is not None
        columns = tuple(Column("", head, 0) for head in COUNT_HEADS)
        self._section("■ 重要業績評価指標(KPI)の達成項目数", 0, len(self.columns) - 1)
        self._table(table_name("counts", self.goal.number), 1, columns)
        place = [xl_rowcol_to_cell(self.row, i) for i in range(len(columns))]
        kpi = self.contents.summary.goals[self.contents.plan.goals.index(self.goal)].kpi
        self.sheet.write_string(self.row, 0, "KPI", self.styles("id"))
        self.sheet.write_number(self.row, 1, counts.total, self.styles("input_number"))
        self.sheet.write_number(self.row, 2, counts.achieved, self.styles("input_number"))
        self.sheet.write_formula(
            self.row,
            3,
            formulas.rate(place[2], place[1]),
            self.styles("percent"),
            NO_PACE if kpi.rate is None else float(kpi.rate),
        )
        self.row += 2

    def _measures(self, header: int) -> None:
        """Draw the texts of every 施策 below and to the right: own rows, own column widths."""
        first = self._measure_first_column
        self.sheet.set_column(first - 1, first - 1, 3)
        for index, column in enumerate(MEASURE_COLUMNS):
            self.sheet.set_column(first + index, first + index, column.width)
        last = first + len(MEASURE_COLUMNS) - 1
        self._section("■ 施策の取組・課題・今後の方向", first, last)
        name = table_name("measures", self.goal.number)
        self._table(name, len(self.goal.measures), MEASURE_COLUMNS, first)
        for measure in self.goal.measures:
            texts = self.contents.entry("measures", measure.id)
            heads = {c.head: str(texts.get(c.head, "")) for c in MEASURE_COLUMNS if texts}
            shown = [(heads.get(c.head, ""), c.width) for c in MEASURE_COLUMNS[2:]]
            shown.append((measure.name, MEASURE_COLUMNS[1].width))
            self.sheet.set_row(self.row, height(shown, least=2))
            self.sheet.write_string(self.row, first, measure.id, self.styles("id"))
            self.sheet.write_string(self.row, first + 1, measure.name, self.styles("label"))
            for place, column in enumerate(MEASURE_COLUMNS[2:], start=first + 2):
                look = "choice" if column.field == ledger.DEPARTMENT else "input"
                text = heads.get(column.head, "")
                if text:
                    self.sheet.write_string(self.row, place, text, self.styles(look))
                else:
                    self.sheet.write_blank(self.row, place, None, self.styles(look))
            self.row += 1
        rows = (self.row - len(self.goal.measures), self.row - 1)
        self.sheet.data_validation(rows[0], first + 2, rows[1], last - 1, text_validation())
        self.sheet.data_validation(rows[0], last, rows[1], last, department_validation())
        self._printed_headings(header, first, last)
        names = f"${xl_col_to_name(first)}${rows[0] + 1}", f"${xl_col_to_name(last)}${self.row}"
        self.areas.append(":".join(names))

    def _printed_headings(self, header: int, first: int, last: int) -> None:
        """Write the 施策 headings beside the KPI headings, the rows that repeat on every page."""
        for column in range(first, last + 1):
            self.sheet.write_blank(header - 1, column, None, self.styles("section"))
        text = "■ 施策の取組・課題・今後の方向"
        self.sheet.write_url(header - 1, first, self._measure_place, self.styles("section"), text)
        for index, column in enumerate(MEASURE_COLUMNS):
            self.sheet.write_string(header, first + index, column.head, self.styles("head"))

    def _print(self, header: int) -> None:
        sheet, name = self.sheet, goal_sheet(self.goal)
        sheet.freeze_panes(3, 3)
        sheet.protect("", PROTECTION)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.55, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(header - 1, header)
        sheet.set_footer(f"&L&8{self.contents.plan.short_title}　{name}&R&8&P / &N")
        if self.contents.sample:
            sheet.set_header(f"&R&10{SAMPLE_WORDS}")
        sheet.set_zoom(90)


class IndicatorRow:
    """One indicator's row on its goal's sheet."""

    def __init__(
        self, parent: GoalSheet, columns: tuple[Column, ...], indicator: Indicator
    ) -> None:
        self.sheet, self.styles, self.contents = parent.sheet, parent.styles, parent.contents
        self.columns, self.indicator, self.row = columns, indicator, parent.row
        self.at = {c.field: xl_rowcol_to_cell(self.row, i) for i, c in enumerate(columns)}
        self.format = number_format(indicator)

    def draw(self) -> None:
        self.sheet.set_row(self.row, height(self._texts(), least=2))
        for index, column in enumerate(self.columns):
            match column.kind:
                case "actual":
                    self._actual(index, column)
                case "formula":
                    self._formula(index, column.field)
                case "input":
                    self._input(index, column.field)
                case _:
                    self._fixed(index, column.field)
        rounds = [i for i, c in enumerate(self.columns) if c.kind == "actual"]
        rule = actual_validation(self.indicator, self.at[self.columns[rounds[0]].field])
        self.sheet.data_validation(self.row, rounds[0], self.row, rounds[-1], rule)

    def _texts(self) -> list[tuple[str, float]]:
        remark = str(self.contents.entry("remarks", self.indicator.id) or "")
        texts = {
            ledger.MEASURE: self._measure,
            SOURCE: self.indicator.source,
            ledger.NAME: self.indicator.name,
            ledger.REMARK: remark,
        }
        return [(texts.get(c.field, ""), c.width) for c in self.columns]

    @property
    def _measure(self) -> str:
        measures, own = self.contents.plan.measures, self.indicator
        measure = measures.get(f"{own.goal}-{own.measure or 0:02d}")
        return f"{measure.number} {measure.name}" if measure else ""

    def _fixed(self, index: int, field: str) -> None:
        indicator, style = self.indicator, self.styles
        texts = {
            ledger.ID: (indicator.id, "id"),
            ledger.MEASURE: (self._measure, "label"),
            SOURCE: (indicator.source, "label"),
            ledger.NAME: (indicator.name, "text"),
            ledger.UNIT: (indicator.unit, "centre"),
            ledger.RULE: (indicator.rule.label, "centre"),
            ledger.BASELINE_YEAR: (str(indicator.baseline_year or ""), "centre"),
            ledger.TARGET_YEAR: (str(indicator.target_year or ""), "centre"),
        }
        if field in texts:
            text, look = texts[field]
            self.sheet.write_string(self.row, index, text, style(look))
            return
        value = indicator.baseline if field == ledger.BASELINE else indicator.target
        look = style("number", num_format=self.format)
        if value is None:
            self.sheet.write_blank(self.row, index, None, look)
        else:
            self.sheet.write_number(self.row, index, float(value), look)

    def _actual(self, index: int, column: Column) -> None:
        indicator = self.indicator
        round_ = next(r for r in self.contents.plan.rounds if str(r) == column.field)
        value = self.contents.typed(indicator, round_)
        centred = indicator.rule is Rule.QUALITATIVE
        look = self.styles("choice" if centred else "input_number", num_format=self.format)
        if value is None:
            self.sheet.write_blank(self.row, index, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(self.row, index, value, look)
        else:
            self.sheet.write_number(self.row, index, value, look)

    def _formula(self, index: int, field: str) -> None:
        achievement, at = self.contents.achievement(self.indicator), self.at
        value, base, target = at[USED], at[ledger.BASELINE], at[ledger.TARGET]
        shown = shown_words(achievement)
        rounds = [at[c.field] for c in self.columns if c.kind == "actual"]
        qualitative = self.indicator.rule is Rule.QUALITATIVE
        match field:
            case "used":
                text = (
                    formulas.used_verdict(rounds)
                    if qualitative
                    else formulas.used(f"${rounds[0]}", rounds[-1])
                )
                look = self.styles("number", num_format=self.format)
            case "result":
                text = formulas.result(self.indicator, value, target)
                look = self.styles("verdict")
            case "progress":
                if not self.indicator.has_progress:
                    self.sheet.write_string(self.row, index, NO_PACE, self.styles("centre"))
                    return
                text, look = formulas.progress(value, base, target), self.styles("percent")
            case _:
                text = formulas.pace(self.indicator, value, at[RESULT], base, target)
                look = self.styles("centre")
        self.sheet.write_formula(self.row, index, text, look, shown[field])

    def _input(self, index: int, field: str) -> None:
        if field == ledger.DEPARTMENT:
            text, look = self.contents.department(self.indicator), "choice"
            rule = department_validation()
        else:
            text, look = str(self.contents.entry("remarks", self.indicator.id) or ""), "input"
            rule = text_validation(self.indicator.note)
        if text:
            self.sheet.write_string(self.row, index, text, self.styles(look))
        else:
            self.sheet.write_blank(self.row, index, None, self.styles(look))
        self.sheet.data_validation(self.row, index, self.row, index, rule)


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
        PACE: (achievement.pace or NO_PACE) if judged else "",
    }
