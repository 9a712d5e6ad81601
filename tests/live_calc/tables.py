"""An Excel workbook's tables and names, which LibreOffice keeps as database and named ranges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import NoSuchObjectError, XlwingsError, base_classes

from .calls import Counted
from .ranges import Range
from .uno_bridge import struct

if TYPE_CHECKING:
    from .books import Book
    from .sheets import Sheet


class Tables(Counted, base_classes.Tables):
    LOCAL = frozenset({"api", "parent"})

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._sheet.book.document.DatabaseRanges

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def __iter__(self) -> Iterator[Table]:
        return iter(self._here())

    def __len__(self) -> int:
        return len(self._here())

    def __contains__(self, name: str) -> bool:
        return any(table.name == name for table in self._here())

    def __call__(self, key: str | int) -> Table:
        here = self._here()
        found = [t for i, t in enumerate(here, 1) if key in (i, t.name)]
        if not found:
            raise NoSuchObjectError(f"Table {key} doesn't exist.")
        return found[0]

    def _here(self) -> list[Table]:
        book = self._sheet.book
        names = book.app.resident("tables", book.document, self._sheet.index - 1)
        return [Table(self._sheet, self.api.getByName(name)) for name in names]


class Table(Counted, base_classes.Table):
    """An Excel table, which LibreOffice keeps as a database range with a header row."""

    LOCAL = frozenset({"api", "parent"})

    def __init__(self, sheet: Sheet, area: Any) -> None:
        self._sheet, self._area = sheet, area

    @property
    def api(self) -> Any:
        return self._area

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def name(self) -> str:
        return str(self._area.Name)

    @property
    def display_name(self) -> str:
        return self.name

    @property
    def range(self) -> Range:
        return self._rows(0, None)

    @property
    def header_row_range(self) -> Range:
        return self._rows(0, 0)

    @property
    def data_body_range(self) -> Range | None:
        at = self._area.DataArea
        return self._rows(1, None) if at.EndRow > at.StartRow else None

    def resize(self, range: Any) -> None:
        """Raise XlwingsError where Excel refuses: protected sheet, other heading, no body."""
        wanted, at = range.impl.cells.RangeAddress, self._area.DataArea
        if self._sheet.is_protected:
            raise XlwingsError("This operation is not allowed on a protected sheet.")
        if (wanted.Sheet, wanted.StartRow) != (at.Sheet, at.StartRow) or (
            wanted.EndRow == wanted.StartRow
        ):
            raise XlwingsError("Headers must stay in the same row, with a row below them.")
        places = ("Sheet", "StartColumn", "StartRow", "EndColumn", "EndRow")
        self._area.DataArea = struct(
            "table.CellRangeAddress", **{place: getattr(wanted, place) for place in places}
        )

    def _rows(self, first: int, last: int | None) -> Range:
        at = self._area.DataArea
        top, bottom = at.StartRow + first + 1, at.EndRow + 1
        if last is not None:
            bottom = at.StartRow + last + 1
        return self._sheet.range((top, at.StartColumn + 1), (bottom, at.EndColumn + 1))


class Names(Counted, base_classes.Names):
    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def api(self) -> Any:
        return self._book.document.NamedRanges

    def __len__(self) -> int:
        return int(self.api.Count)

    def snapshot(self) -> list[tuple[str, Name]]:
        names = self.api.ElementNames
        return [(name, Name(self._book, self.api.getByName(name))) for name in names]

    def contains(self, name: str) -> bool:
        return bool(self.api.hasByName(name))

    def __call__(self, key: str) -> Name:
        if not self.api.hasByName(key):
            raise NoSuchObjectError(f"The address/named range '{key}' doesn't exist.")
        return Name(self._book, self.api.getByName(key))


class Name(Counted, base_classes.Name):
    def __init__(self, book: Book, range_: Any) -> None:
        self._book, self._range = book, range_

    @property
    def api(self) -> Any:
        return self._range

    @property
    def name(self) -> str:
        return str(self._range.Name)

    @property
    def refers_to_range(self) -> Range:
        cells = self._range.ReferredCells
        if cells is None:
            raise XlwingsError(f"The name {self._range.Name} is no range.")
        return Range(self._book.sheets(cells.RangeAddress.Sheet + 1), cells)
