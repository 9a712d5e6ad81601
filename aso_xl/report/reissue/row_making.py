"""A new row of a keyed table, in the looks of a row beside it."""

from __future__ import annotations

from collections.abc import Sequence

from ..content.blocks import MARK, DataTable, TableCell
from ..content.printed import row_name
from .bookmark_index import Bookmarks
from .cells import cells_of, columns_of
from .element_names import (
    END,
    P_PR,
    R_PR,
    START,
    TC,
    TC_PR,
    TR,
    TR_PR,
    V_MERGE,
    Element,
    P,
    R,
    new,
    w,
)
from .runs import Emphasis, copied_properties, emphasise, fill

_HEADER = w("tblHeader")


class RowMaker:
    """Makes rows for a table of a document whose columns staff may have moved or taken out."""

    def __init__(self, table: DataTable, element: Element, marks: Bookmarks, strong: str) -> None:
        self.table, self.marks, self.strong = table, marks, strong
        self.header = next(element.iterchildren(TR), None)
        self.columns = columns_of(table, element)

    def row(self, key: str, cells: Sequence[TableCell], model: Element | None) -> Element:
        """Return a new row with the texts of ``cells`` and its marks; the header is the last model."""
        model = self.header if model is None else model
        row = new(TR)
        if model is None:
            return row
        for properties in model.iterchildren(TR_PR, w("tblPrEx")):
            row.append(copied_properties(properties, _HEADER))
        places = {self.columns[j]: cell for j, cell in enumerate(cells) if j in self.columns}
        for number, old in enumerate(cells_of(model)):
            row.append(self._cell(old, places.get(number, TableCell(""))))
        self._mark(next(row.iter(P)), row_name(self.table, key))
        return row

    def _cell(self, model: Element, cell: TableCell) -> Element:
        fresh, paragraph, run = new(TC), new(P), new(R)
        for properties in model.iterchildren(TC_PR):
            fresh.append(copied_properties(properties, V_MERGE))
        first = next(model.iter(P), None)
        if first is not None:
            paragraph.extend(copied_properties(p) for p in first.iterchildren(P_PR))
            looks = (look for each in first.iter(R) for look in each.iterchildren(R_PR))
            run.extend(copied_properties(look) for look in list(looks)[:1])
        fresh.append(paragraph)
        if cell.text:
            paragraph.append(run)
            fill(run, cell.text)
            if self.strong:
                emphasise(run, Emphasis(self.strong, cell.bold))
        if cell.figure:
            self._mark(paragraph, cell.figure)
        return fresh

    def _mark(self, paragraph: Element, name: str) -> None:
        """Lay a bookmark around what stands in a paragraph."""
        number = self.marks.free_id()
        at = 1 if paragraph.find(P_PR) is not None else 0
        paragraph.insert(at, new(START, id=number, name=MARK + name))
        paragraph.append(new(END, id=number))
