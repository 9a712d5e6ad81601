"""What a workbook is built from: a definition with whatever figures and texts come with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...domain.achievement import Achievement
from ...domain.cells import Cell
from ...domain.entry import read
from ...domain.field_declaration import Field, Type
from ...domain.numerals import FiscalYear, parse_number
from ...domain.plan import STILL_TO_COME, Actual, Goal, Indicator, Plan
from ...domain.setting_declaration import Typed
from ...domain.settings import ROUND_KEY, Settings, rows
from ...domain.settings import read as read_settings
from ...domain.summary import GoalSummary, Summary, summarize
from ...strategies.definition import Definition
from ...strategies.entries import BEFORE_KEY, BEFORE_ROUND, DEPARTMENTS_KEY, given
from ..handout import Handout
from ..layout import BEFORE
from .prompts import prompt_before


@dataclass(frozen=True)
class Contents:
    """The definition, its entries as cell values, and what they come to.

    ``as_typed`` entries are what stands in another workbook, and go into the cells as they are.
    """

    definition: Definition
    sample: bool = False
    handout: Handout | None = None
    as_typed: bool = False

    @property
    def plan(self) -> Plan:
        return self.definition.plan

    def entry(self, kind: str, id_: str) -> Any:
        """Return what the entries hold for an id (``actuals``, ``remarks``, …); {} or '' if none."""
        return self.definition.entries.get(kind, {}).get(id_, {})

    def written(self, field: Field, id_: str) -> Typed:
        """Return what stands in a typed field of an indicator or 施策; None if nothing does."""
        value: Typed = given(self.definition.entries, field, id_)
        if field.type is Type.NUMBER and isinstance(value, str) and not self.as_typed:
            number = parse_number(value, field.unit)
            return value if number is None else float(number)
        return value

    def before(self, field: Field, id_: str) -> str:
        """Return what was written in a field in the round before; "" if nothing is known of it."""
        text: str = self.definition.entries.get(BEFORE_KEY, {}).get(id_, {}).get(field.key, "")
        return text

    @property
    def round_before(self) -> str:
        """Return the round of which the texts before are; "" where there are none."""
        return str(self.definition.entries.get(BEFORE_ROUND, ""))

    def prompt(self, field: Field, id_: str) -> str:
        """Return what Excel says of the round before beside a cell; "" for nothing."""
        text = self.before(field, id_)
        return prompt_before(field, self.round_before, text, BEFORE) if text else ""

    def typed(self, indicator: Indicator, round_: FiscalYear) -> Typed:
        """Return the cell value of an actual: a number where it reads as one, else text or None."""
        text = self.entry("actuals", indicator.id)
        text = text.get(str(round_)) if text else None
        if text is None or self.as_typed:
            return text
        number = parse_number(text, indicator.unit)
        if number is None:
            return str(text)
        return int(number) if number == int(number) else float(number)

    @cached_property
    def actuals(self) -> Mapping[str, dict[FiscalYear, Actual]]:
        return {
            i.id: {
                r: read(Cell("", "", self.typed(i, r)), i).actual
                for r in self.plan.rounds
                if i.is_asked(r)
            }
            for i in self.plan.indicators()
        }

    def is_open(self, indicator: Indicator, round_: FiscalYear) -> bool:
        """Return whether a department may fill in a round: the evaluated one, and earlier ones that
        are still to come or without which nothing can be joined.
        """
        if round_ >= self.round:
            return round_ == self.round
        actual = self.actuals[indicator.id].get(round_)
        is_joined = indicator.aggregate != "latest"
        return actual is not None and (
            actual.mark in STILL_TO_COME or (is_joined and actual.is_blank)
        )

    @cached_property
    def setting_values(self) -> Mapping[str, Typed]:
        """Return the value of every row of 設定, entries over defaults."""
        given = self.definition.entries.get("settings", {})
        found = {row.setting.key: row.usual(self.plan) for row in rows()}
        return {key: given.get(key, value) for key, value in found.items()}

    @property
    def departments(self) -> tuple[str, ...]:
        given = self.definition.entries.get("settings", {}).get(DEPARTMENTS_KEY)
        return tuple(given) if given else self.plan.departments

    @cached_property
    def round(self) -> FiscalYear:
        return FiscalYear.parse(str(self.setting_values[ROUND_KEY]))

    @cached_property
    def settings(self) -> Settings:
        """Return what the rows of 設定 say, for the cached values of the formulas."""
        texts = {key: str(given) for key, given in self.setting_values.items() if given is not None}
        return read_settings(self.plan, texts)[0]

    @cached_property
    def summary(self) -> Summary:
        return summarize(self.plan, self.actuals, self.round, self.settings)

    def summary_of(self, goal: Goal) -> GoalSummary:
        """Return the evaluation of one goal."""
        return next(each for each in self.summary.goals if each.goal.number == goal.number)

    def achievement(self, indicator: Indicator) -> Achievement:
        return self.summary.achievements[indicator.id]

    def department(self, indicator: Indicator) -> str:
        return str(self.entry("departments", indicator.id) or indicator.department)
