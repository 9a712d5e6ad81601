"""Applying a report to a document that staff have edited: its figures change, their words do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..blocks import Chart, DataTable, Document
from ..style_names import STRONG
from .banners import remarks_on
from .changes import Change, Lack, Renewal
from .charts import chart_part, renew_chart
from .marks import Mark
from .opened import OpenedDocument
from .printed import Place, places
from .rows import KeyedTable, names_by_row
from .runs import Emphasis
from .texts import set_lines, set_text, text_of

_SHOWN: Final = 24


def renew(opened: OpenedDocument, document: Document) -> Renewal:
    """Bring the named places of an opened document to what the report says; return what was done.

    Done to the document in memory; where nothing was renewed nothing in it has changed. What stands
    outside the places is not touched.
    """
    known = places(document)
    renewed = [*_rows(opened, document, known)]
    if renewed:
        opened.reindex()
    charts = {block.name: block for block in document.blocks() if isinstance(block, Chart)}
    for place in known.values():
        for mark in opened.marks.all(place.name):
            if place.kind == "chart":
                renewed += renew_chart(opened, mark, charts[place.name], place)
            else:
                renewed += _text(opened, mark, place)
    missing, left = _missing(opened, known), _left(opened, known)
    if renewed:
        opened.marks.mend()
        opened.put_record(document.record)
    return Renewal(tuple(renewed), tuple(missing), tuple(left), tuple(remarks_on(opened, document)))


def _rows(
    opened: OpenedDocument, document: Document, known: Mapping[str, Place]
) -> Iterator[Change]:
    tables = [b for b in document.blocks() if isinstance(b, DataTable) and _is_keyed(b)]
    names = names_by_row(opened.marks) if tables else {}
    strong = opened.style_ids.get(STRONG.casefold(), "")
    for table in tables:
        yield from KeyedTable(table, opened.marks, names).renew(known, strong)


def _is_keyed(table: DataTable) -> bool:
    """Return whether rows come and go; a table that has none at present may have lost them all."""
    return bool(table.name) and len(table.keys) == len(table.rows)


def _text(opened: OpenedDocument, mark: Mark, place: Place) -> Iterator[Change]:
    if place.kind not in ("figure", "notes") or mark.is_deleted:
        return
    before = text_of(mark)
    if before.strip("\n") == place.text.strip("\n"):
        return
    if place.kind == "notes":
        set_lines(mark, place.lines)
    else:
        style = opened.style_ids.get(STRONG.casefold(), "")
        known = place.strong is not None and style
        set_text(mark, place.text, Emphasis(style, bool(place.strong)) if known else None)
    yield Change(place.name, place.label, before, place.text)


def _missing(opened: OpenedDocument, known: Mapping[str, Place]) -> Iterator[Lack]:
    """Yield the places that the document lacks; of a whole table or row only the table or row."""
    found = {name for name in known if _is_there(opened, known[name])}
    for name in list(found):
        while (name := known[name].within) and name in known:
            found.add(name)
    for place in known.values():
        if place.name not in found and (not place.within or place.within in found):
            yield Lack(place.name, place.label)


def _is_there(opened: OpenedDocument, place: Place) -> bool:
    marks = opened.marks.all(place.name)
    if place.kind == "chart":
        return any(chart_part(opened, mark) for mark in marks if not mark.is_deleted)
    return any(place.kind in ("table", "row") or not mark.is_deleted for mark in marks)


def _left(opened: OpenedDocument, known: Mapping[str, Place]) -> Iterator[Lack]:
    """Yield the places that only the document has; not the rows and cells of such a table."""
    alone = {name for name in opened.marks if name not in known}
    for name in opened.marks:
        if name in alone and not alone.intersection(_heads(name)):
            shown = " ".join(text_of(opened.marks[name]).split())[:_SHOWN]
            yield Lack(name, f"「{shown}」" if shown else name)


def _heads(name: str) -> Iterator[str]:
    """Yield the names of what a place of this name can stand in: ``a_b_c`` in ``a_b`` and ``a``."""
    words = name.split("_")
    return ("_".join(words[:size]) for size in range(1, len(words)))
