"""The comments of a workbook file: old ones (notes) and threaded ones, each once.

They are only mentioned. A part that is damaged has none, and never refuses the workbook.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....domain.ledger import Remark
from ....errors import WorkbookError
from ....office.xml_stream import MAIN_SPACES, tags
from .package import Package

_THREADED: Final = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_TAGS: Final = {
    **tags("comment", "t", "rPh", spaces=MAIN_SPACES),
    **tags("threadedComment", "text", spaces=(_THREADED,)),
}
_KINDS: Final = ("threadedComment", "comments")


def comments_of(package: Package) -> tuple[Remark, ...]:
    """Return the comments of every sheet, a thread's answers as one text."""
    if not any("omment" in name for name in package.names):
        return ()
    fresh = Package(package.data, package.name)
    return tuple(
        Remark(title, address, text, is_comment=True)
        for title, part in fresh.sheet_parts.items()
        for address, text in _on_sheet(fresh, part)
    )


def _on_sheet(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """Yield address and text; where a cell has a thread, the note that shows it is left out."""
    by_kind: dict[str, dict[str, list[str]]] = {kind: {} for kind in _KINDS}
    try:
        links = list(package.links(part).values())
    except WorkbookError:
        return
    for link in links:
        if link.kind in by_kind and link.target in package.names:
            reader = _CommentReader()
            try:
                package.read(link.target, reader)
            except WorkbookError:
                continue
            for address, text in reader.comments:
                by_kind[link.kind].setdefault(address, []).append(text)
    threads, notes = (by_kind[kind] for kind in _KINDS)
    for address, texts in {**notes, **threads}.items():
        if text := " / ".join(" ".join(text.split()) for text in texts if text.strip()):
            yield address, text


class _CommentReader:
    """Takes in a part of comments: address and text of each, without readings (ふりがな)."""

    def __init__(self) -> None:
        self.comments: list[tuple[str, str]] = []
        self._address = ""
        self._text: list[str] = []
        self._inside = self._reading = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _TAGS.get(name):
            case "comment" | "threadedComment":
                self._address, self._text = attributes.get("ref", ""), []
            case "t" | "text":
                self._inside = not self._reading
            case "rPh":
                self._reading = True

    def end(self, name: str) -> None:
        match _TAGS.get(name):
            case "comment" | "threadedComment":
                self.comments.append((self._address, "".join(self._text)))
            case "t" | "text":
                self._inside = False
            case "rPh":
                self._reading = False

    def text(self, data: str) -> None:
        if self._inside:
            self._text.append(data)
