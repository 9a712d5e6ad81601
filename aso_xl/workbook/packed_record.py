"""What the hidden sheet carries as one text: letters and digits only, which any program keeps."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

MOST: Final = 20 * 2**20
"""Bytes that a record may unpack to; ours take some thousands."""

CHUNK: Final = 8000
"""Characters of a record in one cell."""


def packed(record: Mapping[str, Any]) -> str:
    """Return a record as URL-safe Base64 of compressed JSON, without padding."""
    text = json.dumps(record, default=_number, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def raw(text: str) -> Any:
    """Return what was packed, numbers as Decimal. Raise ValueError for what is damaged."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return json.loads(_inflated(data), parse_float=Decimal, parse_int=Decimal)
    except (zlib.error, RecursionError) as error:
        raise ValueError("damaged") from error


def chunks(text: str) -> list[str]:
    """Return a record in pieces that a cell can hold; reading puts them together again."""
    return [text[i : i + CHUNK] for i in range(0, len(text), CHUNK)]


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
