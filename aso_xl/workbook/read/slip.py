"""Reading 提出票 of a department's workbook: what is typed freely is said, and never stops anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...domain.catalogue import SLIP_MISSING, SLIP_UNCLEAR
from ...domain.cells import Cell
from ...domain.ledger import Oddity
from ...domain.plan import Plan
from ...domain.slip import Slip, read, rows
from ..layout import SLIP, SLIP_HEADS, SLIP_TABLE
from .our_tables import OurTables
from .settings import cells_by_key


@dataclass(frozen=True)
class SlipRead:
    """The slip (None where there is none), its cells by key, and what is wrong with it."""

    slip: Slip | None = None
    cells: Mapping[str, Cell] = field(default_factory=dict)
    oddities: tuple[Oddity, ...] = ()


def read_slip(ours: OurTables, plan: Plan, *, was_sent: bool) -> SlipRead:
    """Return what 提出票 says; ``was_sent`` is whether the workbook went out with one."""
    table = ours.by_name.get(SLIP_TABLE)
    if table is None or not was_sent:
        odd = (Oddity(SLIP_MISSING, SLIP),) if was_sent else ()
        return SlipRead(oddities=odd)
    cells = cells_by_key(table, SLIP_HEADS)
    sheet = table.sheet.title
    lost = [row.setting.key for row in rows() if row.setting.key not in cells]
    slip, wrong = read(plan, {key: cell.text for key, cell in cells.items()})
    unclear = (
        Oddity(SLIP_UNCLEAR, sheet, cells[key].address, detail=f"{key}「{cells[key].text}」")
        for key in wrong
        if key in cells
    )
    missing = (Oddity(SLIP_MISSING, sheet, detail=f"{key}の行") for key in lost)
    return SlipRead(slip, cells, (*missing, *unclear))
