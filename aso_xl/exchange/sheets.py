"""The sheets that merging keeps in the master: 競合, 変更履歴, 受け付けなかった変更; both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..ledger import CellValue, Ledger
from ..numerals import plain
from ..plan import Plan
from ..workbook.layout import (
    CHANGES,
    CHANGES_TABLE,
    CONFLICTS,
    CONFLICTS_TABLE,
    REJECTED,
    REJECTED_TABLE,
)
from ..workbook.locating import clean
from ..workbook.writing import OwnSheet
from .merging import CHOICES, Applied, Conflict, Rejected
from .values import ACTUAL, BLANK_WORD, LABELS, Key, Value, value_of

CONFLICT_HEADS: Final = (
    *("指標", "項目", "年度", "送付時", "マスター", "提出", "課", "ファイル", "採用", "別の値"),
)
CHANGE_HEADS: Final = ("日時", "指標", "項目", "年度", "変更前", "変更後", "ファイル")
REJECTED_HEADS: Final = ("指標", "項目", "年度", "値", "課", "ファイル", "理由")
CHOICE_HEAD, OTHER_HEAD = "採用", "別の値"
_FIELDS: Final = {label: field for field, label in LABELS.items()}

Note = Mapping[str, CellValue]
Row = tuple[Value, ...]


def listed(ledger: Ledger) -> Iterator[Conflict]:
    """Yield the conflicts of earlier merges, with what was decided in the sheet 競合."""
    for note in ledger.notes.get(CONFLICTS_TABLE, ()):
        key = _key(note)
        if not key.id or not key.field:
            continue
        choice = clean(note.get(CHOICE_HEAD))
        yield Conflict(
            key,
            _value(note, "送付時", key),
            _value(note, "マスター", key),
            _value(note, "提出", key),
            _text(note, "課"),
            _text(note, "ファイル"),
            choice if choice in CHOICES else "",
            _value(note, OTHER_HEAD, key),
        )


def taken(ledger: Ledger) -> dict[tuple[Key, str], Value]:
    """Return the value last taken from each file, by cell and file name."""
    found: dict[tuple[Key, str], Value] = {}
    for note in ledger.notes.get(CHANGES_TABLE, ()):
        key = _key(note)
        found[key, _text(note, "ファイル")] = _value(note, "変更後", key)
    return found


def conflict_rows(conflicts: Iterable[Conflict], plan: Plan) -> tuple[Row, ...]:
    """Return the rows of the sheet 競合."""
    return tuple(
        (
            *_place(plan, c.key.id, c.key.label, c.key.round),
            *map(_cell, (c.base, c.master, c.submitted)),
            *(c.department, c.file, c.choice or None, c.other),
        )
        for c in conflicts
    )


def change_rows(applied: Iterable[Applied], plan: Plan, when: str) -> tuple[Row, ...]:
    """Return the rows that a merge adds to the sheet 変更履歴."""
    return tuple(
        (
            when,
            *_place(plan, a.key.id, a.key.label, a.key.round),
            *(_cell(a.before), _cell(a.after), a.file),
        )
        for a in applied
    )


def rejected_rows(rejected: Iterable[Rejected], plan: Plan) -> tuple[Row, ...]:
    """Return the rows of the sheet 受け付けなかった変更."""
    return tuple(
        (
            *_place(plan, r.id, r.label, r.round),
            *(_cell(r.value), r.department, r.file, r.reason),
        )
        for r in rejected
    )


def kept_rows(ledger: Ledger, table: str, heads: tuple[str, ...]) -> tuple[Row, ...]:
    """Return the rows that a table has now."""
    return tuple(
        tuple(value_of(note.get(clean(head))) for head in heads)
        for note in ledger.notes.get(table, ())
    )


def conflict_sheet(rows: tuple[Row, ...]) -> OwnSheet:
    """Return the sheet 競合, in which staff choose what holds."""
    return OwnSheet(
        *(CONFLICTS, CONFLICTS_TABLE, CONFLICT_HEADS, rows),
        (30, 11, 7, 22, 22, 22, 14, 26, 12, 22),
        inputs=(CHOICE_HEAD, OTHER_HEAD),
        choices={CHOICE_HEAD: CHOICES},
    )


def change_sheet(rows: tuple[Row, ...]) -> OwnSheet:
    """Return the sheet 変更履歴."""
    widths = (17, 30, 11, 7, 28, 28, 30)
    return OwnSheet(CHANGES, CHANGES_TABLE, CHANGE_HEADS, rows, widths)


def rejected_sheet(rows: tuple[Row, ...]) -> OwnSheet:
    """Return the sheet 受け付けなかった変更."""
    widths = (30, 13, 7, 28, 14, 30, 44)
    return OwnSheet(REJECTED, REJECTED_TABLE, REJECTED_HEADS, rows, widths)


def _place(plan: Plan, id_: str, label: str, round_: str | None) -> Row:
    """Return 指標 (id and name), 項目 and 年度."""
    known = plan.by_id.get(id_) or plan.measures.get(id_)
    return (f"{id_} {known.name}" if known else id_ or None, label, round_)


def _cell(value: Value) -> Value:
    return BLANK_WORD if value is None else value


def _key(note: Note) -> Key:
    id_ = _text(note, "指標").partition(" ")[0]
    label = _text(note, "項目")
    return Key(id_, _text(note, "年度") if label == ACTUAL else _FIELDS.get(label, ""))


def _value(note: Note, head: str, key: Key) -> Value:
    value = value_of(note.get(clean(head)), text=key.is_text)
    return None if value == BLANK_WORD else value


def _text(note: Note, head: str) -> str:
    value = value_of(note.get(clean(head)), text=True)
    return value.strip() if isinstance(value, str) else plain(value) or ""
