"""What a document says about itself: title, author and keywords, and the record of its origin."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from ...office.part_xml import parsed, part_of
from ..content.blocks import Document
from ..markup import clean

_LIMIT: Final = 255
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM: Final = f"{_OFFICE}/custom-properties"
_VALUES: Final = f"{_OFFICE}/docPropsVTypes"
_RELATION: Final = f"{_OFFICE}/relationships/custom-properties"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id of all custom properties; their numbers begin with 2."""


def describe(word: WordDocument, document: Document) -> None:
    """Write the document properties and the record; what a base document says of itself goes."""
    properties = word.core_properties
    author = _one_line(document.author)
    properties.title = _one_line(document.title)
    properties.author = properties.last_modified_by = author
    properties.keywords = _one_line(document.keywords)
    properties.language = "ja-JP"
    properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.now(UTC)
    if document.record:
        _record(word, document.record)


def _record(word: WordDocument, record: Mapping[str, str]) -> None:
    """Keep the record as custom properties, in place of those of the same name."""
    package = word.part.package
    relations = (each for each in package.rels.values() if each.reltype == _RELATION)
    if relation := next(relations, None):
        part = relation.target_part
        root = parsed(part.blob)
        package.rels.pop(relation.rId)
    else:
        root = parsed(f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}"/>')
    for old in [each for each in root.iterchildren("*") if each.get("name") in record]:
        root.remove(old)
    for name, value in record.items():
        root.append(_property(name, value))
    for number, each in enumerate(root.iterchildren("*"), 2):
        each.set("pid", str(number))
    xml = part_of(root)
    part = Part(PackURI("/docProps/custom.xml"), _TYPE, xml, package)
    package.relate_to(part, _RELATION)


def _property(name: str, value: str) -> Any:
    element = etree.Element(f"{{{_CUSTOM}}}property", fmtid=_FORMAT, name=_one_line(name))
    etree.SubElement(element, f"{{{_VALUES}}}lpwstr").text = _one_line(value)
    return element


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())[:_LIMIT]
