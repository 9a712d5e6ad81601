"""How a setting is declared: a row of the sheet 設定, and how what stands in its cell is read.

Which settings there are, ``settings.py`` says.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass
from decimal import Decimal
from typing import Any, Final, Protocol, TypeAlias

from .baseline_reasons import BaselineReasons, read_reasons
from .days import day_in
from .numerals import FiscalYear, parse_number
from .plan import Plan
from .text import bare, one_line

Typed: TypeAlias = str | float | int | None
"""The value of a cell."""

_DATE: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: 00:00:00)?")
_WEEKDAYS: Final = "月火水木金土日"

ROWS: Final = "rows"
"""Under this key the metadata of a field of the settings holds its rows."""


class SettingType(Protocol):
    """How the cell of a setting is read and written. A blank one is never read."""

    @property
    def is_number(self) -> bool:
        """Return whether the cell holds a number."""

    def choices(self, plan: Plan) -> tuple[str, ...]:
        """Return what may be chosen; () where anything may be typed."""

    def read(self, text: str, plan: Plan) -> Any:
        """Return the value of the setting. Raise ValueError for what it cannot be."""

    def shown(self, value: Any) -> Typed:
        """Return what stands in the cell for a value."""


@dataclass(frozen=True)
class Words:
    """A text, as it stands there."""

    is_number = False

    def choices(self, _plan: Plan) -> tuple[str, ...]:
        return ()

    def read(self, text: str, _plan: Plan) -> str:
        return text

    def shown(self, value: str) -> str | None:
        return value or None


@dataclass(frozen=True)
class Day(Words):
    """A day in words; a date that Excel keeps as one is written out as 「9月30日(水)」."""

    def read(self, text: str, _plan: Plan) -> str:
        found = _DATE.fullmatch(text)
        try:
            day = dt.date(*map(int, found.groups())) if found else None
        except ValueError:
            day = None
        return f"{day.month}月{day.day}日({_WEEKDAYS[day.weekday()]})" if day else one_line(text)


@dataclass(frozen=True)
class Date:
    """A day of a year, however it is written."""

    is_number = False

    def choices(self, _plan: Plan) -> tuple[str, ...]:
        return ()

    def read(self, text: str, _plan: Plan) -> dt.date:
        day = day_in(text)
        if day is None:
            raise ValueError(text)
        return day

    def shown(self, value: dt.date | None) -> str | None:
        return str(value) if value else None


@dataclass(frozen=True)
class Round:
    """A round of the plan."""

    is_number = False

    def choices(self, plan: Plan) -> tuple[str, ...]:
        return tuple(map(str, plan.rounds))

    def read(self, text: str, plan: Plan) -> FiscalYear:
        year = FiscalYear.parse(text)
        if year not in plan.rounds:
            raise ValueError(text)
        return year

    def shown(self, value: FiscalYear) -> str:
        return str(value)


@dataclass(frozen=True)
class Reasons:
    """Ids of indicators, each with the reason why its baseline was corrected."""

    is_number = False

    def choices(self, _plan: Plan) -> tuple[str, ...]:
        return ()

    def read(self, text: str, plan: Plan) -> BaselineReasons:
        return read_reasons(text, plan)

    def shown(self, value: BaselineReasons) -> str | None:
        return "\n".join(f"{id_} {reason}" for id_, reason in value) or None


@dataclass(frozen=True)
class Choice:
    """One of several texts, each with the value that it stands for."""

    values: Mapping[str, Any]
    is_number = False

    def choices(self, _plan: Plan) -> tuple[str, ...]:
        return tuple(self.values)

    def read(self, text: str, _plan: Plan) -> Any:
        if bare(text) not in self.values:
            raise ValueError(text)
        return self.values[bare(text)]

    def shown(self, value: Any) -> str:
        return next(text for text, each in self.values.items() if each == value)


@dataclass(frozen=True)
class Number:
    """A number of items, not below 0."""

    is_number = True

    def choices(self, _plan: Plan) -> tuple[str, ...]:
        return ()

    def read(self, text: str, _plan: Plan) -> int:
        return int(_number(text))

    def shown(self, value: int | None) -> Typed:
        return value


@dataclass(frozen=True)
class Percent:
    """A percentage; the value is in percent, or a share of one."""

    is_share: bool = False
    is_number = True

    def choices(self, _plan: Plan) -> tuple[str, ...]:
        return ()

    def read(self, text: str, _plan: Plan) -> Decimal:
        """Return the value; a share such as 0.8 is refused, since 80 is meant."""
        number = _number(text)
        if 0 < number <= 1:
            raise ValueError(text)
        return number / 100 if self.is_share else number

    def shown(self, value: Decimal) -> Typed:
        percent = value * 100 if self.is_share else value
        return int(percent) if percent == int(percent) else float(percent)


def _number(text: str) -> Decimal:
    number = parse_number(text, "%")
    if number is None or number < 0:
        raise ValueError(text)
    return number


@dataclass(frozen=True)
class Setting:
    """A row of the sheet 設定. ``name`` is the defined name formulas use, if any do.

    A new workbook holds ``usual``; without it the default that holds where nothing stands. A blank
    cell is wrong where something ``must`` stand. Workbooks made before there was an ``optional``
    row do without it. ``long`` texts get a high row.
    """

    key: str
    help: str
    kind: SettingType
    name: str = ""
    usual: Callable[[Plan], Typed] | None = None
    must: bool = False
    long: bool = False
    optional: bool = False


@dataclass(frozen=True)
class SettingRow:
    """A setting with the place of its value in the settings, and what it is by default."""

    setting: Setting
    path: tuple[str, ...]
    default: Any

    def usual(self, plan: Plan) -> Typed:
        """Return what stands in the cell of a new workbook."""
        given = self.setting.usual
        return given(plan) if given else self.setting.kind.shown(self.default)


def row(*settings: Setting) -> Mapping[str, tuple[Setting, ...]]:
    """Return the metadata of a field with its row; of several rows the value is a tuple."""
    return {ROWS: settings}


def rows_of(of: Field[Any], path: tuple[str, ...] = ()) -> Iterator[SettingRow]:
    """Yield the rows in which a field of the settings stands; each of several is blank by default."""
    settings = of.metadata.get(ROWS, ())
    for setting in settings:
        yield SettingRow(setting, (*path, of.name), of.default if len(settings) == 1 else "")
