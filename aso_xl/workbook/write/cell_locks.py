"""Cells locked and opened on protected sheets: their look the same but for lock and input colour."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ...office.package_copy import PackageCopy
from ..build.styles import INPUT_FILL, LABEL_FILL
from .sheet_cells import MAIN
from .workbook_part import KINDS, WORKBOOK


@dataclass(frozen=True)
class CellLock:
    """A typed cell that is to be locked, or open."""

    sheet: str
    address: str
    is_locked: bool


_COLOURS: Final = {True: (INPUT_FILL, LABEL_FILL), False: (LABEL_FILL, INPUT_FILL)}
"""The colour of a cell that is to be locked (or opened), and what it becomes."""


class Locks:
    """The looks of a workbook, to which those of locked and open cells are added where needed."""

    def __init__(self, copy: PackageCopy) -> None:
        links = copy.links(WORKBOOK).values()
        self._copy = copy
        self._part = next(part for kind, part in links if kind == f"{KINDS}/styles")
        self._root = copy.xml(self._part)
        self._made: dict[tuple[str, bool], str] = {}
        self._grown = False

    def set(self, cell: etree._Element, *, is_locked: bool) -> None:
        """Lock or open a cell."""
        key = cell.get("s", "0"), is_locked
        if key not in self._made:
            self._made[key] = self._look(int(key[0]), is_locked=is_locked)
        cell.set("s", self._made[key])

    def close(self) -> None:
        """Put the looks back into the package."""
        if self._grown:
            self._copy.set_xml(self._part, self._root)

    def _look(self, number: int, *, is_locked: bool) -> str:
        looks = self._group("cellXfs")
        look = deepcopy(looks[number])
        protection = look.find(f"{MAIN}protection")
        if protection is None:
            protection = etree.SubElement(look, f"{MAIN}protection")
            later = look.find(f"{MAIN}extLst")
            if later is not None:
                later.addprevious(protection)
        protection.set("locked", str(int(is_locked)))
        look.set("applyProtection", "1")
        if fill := self._fill(int(look.get("fillId", "0")), is_locked=is_locked):
            look.set("fillId", fill)
            look.set("applyFill", "1")
        return self._added(looks, look)

    def _fill(self, number: int, *, is_locked: bool) -> str:
        """Return the fill that goes with the lock; "" where the cell's own colour is another."""
        fills, (before, after) = self._group("fills"), _COLOURS[is_locked]
        fill = deepcopy(fills[number])
        colour = fill.find(f"{MAIN}patternFill/{MAIN}fgColor")
        if colour is None or colour.get("rgb", "")[-6:].upper() != before.strip("#").upper():
            return ""
        colour.set("rgb", f"FF{after.strip('#').upper()}")
        return self._added(fills, fill)

    def _group(self, name: str) -> etree._Element:
        return next(self._root.iterchildren(f"{MAIN}{name}"))

    def _added(self, group: etree._Element, wanted: etree._Element) -> str:
        """Return the number of an element in its group, added where there is none like it."""
        text = etree.tostring(wanted, method="c14n")
        for number, present in enumerate(group):
            if etree.tostring(present, method="c14n") == text:
                return str(number)
        group.append(wanted)
        group.set("count", str(len(group)))
        self._grown = True
        return str(len(group) - 1)
