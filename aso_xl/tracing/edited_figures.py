"""The figures that stand in a document of staff's, with what its workbook says now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..domain.cells import Cell
from ..report.content.blocks import Document
from ..report.content.printed import cell_name
from ..report.reissue.pairing import Pair
from ..report.reissue.texts import text_of
from ..report.reissue.widths import same
from .cells import Cells
from .evidence import Evidence, Tracer
from .printed_figures import CHART, NOTE, PrintedFigure, printed_figures, printed_words


def figures_in(pair: Pair, tracer: Tracer) -> Iterator[Evidence]:
    """Yield the evidence of the figures whose places the document has, as they are printed there.

    What is drawn, noted or quoted is taken as the workbook says it: of it no place holds one figure.
    """
    marks, made = pair.document.marks, pair.report()
    words = (each for name in marks for each in printed_words(made, name))
    for figure in (*printed_figures(made), *words):
        found = [mark for mark in marks.all(figure.name or figure.within) if not mark.is_deleted]
        if not found or figure.origin is None:
            continue
        texts = [text_of(mark) for mark in found] if _is_one(figure) else [figure.text]
        for text in dict.fromkeys(texts):
            shown, basis = replace(figure, text=text), tracer.basis(figure.origin)
            current = None if same(text, figure.text) else figure.text
            yield Evidence(pair.document.name, shown, basis, current)


def cells_by_name(pair: Pair, made: Document) -> dict[str, tuple[Cell, ...]]:
    """Return the cells of what a report prints, by the names of its places; of words of a row too."""
    cells = Cells(pair.ledger, pair.round)
    found: dict[str, dict[tuple[str, str], Cell]] = {}
    words = (each for name in pair.document.marks for each in printed_words(made, name))
    for figure in (*printed_figures(made), *words):
        name = figure.name or cell_name(figure.within, figure.item)
        for given in cells.of(figure.origin) if figure.origin else ():
            own = found.setdefault(name, {})
            own.setdefault((given.cell.sheet, given.cell.address), given.cell)
    return {name: tuple(own.values()) for name, own in found.items()}


def _is_one(figure: PrintedFigure) -> bool:
    """Return whether a place of the document holds this figure and nothing else."""
    return bool(figure.name) and figure.place != NOTE and not figure.place.startswith(CHART)
