"""Numbered lists in a document that python-docx holds: each counts from 1."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

NUMBERED: Final = "decimal"
_NO_LISTS: Final = "the base document has no numbered lists"


def numbering(word: WordDocument) -> Callable[[str], int]:
    """Return what gives the number of a list by its name; a new name begins a new list.

    It raises ValueError where the base document has no numbered lists.
    """

    @cache
    def number_of(_name: str) -> int:
        root = _root(word)
        made = root.add_num(_counting(root))
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.numId)

    return number_of


def _root(word: WordDocument) -> Any:
    try:
        return word.part.numbering_part.element
    except (KeyError, NotImplementedError):
        raise ValueError(_NO_LISTS) from None


def _counting(root: Any) -> int:
    """Return the id of the first list that counts 1, 2, 3."""
    for each in root.iterchildren(qn("w:abstractNum")):
        form = each.find(f"{qn('w:lvl')}/{qn('w:numFmt')}")
        if form is not None and form.get(qn("w:val")) == NUMBERED:
            return int(each.get(qn("w:abstractNumId")))
    raise ValueError(_NO_LISTS)
