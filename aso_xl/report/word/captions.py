"""Captions of tables and charts, and references to them, numbered as Word will number them.

Their fields are written without numbers; `number` puts these in once the whole document stands,
so that they are right also where a base document has captions of its own.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from docx.oxml.ns import qn

from ..base.bookmark_writer import REFERENCE, BookmarkWriter
from ..markup import field, run

TABLE: Final = "表"
CHART: Final = "図"

_UNKNOWN: Final = "?"
_SEQUENCE: Final = re.compile(rf"\s*SEQ\s+({TABLE}|{CHART})(?:\s|$)")
REFERS: Final = re.compile(rf"\s*REF\s+({REFERENCE}\w+)\s")
"""The code of a cross-reference to a caption."""

_SIMPLE: Final = qn("w:fldSimple")
_OLDER: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def caption(label: str, text: str, name: str, marks: BookmarkWriter) -> str:
    """Return the runs of 「表 n　text」; with a name the label and number can be referred to."""
    numbered = run(f"{label} ") + field(_sequence(label), _UNKNOWN)
    return marks.around(name, numbered, REFERENCE) + run(f"\u3000{text}")


def reference(name: str) -> str:
    """Return the runs of a cross-reference to a caption."""
    return field(rf"REF {REFERENCE}{name} \h", _UNKNOWN)


def number(fields: Sequence[Any], *, strict: bool = True) -> None:
    """Number captions in the order they stand, staff's own among them, and references to them.

    The fields are all w:instrText and w:fldSimple of a body. Raise ValueError for a reference
    without its caption; unless ``strict``, leave it as it is.
    """
    counts: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for found, element in _of_kind(fields, _SEQUENCE):
        label = found[1]
        counts[label] += 1
        if found.string.strip() == _sequence(label):
            _show(element, str(counts[label]))
            printed |= dict.fromkeys(_names(element), f"{label} {counts[label]}")
    for found, element in _of_kind(fields, REFERS):
        if found[1] in printed:
            _show(element, printed[found[1]])
        elif strict:
            raise ValueError(f"no caption: {found[1].removeprefix(REFERENCE)!r}")


def _sequence(label: str) -> str:
    return rf"SEQ {label} \* ARABIC"


def _of_kind(fields: Sequence[Any], kind: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Any]]:
    """Yield the fields of a kind, but not those in copies of text boxes for older programs."""
    for element in fields:
        code = element.get(qn("w:instr")) if element.tag == _SIMPLE else element.text
        found = kind.match(code or "")
        if found and next(element.iterancestors(_OLDER), None) is None:
            yield found, element


def _names(element: Any) -> Iterator[str]:
    """Yield the names under which the caption of a sequence field can be referred to."""
    for paragraph in element.iterancestors(qn("w:p")):
        for mark in paragraph.iterchildren(qn("w:bookmarkStart")):
            if (name := mark.get(qn("w:name"), "")).startswith(REFERENCE):
                yield name
        return


def _show(element: Any, text: str) -> None:
    """Put a text in place of what a field shows."""
    for shown in _shown(element):
        shown.text, text = text, ""


def _shown(element: Any) -> Iterator[Any]:
    if element.tag == _SIMPLE:
        yield from element.iter(qn("w:t"))
        return
    is_result = False
    for sibling in element.getparent().itersiblings():
        for character in sibling.iter(qn("w:fldChar")):
            kind = character.get(qn("w:fldCharType"))
            if kind == "end":
                return
            is_result = kind == "separate"
        if is_result:
            yield from sibling.iter(qn("w:t"))
