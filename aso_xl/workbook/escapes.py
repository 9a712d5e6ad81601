"""The escapes of text in cells (``_x000D_``): decoded once on reading, written so they read back."""

from __future__ import annotations

import re
from typing import Final

_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_LIKE_ONE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LINE_ENDS: Final = re.compile("\r\n?")
_CONTROLS: Final = re.compile("[\x00-\x08\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decoded(text: str) -> str:
    """Return stored text as it was typed: escapes decoded, line ends as one kind.

    A vertical tab is Word's line break. Other control characters, which nobody typed and no
    document or CSV can carry, are left out.
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        if not text.isascii():  # two escapes may be one character beyond U+FFFF
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    if text.isprintable():
        return text
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text).replace("\x0b", "\n"))


def encoded(text: str) -> str:
    """Return text as it is stored: what looks like an escape, and what XML cannot carry, escaped."""
    text = _LIKE_ONE.sub("_x005F_", _LINE_ENDS.sub("\n", text))
    return _NOT_IN_XML.sub(lambda match: f"_x{ord(match.group()):04X}_", text)
