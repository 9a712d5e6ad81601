"""What was last printed in a document's places, kept in a part that Word and LibreOffice pass on.

From it re-issuing tells staff's own words from ours, and what staff took out from what is new.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, cast

from docx.document import Document as WordDocument
from docx.opc.part import Part
from lxml import etree

from ...office.part_xml import parsed, part_of
from ..content.blocks import Document
from ..content.printed import Kind, Place, places
from ..markup import clean

RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_PART: Final = "/customXml/item%d.xml"
_SECTIONS: Final = "sections"
_SAID: Final = frozenset({"heading", "prose", "cell", "table"})
"""Kinds of places of which the text is kept."""

_ABOUT_PART: Final = "/customXml/itemProps%d.xml"
_ABOUT_TYPE: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_SPACE: Final = "urn:aso-xl:printed"
_ABOUT: Final = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<ds:datastoreItem ds:itemID="{{5B6A9C1E-3C52-4B7C-9F3F-0D2B0E5A7A11}}" \
xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">\
<ds:schemaRefs><ds:schemaRef ds:uri="{_SPACE}"/></ds:schemaRefs></ds:datastoreItem>"""
"""LibreOffice passes on only parts that have such a description."""

_ROOT, _PLACE = f"{{{_SPACE}}}printed", f"{{{_SPACE}}}place"


def remember(word: WordDocument, document: Document, sections: Collection[str] = ()) -> None:
    """Keep what the document prints, in the place of what a base document may remember.

    ``sections`` are the names of the only ones that it prints, if it does not print all.
    """
    relations = [each for each in word.part.rels.values() if each.reltype == RELATION]
    for relation in relations:
        if not relation.is_external and is_memory(relation.target_part.blob):
            word.part.rels.pop(relation.rId)
    printed = places(document.only(sections), figures=False)
    if printed:
        package = word.part.package
        part = Part(
            package.next_partname(_PART), "application/xml", memory_xml(printed, sections), package
        )
        word.part.relate_to(part, RELATION)
        about = Part(package.next_partname(_ABOUT_PART), _ABOUT_TYPE, _ABOUT.encode(), package)
        part.relate_to(about, f"{RELATION}Props")


def memory_xml(printed: Mapping[str, Place], sections: Collection[str] = ()) -> bytes:
    """Return the part that remembers these places, but for figures, and the names of sections."""
    root = parsed(f'<printed xmlns="{_SPACE}"/>')
    if sections:
        root.set(_SECTIONS, " ".join(sorted(sections)))
    for place in printed.values():
        if place.kind != "figure":
            attributes = {"name": place.name, "kind": place.kind, "within": place.within}
            attributes["label"] = " ".join(clean(place.label).split())
            attributes["height"] = str(place.height or "")
            element = etree.SubElement(root, _PLACE, {k: v for k, v in attributes.items() if v})
            element.text = place.text if place.kind in _SAID else None
    return part_of(root)


def is_memory(part: bytes) -> bool:
    """Return whether a part remembers what was printed."""
    return _SPACE.encode() in part and _root(part) is not None


def recalled(part: bytes) -> Mapping[str, Place]:
    """Return the places that a part remembers, in their order; none if it is damaged."""
    root = _root(part)
    return {
        place.name: place
        for each in (() if root is None else root.iterchildren(_PLACE))
        for place in (_place(each),)
    }


def recalled_sections(part: bytes) -> frozenset[str]:
    """Return the names of the only sections that were printed; none if all were."""
    root = _root(part)
    return frozenset() if root is None else frozenset(str(root.get(_SECTIONS, "")).split())


def _place(element: etree._Element) -> Place:
    attributes = element.attrib
    kind = cast("Kind", str(attributes.get("kind", "")))
    height = str(attributes.get("height", ""))
    return Place(
        str(attributes.get("name", "")),
        element.text or "",
        str(attributes.get("label", "")),
        kind,
        str(attributes.get("within", "")),
        height=int(height) if height.isdecimal() else 0,
    )


def _root(part: bytes) -> etree._Element | None:
    try:
        root = parsed(part)
    except etree.XMLSyntaxError:
        return None
    return root if root.tag == _ROOT else None
