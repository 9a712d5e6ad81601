"""The columns of rounds that are in view: of a long plan the one that is begun is shown again."""

from __future__ import annotations

from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..office.addresses import place_of
from ..workbook.write.columns import show_columns


def shown_columns(package: bytes, ledger: Ledger, round_: FiscalYear) -> bytes:
    """Return the master with the columns of a round shown, if they were hidden."""
    wanted: dict[str, set[int]] = {}
    for row in ledger.rows.values():
        if cell := row.cells.get(str(round_)):
            wanted.setdefault(cell.sheet, set()).add(place_of(cell.address)[1])
    return show_columns(package, wanted)
