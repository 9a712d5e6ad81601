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
from ...office.part_xml import local_name, parsed
from ...office.safe_package import UNREADABLE
from .items import Grid, Item, Line
from .word_numbers import WordNumbers
from .word_xml import Element, attribute, child, children, value_of, whole

_DEPTH: Final = 20
_WIDEST: Final = 63
"""Columns of a table: as many as Word allows."""
_BREAKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_UNSEEN: Final = ("del", "moveFrom", "rt", "pPr", "rPr", "Fallback", "txbxContent")
"""What a paragraph does not show: deleted text, ruby readings, hidden parts; boxes stand apart."""
_SHAPED: Final = ("drawing", "pict", "AlternateContent")


def word_items(path: Path) -> Iterator[Item]:
    """Yield the paragraphs and tables of a Word file in order.

    Raise DefinitionError for what is no .docx or is damaged.
    """
    data = read_input(path, DefinitionError, what="Word 文書", program="Word")
    try:
        if fault := fault_of(data):
            raise DefinitionError(f"{path.name} {fault.finding}。{fault.remedy}")
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            root = parsed(package.read("word/document.xml"))
            names = package.namelist()
            numbering, styles = (
                parsed(package.read(part)) if part in names else None
                for part in ("word/numbering.xml", "word/styles.xml")
            )
    except (KeyError, etree.XMLSyntaxError, *UNREADABLE):
        raise DefinitionError(
            f"{path.name} を Word 文書として読めません。Word で開けることを確かめ、"
            ".docx で保存し直してください。"
        ) from None
    yield from _Body(WordNumbers(numbering, styles)).blocks(child(root, "body"), 0)


class _Body:
    """Reads a body once, in its order: numbers of paragraphs and tables go on."""

    def __init__(self, numbers: WordNumbers) -> None:
        self.numbers, self.tables = numbers, 0

    def blocks(self, parent: Element | None, depth: int) -> Iterator[Item]:
        """Yield what stands in a body, box or cell."""
        for element in parent if parent is not None else ():
            match local_name(element):
                case "p":
                    place = f"表{self.tables}の後" if self.tables else "はじめ"
                    if text := self._numbered(element):
                        yield Line(text, place, self.numbers.heading(element))
                    yield from self._boxes(element, depth)
                case "tbl":
                    yield from self._table(element, depth)
                case "sdt" | "sdtContent" | "ins" | "customXml" | "smartTag":
                    yield from self.blocks(element, depth)

    def _boxes(self, paragraph: Element, depth: int) -> Iterator[Item]:
        """Yield what stands in the text boxes of a paragraph; what old programs see of them, not."""
        shapes = [e for run in children(paragraph, "r") for e in run if local_name(e) in _SHAPED]
        for box in (
            each for shape in shapes for each in shape.iter() if local_name(each) == "txbxContent"
        ):
            is_seen = all(local_name(above) != "Fallback" for above in box.iterancestors())
            if is_seen and depth < _DEPTH:
                yield from self.blocks(box, depth + 1)

    def _table(self, table: Element, depth: int) -> Iterator[Grid]:
        """Yield a table, and then those within its cells."""
        self.tables += 1
        yield Grid(tuple(self._rows(table)), f"表{self.tables}")
        cells = (cell for row in children(table, "tr") for cell in children(row, "tc"))
        for inner in (each for cell in cells for each in children(cell, "tbl")):
            if depth < _DEPTH:
                yield from self._table(inner, depth + 1)

    def _rows(self, table: Element) -> Iterator[tuple[str, ...]]:
        above: tuple[str, ...] = ()
        for row in children(table, "tr"):
            before = value_of(child(row, "trPr"), "gridBefore")
            texts = [""] * min(whole(before), _WIDEST)
            for cell in children(row, "tc"):
                span, merge = _looks(cell)
                text = "\n".join(filter(None, map(self._numbered, children(cell, "p"))))
                if merge == "continue":
                    text = above[len(texts)] if len(texts) < len(above) else ""
                texts += [text, *[""] * (span - 1)]
                if len(texts) > _WIDEST:
                    break
            above = tuple(texts)
            yield above

    def _numbered(self, paragraph: Element) -> str:
        """Return what a paragraph shows, behind the number that Word gives it."""
        text = _text(paragraph).strip()
        number = self.numbers.before(paragraph) if text else ""
        return f"{number} {text}" if number else text


def _looks(cell: Element) -> tuple[int, str]:
    """Return how many columns a cell spans, and whether it goes on from the row above."""
    properties = child(cell, "tcPr")
    span = min(max(1, whole(value_of(properties, "gridSpan"))), _WIDEST)
    merged = child(properties, "vMerge")
    return span, "" if merged is None else attribute(merged, "}val") or "continue"


def _text(element: Element) -> str:
    parts: list[str] = []
    for each in element:
        name = local_name(each)
        if name == "t":
            parts.append(each.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name not in _UNSEEN:
            parts.append(_text(each))
    return "".join(parts)
