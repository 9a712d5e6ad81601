"""What stands in the cells that departments may fill, as values that can be compared.

A value is a number (Decimal at 15 digits), a text, or None for blank. Line ends, trailing blanks
and characters that look the same, which programs change on saving, make no difference.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from decimal import Decimal
from typing import Final

from ..domain.cells import Cell, CellValue
from ..domain.field_declaration import Field, Type
from ..domain.fields import (
    ACTUAL_WORD,
    STANDARD,
    fields_of,
    goal_fields,
    indicator_fields,
    is_round,
    measure_fields,
    typed,
)
from ..domain.ledger import Ledger
from ..domain.numerals import from_float, plain
from ..domain.plan import Plan
from ..domain.questions import ANSWER, BY_KEY
from ..domain.text import seen, trimmed

Value = str | Decimal | None
BLANK_WORD: Final = "(空欄)"
_LIKE_BLANK: Final = re.compile(rf"「*{re.escape(BLANK_WORD)}」*")


@dataclass(frozen=True, slots=True)
class Key:
    """A cell by meaning: id of an indicator, 施策, goal or question, and key of its field (a
    round's: ``R8``).

    ``declared`` is the field itself; keys are the same whatever it is called in their workbooks.
    """

    id: str
    field: str
    declared: Field | None = dataclass_field(default=None, compare=False, repr=False)

    @property
    def is_text(self) -> bool:
        """Return whether digits that stand there are letters, not a figure."""
        return self.round is None if self.declared is None else self.declared.is_text

    @property
    def round(self) -> str | None:
        return self.field if is_round(self.field) else None

    @property
    def label(self) -> str:
        """Return the word shown for the field: 実績値, 備考, …"""
        if self.declared:
            return self.declared.word
        return ACTUAL_WORD if self.round else _WORDS.get(self.field, self.field)


_WORDS: Final = {field.key: field.word for field in STANDARD}
Values = Mapping[Key, Value]


def keys(plan: Plan) -> Iterator[Key]:
    """Yield every cell that can be filled in a workbook of the plan, in the plan's order."""
    for goal in plan.goals:
        for ids, fields in (
            ([i.id for i in goal.headlines], indicator_fields(plan, "headline")),
            ([i.id for i in goal.kpis], indicator_fields(plan, "kpi")),
            ([m.id for m in goal.measures], measure_fields(plan)),
            ([goal.id], goal_fields(plan)),
        ):
            filled = typed(fields)
            for id_ in ids:
                closed = _closed(plan, id_)
                yield from (Key(id_, f.key, f) for f in filled if f.key not in closed)


def _closed(plan: Plan, id_: str) -> frozenset[str]:
    """Return the rounds in which nothing is asked for an indicator: their cells are no input."""
    own = plan.by_id.get(id_)
    if own is None or not own.is_bounded:
        return frozenset()
    return frozenset(str(round_) for round_ in plan.rounds if not own.is_asked(round_))


def key_of(plan: Plan, id_: str, label: str, round_: str = "") -> Key | None:
    """Return the cell that lists call by that label and round; None where the plan has none."""
    for field in typed(fields_of(plan, id_)):
        if field.word == label and (field.type is not Type.ACTUAL or field.key == round_):
            return Key(id_, field.key, field)
    return None


def cell_of(ledger: Ledger, key: Key) -> Cell | None:
    """Return the cell of a key; None where its row or column is gone."""
    row = ledger.row(key.id)
    return row.cells.get(key.field) if row else None


def keys_of(ledger: Ledger) -> Iterator[Key]:
    """Yield every cell that can be filled in a workbook: those of its plan, and its answers."""
    yield from keys(ledger.plan)
    yield from (Key(id_, ANSWER, BY_KEY[ANSWER]) for id_ in ledger.sent_questions)


def values_of(ledger: Ledger) -> dict[Key, Value]:
    """Return the value of every cell that is there; a row or column that is gone is left out."""
    cells = ((key, cell_of(ledger, key)) for key in keys_of(ledger))
    return {key: value_of(cell.value, text=key.is_text) for key, cell in cells if cell is not None}


def value_of(value: CellValue, *, text: bool = False) -> Value:
    """Return a stored value for comparison; in a text field a number is its digits."""
    match value:
        case None:
            return None
        case bool():
            return str(value).upper()
        case int() | float():
            if value != value:  # not a number: never equal, not even to itself
                return str(value)
            number = from_float(value) if isinstance(value, float) else Decimal(value)
            return plain(number) if text else number
        case dt.timedelta():
            return str(value)
        case dt.date() | dt.time():
            return value.isoformat()
    lines = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return lines if trimmed(lines) else None


def is_number(value: CellValue) -> bool:
    """Return whether a cell holds a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def same(one: Value, other: Value) -> bool:
    """Return whether two values mean the same."""
    return comparable(one) == comparable(other)


def comparable(value: Value) -> Value:
    """Return a value without what programs change on saving: texts as they are seen."""
    if not isinstance(value, str):
        return value
    return "\n".join(line.rstrip() for line in seen(value).rstrip().split("\n")) or None


def shown(value: Value) -> str:
    """Return a value as it is listed; a blank is shown as one, a text that reads so in 「」."""
    if like_blank(value):
        return f"「{value}」"
    return BLANK_WORD if value is None else str(to_json(value))


def like_blank(value: Value) -> bool:
    """Return whether somebody typed the very word that lists show for a blank."""
    return isinstance(value, str) and _LIKE_BLANK.fullmatch(value) is not None


def to_json(value: Value) -> str | None:
    """Return a value for JSON: a decimal string, a text, or None for blank."""
    return plain(value) if isinstance(value, Decimal) else value
