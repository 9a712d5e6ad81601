"""Figures that a base document prints wherever staff have put their names: {{達成率}} on a cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..content.blocks import Document
from ..content.place_names import FIGURE_WORDS
from .bookmark_index import Bookmarks
from .changes import Change
from .edited_document import OpenedDocument
from .texts import set_text, text_of
from .widths import UNKNOWN, Widths, as_in, same

_KEYS: Final[Mapping[str, str]] = {key: word for word, key in FIGURE_WORDS.items()}


def is_word(name: str) -> bool:
    """Return whether a place holds such a figure (``word_rate_2``)."""
    return bool(word_of(name))


def renew_words(
    opened: OpenedDocument, document: Document, usual: Widths = UNKNOWN
) -> Iterator[Change]:
    """Renew them in the body, the headers and the footers, and yield each change."""
    stories = opened.stories("header", "footer")
    for marks in (opened.marks, *map(Bookmarks, stories)):
        for name in filter(is_word, marks):
            word = word_of(name)
            for mark in marks.all(name):
                before, after = text_of(mark), document.words.get(word, "")
                if after and not same(before, after) and not mark.is_deleted:
                    after = as_in(before, after, usual)
                    set_text(mark, after)
                    yield Change(name, f"ひな形の「{word}」", before, after)


def word_of(name: str) -> str:
    """Return the word that a place holds the figure of; "" for any other place."""
    kind, _, rest = name.partition("_")
    return _KEYS.get(rest.rpartition("_")[0], "") if kind == "word" else ""
