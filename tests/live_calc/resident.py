"""What runs inside of the office: it answers at once what would cost a crossing per cell.

Excel hands out a block with its dates, truth values and errors in one call, and a sheet's tables
in few. LibreOffice is asked cell by cell, which over a pipe takes a thousand times as long.
LibreOffice's own Python loads this file, so nothing of the project is imported.
"""

from __future__ import annotations

from typing import Any

import unohelper
from com.sun.star.script.provider import XScript  # type: ignore[import-not-found]


class Resident(unohelper.Base, XScript):  # type: ignore[misc]
    """``invoke`` calls a function of this file by its name."""

    def __init__(self, context: Any) -> None:
        self.context = context

    def invoke(self, arguments: tuple[Any, ...], *_: Any) -> tuple[Any, tuple[()], tuple[()]]:
        name, *rest = arguments
        return globals()[name](*rest), (), ()


def kinds(document: Any, cells: Any, rows: Any, columns: Any) -> tuple[int, ...]:
    """Return for each cell the type of its number format, or its error's number below zero."""
    formats, types = document.NumberFormats, {}
    found = []
    for row, column in zip(rows, columns, strict=True):
        cell = cells.getCellByPosition(column, row)
        error = cell.getError()
        key = cell.NumberFormat
        if key not in types:
            types[key] = formats.getByKey(key).Type
        found.append(-error if error else types[key])
    return tuple(found)


def tables(document: Any, sheet: int) -> tuple[str, ...]:
    """Return the names of the database ranges on a sheet, numbered from 0."""
    areas = document.DatabaseRanges
    return tuple(n for n in areas.ElementNames if areas.getByName(n).DataArea.Sheet == sheet)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Resident, "aso.live.Resident", ("aso.live.Resident",))
