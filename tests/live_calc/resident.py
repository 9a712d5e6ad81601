"""What runs inside of the office: it answers at once what would cost a crossing per cell.

Excel hands out a block with its dates, truth values and errors in one call, and a sheet's tables
in few. LibreOffice is asked cell by cell, which over a pipe takes a thousand times as long.
LibreOffice's own Python loads this file, so nothing of the project is imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import uno
import unohelper
from com.sun.star.script.provider import XScript  # type: ignore[import-not-found]

MARKS = "CharStrikeout", "CharEscapement"
AMBIGUOUS = uno.Enum("com.sun.star.beans.PropertyState", "AMBIGUOUS_VALUE")


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


def marks(cells: Any) -> tuple[Any, ...]:
    """Return of all words whether they are struck out, raised, lowered: None where some are."""
    found = set()
    for part in _each(cells.UniqueCellFormatRanges):
        found.add((part.CharStrikeout, 0))  # a whole cell is never raised here
    for cell in _each(cells.queryContentCells(4).Cells):  # sheet.CellFlags.STRING
        found.update(_marks_of_words(cell))
    seen = ((bool(struck), height > 0, height < 0) for struck, height in found)
    return tuple(_shared(each) for each in zip(*seen, strict=True))


def _marks_of_words(cell: Any) -> Iterator[tuple[int, int]]:
    """Yield how a cell's words are struck out and raised: one by one where they differ."""
    text = cell.createTextCursor()
    text.gotoEnd(True)
    if AMBIGUOUS not in text.getPropertyStates(MARKS):
        yield text.getPropertyValues(MARKS)
        return
    for paragraph in _each(cell):
        for words in _each(paragraph):
            yield words.getPropertyValues(MARKS)


def _each(collection: Any) -> Any:
    elements = collection.createEnumeration()
    while elements.hasMoreElements():
        yield elements.nextElement()


def _shared(answers: Any) -> Any:
    return answers[0] if len(set(answers)) == 1 else None


def tables(document: Any, sheet: int) -> tuple[str, ...]:
    """Return the names of the database ranges on a sheet, numbered from 0."""
    areas = document.DatabaseRanges
    return tuple(n for n in areas.ElementNames if areas.getByName(n).DataArea.Sheet == sheet)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Resident, "aso.live.Resident", ("aso.live.Resident",))
