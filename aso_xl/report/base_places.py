"""The named places of a base document: where the sections of a report go, and its words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from aso_xl.report.base_anchor import anchor_after, vacate
from aso_xl.report.base_text import put, spots, text_of
from aso_xl.report.blocks import Document, Section
from aso_xl.report.markup import clean
from aso_xl.report.place_names import BODY, SECTIONS, WORDS, alone, places

NONE: Final = "－"
"""Stands for a word that the report does not have."""


@dataclass(frozen=True)
class Slot:
    """A place in the body: its sections go before the anchor, in this order."""

    anchor: Any
    sections: tuple[Section, ...]


def open_slots(word: WordDocument, document: Document) -> list[Slot]:
    """Return the places to fill, in the order of the base document; its words are filled in.

    {{本文}} takes the sections without a place of their own. A place for a section that the
    document does not have is gone.
    """
    _fill_words(word, document.words)
    marks = [(alone(text_of(p)), p) for p in word.element.body.iterchildren(qn("w:p"))]
    marks = [(name, p) for name, p in marks if name == BODY or name in SECTIONS]
    own = {name for name, _ in marks}
    slots = [
        Slot(
            anchor_after(mark),
            tuple(s for s in document.sections if name == (s.name if s.name in own else BODY)),
        )
        for name, mark in marks
    ]
    close_slots(word, [slot for slot in slots if not slot.sections])
    return [slot for slot in slots if slot.sections]


def close_slots(word: WordDocument, slots: Iterable[Slot]) -> None:
    """Remove the anchors, but for those that break the page or end a section of staff's."""
    for slot in slots:
        vacate(slot.anchor)


def _fill_words(word: WordDocument, words: Mapping[str, str]) -> None:
    known = {**dict.fromkeys(WORDS, NONE), **words}
    for spot in spots(word):
        for place in reversed(list(places(text_of(spot.paragraph)))):
            if place.name in known:
                value = " ".join(clean(known[place.name]).splitlines())
                put(spot.paragraph, place.start, place.end, value)
