"""A Word file as lines and tables: its body read in order, merged and nested tables laid flat."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from ...errors import DefinitionError
from ...files.inputs import read_input
from ...office.document_faults import fault_of
from ...office.part_xml import parsed
from ...office.safe_package import UNREADABLE
from .items import Grid, Item, Line

_DEPTH: Final = 20
_WIDEST: Final = 63
"""Columns of a table: as many as Word allows."""
_BREAKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def word_items(path: Path) -> Iterator[Item]:
    """Yield the paragraphs and tables of a Word file in order.

    Raise DefinitionError for what is no .docx or is damaged.
    """
    data = read_input(path, DefinitionError, what="Word 文書", program="Word")
    try:
        if fault := fault_of(data):
            raise DefinitionError(f"{path.name} {fault.finding}。{fault.remedy}")
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            xml = package.read("word/document.xml")
        root = parsed(xml)
    except (KeyError, etree.XMLSyntaxError, *UNREADABLE):
        raise DefinitionError(
            f"{path.name} を Word 文書として読めません。Word で開けることを確かめ、"
            ".docx で保存し直してください。"
        ) from None
    counter = [0]
    for body in root:
        if _name(body) == "body":
            yield from _blocks(body, counter, 0)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _blocks(parent: etree._Element, counter: list[int], depth: int) -> Iterator[Item]:
    """Yield what stands in a body or cell: ``counter`` counts the tables of the document."""
    for element in parent:
        match _name(element):
            case "p":
                if text := _text(element).strip():
                    yield Line(text, f"表{counter[0]}の後" if counter[0] else "はじめ")
            case "tbl":
                counter[0] += 1
                yield Grid(tuple(_rows(element)), f"表{counter[0]}")
                if depth < _DEPTH:
                    yield from _nested(element, counter, depth + 1)
            case "sdt" | "sdtContent" | "ins" | "customXml" | "smartTag":
                yield from _blocks(element, counter, depth)


def _nested(table: etree._Element, counter: list[int], depth: int) -> Iterator[Item]:
    """Yield the tables within the cells of a table."""
    for row in _children(table, "tr"):
        for cell in _children(row, "tc"):
            if any(_name(each) == "tbl" for each in cell):
                yield from (i for i in _blocks(cell, counter, depth) if isinstance(i, Grid))


def _rows(table: etree._Element) -> Iterator[tuple[str, ...]]:
    above: tuple[str, ...] = ()
    for row in _children(table, "tr"):
        texts = [""] * min(_before(row), _WIDEST)
        for cell in _children(row, "tc"):
            span, merge = _looks(cell)
            text = _cell_text(cell)
            if merge == "continue":
                text = above[len(texts)] if len(texts) < len(above) else ""
            texts += [text, *[""] * (span - 1)]
            if len(texts) > _WIDEST:
                break
        above = tuple(texts)
        yield above


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the children of a name, those within content controls too."""
    for element in parent:
        found = _name(element)
        if found == name:
            yield element
        elif found in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(element, name)


def _before(row: etree._Element) -> int:
    return next((_whole(each) for each in row.iter() if _name(each) == "gridBefore"), 0)


def _looks(cell: etree._Element) -> tuple[int, str]:
    """Return how many columns a cell spans, and whether it goes on from the row above."""
    span, merge = 1, ""
    for properties in cell:
        if _name(properties) != "tcPr":
            continue
        for each in properties:
            if _name(each) == "gridSpan":
                span = max(1, min(_whole(each), _WIDEST))
            elif _name(each) == "vMerge":
                merge = _value(each) or "continue"
    return span, merge


def _value(element: etree._Element) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("}val")), "")


def _whole(element: etree._Element) -> int:
    value = _value(element)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 0


def _cell_text(cell: etree._Element) -> str:
    return "\n".join(filter(None, (_text(each).strip() for each in _children(cell, "p"))))


def _text(paragraph: etree._Element) -> str:
    """Return what a paragraph shows: without deleted text, ruby readings and hidden parts."""
    parts: list[str] = []

    def walk(element: etree._Element) -> None:
        for each in element:
            name = _name(each)
            if name == "t":
                parts.append(each.text or "")
            elif name in _BREAKS:
                parts.append(_BREAKS[name])
            elif name not in ("del", "moveFrom", "rt", "pPr", "rPr", "Fallback", "txbxContent"):
                walk(each)

    walk(paragraph)
    return "".join(parts)
