"""The hidden columns of 集計 that the charts of progress are drawn from.

Progress within the scale, progress beyond it, and 100 stand beside each other, so that a bar which
is cut and the target look like what they are, whatever the cells hold tomorrow. All are formulas: a
number beside our tables would be taken for one that staff have written there.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from ...domain.fields import PROGRESS, STANDARD
from ...domain.plan import Goal
from ..layout import table_name
from .content import Contents

_HEAD: Final = next(field.head for field in STANDARD if field.key == PROGRESS)

LOW, HIGH = -100, 150
"""The ends of the scale, in percent."""

TARGET: Final = 100
WITHIN, BEYOND, AIM = range(3)
WIDTH: Final = 3
"""Columns: progress within the scale, progress beyond it, the target."""


@dataclass(frozen=True)
class ProgressBlock:
    """The block of a goal's KPIs, a row each, from a row and a column of the sheet on."""

    contents: Contents
    goal: Goal
    row: int
    column: int

    @property
    def last(self) -> int:
        """Return the last row."""
        return self.row + len(self.goal.kpis) - 1

    @property
    def values(self) -> tuple[list[float | str], list[float | str], list[float | str]]:
        """Return what the columns show at first; "" for nothing."""
        shown = [self.contents.achievement(kpi).progress for kpi in self.goal.kpis]
        return (
            [_shown(value, value is not None and _is_within(value)) for value in shown],
            [_shown(value, value is not None and not _is_within(value)) for value in shown],
            [float(TARGET)] * len(shown),
        )

    def draw(self, sheet: Any) -> None:
        """Write the columns and hide them: formulas all, so that none is taken for a remark."""
        within, beyond, _ = self.values
        table = table_name("kpi", self.goal.number)
        for number, row in enumerate(range(self.row, self.last + 1)):
            progress = f"INDEX({table}[{_HEAD}],{number + 1})"
            inside = f"AND({progress}>={LOW},{progress}<={HIGH})"
            for column, wanted, value in (
                (WITHIN, inside, within[number]),
                (BEYOND, f"NOT({inside})", beyond[number]),
            ):
                text = f'=IFERROR(IF(AND(ISNUMBER({progress}),{wanted}),{progress},""),"")'
                sheet.write_formula(row, self.column + column, text, None, value)
            sheet.write_formula(row, self.column + AIM, f"={TARGET}", None, TARGET)
        sheet.set_column(self.column, self.column + WIDTH - 1, None, None, {"hidden": True})


def _is_within(progress: Decimal) -> bool:
    return LOW <= progress <= HIGH


def _shown(progress: Decimal | None, is_wanted: bool) -> float | str:
    return float(progress) if progress is not None and is_wanted else ""
