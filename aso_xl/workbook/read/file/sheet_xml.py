"""Reading a worksheet's XML in one pass: its cells, merged ranges, hidden rows and filter.

What stands behind these (conditional formats, validations, links, drawings) is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....office.addresses import LAST, Corners, column_of, corners_of
from ....office.xml_stream import Done, TooMuch, tags
from .cells import Stored, Take
from .texts import TEXT_TAGS, TextBuilder

MOST_CELLS: Final = 500_000
MOST_MERGED: Final = 100_000

_BEHIND: Final = (
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions"),
    *("pageMargins", "pageSetup", "headerFooter", "drawing", "legacyDrawing", "tableParts"),
)
_TAGS: Final = {
    **TEXT_TAGS,
    **tags("sheetData", "row", "c", "v", "f", "is", "mergeCell", "autoFilter", "filterColumn"),
    **tags(*_BEHIND),
}
_TRUE: Final = ("1", "true")
Rows = dict[int, dict[int, Stored]]


class Damaged(ValueError):
    """The XML says what no worksheet holds."""


class SheetReader:
    """Takes in the part of a worksheet."""

    def __init__(self, take: Take) -> None:
        self.rows: Rows = {}
        self.merged: set[Corners] = set()
        self.hidden: set[int] = set()
        self.is_filtered = False
        self._take = take
        self._columns: dict[str, int] = {}
        self._row, self._column = 0, 0
        self._hidden = False
        self._count = self._merges = 0
        self._in_cell = self._in_value = self._in_filter = False
        self._kind, self._look = "n", 0
        self._value: list[str] = []
        self._has_formula, self._has_text = False, False
        self._inline = TextBuilder()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _TAGS.get(name)
        if tag == "c":
            self._cell(attributes)
        elif tag == "v":
            self._in_value = self._in_cell
        elif tag == "row":
            self._new_row(attributes)
        elif tag == "f":
            self._has_formula = True
        elif tag is not None:
            self._start_other(tag, attributes)

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        if self._in_cell:
            if tag == "is":
                self._has_text = True
                self._inline.clear()
            elif self._has_text:
                self._inline.start(tag, attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "autoFilter":
            self._in_filter = True
        elif tag == "filterColumn":
            self.is_filtered = self.is_filtered or self._in_filter
        elif tag in _BEHIND:
            raise Done

    def end(self, name: str) -> None:
        tag = _TAGS.get(name)
        if tag == "v":
            self._in_value = False
        elif tag == "c":
            self._put()
        elif tag == "autoFilter":
            self._in_filter = False
        elif tag is not None and self._has_text and tag != "is":
            self._inline.end(tag)

    def text(self, data: str) -> None:
        if self._in_value:
            self._value.append(data)
        elif self._has_text:
            self._inline.text(data)

    def _new_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = self._row + 1 if number is None else int(number)
        self._column = 0
        self._hidden = attributes.get("hidden") in _TRUE
        if not 0 < self._row <= LAST.bottom:
            raise Damaged

    def _cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            letters = place.rstrip("0123456789")
            self._column = self._columns.get(letters) or self._numbered(letters)
            if place[len(letters) :] != str(self._row):
                self._row = int(place[len(letters) :])
        if not (0 < self._column <= LAST.right and 0 < self._row <= LAST.bottom):
            raise Damaged
        self._in_cell = True
        self._kind = attributes.get("t", "n")
        self._look = int(attributes.get("s", "0"))
        self._value = []
        self._has_formula = self._has_text = False

    def _numbered(self, letters: str) -> int:
        number = self._columns[letters] = column_of(letters)
        return number

    def _put(self) -> None:
        self._in_cell = False
        inline = self._inline.built() if self._has_text else None
        self._has_text = False
        stored = "".join(self._value)
        made = self._take(self._kind, stored, inline, self._look, self._has_formula)
        if made is None:
            return
        cells = self.rows.setdefault(self._row, {})
        old = cells.get(self._column)
        if old is not None and old.value is not None and old.value != made.value:
            raise Damaged
        self._count += old is None
        if self._count > MOST_CELLS:
            raise TooMuch
        cells[self._column] = made
        if self._hidden:
            self.hidden.add(self._row)

    def _merge(self, ref: str) -> None:
        self._merges += 1
        if self._merges > MOST_MERGED:
            raise TooMuch
        if corners := range_of(ref):
            self.merged.add(corners)

    def without_covered(self) -> Rows:
        """Return the cells by row and column, without those that a merged one covers."""
        for left, top, right, bottom in self.merged:
            for row in list(_between(self.rows, top, bottom)):
                cells = self.rows[row]
                for column in list(_between(cells, left, right)):
                    if (row, column) != (top, left):
                        del cells[column]
                if not cells:
                    del self.rows[row]
        return dict(sorted(self.rows.items()))


def _between(
    numbered: dict[int, object] | Rows | dict[int, Stored], first: int, last: int
) -> Iterator[int]:
    """Yield the keys from ``first`` to ``last``, looking at as few as can be."""
    if last - first < len(numbered):
        return (number for number in range(first, last + 1) if number in numbered)
    return (number for number in numbered if first <= number <= last)


def range_of(ref: str) -> Corners | None:
    """Return the corners of a range; None where it is damaged."""
    try:
        return corners_of(ref)
    except ValueError:
        return None
