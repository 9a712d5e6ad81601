"""The strict form of Open XML (ISO/IEC 29500 Strict): the same elements in other namespaces."""

from __future__ import annotations

from typing import Final

_USUAL: Final = b"http://schemas.openxmlformats.org/"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_PAIRS: Final = tuple(
    (_USUAL + usual + b'"', _STRICT + strict + b'"')
    for usual, strict in (
        (b"spreadsheetml/2006/main", b"spreadsheetml/main"),
        (b"drawingml/2006/main", b"drawingml/main"),
        (b"drawingml/2006/chart", b"drawingml/chart"),
        (b"drawingml/2006/spreadsheetDrawing", b"drawingml/spreadsheetDrawing"),
        (b"officeDocument/2006/relationships", b"officeDocument/relationships"),
    )
)
_KINDS: Final = (
    _USUAL + b"officeDocument/2006/relationships/",
    _STRICT + b"officeDocument/relationships/",
)


def is_strict(links: bytes) -> bool:
    """Return whether a package with these relationships of its own is in the strict form."""
    return _STRICT in links


def made_usual(xml: bytes) -> bytes:
    """Return the XML of a strict part in the namespaces of the usual form."""
    for usual, strict in (*_PAIRS, _KINDS):
        xml = xml.replace(strict, usual)
    return xml


def made_strict(xml: bytes) -> bytes:
    """Return the XML of a part in the namespaces of the strict form."""
    for usual, strict in (*_PAIRS, _KINDS):
        xml = xml.replace(usual, strict)
    return xml
