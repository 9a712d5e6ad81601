"""A new row of a keyed table, in the looks of a row beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..blocks import MARK, Cell, DataTable
from .marks import Marks
from .printed import row_name
from .runs import Emphasis, copied_properties, emphasise, fill, run_text
from .tags import END, P_PR, R_PR, START, TC, TC_PR, TR, TR_PR, V_MERGE, Element, P, R, new, w

_HEADER = w("tblHeader")


class RowMaker:
    """Makes rows for a table of a document whose columns staff may have moved or taken out."""

    def __init__(self, table: DataTable, element: Element, marks: Marks, strong: str) -> None:
        self.table, self.marks, self.strong = table, marks, strong
        self.header = next(element.iterchildren(TR), None)
        self.columns = columns_of(table, element)

    def row(self, key: str, cells: Sequence[Cell], model: Element | None) -> Element:
        """Return a new row with the texts of ``cells`` and its marks; the header is the last model."""
        model = self.header if model is None else model
        row = new(TR)
        if model is None:
            return row
        for properties in model.iterchildren(TR_PR, w("tblPrEx")):
            row.append(copied_properties(properties, _HEADER))
        places = {self.columns[j]: cell for j, cell in enumerate(cells) if j in self.columns}
        for number, old in enumerate(cells_of(model)):
            row.append(self._cell(old, places.get(number, Cell(""))))
        self._mark(next(row.iter(P)), row_name(self.table, key))
        return row

    def _cell(self, model: Element, cell: Cell) -> Element:
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


def columns_of(table: DataTable, element: Element) -> dict[int, int]:
    """Return where each column of the report stands in a document's table: by its heading.

    A table of the same width whose headings have been rewritten keeps its order.
    """
    header = next(element.iterchildren(TR), None)
    heads = [] if header is None else [cell_text(cell) for cell in cells_of(header)]
    found: dict[int, int] = {}
    for number, column in enumerate(table.columns):
        free = (at for at, head in enumerate(heads) if head == column.title.strip())
        at = next((at for at in free if at not in found.values()), None)
        if at is not None:
            found[number] = at
    if len(heads) == len(table.columns):
        rest = iter(at for at in range(len(heads)) if at not in found.values())
        found |= {n: next(rest) for n in range(len(heads)) if n not in found}
    return found


def cells_of(row: Element) -> Iterator[Element]:
    """Yield the cells of a row."""
    yield from row.iterchildren(TC)


def cell_text(cell: Element) -> str:
    """Return the text of a cell, its paragraphs joined by line ends."""
    return "\n".join("".join(map(run_text, p.iter(R))) for p in cell.iter(P)).strip()
