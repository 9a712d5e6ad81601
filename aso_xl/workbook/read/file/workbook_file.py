"""A workbook file behind the port: its parts read as they come out of the zip, each once.

Nothing is read that is not asked for: texts and looks with the first cells of a sheet, a sheet with
its first cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Final

from ....domain.cells import Cell, CellValue
from ....errors import WorkbookError
from ....office.addresses import Corners, address_of
from ....office.xml_stream import tags
from ..book import ListedTable, OpenBook
from .cells import CellMaker
from .comments import comments_of
from .days import MAC_EPOCH, WINDOWS_EPOCH
from .looks import LooksReader
from .package import Package, Relationship, open_package
from .sheet_xml import Rows, SheetReader, range_of
from .texts import SharedTexts

_TABLE_TAGS: Final = tags("table", "autoFilter", "filterColumn")
_WIDEST: Final = 200
"""Tables of more columns are stretched over what the sheet does not hold: it is asked."""


def open_book(path: Path) -> OpenBook:
    """Return the workbook at ``path``, opened without changing the file.

    Raise WorkbookError, one sentence with the remedy, for what cannot be opened; so does reading
    from its sheets where their parts are damaged.
    """
    return book_of(open_package(path))


def book_of(package: Package) -> OpenBook:
    """Return the workbook of a package."""
    return OpenBook(
        *(package.name, sheets_of(package), package.sheet_names, package.has_external_links),
        comments=lambda: comments_of(package),
    )


def sheets_of(package: Package) -> list[FileSheet]:
    """Return the worksheets of a package."""
    store = _Store(package)
    return [FileSheet(title, part, store) for title, part in package.sheet_parts.items()]


class _Store:
    """A package with what its sheets share: texts, looks, and how days are counted."""

    def __init__(self, package: Package) -> None:
        self.package = package

    @cached_property
    def cells(self) -> CellMaker:
        package, texts, looks = self.package, SharedTexts(), LooksReader()
        for kind, reader in (("sharedStrings", texts), ("styles", looks)):
            if part := package.part_of(kind):
                package.read(part, reader)
        epoch = MAC_EPOCH if package.counts_from_1904 else WINDOWS_EPOCH
        return CellMaker(texts.texts, looks.looks, epoch)


class FileSheet:
    """A sheet in a file."""

    def __init__(self, title: str, part: str, store: _Store) -> None:
        self.title = title
        self._part, self._store = part, store

    @cached_property
    def last_row(self) -> int:
        return max(self._rows, default=1)

    @property
    def is_filtered(self) -> bool:
        return self._read.is_filtered

    def tables(self) -> list[ListedTable]:
        """Return the tables; one that is damaged is left out: its headings are still there.

        Columns beyond what the sheet holds are no columns of a table.
        """
        listed = []
        for table in self._tables():
            if corners := range_of(table.ref):
                if corners.right - corners.left > _WIDEST:
                    corners = corners._replace(right=min(corners.right, self._last_column))
                listed.append(ListedTable(table.name, corners, table.is_filtered))
        return listed

    def _tables(self) -> Iterator[_TableReader]:
        package, links = self._store.package, dict[str, Relationship]()
        with suppress(WorkbookError):
            links = package.links(self._part)
        for link in links.values():
            if link.kind == "table" and link.target in package.names:
                table = _TableReader()
                with suppress(WorkbookError):
                    package.read(link.target, table)
                if table.name:
                    yield table

    def cell(self, row: int, column: int) -> Cell:
        address = address_of(row, column)
        stored = self._rows.get(row, {}).get(column)
        return Cell(self.title, address, *stored) if stored else Cell(self.title, address)

    def value(self, row: int, column: int) -> CellValue:
        stored = self._rows.get(row, {}).get(column)
        return stored.value if stored else None

    def filled_rows(self) -> Iterator[tuple[int, Mapping[int, CellValue]]]:
        for row, cells in self._rows.items():
            yield row, {column: cell.value for column, cell in cells.items()}

    def merged(self, within: Corners) -> list[str]:
        return [
            merged.address
            for merged in sorted(self._read.merged)
            if merged.top <= within.bottom
            and merged.bottom >= within.top
            and merged.left <= within.right
            and merged.right >= within.left
        ]

    def hidden_rows(self, within: Corners) -> Collection[int]:
        return {n for n in self._read.hidden if within.top <= n <= within.bottom}

    def formula_cells(self) -> frozenset[str]:
        """Return the addresses of the cells with a formula."""
        return frozenset(
            address_of(row, column)
            for row, cells in self._rows.items()
            for column, cell in cells.items()
            if cell.is_formula
        )

    @cached_property
    def _read(self) -> SheetReader:
        reader = SheetReader(self._store.cells.make)
        self._store.package.read(self._part, reader)
        return reader

    @cached_property
    def _rows(self) -> Rows:
        return self._read.without_covered()

    @cached_property
    def _last_column(self) -> int:
        return max((max(cells) for cells in self._rows.values()), default=1)


class _TableReader:
    """Takes in the part of an Excel table."""

    def __init__(self) -> None:
        self.name, self.ref, self.is_filtered = "", "", False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _TABLE_TAGS.get(name):
            case "table":
                self.name = attributes.get("displayName", "")
                self.ref = attributes.get("ref", "")
            case "filterColumn":
                self.is_filtered = True

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass
