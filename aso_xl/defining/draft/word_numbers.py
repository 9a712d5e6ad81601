"""Numbers that Word itself puts before paragraphs: they stand in no text, and are counted here."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final, NamedTuple

from ..numbering import CIRCLED, KANA, KANJI, ROMAN
from .word_xml import Element, attribute, child, children, value_of, whole

_SHOWN: Final = {
    **dict.fromkeys(("aiueo", "aiueoFullWidth"), KANA),
    **dict.fromkeys(("japaneseCounting", "ideographDigital", "japaneseDigitalTenThousand"), KANJI),
    "upperRoman": ROMAN,
    "decimalEnclosedCircle": CIRCLED,
}
"""What each format of Word shows for 1, 2, …; all others, digits."""
_DEEPEST: Final = 9
_PARENTS: Final = 20


class _Level(NamedTuple):
    start: int
    format: str
    text: str


class _Look(NamedTuple):
    """What a style, or a paragraph by its style, says: list, level in it, and outline level."""

    parent: str = ""
    number: str = ""
    level: str = ""
    outline: str = ""


class WordNumbers:
    """Counts the numbered paragraphs of a document in their order, and knows its headings."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * _DEEPEST)
        self._styles = {attribute(s, "}styleId"): _look(s) for s in children(styles, "style")}
        self._read(numbering)

    def before(self, paragraph: Element) -> str:
        """Return the number that Word shows before a paragraph, counting it; "" for none."""
        look = self._inherited(paragraph)
        levels, place = self._levels.get(look.number, {}), whole(look.level)
        if place not in levels or place >= _DEEPEST:
            return ""
        counts = self._counts[self._lists[look.number]]
        counts[place] = counts[place] + 1 if counts[place] else levels[place].start
        counts[place + 1 :] = [0] * (_DEEPEST - place - 1)

        def shown(found: re.Match[str]) -> str:
            level = levels.get(int(found[1]) - 1)
            return (
                _formatted(counts[int(found[1]) - 1] or level.start, level.format) if level else ""
            )

        return re.sub("%([1-9])", shown, levels[place].text)

    def heading(self, paragraph: Element) -> str:
        """Return the outline level of a paragraph that is a heading; "" for any other."""
        outline = self._inherited(paragraph).outline
        return outline if outline.isdecimal() and int(outline) < _DEEPEST else ""

    def _inherited(self, paragraph: Element) -> _Look:
        look = _look(paragraph)
        for _ in range(_PARENTS):
            style = self._styles.get(look.parent)
            if style is None:
                break
            look = _Look(
                style.parent, *(own or its for own, its in zip(look[1:], style[1:], strict=True))
            )
        return look

    def _read(self, root: Element | None) -> None:
        lists = {
            attribute(each, "}abstractNumId"): _levels(each)
            for each in children(root, "abstractNum")
        }
        for each in children(root, "num"):
            number, kind = attribute(each, "}numId"), value_of(each, "abstractNumId")
            levels = dict(lists.get(kind, {}))
            self._levels[number], self._lists[number] = levels, f"list {kind}"
            for override in children(each, "lvlOverride"):
                place = whole(attribute(override, "}ilvl"))
                if place in levels and (start := value_of(override, "startOverride")):
                    levels[place] = levels[place]._replace(start=whole(start))
                    self._lists[number] = number  # it begins anew


def _look(element: Element) -> _Look:
    """Return what a style or a paragraph says itself."""
    properties = child(element, "pPr")
    numbered = child(properties, "numPr")
    parent = value_of(element, "basedOn") or value_of(properties, "pStyle")
    number, level = value_of(numbered, "numId"), value_of(numbered, "ilvl")
    return _Look(parent, number, level, value_of(properties, "outlineLvl"))


def _levels(abstract: Element) -> dict[int, _Level]:
    return {
        whole(attribute(level, "}ilvl")): _Level(
            whole(value_of(level, "start") or "1"),
            value_of(level, "numFmt"),
            value_of(level, "lvlText"),
        )
        for level in children(abstract, "lvl")
    }


def _formatted(number: int, how: str) -> str:
    shown = _SHOWN.get(how, ())
    if how in ("bullet", "none"):
        return ""
    return shown[number - 1] if 0 < number <= len(shown) else str(number)
