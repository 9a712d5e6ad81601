"""Confirming a round, and what a document of a round is made of: its record, where it has one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from .cells import Cell, CellValue, Row
from .corrections import converted
from .entry import mark_of, note_of
from .field_declaration import Type
from .fields import fields_of, notes, typed
from .ledger import Ledger
from .lineage import versions_before
from .numerals import FiscalYear, from_float, plain
from .outlook import round_before
from .plan import Plan
from .record import Correction, RoundRecord, Rows, Written
from .renumbering import summary_in, texts_in_order
from .revising import as_of
from .summary import Summary, summarize

_EXACT: Final = 10**15
"""Below it a whole number stands exactly in a cell."""


def record_of(ledger: Ledger, round_: FiscalYear, at: str, by: str) -> RoundRecord:
    """Return the record of a round as it is confirmed now, by whom and when."""
    own = printed(ledger, round_)
    earlier = round_before(ledger.plan, round_)
    has_own = earlier is not None and earlier in ledger.records
    return RoundRecord(
        round_,
        at,
        by,
        ledger.record.get("definition", ""),
        own.plan,
        replace(own.settings, round=round_),
        _written(own, own.rows),
        _written(own, own.measures),
        _written(own, own.goals),
        summary_of(own, round_),
        None if has_own else summary_before(own, round_),
        own.texts_of is None,
        tuple(each for each in ledger.corrections if _is_of(each, round_)),
        {each.id: each.now.value for each in ledger.baselines if each.now.value is not None},
    )


def printed(ledger: Ledger, round_: FiscalYear) -> Ledger:
    """Return the ledger that documents of a round are made of.

    Of a confirmed round that is its record. Else it is the ledger itself with the plan as it holds
    in the round, where the texts beside the figures belong to the round set in 設定: of another round
    they are left out.
    """
    if record := ledger.records.get(round_):
        return _restored(ledger, record)
    if (plan := as_of(ledger.plan, round_)) is not ledger.plan:
        ledger = replace(ledger, plan=plan)
    if round_ == ledger.settings.round or not _has_texts(ledger):
        return ledger
    return replace(
        ledger,
        rows=dict(_without_texts(ledger.plan, ledger.rows)),
        measures=dict(_without_texts(ledger.plan, ledger.measures)),
        goals=dict(_without_texts(ledger.plan, ledger.goals)),
        texts_of=ledger.settings.round,
    )


def summary_of(ledger: Ledger, round_: FiscalYear) -> Summary:
    """Return the evaluation of a round: that of its record, else as it is judged now."""
    if record := ledger.records.get(round_):
        return record.summary
    return summarize(ledger.plan, ledger.actuals, round_, ledger.settings)


def summary_before(ledger: Ledger, round_: FiscalYear) -> Summary | None:
    """Return the evaluation of the round before; None for the first of the plan's period."""
    record, earlier = ledger.records.get(round_), round_before(ledger.plan, round_)
    if record and earlier not in ledger.records:
        return record.before
    if earlier and (before := ledger.records.get(earlier)):
        plan = record.plan if record else ledger.plan
        return summary_in(plan, before, ledger.onward_from(before.plan, plan))
    return summary_of(ledger, earlier) if earlier else None


def before(ledger: Ledger, round_: FiscalYear) -> RoundRecord | None:
    """Return the record of the last confirmed round before this one; None where there is none."""
    earlier = [each for each in ledger.records if each < round_]
    return ledger.records[max(earlier, key=lambda each: each.year)] if earlier else None


def texts_before(ledger: Ledger, record: RoundRecord) -> dict[str, dict[str, str]]:
    """Return the texts that an earlier record holds, by id (as it is now) and field."""
    return texts_in_order(_texts_in(record), ledger.onward_from(record.plan))


def _texts_in(record: RoundRecord) -> dict[str, dict[str, str]]:
    plan, texts = record.plan, dict[str, dict[str, str]]()
    for id_, written in (*record.goals.items(), *record.rows.items(), *record.measures.items()):
        keys = [field.key for field in notes(fields_of(plan, id_)) if field.type is Type.TEXT]
        own = {key: str(written[key]) for key in keys if key in written}
        texts |= {id_: own} if own else {}
    return texts


