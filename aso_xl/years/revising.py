"""改訂: a new master from a new definition, with everything that was typed carried over by id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from ..domain.confirming import before
from ..domain.ledger import Ledger, PastFigures
from ..domain.lineage import FormerPlan, Lineage
from ..domain.numerals import FiscalYear
from ..domain.text import one_line
from ..errors import AsoError, WorkbookError
from ..exchange import note_sheets as notes
from ..exchange.cell_values import Value
from ..exchange.split import as_master
from ..files.history import replace_master
from ..files.inputs import read_input
from ..files.lock import alone
from ..files.output import write_beside
from ..strategies.definition import Definition
from ..workbook.former_plans import FORMER, kept_former
from ..workbook.handout import RECORD
from ..workbook.layout import (
    CHANGES_TABLE,
    CONFLICTS_TABLE,
    LEFT_TABLE,
    NOTE_HEADS,
    REJECTED_TABLE,
    REVISION_TABLE,
)
from ..workbook.past_figures import PAST, past_record
from ..workbook.read.reading import read_data
from ..workbook.write.hidden_sheet import hidden_edits
from ..workbook.write.own_sheet import OwnSheet
from ..workbook.write.writing import apply
from .added_sheets import AddedSheets
from .carried_questions import carried_questions
from .carrying import Carried, carried, lost_on_the_way
from .left_behind import LeftBehind
from .left_beside import left_beside
from .prompts_before import prompts_of
from .record_sheet import record_sheet
from .revised_book import built
from .revised_plan import RevisedPlan, revised_plan
from .revision_sheets import left_rows, revision_rows, sheets
from .round_cells import locks_of

TIME: Final = "%Y-%m-%d %H:%M"
_STAMPED: Final = frozenset(("schema", "plan", "fingerprint", "sample", "definition", RECORD))
"""What the hidden sheet says of the plan: a new one says it anew."""


@dataclass(frozen=True)
class Revised:
    """What came of a revision: what differs, what was carried over, what found no place.

    ``output`` is the new master; None where it was only looked at.
    """

    plan: RevisedPlan
    carried: Carried
    left: tuple[LeftBehind, ...]
    output: Path | None = None


def revise(
    master: Path,
    definition: Definition,
    since: FiscalYear | None = None,
    output: Path | None = None,
    *,
    reason: str = "",
    only_look: bool = False,
    finish: Callable[[bytes], bytes] = bytes,
) -> Revised:
    """Return what came of revising the plan of a master by a definition, for a reason.

    The new master takes the place of the old one, which is kept in the history; with ``output`` it
    is a new file and the old one stays. ``only_look`` writes nothing; ``finish`` is what is still done
    to the package of the new master. Raise AsoError where the
    definition cannot follow, conflicts are open, or the master cannot be read or written.
    """
    with _held(master, only_look=only_look or output is not None):
        data = read_input(master, WorkbookError)
        ledger = as_master(read_data(data, master.name, beside=True), master.name)
        _refuse_unsettled(ledger, master.name)
        plan = revised_plan(ledger, definition, since, master.name, one_line(reason))
        values = carried(ledger, plan)
        package = built(ledger, plan, values)
        new = read_data(package, master.name, beside=True)
        beside = tuple(left_beside(ledger, plan, new))
        added = AddedSheets(data, package, ledger)
        done = Revised(plan, values, (*values.left, *beside, *added.left))
        if only_look:
            return done
        package = finish(_made(ledger, new, done, added.package))
        if output is not None:
            return replace(done, output=write_beside(output, lambda to: to.write(package)))
        replace_master(master, package, data)
        return replace(done, output=master)


def _held(master: Path, *, only_look: bool) -> AbstractContextManager[None]:
    return nullcontext() if only_look else alone(master)


def _refuse_unsettled(ledger: Ledger, name: str) -> None:
    waiting = sum(conflict.is_open for conflict in notes.listed(ledger))
    if waiting:
        raise AsoError(
            f"{name} には競合が{waiting}件残っています。「競合」の「採用」を選び、もう一度統合してから"
            "改訂してください。"
        )


def _made(ledger: Ledger, new: Ledger, done: Revised, package: bytes) -> bytes:
    """Return the new master, whole; ``new`` is what its package holds so far."""
    at = f"{dt.datetime.now():{TIME}}"
    former = _former(ledger, done.plan, new, at)
    edits = hidden_edits(dict(_hidden(ledger, done.plan, former)), new.record_rows)
    drawn = [*_kept_sheets(ledger, done.plan), *_sheets(ledger, done, at)]
    locks = [lock for round_ in ledger.records for lock in locks_of(new, round_, is_locked=True)]
    record = before(ledger, ledger.settings.round)
    prompts = prompts_of(replace(new, former=former), record) if record else ()
    questions = carried_questions(ledger, new, done.plan.lineage)
    bodies = (questions,) if questions else ()
    return apply(
        *(package, edits, (), drawn, "新しいブック"), locks=locks, prompts=prompts, bodies=bodies
    )


def _hidden(
    ledger: Ledger, plan: RevisedPlan, former: tuple[FormerPlan, ...]
) -> Iterator[tuple[str, str]]:
    """Yield what the hidden sheet keeps beside the plan: the records as they were written."""
    for key, text in ledger.record.items():
        if key not in _STAMPED and key not in (FORMER, PAST):
            yield key, text
    if ledger.past:
        yield PAST, _past(ledger.past, plan.lineage)
    if former:
        yield FORMER, kept_former(former)


def _former(ledger: Ledger, plan: RevisedPlan, new: Ledger, at: str) -> tuple[FormerPlan, ...]:
    """Return the versions before the new one; a revision that changes nothing makes none."""
    text = ledger.record["definition"]
    if plan.definition.text == text:
        return ledger.former
    lost = lost_on_the_way(ledger, plan, new)
    last = FormerPlan(plan.before, text, plan.since, at, plan.lineage, lost, plan.reason)
    return (*ledger.former, last)


def _past(past: PastFigures, onward: Lineage) -> str:
    """Return the past figures that the last merge left, by the ids and in the units of now."""
    figures = {
        link.after: {
            round_: link.convert(value) if isinstance(value, Decimal) else value
            for round_, value in by_round.items()
        }
        for id_, by_round in past.figures.items()
        if (link := onward.alone(id_))
    }
    return past_record(figures, past.since[:10])


def _kept_sheets(ledger: Ledger, plan: RevisedPlan) -> Iterator[OwnSheet]:
    """Yield the sheets that merging and confirming keep in a master."""
    for table, sheet in (
        (CONFLICTS_TABLE, notes.conflict_sheet),
        (CHANGES_TABLE, notes.change_sheet),
        (REJECTED_TABLE, notes.rejected_sheet),
    ):
        if table in ledger.areas:
            rows = notes.kept_rows(ledger, table, NOTE_HEADS[table])
            at = NOTE_HEADS[table].index("指標")
            yield sheet(tuple((*r[:at], _renumbered(r[at], plan), *r[at + 1 :]) for r in rows))
    if ledger.record_lines is not None or ledger.records:
        yield record_sheet(replace(ledger, areas={}), ledger.records, ledger.reopened)


def _renumbered(named: Value, plan: RevisedPlan) -> Value:
    """Return id and name of what a row is of, as they are now; what has no single place keeps its."""
    link = plan.lineage.alone(str(named).partition(" ")[0])
    if link is None or link.before == link.after:
        return named
    return f"{link.after} {plan.plan.name_of(link.after)}".strip()


def _sheets(ledger: Ledger, done: Revised, at: str) -> Iterator[OwnSheet]:
    """Yield what this revision and those before it changed, and left behind.

    What the revision left that is taken back stands in its place again.
    """
    before = {
        table: notes.kept_rows(ledger, table, NOTE_HEADS[table])
        for table in (REVISION_TABLE, LEFT_TABLE)
    }
    back = done.plan.taken_back
    earlier = (row for row in before[LEFT_TABLE] if not (back and _is_of_rows(row, back)))
    yield from sheets(
        (*revision_rows(done.plan, at), *before[REVISION_TABLE]),
        (*left_rows(done.left, at), *earlier),
    )


def _is_of_rows(row: notes.Row, back: FormerPlan) -> bool:
    """Return whether a row of 引き継げなかった値 is a cell that the revision taken back left."""
    at, id_ = (row[NOTE_HEADS[LEFT_TABLE].index(head)] for head in ("改訂日時", "番号"))
    return at == back.at and str(id_) in back.lost
