"""Named places of a document: bookmarks, which Word, LibreOffice and python-docx all keep."""

import re
from itertools import count
from typing import Final

from ..content.blocks import MARK

REFERENCE: Final = "_Ref_"
"""How the bookmarks of captions begin, which cross-references print."""

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,33}", re.ASCII)


class BookmarkWriter:
    """Gives out the bookmarks of one document: every name and every id once."""

    def __init__(self, taken: int = 0) -> None:
        """``taken`` is the highest bookmark id that stands there already."""
        self._ids = count(taken + 1)
        self._names: set[str] = set()

    def around(self, name: str, content: str, prefix: str = MARK) -> str:
        """Return the content within a bookmark; as it is without a name.

        Raise ValueError for a name that is taken or cannot be a bookmark's.
        """
        if not name:
            return content
        start, end = self.pair(name, prefix)
        return f"{start}{content}{end}"

    def pair(self, name: str, prefix: str = MARK) -> tuple[str, str]:
        """Return start and end of a bookmark. Raise ValueError as `around` does."""
        whole = prefix + name
        if not _NAME.fullmatch(name) or whole in self._names:
            raise ValueError(f"name of a place: {name!r}")
        self._names.add(whole)
        number = self.new_id()
        start = f'<w:bookmarkStart w:id="{number}" w:name="{whole}"/>'
        return start, f'<w:bookmarkEnd w:id="{number}"/>'

    def new_id(self) -> int:
        """Return an id that no bookmark of the document has."""
        return next(self._ids)
