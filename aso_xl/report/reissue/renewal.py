"""Applying a report to a document that staff have edited: its figures change, their words do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..content.blocks import Chart, DataTable, Document
from ..content.naming import is_prose
from ..content.printed import Place, places
from ..content.style_names import STRONG
from .banners import renew_banner
from .bookmark_index import Bookmark
from .changes import Change, Kept, Lack, Renewal
from .charts import chart_link, renew_chart
from .cover_words import is_word, renew_words
from .edited_document import OpenedDocument
from .numbered_fields import renew_fields
from .rows import KeyedTable, names_by_row
from .runs import Emphasis
from .sentences import renew_prose
from .structure import restructure
from .texts import set_lines, set_text, text_of
from .widths import Widths, as_in, same, widths_of

Known = Mapping[str, Place]
_SHOWN: Final = 24


def renew(opened: OpenedDocument, document: Document) -> Renewal:
    """Bring an opened document to what the report says; return what was done.

    Done to the document in memory. Blocks that came or went, prose that staff have left as it was
    printed, rows, figures, notes and charts change; all else stays.
    """
    document = document.only(opened.sections)
    known = places(document)
    usual = _usual(opened)
    found = [*restructure(opened, document, known), *renew_prose(opened, document, known, usual)]
    remarks = _fields(opened, known, found)
    found += _rows(opened, document, known)
    if found:
        opened.reindex()
    found += [*_places(opened, document, known, usual), *renew_words(opened, document, usual)]
    found += renew_banner(opened, document.banner)
    kept = tuple(change for change in found if isinstance(change, Kept))
    renewed = tuple(change for change in found if not isinstance(change, Kept))
    missing, left = tuple(_missing(opened, known)), tuple(_left(opened, known))
    if renewed:
        opened.marks.mend()
        opened.put_record(document.record, known)
    return Renewal(renewed, missing, left, kept, remarks)


def _fields(opened: OpenedDocument, known: Known, changes: list[Change]) -> tuple[str, ...]:
    """Renew the fields if blocks or prose changed; return what is left to do in Word."""
    names = [change.name for change in changes if not isinstance(change, Kept)]
    everything = {**opened.memory, **known}
    headings = any(everything[name].kind == "heading" for name in names)
    return renew_fields(opened, headings=headings) if names else ()


def _rows(opened: OpenedDocument, document: Document, known: Known) -> Iterator[Change]:
    tables = [b for b in document.blocks() if isinstance(b, DataTable) and _is_keyed(b)]
    names = names_by_row(opened.marks) if tables else {}
    strong = opened.style(STRONG)
    for table in tables:
        yield from KeyedTable(table, opened.marks, names, opened.memory).renew(known, strong)


def _is_keyed(table: DataTable) -> bool:
    """Return whether rows come and go; a table that has none at present may have lost them all."""
    return bool(table.name) and len(table.keys) == len(table.rows)


def _usual(opened: OpenedDocument) -> Widths:
    """Return how wide most of the numbers in the document's figures are."""
    places = (
        mark for name in opened.marks if not is_prose(name) for mark in opened.marks.all(name)
    )
    return widths_of(text_of(mark) for mark in places if not mark.is_deleted)


def _places(
    opened: OpenedDocument, document: Document, known: Known, usual: Widths
) -> Iterator[Change]:
    """Renew figures, notes and charts; figures keep the width in which they stand."""
    charts = {block.name: block for block in document.blocks() if isinstance(block, Chart)}
    for place in known.values():
        for mark in opened.marks.all(place.name):
            if place.kind == "chart":
                yield from renew_chart(opened, mark, charts[place.name], place)
            elif place.kind in ("figure", "notes") and not mark.is_deleted:
                before = text_of(mark)
                if not same(before, place.text):
                    after = as_in(before, place.text, usual)
                    _set(mark, place, after, opened.style(STRONG))
                    yield Change(place.name, place.label, before, after)


def _set(mark: Bookmark, place: Place, text: str, strong: str) -> None:
    if place.kind == "notes":
        set_lines(mark, text.split("\n") if place.lines else ())
    else:
        known = place.strong is not None and strong
        set_text(mark, text, Emphasis(strong, bool(place.strong)) if known else None)


def _missing(opened: OpenedDocument, known: Known) -> Iterator[Lack]:
    """Yield the places that the document lacks; of a whole table or row only the table or row.

    Prose is staff's to take out.
    """
    places = [p for p in known.values() if p.kind != "cell" and not is_prose(p.name)]
    found = {place.name for place in places if _is_there(opened, place)}
    for name in list(found):
        while (name := known[name].within) and name in known:
            found.add(name)
    for place in places:
        if place.name not in found and (not place.within or place.within in found):
            yield Lack(place.name, place.label)


def _is_there(opened: OpenedDocument, place: Place) -> bool:
    marks = opened.marks.all(place.name)
    if place.kind == "chart":
        return any(chart_link(opened, mark) for mark in marks if not mark.is_deleted)
    return any(place.kind in ("table", "row") or not mark.is_deleted for mark in marks)


def _left(opened: OpenedDocument, known: Known) -> Iterator[Lack]:
    """Yield the places that only the document has; not the rows and cells of such a table."""
    alone = {name for name in opened.marks if name not in known and not is_word(name)}
    for name in opened.marks:
        if name in alone and not alone.intersection(_heads(name)):
            shown = " ".join(text_of(opened.marks[name]).split())[:_SHOWN]
            yield Lack(name, f"「{shown}」" if shown else name)


def _heads(name: str) -> Iterator[str]:
    """Yield the names of what a place of this name can stand in: ``a_b_c`` in ``a_b`` and ``a``."""
    words = name.split("_")
    return ("_".join(words[:size]) for size in range(1, len(words)))
