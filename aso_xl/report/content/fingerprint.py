"""What a workbook says, in sixteen letters: another one as soon as something printed may differ."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields as parts_of
from dataclasses import is_dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final

from ...domain.cells import Row
from ...domain.entry import note_of
from ...domain.field_declaration import Field, Type
from ...domain.fields import fields_of, typed
from ...domain.figures import EnteredFigure
from ...domain.ledger import Ledger
from ...domain.numerals import FiscalYear
from ...domain.text import seen

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

LENGTH: Final = 16
_ASIDE: Final = {"Settings": {"round", "base_document", "kind"}, "Plan": {"round", "fingerprint"}}
"""Fields that leave every figure as it is: which document is made, in which round and looks.

A plan's own fingerprint is of the letters of its definition file; its meaning is taken instead.
"""


def fingerprint(ledger: Ledger, round_: FiscalYear) -> str:
    """Return 16 hexadecimal digits: the same for the same content evaluated in the same round.

    How a program saves a workbook (order of rows, looks, 5 for 5.0, line ends) makes no difference;
    a figure, a mark, a text, a setting or a definition does. It is no secret and no proof.
    """
    content = {
        "round": round_,
        "plan": ledger.plan,
        "settings": ledger.settings,
        "actuals": {id_: _actuals(by_round) for id_, by_round in ledger.figures.items()},
        "texts": {
            row.id: _texts(fields_of(ledger.plan, row.id), row) for row in ledger.every_row()
        },
    }
    return hashlib.sha256(_canonical(content).encode()).hexdigest()[:LENGTH]


def _actuals(by_round: Mapping[FiscalYear, EnteredFigure]) -> Mapping[str, object]:
    """Return what stands in the cells of the rounds: as it was read, else the letters themselves."""
    return {
        str(round_): figure.cell.text if figure.actual.is_blank else figure.actual
        for round_, figure in by_round.items()
        if not figure.cell.is_blank
    }


def _texts(fields: Iterable[Field], row: Row) -> Mapping[str, object]:
    """Return what people wrote beside the figures, by field."""
    return {
        field.key: note
        for field in typed(fields)
        if field.type is not Type.ACTUAL
        and (cell := row.cells.get(field.key))
        and (note := note_of(cell, field)) is not None
    }


def _lines(text: str) -> str:
    """Return a text without what programs change on saving."""
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in seen(text).rstrip().split("\n"))


def _canonical(value: object) -> str:
    """Return a value as text in which nothing can be taken for something else."""
    match value:
        case Enum():
            return _canonical(value.value)
        case Decimal():
            return f"{value.normalize():f}" if value else "0"
        case str():
            return repr(_lines(value))
        case FiscalYear():
            return str(value)
        case Mapping():
            pairs = sorted((_canonical(key), _canonical(item)) for key, item in value.items())
            return "{" + ",".join(f"{key}:{item}" for key, item in pairs) + "}"
        case tuple() | list():
            return "[" + ",".join(map(_canonical, value)) + "]"
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    return repr(value)


def _fields(value: DataclassInstance) -> str:
    """Return the fields that differ from their defaults, so that new ones change no fingerprint."""
    kind = type(value).__name__
    named = {
        field.name: getattr(value, field.name)
        for field in parts_of(value)
        if field.name not in _ASIDE.get(kind, ()) and getattr(value, field.name) != field.default
    }
    return kind + _canonical(named)
