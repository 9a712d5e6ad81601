"""Blocks that came or went since a document was printed: put in at their place, or taken out.

What staff took out stays out: only what the document never had is put in. What staff have put words
into and headings under which something stands are not taken out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from ..charts.document_parts import drop_chart
from ..content.blocks import Block, Document
from ..content.naming import is_prose
from ..content.printed import BLOCKS, Place, shown
from .bookmark_index import Bookmarks
from .changes import Change
from .charts import chart_link
from .edited_document import OpenedDocument
from .element_names import TBL, TR, Element, R
from .new_blocks import Scribe
from .outline import Outline, name_of
from .rows import names_by_row
from .runs import run_text
from .sentences import figure_runs, plain, says
from .table_cells import cell_text, cells_of

Known = Mapping[str, Place]


def restructure(opened: OpenedDocument, document: Document, known: Known) -> Iterator[Change]:
    """Take out what the report no longer has, put in what it has gained, and yield each.

    Nothing is done to a document that does not remember what was printed.
    """
    if not opened.memory:
        return
    gone = {place.name: place for place in _gone(opened, known)}
    if gone:
        removed = [*_take_out(opened, gone.values())]
        opened.reindex()
        yield from (change for change in removed if change.name not in known)
    yield from _put_in(opened, document, known, gone)


class Untouched:
    """The blocks of a document in which no words of staff's own stand; figures do not count."""

    def __init__(self, marks: Bookmarks, memory: Mapping[str, Place]) -> None:
        self._marks = marks
        self._figures, self._names = figure_runs(marks), names_by_row(marks)
        self._words: dict[str, set[str]] = {}
        for place in memory.values():
            if place.kind == "cell":
                self._words.setdefault(place.within, set()).add(plain(place.text))

    def __contains__(self, place: Place) -> bool:
        mark = self._marks[place.name]
        if place.kind == "table":
            table = next(mark.start.iterancestors(TBL), None)
            rows = () if table is None else [*table.iterchildren(TR)][1:]
            return table is not None and all(map(self._is_ours, rows))
        printed = (run for p in mark.paragraphs for run in p.iter(R) if run_text(run))
        if not set(mark.runs).issuperset(printed):
            return False
        return not is_prose(place.name) or says(mark, place.text, self._figures)

    def _is_ours(self, row: Element) -> bool:
        texts = {plain(cell_text(cell)) for cell in cells_of(row)}
        names = self._names.get(row, ())
        return bool(names) and all(texts.issuperset(self._words.get(n, ())) for n in names)


def _gone(opened: OpenedDocument, known: Known) -> Iterator[Place]:
    """Yield what stands in the document and not in the report: also a table of other columns."""
    for place in opened.memory.values():
        if place.kind in BLOCKS and place.name in opened.marks:
            now = known.get(place.name)
            if now is None or (now.kind == "table" and _width(now) != _width(place)):
                yield place


def _width(table: Place) -> int:
    return table.text.count("\t")


def _take_out(opened: OpenedDocument, gone: Collection[Place]) -> Iterator[Change]:
    """Take out tables, charts, notes and prose, then the headings under which nothing is left."""
    outline, untouched = Outline(opened), Untouched(opened.marks, opened.memory)
    ours = [(place, opened.marks[place.name]) for place in gone if place in untouched]
    for place, mark in ours:
        if place.kind != "heading":
            if link := chart_link(opened, mark) if place.kind == "chart" else "":
                drop_chart(opened.package, opened.part, link)
            outline.remove(place.name, is_table=place.kind == "table")
            yield Change(place.name, place.label, _in_words(place), "")
    for place, mark in reversed(ours):
        if place.kind == "heading" and outline.is_empty(mark.paragraphs[-1]):
            outline.remove(place.name)
            yield Change(place.name, place.label, _in_words(place), "")


def _put_in(
    opened: OpenedDocument, document: Document, known: Known, gone: Known
) -> Iterator[Change]:
    outline, scribe = Outline(opened), None
    for section in document.sections:
        runs = groupby(section.blocks, lambda block: _is_new(opened, block, gone))
        for blocks in (tuple(run) for is_new, run in runs if is_new):
            beside = outline.place_for(document, section, blocks[0])
            if beside is None:
                continue
            scribe = scribe or Scribe(opened, document)
            starts = section.new_page and blocks[0] is section.blocks[0]
            outline.insert(beside, blocks, scribe.blocks(blocks, beside.element, new_page=starts))
            for place in filter(_is_listed, (known[name_of(block)] for block in blocks)):
                before = _in_words(gone[place.name]) if place.name in gone else ""
                yield Change(place.name, place.label, before, _in_words(place))
    if scribe:
        opened.reindex()


def _is_new(opened: OpenedDocument, block: Block, gone: Known) -> bool:
    name = name_of(block)
    return bool(name) and name not in opened.marks and (name not in opened.memory or name in gone)


def _is_listed(place: Place) -> bool:
    """Return whether it is worth a word that a place came: not of notes without a line."""
    return bool(place.text)


def _in_words(place: Place) -> str:
    return "・".join(shown(place.text).split("\t")) or place.label
