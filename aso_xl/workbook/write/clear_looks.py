"""Looks in which a value that is written reads as what it is: not struck out, raised or hidden."""

from __future__ import annotations

import io
from copy import deepcopy
from decimal import Decimal
from typing import Final

from lxml import etree

from ...office.package_copy import PackageCopy
from ...office.xml_stream import Budget
from ..read.file.looks import Look, LooksReader
from ..read.file.number_formats import effect, hides_text
from ..read.file.texts import FontEffect
from .sheet_cells import MAIN
from .workbook_part import KINDS, WORKBOOK

_MARKING: Final = (f"{MAIN}strike", f"{MAIN}vertAlign")


class ClearLooks:
    """The looks of a workbook, to which clear ones are added where a cell needs them."""

    def __init__(self, copy: PackageCopy) -> None:
        self._copy = copy
        links = copy.links(WORKBOOK).values()
        self._part = next((part for kind, part in links if kind == f"{KINDS}/styles"), "")
        reader = LooksReader()
        if self._part in copy:
            Budget().read(io.BytesIO(copy[self._part]), reader)
        self._looks: list[Look] = reader.looks
        self._cleared: dict[tuple[int, bool], str] = {}

    def clear(self, cell: etree._Element, value: str | Decimal) -> None:
        """Give the cell a look like its own in which the value is seen as it is."""
        number = int(cell.get("s", "0"))
        look = self._looks[number] if number < len(self._looks) else Look()
        hides = _hides(look, value)
        if look.mark is FontEffect.NONE and not hides:
            return
        key = (number, hides)
        if key not in self._cleared:
            self._cleared[key] = self._added(number, general=hides)
        cell.set("s", self._cleared[key])

    def _added(self, number: int, *, general: bool) -> str:
        root = self._copy.xml(self._part)
        fonts, looks = root.find(f"{MAIN}fonts"), root.find(f"{MAIN}cellXfs")
        if fonts is None or looks is None:
            raise KeyError(self._part)
        look = deepcopy(looks[number])
        font = deepcopy(fonts[int(look.get("fontId", "0"))])
        for mark in [child for child in font if child.tag in _MARKING]:
            font.remove(mark)
        fonts.append(font)
        look.set("fontId", str(len(fonts) - 1))
        if general:
            look.set("numFmtId", "0")
        looks.append(look)
        for group in (fonts, looks):
            group.set("count", str(len(group)))
        self._copy.set_xml(self._part, root)
        return str(len(looks) - 1)


def _hides(look: Look, value: str | Decimal) -> bool:
    if isinstance(value, str):
        return hides_text(look.number_format)
    return look.is_date or bool(effect(look.number_format, float(value)))
