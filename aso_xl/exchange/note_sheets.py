"""The sheets that merging keeps in the master: 競合, 変更履歴, 受け付けなかった変更; both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ..domain.cells import CellValue
from ..domain.fields import fields_of
from ..domain.ledger import Ledger
from ..domain.numerals import plain
from ..domain.plan import Plan
from ..domain.slip import MESSAGE, STATE, Slip
from ..workbook.layout import (
    CAME_HEAD,
    CHANGES,
    CHANGES_TABLE,
    CHOICE_HEAD,
    CONFLICTS,
    CONFLICTS_TABLE,
    NOTE_HEADS,
    NOW_HEAD,
    OTHER_HEAD,
    REJECTED,
    REJECTED_TABLE,
    SENT_HEAD,
    SLIP,
    SPLIT_HEAD,
    UNIT_HEAD,
    WORDS_BEFORE,
)
from ..workbook.read.tables import clean
from ..workbook.write.own_sheet import Open, OwnSheet
from ..workbook.write.sheet_cells import can_hold
from .cell_values import BLANK_WORD, Key, Value, key_of, like_blank, value_of
from .receipts import Receipt
from .three_way import CHOICES, OTHER, Applied, Conflict, Rejected, Source

CONFLICT_HEADS: Final = NOTE_HEADS[CONFLICTS_TABLE]
CHANGE_HEADS: Final = NOTE_HEADS[CHANGES_TABLE]
REJECTED_HEADS: Final = NOTE_HEADS[REJECTED_TABLE]
HOW_TO_DECIDE: Final = (
    f"届いた値と{NOW_HEAD}が違います。「{CHOICE_HEAD}」を選び({OTHER_HEAD}は右の列に書き)、"
    "保存してから、もう一度統合してください。"
)
LEFT_TO_DECIDE: Final = "まだ選んでいないもの: {open}件"
HOW_TO_MEND: Final = (
    "取り込まなかった値です。「理由」を確かめ、必要な値は元のシートに自分で入力してください。"
)
_OPEN: Final = (
    f'({{指標}}<>"")*(({{{CHOICE_HEAD}}}="")+({{{CHOICE_HEAD}}}="{OTHER}")*({{{OTHER_HEAD}}}=""))'
)
_AND: Final = "、"
_BEGINNING: Final = 1000

Note = Mapping[str, CellValue]
Row = tuple[Value, ...]


def listed(ledger: Ledger) -> Iterator[Conflict]:
    """Yield the conflicts of earlier merges, with what was decided in the sheet 競合."""
    for note in ledger.notes.get(CONFLICTS_TABLE, ()):
        key = _key(ledger.plan, note)
        if not _is_cell(key):
            continue
        choice = clean(note.get(CHOICE_HEAD))
        choice = WORDS_BEFORE.get(choice, choice)
        yield Conflict(
            key,
            _value(note, SENT_HEAD, key),
            _value(note, NOW_HEAD, key),
            _value(note, CAME_HEAD, key),
            _text(note, "課"),
            _text(note, "ファイル"),
            choice if choice in CHOICES else "",
            _value(note, OTHER_HEAD, key),
            _text(note, SPLIT_HEAD),
            blanks=_text(note, OTHER_HEAD) == BLANK_WORD,
        )


def unreadable_rows(ledger: Ledger) -> tuple[Row, ...]:
    """Return the rows of the sheet 競合 whose cell can no longer be told; they are kept."""
    notes = ledger.notes.get(CONFLICTS_TABLE, ())
    rows = kept_rows(ledger, CONFLICTS_TABLE, CONFLICT_HEADS)
    return tuple(
        row for note, row in zip(notes, rows, strict=True) if not _is_cell(_key(ledger.plan, note))
    )


@dataclass(frozen=True)
class Taken:
    """A row of the sheet 変更履歴: a value that was taken from the workbooks ``sources``.

    Rows of earlier versions have none, only ``file`` and ``when``.
    """

    key: Key
    value: Value
    file: str
    when: str
    sources: tuple[Source, ...]


def taken(ledger: Ledger) -> Iterator[Taken]:
    """Yield the values that earlier merges took, the oldest first."""
    for note in ledger.notes.get(CHANGES_TABLE, ()):
        key = _key(ledger.plan, note)
        splits = _text(note, SPLIT_HEAD).split(_AND)
        departments = _text(note, "課").split(_AND)
        sources = map(Source, splits, departments) if any(splits) else ()
        names = (_text(note, "ファイル"), _text(note, "日時"))
        yield Taken(key, _value(note, "変更後", key), *names, tuple(sources))


def changes_called(ledger: Ledger, word: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the rows of 変更履歴 of the round whose 項目 is that word.

    Each is time, file, department, split and 変更後.
    """
    round_ = str(ledger.settings.round)
    for note in ledger.notes.get(CHANGES_TABLE, ()):
        if (_text(note, "項目"), _text(note, "年度")) == (word, round_):
            when, file = _text(note, "日時"), _text(note, "ファイル")
            yield when, file, _text(note, "課"), _text(note, SPLIT_HEAD), _text(note, "変更後")


