"""Small readings of WordprocessingML elements, whatever prefix their namespace has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ...office.part_xml import local_name

Element = etree._Element
_WRAPPERS: Final = ("sdt", "sdtContent", "ins", "customXml")


def children(parent: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of a name, those within content controls too."""
    for element in parent if parent is not None else ():
        own = local_name(element)
        if own == name:
            yield element
        elif own in _WRAPPERS:
            yield from children(element, name)


def child(parent: Element | None, name: str) -> Element | None:
    """Return the first child of a name."""
    return next(children(parent, name), None)


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute by its local name; "" for none."""
    if element is None:
        return ""
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith(name)), "")


def value_of(parent: Element | None, name: str) -> str:
    """Return the ``w:val`` of the first child of a name; "" for none."""
    return attribute(child(parent, name), "}val")


def whole(text: str) -> int:
    """Return a whole number; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
