"""The XML of one part as a tree: no entity is expanded, and nothing outside the part is read."""

from __future__ import annotations

from typing import Final

from lxml import etree

_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)


def parsed(xml: bytes | str) -> etree._Element:
    """Return the root of a part, or of our own markup. Raise XMLSyntaxError."""
    return etree.fromstring(xml, _PARSER)


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; "" for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def part_of(root: etree._Element) -> bytes:
    """Return the part that has this root."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
