"""Reading the XML of a package's parts as it comes out of the zip: bounded, and never as a tree.

What is hostile or merely immense is refused before it costs memory or minutes: elements are
counted, tags and comments have a longest length, and a document type, which Office Open XML
forbids, ends the reading (entities hide in it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import IO, Final, NoReturn, Protocol
from xml.parsers import expat

MAIN_SPACES: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""SpreadsheetML as Excel saves it, and as 「Strict Open XML」."""

LINK_SPACES: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
PACKAGE_SPACES: Final = ("http://schemas.openxmlformats.org/package/2006/relationships",)

MOST_MARKUP: Final = 6_000_000
"""Tags in all that is read of a workbook: over a million cells."""

MOST_TEXT: Final = 20_000_000
"""Characters in all that is read of a workbook."""

_WIDE: Final = (
    *((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16")),
    *((b"<\0", "UTF-16LE"), (b"\0<", "UTF-16BE")),
)
"""How a part in UTF-16 begins, whatever it then says of itself."""

_CHUNK: Final = 2**17
_LONGEST_TAG: Final = 2**20


class TooMuch(Exception):
    """There is more in the workbook than is read."""


class DocumentType(Exception):
    """A part carries a document type."""


class Done(Exception):
    """Raised by a reader that needs nothing of the part beyond."""


class Reader(Protocol):
    """What takes in a part: elements by expat's names (``tags`` knows them), and their text."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


def tags(*names: str, spaces: tuple[str, ...] = MAIN_SPACES) -> Mapping[str, str]:
    """Return local names by the names that a reader is given."""
    return {f"{space} {name}": name for space in spaces for name in names}


class Budget:
    """How much may still be read of one workbook."""

    def __init__(self) -> None:
        self._markup, self._text = MOST_MARKUP, MOST_TEXT

    def read(self, part: IO[bytes], reader: Reader) -> None:
        """Let ``reader`` take in a part.

        The zip's check sum is checked to the end, also where the reader is done before. Raise
        TooMuch, DocumentType, and what expat, zipfile and the reader raise for damaged parts.
        """
        chunks = self._chunks(part)
        first = next(chunks, b"")
        parser = self._parser(reader, first)
        try:
            for chunk in chain((first,), chunks):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except Done:
            while part.read(_CHUNK):
                pass

    def spend_text(self, length: int) -> None:
        self._text -= length
        if self._text < 0:
            raise TooMuch

    def _chunks(self, part: IO[bytes]) -> Iterator[bytes]:
        unended = 0
        while chunk := part.read(_CHUNK):
            self._markup -= chunk.count(b"<")
            last = chunk.rfind(b">")
            unended = unended + len(chunk) if last < 0 else len(chunk) - last
            if self._markup < 0 or unended > _LONGEST_TAG:
                raise TooMuch
            yield chunk

    def _parser(self, reader: Reader, first: bytes) -> expat.XMLParserType:
        encoding = next((name for sign, name in _WIDE if first.startswith(sign)), None)
        parser = expat.ParserCreate(encoding, " ", None)
        parser.buffer_text = True
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = self._counted(reader)
        parser.StartDoctypeDeclHandler = _refuse
        return parser

    def _counted(self, reader: Reader) -> Callable[[str], None]:
        spend, take = self.spend_text, reader.text

        def text(data: str) -> None:
            spend(len(data))
            take(data)

        return text


def _refuse(*_: object) -> NoReturn:
    raise DocumentType
