"""What was confirmed: figures that are others now, and records that were changed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from ..catalogue import (
    BASELINE_AS_DEFINED,
    CONFIRMED_CHANGED,
    CONFIRMED_TEXT,
    CORRECTED,
    RECORD_EDITED,
    RECORD_ROW_MISSING,
    RECORD_SHEET_MISSING,
)
from ..cells import Cell
from ..entry import mark_of, note_of
from ..fields import BASELINE, fields_of, notes
from ..ledger import Ledger
from ..numerals import FiscalYear, from_float, parse_number, plain
from ..plan import Actual, Indicator
from ..record import Correction, RoundRecord, Written
from ..record_heads import HEADS, ID, KIND, NAME, REASON, REOPENED, YEAR
from ..record_lines import key_of, lines_of
from ..shown import show
from ..text import seen
from .issue import Issue, issue

Lines = tuple[Mapping[str, Cell], ...]

OF_SHEET: Final = frozenset({RECORD_EDITED, RECORD_ROW_MISSING, RECORD_SHEET_MISSING})
"""Findings on the sheet that shows the records: drawn anew, it says what they say."""


def check(ledger: Ledger) -> Iterator[Issue]:
    """Yield what differs from the records of the confirmed rounds, in cells and in their sheet."""
    for correction in ledger.corrections:
        yield from _corrected(ledger, correction)
    yield from _unused_reasons(ledger)
    if record := ledger.records.get(ledger.settings.round):
        yield from _texts(ledger, record)
    if ledger.records and ledger.record_lines is None:
        yield issue(RECORD_SHEET_MISSING)
    elif ledger.record_lines is not None:
        by_year = _by_year(ledger.record_lines)
        heads = frozenset(head for line in ledger.record_lines for head in line)
        for round_, record in ledger.records.items():
            yield from _sheet(record, by_year.get(str(round_), {}), heads)


def _unused_reasons(ledger: Ledger) -> Iterator[Issue]:
    """Yield the indicators for whose baseline a reason is given although nothing is corrected."""
    corrected = {each.id for each in ledger.corrections if each.round is None}
    for id_, _ in ledger.settings.baseline_reasons:
        if id_ not in corrected and (own := ledger.plan.by_id.get(id_)):
            row = ledger.rows.get(id_)
            yield issue(BASELINE_AS_DEFINED, row.cells.get(BASELINE) if row else None, own)


def _corrected(ledger: Ledger, correction: Correction) -> Iterator[Issue]:
    indicator, row = ledger.plan.by_id[correction.id], ledger.rows.get(correction.id)
    key = str(correction.round) if correction.round else BASELINE
    at = (row.cells.get(key) if row else None, indicator, correction.round)
    before, now = shown(indicator, correction.before), shown(indicator, correction.now)
    if correction.reason:
        what = "確定した" if correction.round else "基準値"
        yield issue(CORRECTED, *at, what=what, before=before, now=now, reason=correction.reason)
    else:
        yield issue(CONFIRMED_CHANGED, *at, before=before, now=now)


def shown(indicator: Indicator, actual: Actual) -> str:
    """Return an actual as printed; 空欄 for none."""
    if actual.value is not None:
        return show(indicator, actual.value)
    return mark_of(actual) or "空欄"


def _texts(ledger: Ledger, record: RoundRecord) -> Iterator[Issue]:
    """Yield the texts of the round in 設定 that are others than when it was confirmed."""
    if not record.has_texts:
        return
    earlier = ledger.onward_from(record.plan).inverted
    for rows, kept in (
        (ledger.rows, record.rows),
        (ledger.measures, record.measures),
        (ledger.goals, record.goals),
    ):
        for id_, row in rows.items():
            for field in notes(fields_of(ledger.plan, id_)):
                cell, link = row.cells.get(field.key), earlier.alone(id_)
                if cell is None or link is None or link.after not in kept:
                    continue
                if not _same(note_of(cell, field), kept[link.after].get(field.key)):
                    found = issue(
                        CONFIRMED_TEXT, cell, ledger.plan.by_id.get(id_), label=field.word
                    )
                    yield replace(found, indicator=id_)


Key = tuple[str, str, str]


def _by_year(lines: Lines) -> dict[str, dict[Key, Mapping[str, Cell]]]:
    """Return the rows of the sheet by round and by what they are known by, the first of each."""
    found: dict[str, dict[Key, Mapping[str, Cell]]] = {}
    for line in lines:
        key = _key(line)
        if key[1] != REOPENED:
            found.setdefault(key[0], {}).setdefault(key, line)
    return found


def _sheet(
    record: RoundRecord, there: dict[Key, Mapping[str, Cell]], heads: frozenset[str]
) -> Iterator[Issue]:
    """Yield the cells of the sheet that say something else than the record, and rows that are gone."""
    year = str(record.round)
    for expected in lines_of(record):
        key = key_of(expected)
        if (line := there.pop(key, {})) == {}:
            label = " ".join(filter(None, (year, key[1], key[2])))
            yield replace(issue(RECORD_ROW_MISSING, label=label), round=record.round)
            continue
        for head in HEADS:
            if head == REASON or head not in heads:
                continue
            cell, value = line.get(head), expected[head]
            if cell is not None and not _same(_value(cell, value), value):
                yield _edited(record.round, cell, key[2], head, value)
    for key, line in there.items():
        if cell := line.get(NAME) or line.get(ID):
            yield _edited(record.round, cell, key[2], "行", None)


def _edited(round_: FiscalYear, cell: Cell, id_: str, head: str, expected: Written | None) -> Issue:
    value, wanted = cell.text or "空欄", _text(expected) or "空欄"
    at = (cell, None, round_)
    found = issue(RECORD_EDITED, *at, head=head, value=value, expected=wanted)
    return replace(found, indicator=id_)


def _key(line: Mapping[str, Cell]) -> Key:
    year, kind, number, name = (
        line[head].text if head in line else "" for head in (YEAR, KIND, ID, NAME)
    )
    return year, kind, number or name


def _value(cell: Cell, expected: Written | None) -> Written | None:
    """Return what a cell says, as a number where one is expected."""
    if not isinstance(expected, Decimal):
        return cell.text or None
    if isinstance(cell.value, float | int) and not isinstance(cell.value, bool):
        return from_float(float(cell.value))
    number = parse_number(cell.text, "")
    return cell.text or None if number is None else number


def _same(one: Written | None, other: Written | None) -> bool:
    if one == other or (isinstance(one, Decimal) and isinstance(other, Decimal)):
        return one == other
    return _lines_of(_text(one)) == _lines_of(_text(other))


def _text(value: Written | None) -> str:
    return (plain(value) or "") if isinstance(value, Decimal) else value or ""


def _lines_of(text: str) -> list[str]:
    """Return a text without what programs change on saving."""
    lines = seen(text).replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    return [line.rstrip() for line in lines]
