"""年度の確定: the record of a round written into the master, and taken out again with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ..domain.checks import Issue, Severity, check, errors_of
from ..domain.confirming import record_of
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.record import Reopened, RoundRecord
from ..domain.text import one_line
from ..errors import AsoError, NoSuchRound, WorkbookError
from ..exchange.cached_results import cached_rounds
from ..exchange.note_sheets import listed
from ..exchange.split import master_of
from ..files.history import replace_master
from ..files.inputs import read_input
from ..files.lock import alone
from ..workbook.kept_records import KEPT, REOPENED, digits_of, kept, kept_reopened
from ..workbook.read.file.package import Package
from ..workbook.write.hidden_sheet import hidden_edits
from ..workbook.write.writing import CellLock, apply
from .record_sheet import record_sheet
from .round_cells import locks_of

TIME: Final = "%Y-%m-%d %H:%M"
_LONGEST: Final = 60


@dataclass(frozen=True)
class Closed:
    """What came of confirming a round: its record, or what stands in the way of it.

    ``conflicts`` are those of 競合 that are not settled. ``output`` is the master; None: as it was.
    """

    ledger: Ledger
    round: FiscalYear
    issues: tuple[Issue, ...]
    conflicts: int = 0
    record: RoundRecord | None = None
    output: Path | None = None

    @property
    def errors(self) -> tuple[Issue, ...]:
        return errors_of(self.issues)

    @property
    def warnings(self) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.severity is Severity.WARNING)


@dataclass(frozen=True)
class ReopenedRound:
    """What was confirmed once and is open again."""

    record: RoundRecord
    reason: str
    output: Path


def close(master: Path, wanted: FiscalYear | None, by: str) -> Closed:
    """Return what came of confirming a round, else the one set in 設定; errors stop it.

    The master before is kept in the history. Raise AsoError for a round that is confirmed or still
    to come, without a name, and where the master cannot be read or written.
    """
    by = _name(by)
    with alone(master):
        data = read_input(master, WorkbookError)
        ledger = master_of(master)
        round_ = wanted or ledger.settings.round
        refuse_to_close(ledger, round_, master.name)
        issues = check(ledger, round_)
        closed = Closed(ledger, round_, issues, _unsettled(ledger))
        if closed.errors or closed.conflicts:
            return closed
        record = record_of(ledger, round_, f"{dt.datetime.now():{TIME}}", by)
        text = kept(record)
        record = replace(record, mark=digits_of(text))
        records = dict(sorted({**ledger.records, round_: record}.items(), key=lambda r: r[0].year))
        locks = locks_of(ledger, round_, is_locked=True)
        package = changed(data, master.name, ledger, records, {f"{KEPT}{round_}": text}, locks)
        replace_master(master, package, data)
        return replace(closed, record=record, output=master)


def refuse_to_close(ledger: Ledger, round_: FiscalYear, name: str) -> None:
    """Raise AsoError for a round that cannot be confirmed."""
    if record := ledger.records.get(round_):
        raise AsoError(
            f"{round_.label}は、{record.at} に {record.by} が確定しています。"
            "数値を直すときは訂正(「確定記録」の訂正理由)、"
            "確定をやめるときは --reopen --reason を使ってください。"
        )
    if round_ > ledger.settings.round:
        raise AsoError(
            f"{round_.label}は、{name} の評価年度({ledger.settings.round.label})より後です。"
            "設定の評価年度を確かめてください。"
        )
    if round_ not in ledger.plan.rounds:
        raise NoSuchRound(name, str(round_), ledger.plan.rounds)


def reopen(master: Path, wanted: FiscalYear | None, by: str, reason: str) -> ReopenedRound:
    """Return what was confirmed and is open again; the trace of it stays, with the reason.

    Raise AsoError for a round that is not confirmed, after which another one was begun, or without
    a reason.
    """
    reason = one_line(reason)
    if not reason:
        raise AsoError("確定を取り消す理由を --reason に書いてください。")
    with alone(master):
        data = read_input(master, WorkbookError)
        ledger = master_of(master)
        round_ = wanted or ledger.settings.round
        record = _reopenable(ledger, round_)
        trace = Reopened(
            round_, record.at, record.by, f"{dt.datetime.now():{TIME}}", one_line(by), reason
        )
        reopened = (*ledger.reopened, trace)
        records = {r: each for r, each in ledger.records.items() if r != round_}
        texts = {f"{KEPT}{round_}": "", REOPENED: kept_reopened(reopened, ledger.plan)}
        locks = locks_of(ledger, round_, is_locked=False)
        ledger = replace(ledger, reopened=reopened)
        package = changed(data, master.name, ledger, records, texts, locks)
        replace_master(master, package, data)
        return ReopenedRound(record, reason, master)


def changed(
    data: bytes,
    name: str,
    ledger: Ledger,
    records: Mapping[FiscalYear, RoundRecord],
    texts: Mapping[str, str],
    locks: Iterable[CellLock] = (),
) -> bytes:
    """Return the master with these records shown, and the texts in its hidden sheet."""
    sheet = record_sheet(ledger, records, ledger.reopened)
    edits = hidden_edits(texts, ledger.record_rows)
    shown = cached_rounds(replace(ledger, records=records), Package(data, name))
    return apply(data, edits, list(shown), [sheet], name, locks=locks)


def _reopenable(ledger: Ledger, round_: FiscalYear) -> RoundRecord:
    record = ledger.records.get(round_)
    if record is None:
        raise AsoError(f"{round_.label}は確定していません。年度を確かめてください。")
    later = max(ledger.records, key=lambda each: each.year)
    if later > round_:
        raise AsoError(
            f"{later.label}が確定しているため、{round_.label}の確定は取り消せません。"
            "数値は訂正(「確定記録」の訂正理由)で直してください。"
        )
    if ledger.settings.round > round_:
        raise AsoError(
            f"{ledger.settings.round.label}に進んでいるため、{round_.label}の確定は取り消せません。"
            "数値は訂正(「確定記録」の訂正理由)で直すか、undo で前のブックに戻してください。"
        )
    return record


def _unsettled(ledger: Ledger) -> int:
    """Return how many values that came back wait for a choice, or for the merge that obeys it."""
    return sum(conflict.is_open for conflict in listed(ledger))


def _name(by: str) -> str:
    name = one_line(by)
    if not name:
        raise AsoError("確定する人の名前を --by に書いてください。")
    if len(name) > _LONGEST:
        raise AsoError(f"確定する人の名前は{_LONGEST}文字までで書いてください。")
    return name
