"""The port to a workbook: what is asked of it while it is read, whoever answers.

``file`` answers for a file, ``aso_xl.excel.buttons.live_book`` for a workbook that is open in Excel
(xlwings). One contract test suite runs over both. Numbers they hand out by ``shown``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from ...domain.cells import Cell, CellValue
from ...domain.ledger import Remark
from ...office.addresses import Corners

_WHOLE: Final = 10**16
"""Below it a whole number is written without an exponent."""


def shown(number: float) -> int | float:
    """Return a stored number as Excel shows it: 15 significant digits, whole ones as integers.

    The bits beyond differ with the program that wrote the file; nobody typed them.
    """
    try:
        rounded = float(f"{number:.15g}")
    except OverflowError:  # hundreds of digits, which no spreadsheet writes
        return number
    return int(rounded) if rounded.is_integer() and abs(rounded) < _WHOLE else rounded


class ListedTable(NamedTuple):
    """An Excel table as a sheet lists it."""

    name: str
    corners: Corners
    is_filtered: bool = False


class Sheet(Protocol):
    """One worksheet. Rows and columns count from 1; beyond the last ones every value is None."""

    @property
    def title(self) -> str: ...
    @property
    def last_row(self) -> int: ...
    @property
    def is_filtered(self) -> bool:
        """Return whether the sheet's own filter (no table's) is in use."""
        ...

    def tables(self) -> Sequence[ListedTable]:
        """Return the tables; their last rows may lie beyond what the sheet holds."""
        ...

    def cell(self, row: int, column: int) -> Cell:
        """Return the cell; its number format may be left at General if it is no percentage."""
        ...

    def value(self, row: int, column: int) -> CellValue: ...
    def filled_rows(self) -> Iterator[tuple[int, Mapping[int, CellValue]]]:
        """Yield the rows that have cells from the top: number, and values by column."""
        ...

    def merged(self, within: Corners) -> Sequence[str]:
        """Return the addresses of the merged ranges that touch a range."""
        ...

    def hidden_rows(self, within: Corners) -> Collection[int]:
        """Return which rows of a range are hidden, by whatever means."""
        ...


@dataclass(frozen=True)
class OpenBook:
    """A workbook by its name in sentences, its worksheets, and the names of all its sheets.

    ``comments`` reads the comments; of a workbook that is open in Excel they are not asked.
    """

    name: str
    sheets: Sequence[Sheet]
    sheet_names: tuple[str, ...]
    has_external_links: bool
    comments: Callable[[], Sequence[Remark]] = tuple

    def sheet(self, title: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.title == title), None)