def texts_of_changes(ledger: Ledger) -> Iterator[str]:
    """Yield what the rows of 変更履歴 name: what changed, and to what."""
    for note in ledger.notes.get(CHANGES_TABLE, ()):
        yield from (_text(note, head) for head in ("指標", "変更後"))


def conflict_rows(conflicts: Iterable[Conflict], ledger: Ledger) -> tuple[Row, ...]:
    """Return the rows of the sheet 競合."""
    return tuple(
        (
            *_place(ledger, c.key.id, c.key.label, c.key.round),
            _unit(ledger.plan, c.key.id, c.key.label),
            *map(_cell, (c.base, c.master, c.submitted)),
            *(c.choice or None, _other(c), c.department, c.file, c.split or None),
        )
        for c in conflicts
    )


def change_rows(applied: Iterable[Applied], ledger: Ledger, when: str) -> tuple[Row, ...]:
    """Return the rows that a merge adds to the sheet 変更履歴."""
    return tuple(
        (
            when,
            *_place(ledger, a.key.id, a.key.label, a.key.round),
            *(_cell(a.before), _cell(a.after), a.file),
            _AND.join(source.department for source in a.sources),
            _AND.join(source.split for source in a.sources),
        )
        for a in applied
    )


def slip_rows(before: Mapping[Source, Receipt], now: Mapping[Source, Receipt]) -> tuple[Row, ...]:
    """Return the rows that the sheet 変更履歴 gets of what the slips say otherwise than before."""
    return tuple(
        (
            *(came.at, SLIP, label, came.round, old or None, new or None),
            *(came.file, source.department, source.split),
        )
        for source, came in now.items()
        if (known := before.get(source)) != came
        for label, old, new in _said(known.slip if known else None, came.slip)
        if old != new
    )


def _said(before: Slip | None, now: Slip | None) -> Iterator[tuple[str, str, str]]:
    """Yield what two slips say: the state with who confirmed it, and the message."""
    if now is not None:
        before = before or Slip()
        yield STATE, before.words, now.words
        yield MESSAGE, before.message, now.message


def rejected_rows(rejected: Iterable[Rejected], ledger: Ledger) -> tuple[Row, ...]:
    """Return the rows of the sheet 受け付けなかった変更."""
    return tuple(
        (
            *(*_place(ledger, r.id, r.label, r.round), _unit(ledger.plan, r.id, r.label)),
            *(_cell(r.value), r.reason, r.department, r.file),
        )
        for r in rejected
    )


def kept_rows(ledger: Ledger, table: str, heads: tuple[str, ...]) -> tuple[Row, ...]:
    """Return the rows that a table has now."""
    return tuple(
        tuple(value_of(note.get(clean(head))) for head in heads)
        for note in ledger.notes.get(table, ())
    )


