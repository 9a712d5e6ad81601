"""Cells of a table in a document whose columns staff may have moved, renamed or taken out."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from ..content.blocks import DataTable, TableCell, Underlined
from .element_names import TC, TC_PR, TR, V_MERGE, Element, P, R
from .runs import empty, fill, first_of, new_run, run_text, set_underline


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


def cell_at(row: Element, number: int | None) -> Element | None:
    """Return the cell of a number, None if the row has none there."""
    cells = list(cells_of(row))
    return cells[number] if number is not None and number < len(cells) else None


def cell_text(cell: Element) -> str:
    """Return the text of a cell, its paragraphs joined by line ends."""
    return "\n".join("".join(map(run_text, p.iter(R))) for p in cell.iter(P)).strip()


def set_cell_text(cell: Element, text: str) -> None:
    """Put a text in a cell, in the formatting of its first run; it had a paragraph at least."""
    paragraph = next(cell.iter(P))
    runs = list(cell.iter(R))
    first = first_of(runs)
    if first is None:
        first = new_run(paragraph)
    fill(first, text)
    empty(run for run in runs if run is not first)


def has_underlines(table: DataTable) -> bool:
    """Return whether the report underlines words of the table's cells: then all others are plain."""
    cells = (cell for row in table.rows for cell in row)
    return any(isinstance(piece, Underlined) for cell in cells for piece in cell.pieces)


def underline(cell: Element, wanted: TableCell) -> None:
    """Underline in the text that was put in a cell what is to be, and nothing else: its run is
    parted.
    """
    whole = first_of(list(cell.iter(R)))
    if whole is None:
        return
    for piece in wanted.pieces or (wanted.text,):
        if isinstance(piece, str | Underlined):
            part = deepcopy(whole)
            fill(part, piece if isinstance(piece, str) else piece.text)
            set_underline(part, is_wanted=isinstance(piece, Underlined))
            whole.addprevious(part)
    empty([whole])


def is_merged(cell: Element) -> bool:
    """Return whether a cell is joined with those above or below."""
    return cell.find(f"{TC_PR}/{V_MERGE}") is not None
