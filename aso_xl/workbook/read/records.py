"""Reading the records of confirmed rounds: from the hidden sheet, and the sheet that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...domain.catalogue import RECORD_LOST
from ...domain.cells import Cell
from ...domain.ledger import Oddity
from ...domain.numerals import FiscalYear
from ...domain.plan import Plan
from ...domain.record import Reopened, RoundRecord
from ...domain.record_heads import HEADS, KIND, REOPENED, YEAR
from ..kept_records import records_of, reopened_of
from ..layout import RECORDS, RECORDS_TABLE
from .our_tables import OurTables

Lines = tuple[Mapping[str, Cell], ...]


@dataclass(frozen=True)
class RecordsRead:
    """The records by round, the rows that show them (None: no such table), confirmations that were
    taken back, and what is lost.
    """

    records: Mapping[FiscalYear, RoundRecord]
    lines: Lines | None
    reopened: tuple[Reopened, ...]
    oddities: tuple[Oddity, ...]


def read_records(ours: OurTables, hidden: Mapping[str, str], plan: Plan) -> RecordsRead:
    """Return the records that the hidden sheet holds, and what the sheet 確定記録 says."""
    records, damaged = records_of(hidden)
    lines = _lines(ours)
    known = {*map(str, records)}
    shown = [line[YEAR].text for line in lines or () if YEAR in line and not _is_trace(line)]
    lost = dict.fromkeys(
        year for year in (*damaged, *shown) if year not in known and _is_round(year, plan)
    )
    odd = tuple(Oddity(RECORD_LOST, RECORDS, detail=year) for year in lost)
    return RecordsRead(records, lines, reopened_of(hidden, plan), odd)


def _is_round(text: str, plan: Plan) -> bool:
    return text in map(str, plan.rounds)


def _is_trace(line: Mapping[str, Cell]) -> bool:
    return KIND in line and line[KIND].text == REOPENED


def _lines(ours: OurTables) -> Lines | None:
    """Return the rows of the table, by heading; rows without anything are left out."""
    table = ours.by_name.get(RECORDS_TABLE)
    if table is None:
        return None
    columns = {head: column for head in HEADS if (column := table.column(head)) is not None}
    found = (
        {head: table.sheet.cell(number, column) for head, column in columns.items()}
        for number in table.rows()
    )
    return tuple(line for line in found if any(not cell.is_blank for cell in line.values()))
