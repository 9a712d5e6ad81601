"""Reading counts of KPIs: those typed for a goal without KPI rows, and those that 集計 shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...domain.catalogue import COUNTS_INVALID, TABLE_MISSING
from ...domain.cells import Cell, CellValue
from ...domain.ledger import Oddity
from ...domain.plan import Goal, KpiCounts, Plan
from ..layout import COUNT_HEADS, COUNTS_TABLE, goal_sheet, table_name
from .our_tables import OurTables


@dataclass(frozen=True)
class CountsRead:
    """The plan with the counts typed on its sheets, what is wrong with them, and what 集計 shows.

    ``shown`` are the values of its own formulas, by row label and heading; ``cells`` are those of the
    typed counts, by goal.
    """

    plan: Plan
    oddities: tuple[Oddity, ...]
    shown: Mapping[str, Mapping[str, CellValue]]
    cells: Mapping[int, tuple[Cell, ...]]


def read_counts(ours: OurTables, plan: Plan) -> CountsRead:
    """Return the counts of the workbook; a goal whose counts are wrong keeps those of the plan."""
    cells = {goal.number: _cells(ours, goal) for goal in plan.goals if goal.kpi_counts}
    counted = [_with_counts(goal, cells.get(goal.number)) for goal in plan.goals]
    return CountsRead(
        replace(plan, goals=tuple(goal for goal, _ in counted)),
        tuple(oddity for _, oddity in counted if oddity),
        _shown(ours),
        cells,
    )


def _cells(ours: OurTables, goal: Goal) -> tuple[Cell, ...]:
    """Return the cells in which the counts of a goal are typed, the total first; () without any."""
    table = ours.by_name.get(table_name("counts", goal.number))
    at = [table.column(head) for head in COUNT_HEADS[1:3]] if table else []
    if table is None or None in at:
        return ()
    return tuple(table.sheet.cell(table.header_row + 1, column or 1) for column in at)


def _with_counts(goal: Goal, cells: tuple[Cell, ...] | None) -> tuple[Goal, Oddity | None]:
    """Return the goal with the KPI counts typed on its sheet, or what is wrong with them."""
    if cells is None:
        return goal, None
    if not cells:
        name = table_name("counts", goal.number)
        return goal, Oddity(TABLE_MISSING, goal_sheet(goal), detail=name)
    total, achieved = cells
    typed = (total.value, achieved.value)
    if all(type(value) is int for value in typed) and 0 <= int(achieved.text) <= int(total.text):
        counts = KpiCounts(int(total.text), int(achieved.text))
        return replace(goal, kpi_counts=counts), None
    ratio = f"{achieved.text}/{total.text}"
    return goal, Oddity(COUNTS_INVALID, total.sheet, total.address, detail=ratio)


def _shown(ours: OurTables) -> dict[str, dict[str, CellValue]]:
    table = ours.by_name.get(COUNTS_TABLE)
    if table is None:
        return {}
    return {
        str(table.sheet.value(number, table.first_column)): table.row(number)
        for number in table.rows()
    }
