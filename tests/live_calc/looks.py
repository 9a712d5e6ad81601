"""The colours that cells show, conditional formatting included, as Calc itself renders them.

``Range.color`` knows only a cell's own colour; the HTML that Calc writes has what is seen.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlwings
from lxml import html
from openpyxl.utils.cell import get_column_letter

from .uno_bridge import properties, url_of


@dataclass(frozen=True)
class Look:
    """Colours as ``#RRGGBB``, upper case; ``fill`` is None where the paper shows."""

    fill: str | None
    font: str | None


def looks(sheet: xlwings.Sheet) -> dict[str, Look]:
    """Return how each cell of the used range looks, by address; hidden cells are left out."""
    table = _table(sheet)
    rows, columns = _visible(sheet)
    return {
        f"{get_column_letter(columns[column] + 1)}{rows[row] + 1}": _look(cell)
        for row, column, cell in _placed(table)
        if row < len(rows) and column < len(columns)
    }


def _table(sheet: xlwings.Sheet) -> Any:
    """Return the sheet's HTML table from what Calc writes of the whole book."""
    with tempfile.TemporaryDirectory(prefix="aso_xl_looks_") as folder:
        page = Path(folder) / "book.html"
        how = properties(FilterName="HTML (StarCalc)")
        sheet.book.impl.document.storeToURL(url_of(page), how)
        root: Any = html.fromstring(page.read_bytes())
    titles = root.xpath("//a[starts-with(@name, 'table')]//em")
    tables = root.xpath("//table")
    if not titles:  # a book of one sheet has no headings
        return tables[0]
    return tables[[title.text_content() for title in titles].index(sheet.name)]


def _visible(sheet: xlwings.Sheet) -> tuple[list[int], list[int]]:
    """Return the visible rows and columns of the used range, numbered from 0."""
    used = sheet.used_range.last_cell
    cells = sheet.impl.range((1, 1), (used.row, used.column)).cells
    rows: set[int] = set()
    columns: set[int] = set()
    for area in cells.queryVisibleCells().RangeAddresses:
        rows.update(range(area.StartRow, area.EndRow + 1))
        columns.update(range(area.StartColumn, area.EndColumn + 1))
    return sorted(rows), sorted(columns)


def _placed(table: Any) -> Iterator[tuple[int, int, Any]]:
    """Return row, column (from 0) and element of each cell, spans counted."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iter("td"):
            while (row, column) in taken:
                column += 1
            width, height = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
            taken.update((row + i, column + j) for i in range(height) for j in range(width))
            yield row, column, cell


def _look(cell: Any) -> Look:
    fonts = cell.xpath(".//font/@color")
    fill = cell.get("bgcolor")
    return Look(fill and fill.upper(), fonts[-1].upper() if fonts else None)
