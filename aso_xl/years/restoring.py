"""Records brought back: their sheet from the hidden copy, a lost one from the masters in 履歴."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..domain.catalogue import RECORD_LOST
from ..domain.checks import records as record_checks
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.record_heads import CONFIRMED, KIND, SENTENCE, YEAR
from ..errors import AsoError, WorkbookError
from ..exchange.split import master_of
from ..files.history import history, replace_master
from ..files.inputs import read_input
from ..files.lock import alone
from ..workbook.kept_records import KEPT, mark_in
from .closing import changed


@dataclass(frozen=True)
class RestoredRecords:
    """Which rounds came back from which kept master; ``output`` is None where all was as it should."""

    rounds: tuple[tuple[FiscalYear, Path], ...]
    sheet: bool
    output: Path | None


def restore(master: Path) -> RestoredRecords:
    """Return what was brought back of the records of a master.

    Raise AsoError where a lost record stands in no kept master, or nothing was ever confirmed.
    """
    with alone(master):
        data = read_input(master, WorkbookError)
        ledger = master_of(master)
        lost = [o.detail for o in ledger.oddities if o.kind == RECORD_LOST]
        if not lost and not ledger.records and not ledger.reopened:
            raise AsoError(f"{master.name} には、確定した年度がありません。")
        kept = tuple(_kept_record(ledger, master, year) for year in lost)
        kinds = {issue.kind for issue in record_checks.check(ledger)}
        sheet = bool(kinds & record_checks.OF_SHEET)
        if not kept and not sheet:
            return RestoredRecords((), sheet, None)
        records = dict(ledger.records)
        texts: dict[str, str] = {}
        for round_, _, old in kept:
            records[round_] = old.records[round_]
            texts[f"{KEPT}{round_}"] = old.record[f"{KEPT}{round_}"]
        records = dict(sorted(records.items(), key=lambda each: each[0].year))
        package = changed(data, master.name, ledger, records, texts)
        replace_master(master, package, data)
        return RestoredRecords(tuple((r, path) for r, path, _ in kept), sheet, master)


def _kept_record(ledger: Ledger, master: Path, year: str) -> tuple[FiscalYear, Path, Ledger]:
    """Return the round, the newest kept master that holds its record, and what that one holds."""
    round_, mark = FiscalYear.parse(year), _mark(ledger, year)
    for kept in history(master):
        try:
            old = master_of(kept)
        except AsoError:
            continue
        record = old.records.get(round_)
        if record and old.plan.id == ledger.plan.id and mark in ("", record.mark):
            return round_, kept, old
    raise AsoError(
        f"{round_.label}の確定の記録が、「履歴」フォルダーのブックにもありません。"
        "記録のあるブックを探すか、確定し直してください。"
    )


def _mark(ledger: Ledger, year: str) -> str:
    """Return the mark of a round's record that the sheet shows; "" for none."""
    for line in ledger.record_lines or ():
        texts = {head: cell.text for head, cell in line.items()}
        if texts.get(YEAR) == year and texts.get(KIND) == CONFIRMED:
            return mark_in(texts.get(SENTENCE, ""))
    return ""
