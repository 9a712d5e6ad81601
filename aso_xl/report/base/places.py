"""The named places of a base document: where the sections of a report go, and its words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from ...domain.words import NONE
from ..content.blocks import Document, Section
from ..content.place_names import BODY, FIGURE_WORDS, SECTIONS, WORDS, alone, places
from ..markup import clean
from .anchor import anchor_after, vacate
from .bookmark_writer import BookmarkWriter
from .text import put, put_marked, spots, text_of


@dataclass(frozen=True)
class Slot:
    """A place in the body: its sections go before the anchor, in this order."""

    anchor: Any
    sections: tuple[Section, ...]


def open_slots(
    word: WordDocument, document: Document, marks: BookmarkWriter | None = None
) -> list[Slot]:
    """Return the places to fill, in the order of the base document; its words are filled in.

    Words that are figures are marked.

    {{本文}} takes the sections without a place of their own. A place for a section that the
    document does not have is gone.
    """
    _fill_words(word, document.words, marks or BookmarkWriter())
    named = list(_named(word))
    own = {name for name, _ in named}
    slots = [
        Slot(
            anchor_after(paragraph),
            tuple(s for s in document.sections if name == (s.name if s.name in own else BODY)),
        )
        for name, paragraph in named
    ]
    close_slots(word, [slot for slot in slots if not slot.sections])
    return [slot for slot in slots if slot.sections]


def printed_sections(word: WordDocument) -> frozenset[str]:
    """Return the names of the only sections that have a place; none if {{本文}} takes the rest."""
    own = frozenset(name for name, _ in _named(word))
    return frozenset() if BODY in own else own


def close_slots(word: WordDocument, slots: Iterable[Slot]) -> None:
    """Remove the anchors, but for those that break the page or end a section of staff's."""
    for slot in slots:
        vacate(slot.anchor)


def _named(word: WordDocument) -> Iterator[tuple[str, Any]]:
    """Yield the places for sections: name and paragraph."""
    for paragraph in word.element.body.iterchildren(qn("w:p")):
        name = alone(text_of(paragraph))
        if name == BODY or name in SECTIONS:
            yield name, paragraph


def _fill_words(word: WordDocument, words: Mapping[str, str], marks: BookmarkWriter) -> None:
    known, numbers = {**dict.fromkeys(WORDS, NONE), **words}, count(1)
    for spot in spots(word):
        for place in reversed(list(places(text_of(spot.paragraph)))):
            if place.name not in known:
                continue
            value = " ".join(clean(known[place.name]).splitlines())
            at = (spot.paragraph, place.start, place.end, value)
            if place.name in FIGURE_WORDS:
                name = f"word_{FIGURE_WORDS[place.name]}_{next(numbers)}"
                put_marked(*at, marks.pair(name))
            else:
                put(*at)