def day_of(ledger: Ledger, round_: FiscalYear) -> dt.date | None:
    """Return the day on which a round was confirmed; None for one that was not."""
    record = ledger.records.get(round_)
    return dt.date.fromisoformat(record.at[:10]) if record else None


def _written(ledger: Ledger, rows: Mapping[str, Row]) -> Rows:
    return {id_: dict(_of_row(ledger, row)) for id_, row in rows.items()}


def _of_row(ledger: Ledger, row: Row) -> Iterator[tuple[str, Written]]:
    figures = {str(r): f for r, f in ledger.figures.get(row.id, {}).items()}
    for field in typed(fields_of(ledger.plan, row.id)):
        cell, figure = row.cells.get(field.key), figures.get(field.key)
        if cell is None:
            continue
        if figure:
            actual = figure.actual
            value = cell.text if actual.is_blank else mark_of(actual) or actual.value
        else:
            value = note_of(cell, field)
        if value is not None and value != "":
            yield field.key, value


def _restored(ledger: Ledger, record: RoundRecord) -> Ledger:
    plan = record.plan
    return Ledger(
        plan,
        record.settings,
        dict(_cells(plan, record.rows)),
        dict(_cells(plan, record.measures)),
        goals=dict(_cells(plan, record.goals)),
        records=ledger.records,
        texts_of=None if record.has_texts else ledger.settings.round,
        corrected=_known_of(record, _as_then(ledger, record)),
        former=tuple(versions_before(ledger.former, plan, ledger.plan)),
    )


def _as_then(ledger: Ledger, record: RoundRecord) -> Iterator[Correction]:
    """Yield the corrections of now by the ids, and in the units, of a record."""
    back = ledger.onward_from(record.plan).inverted
    for each in ledger.corrections:
        if link := back.alone(each.id):
            before, now = converted(each.before, link), converted(each.now, link)
            yield replace(each, id=link.after, before=before, now=now)


def _is_of(correction: Correction, last: FiscalYear) -> bool:
    """Return whether a correction with a reason is of a round up to ``last``, or of a baseline."""
    return bool(correction.reason) and (correction.round is None or correction.round <= last)


def _known_of(record: RoundRecord, now: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return what was corrected when a round was confirmed, and of its own figures since then."""
    own = {(each.id, each.round): each for each in record.corrections}
    for each in now:
        if each.reason and each.round in (None, record.round) and each.id in record.plan.by_id:
            own.setdefault((each.id, each.round), each)
    return tuple(own.values())


def _cells(plan: Plan, rows: Rows) -> Iterator[tuple[str, Row]]:
    """Yield the rows with a cell for every typed field, as a whole workbook has them."""
    for number, (id_, written) in enumerate(rows.items(), start=1):
        keys = [field.key for field in typed(fields_of(plan, id_))]
        cells = {key: Cell("", "", _stored(written.get(key))) for key in keys}
        yield id_, Row(id_, "", number, cells)


def _stored(value: Written | None) -> CellValue:
    """Return what a cell holds so that it reads as the value, to the last digit."""
    if not isinstance(value, Decimal):
        return value
    if value == value.to_integral_value() and abs(value) < _EXACT:
        return int(value)
    return float(value) if from_float(float(value)) == value else plain(value)


def _has_texts(ledger: Ledger) -> bool:
    return any(
        cell.text
        for row in ledger.every_row()
        for field in notes(fields_of(ledger.plan, row.id))
        if (cell := row.cells.get(field.key))
    )


def _without_texts(plan: Plan, rows: Mapping[str, Row]) -> Iterator[tuple[str, Row]]:
    for id_, row in rows.items():
        blank = {
            field.key: replace(cell, value=None, is_formula=False, left_out="", flaw=None)
            for field in notes(fields_of(plan, id_))
            if (cell := row.cells.get(field.key))
        }
        yield id_, replace(row, cells={**row.cells, **blank})
