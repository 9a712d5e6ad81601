"""The rows of a table of ours replaced in its sheet, which stays as it is otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ...domain.ledger import Area
from ...office.addresses import Corners, address_of
from ...office.package_copy import PackageCopy
from ..build.styles import height
from .sheet_cells import MAIN, Formula, SheetCells, Value, shown
from .workbook_part import tables_of


@dataclass(frozen=True)
class TableBody:
    """The rows that a table is to have below its headings; ``area`` is where it stands now."""

    area: Area
    rows: tuple[tuple[Value | Formula, ...], ...]

    @property
    def ref(self) -> str:
        """Return the range that it takes with these rows: an Excel table has one row at least."""
        area, rows = self.area, max(1, len(self.rows))
        bottom = area.first_row + rows
        return Corners(area.first_column, area.first_row, area.last_column, bottom).address


def put_rows(cells: SheetCells, body: TableBody) -> None:
    """Put the rows into the cells below the headings; what stood further down goes."""
    area = body.area
    width = area.last_column - area.first_column + 1
    blank: tuple[Value | Formula, ...] = (None,) * width
    last = max(area.last_row, area.first_row + len(body.rows))
    rows = (*body.rows, *[blank] * (last - area.first_row - len(body.rows)))
    widths = [cells.width(area.first_column + number) for number in range(width)]
    for number, row in enumerate(rows, start=area.first_row + 1):
        for column, value in enumerate(row, start=area.first_column):
            cells.put(address_of(number, column), value)
        texts = [(shown(value), each) for value, each in zip(row, widths, strict=True) if each]
        cells.set_height(number, height(texts))


def resize(copy: PackageCopy, part: str, body: TableBody) -> None:
    """Let the Excel table take the rows in; a plain range needs nothing."""
    for _, name, target in tables_of(copy, part):
        if name == body.area.table:
            root = copy.xml(target)
            _stretch(root, body.ref)
            copy.set_xml(target, root)


def _stretch(table: etree._Element, ref: str) -> None:
    table.set("ref", ref)
    for each in table.iterchildren(f"{MAIN}autoFilter"):
        each.set("ref", ref)
