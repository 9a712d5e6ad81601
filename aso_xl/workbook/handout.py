"""What a workbook handed out to one department carries hidden: which split, and what was sent.

The record is text of letters and digits only, so that it survives being saved by any program.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from ..domain.numerals import FiscalYear

RECORD: Final = "handout"
MOST: Final = 20 * 2**20
"""Bytes that a record may unpack to; ours take some thousands."""

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
        """Return the record as URL-safe Base64 of compressed JSON, without padding."""
        text = json.dumps(vars(self), default=_number, separators=(",", ":"))
        return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpacked(text: str) -> Handout:
    """Return the handout of a record. Raises ValueError for a record that is damaged."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        raw = json.loads(_inflated(data), parse_float=Decimal, parse_int=Decimal)
        found = Handout(**raw)
        FiscalYear.parse(found.round)
        if not _is_sound(found):
            raise ValueError("not of the shape that was written")
        return found
    except (zlib.error, AttributeError, TypeError, ValueError) as error:
        raise ValueError("配布の記録が壊れています") from error


def _is_sound(found: Handout) -> bool:
    texts = (found.split, found.department, found.round, found.whole, found.deadline)
    cells = [value for fields in found.values.values() for value in fields.values()]
    return all(isinstance(text, str) for text in (*texts, *found.settings.values())) and all(
        isinstance(value, str | Decimal | None) for value in cells
    )


def _inflated(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    found = unpacker.decompress(data, MOST)
    if not unpacker.eof:
        raise ValueError("too long or cut")
    return found


def _number(value: Any) -> Any:
    """Return a Decimal as a JSON number; 15 digits survive the way through a double."""
    if not isinstance(value, Decimal):
        raise TypeError(type(value))
    return int(value) if value == value.to_integral_value() else float(value)
