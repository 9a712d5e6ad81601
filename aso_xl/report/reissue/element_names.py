"""The element names of WordprocessingML that re-issuing looks at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from lxml import etree

from ..markup import W

Element: TypeAlias = etree._Element


def w(name: str) -> str:
    """Return the full name of an element or attribute of the main namespace."""
    return f"{{{W}}}{name}"


def new(tag: str, **attributes: str) -> Element:
    """Return a new element with attributes of the main namespace."""
    element = etree.Element(tag, nsmap={"w": W})
    for name, value in attributes.items():
        element.set(w(name), value)
    return element


P, P_PR, P_STYLE = map(w, ("p", "pPr", "pStyle"))
R, R_PR, R_STYLE, T = map(w, ("r", "rPr", "rStyle", "t"))
TBL, TR, TR_PR, TC, TC_PR, V_MERGE = map(w, ("tbl", "tr", "trPr", "tc", "tcPr", "vMerge"))
START, END, BR, TAB, SECTION = map(w, ("bookmarkStart", "bookmarkEnd", "br", "tab", "sectPr"))
FIELD, CODE, SIMPLE_FIELD = map(w, ("fldChar", "instrText", "fldSimple"))
UNDERLINE: Final = w("u")
ID, NAME, VAL = w("id"), w("name"), w("val")

TEXTUAL: Final[Mapping[str, str | None]] = {
    T: None,
    TAB: "\t",
    BR: "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
    w("softHyphen"): "",
    w("lastRenderedPageBreak"): "",
}
"""Children of a run that print text, and which; None: their own text."""

BEHIND_UNDERLINE: Final = frozenset(
    map(
        w,
        (
            *("effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang"),
            *("eastAsianLayout", "specVanish", "oMath", "rPrChange"),
        ),
    )
)
"""Properties of a run that stand behind its underline."""

DELETED: Final = frozenset({w("del"), w("moveFrom")})
TRACKED: Final = DELETED | {w("ins"), w("moveTo")}
"""Wrappers of runs by which Word tracks changes."""

HISTORY: Final = TRACKED | set(
    map(w, ("rPrChange", "pPrChange", "trPrChange", "tcPrChange", "cellIns", "cellDel"))
)
"""What properties remember of tracked changes."""

ANCHORS: Final = frozenset(
    map(
        w,
        (
            *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
            *("permStart", "permEnd", "moveFromRangeStart", "moveFromRangeEnd"),
            *("moveToRangeStart", "moveToRangeEnd"),
        ),
    )
)
"""Elements that mark a point in a paragraph and outlive it."""
