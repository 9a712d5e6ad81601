"""What a workbook handed out to one department carries hidden: which split, and what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from ..domain.numerals import FiscalYear
from .packed_record import packed, raw

RECORD: Final = "handout"

Value = str | Decimal | None
Values = Mapping[str, Mapping[str, Value]]
"""Typed values by id (of an indicator or 施策) and field; what is blank may be left out."""


@dataclass(frozen=True)
class Handout:
    """One department's part of a split: ``values`` were sent, ``whole`` is the fingerprint of the
    whole definition, ``settings`` what the sheet 設定 said; ``deadline`` is printed as it is.
    """

    split: str
    department: str
    round: str
    whole: str
    deadline: str = ""
    values: Values = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)

    def packed(self) -> str:
        return packed(vars(self))


def unpacked(text: str) -> Handout:
    """Return the handout of a record. Raise ValueError for a record that is damaged."""
    try:
        handout = Handout(**raw(text))
        FiscalYear.parse(handout.round)
        if not _is_sound(handout):
            raise ValueError("not of the shape that was written")
        return handout
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError("配布の記録が壊れています") from error


def _is_sound(handout: Handout) -> bool:
    texts = (handout.split, handout.department, handout.round, handout.whole, handout.deadline)
    cells = [value for fields in handout.values.values() for value in fields.values()]
    return all(isinstance(text, str) for text in (*texts, *handout.settings.values())) and all(
        isinstance(value, str | Decimal | None) for value in cells
    )