def kept_rejected(ledger: Ledger) -> tuple[Row, ...]:
    """Return the rows that 受け付けなかった変更 has now; those of earlier versions get their unit."""
    at = REJECTED_HEADS.index(UNIT_HEAD)
    notes = ledger.notes.get(REJECTED_TABLE, ())
    rows = kept_rows(ledger, REJECTED_TABLE, REJECTED_HEADS)
    units = (_unit(ledger.plan, _id(note), _text(note, "項目")) for note in notes)
    return tuple((*r[:at], unit, *r[at + 1 :]) for r, unit in zip(rows, units, strict=True))


def conflict_sheet(rows: tuple[Row, ...]) -> OwnSheet:
    """Return the sheet 競合, in which staff choose what holds."""
    left = sum(map(_is_undecided, rows))
    return OwnSheet(
        *(CONFLICTS, CONFLICTS_TABLE, CONFLICT_HEADS, rows),
        (20, 9, 8, 8, 16, 16, 16, 11, 14, 11, 22, 28),
        inputs=(CHOICE_HEAD, OTHER_HEAD),
        choices={CHOICE_HEAD: CHOICES},
        lines=(HOW_TO_DECIDE, LEFT_TO_DECIDE),
        open=Open(_OPEN, CHOICE_HEAD, left),
    )


def _is_undecided(row: Row) -> bool:
    answers = dict(zip(CONFLICT_HEADS, row, strict=True))
    choice = answers[CHOICE_HEAD]
    return choice is None or (choice == OTHER and answers[OTHER_HEAD] is None)


def change_sheet(rows: tuple[Row, ...]) -> OwnSheet:
    """Return the sheet 変更履歴."""
    widths = (17, 28, 10, 8, 27, 27, 28, 13, 24)
    return OwnSheet(CHANGES, CHANGES_TABLE, CHANGE_HEADS, rows, widths)


def rejected_sheet(rows: tuple[Row, ...]) -> OwnSheet:
    """Return the sheet 受け付けなかった変更."""
    widths = (24, 10, 8, 8, 18, 40, 11, 24)
    about = (REJECTED, REJECTED_TABLE, REJECTED_HEADS, rows, widths)
    return OwnSheet(*about, lines=(HOW_TO_MEND,))


def _place(ledger: Ledger, id_: str, label: str, round_: str | None) -> Row:
    """Return 指標 (id and name), 項目 and 年度."""
    name = ledger.name_of(id_)
    return (f"{id_} {name}" if name else id_ or None, label, round_)


def _unit(plan: Plan, id_: str, label: str) -> str | None:
    """Return the unit of the figure that a row is about; None where it is no figure."""
    known = plan.by_id.get(id_)
    for field in fields_of(plan, id_) if plan.name_of(id_) else ():
        if field.word == label and not field.is_text:
            return field.unit or (known.unit if known else "") or None
    return None


def _cell(value: Value) -> Value:
    """Return a value as listed: a blank as a word, a text that reads like that word in 「」.

    What no cell can hold is listed by its first letters.
    """
    if like_blank(value):
        return f"「{value}」"
    if not can_hold(value):
        return f"{str(value)[:_BEGINNING]}…"
    return BLANK_WORD if value is None else value


def _other(conflict: Conflict) -> Value:
    """Return 別の値 as listed: empty where none is given."""
    given = conflict.blanks or conflict.other is not None
    return _cell(conflict.other) if given else None


def _is_cell(key: Key) -> bool:
    return bool(key.id and key.field)


def _id(note: Note) -> str:
    return _text(note, "指標").partition(" ")[0]


def _key(plan: Plan, note: Note) -> Key:
    """Return the cell that a row is about, without a field where the plan has no such cell."""
    id_ = _id(note)
    return key_of(plan, id_, _text(note, "項目"), _text(note, "年度")) or Key(id_, "")


def _value(note: Note, head: str, key: Key) -> Value:
    value = value_of(note.get(clean(head)), text=key.is_text)
    if value == BLANK_WORD:
        return None
    if isinstance(value, str) and like_blank(value):
        return value[1:-1]
    return value


def _text(note: Note, head: str) -> str:
    value = value_of(note.get(clean(head)), text=True)
    return value.strip() if isinstance(value, str) else plain(value) or ""
