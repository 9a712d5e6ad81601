"""Names for prose: where a heading, a paragraph or a note stands, so that re-issuing finds it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from .blocks import Block, Document, EvaluationTable, Heading, Notes, Paragraph, Section

_PROSE: Final = "p_"


def named(document: Document) -> Document:
    """Return the document with a name for every heading, paragraph and note that has none.

    It stands for the section, the headings above and the number among its like there, not for what
    the text says: a paragraph that says something else is still the same one. The first heading of
    a section is often staff's own (設定), so it counts by its place alone.
    """
    seen: Counter[str] = Counter()
    return replace(document, sections=tuple(_named(each, seen) for each in document.sections))


def is_prose(name: str) -> bool:
    """Return whether a name stands for words that belong to staff once they have changed them."""
    return name.startswith(_PROSE)


def _named(section: Section, seen: Counter[str]) -> Section:
    return replace(section, blocks=tuple(_blocks(section, seen)))


def _blocks(section: Section, seen: Counter[str]) -> Iterator[Block]:
    above: list[tuple[int, str]] = []
    has_begun = False
    for block in section.blocks:
        if isinstance(block, Heading | EvaluationTable):
            level, text = (
                (block.level, block.text) if isinstance(block, Heading) else (2, block.title)
            )
            above = [each for each in above if each[0] < level]
            above.append((level, text if has_begun else ""))
            has_begun = True
        if isinstance(block, Heading | Paragraph | Notes) and not block.name:
            place = "\0".join((section.name, type(block).__name__, *(text for _, text in above)))
            seen[place] += 1
            block = replace(block, name=_name(f"{place}\0{seen[place]}"))
        yield block


def _name(place: str) -> str:
    return _PROSE + hashlib.sha256(place.encode()).hexdigest()[:10]
