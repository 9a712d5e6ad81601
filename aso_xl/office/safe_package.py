"""What any Office file is asked before a part of it is used: kind, size, and how it fails to open."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Sequence
from enum import Enum
from typing import Final
from xml.parsers import expat

MAX_PARTS: Final = 5000
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")

UNREADABLE: Final = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, ArithmeticError, NotImplementedError, RuntimeError),
    *(LookupError, SyntaxError, expat.ExpatError),
)
"""What a damaged package raises while it is opened or parsed; lxml's errors are SyntaxErrors, an
encoding that nobody knows is a LookupError."""


class OldFile(Enum):
    """What a file is that begins as Office files did before there were packages."""

    ENCRYPTED = "encrypted"
    OLD = "old"


def old_file(data: bytes) -> OldFile | None:
    """Return whether a file has a password or an old format; None for any other."""
    if not data.startswith(_OLE):
        return None
    return OldFile.ENCRYPTED if _ENCRYPTED in data else OldFile.OLD


def is_immense(parts: Sequence[zipfile.ZipInfo], most: int) -> bool:
    """Return whether a package has more than `MAX_PARTS` parts, or ``most`` bytes when unpacked."""
    return len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > most


def immense_words(most: int) -> str:
    """Return the finding of an immense package, the end of a sentence that begins with its name."""
    return (
        f"は展開すると大きすぎるため、安全のため開きません(上限 {most // 2**20}MB、{MAX_PARTS}個)"
    )
