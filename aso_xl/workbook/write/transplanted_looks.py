"""Cell formats and conditional formats of one workbook, added to those of another as they are used."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Final

from lxml import etree

from ...office.package_copy import PackageCopy
from ...office.part_xml import local_name
from .own_sheet_styles import BEFORE_MARKS
from .sheet_cells import MAIN
from .workbook_part import KINDS, WORKBOOK

_PARTS: Final = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_FIRST_OWN: Final = 164
"""Below it number formats are those of every workbook."""


class TransplantedLooks:
    """The looks of an old workbook by their numbers in a new one."""

    def __init__(self, old: PackageCopy, new: PackageCopy) -> None:
        self.new = new
        self._part = _styles_part(new)
        self._old, self._root = old.xml(_styles_part(old)), new.xml(self._part)
        self._made: dict[tuple[str, str], str] = {}

    def look(self, number: str) -> str:
        """Return the number of a cell format."""
        return self._once("cellXfs", number, self._look)

    def mark(self, number: str) -> str:
        """Return the number of a conditional format."""
        return self._once("dxfs", number, lambda element: element)

    def close(self) -> None:
        """Put the looks back into the new package."""
        if self._made:
            self.new.set_xml(self._part, self._root)

    def _once(
        self, kind: str, number: str, change: Callable[[etree._Element], etree._Element]
    ) -> str:
        if (kind, number) not in self._made:
            group = self._group(self._old, kind)
            at = int(number)
            element = deepcopy(group[at]) if at < len(group) else None
            made = self._added(kind, change(element)) if element is not None else "0"
            self._made[kind, number] = made
        return self._made[kind, number]

    def _look(self, look: etree._Element) -> etree._Element:
        for key, kind in _PARTS.items():
            if (number := look.get(key)) is not None:
                look.set(key, self._once(kind, number, lambda element: element))
        look.set("xfId", "0")
        code = look.get("numFmtId", "0")
        if int(code) >= _FIRST_OWN:
            look.set("numFmtId", self._number_format(code))
        return look

    def _number_format(self, id_: str) -> str:
        """Return the id of a number format of the old workbook in the new one."""
        known = {own.get("numFmtId"): own for own in self._group(self._old, "numFmts")}
        if (own := known.get(id_)) is None:
            return "0"
        group = self._group(self._root, "numFmts")
        for present in group:
            if present.get("formatCode") == own.get("formatCode"):
                return str(present.get("numFmtId"))
        ids = [int(each.get("numFmtId", "0")) for each in group]
        made = str(max([_FIRST_OWN - 1, *ids]) + 1)
        copy = deepcopy(own)
        copy.set("numFmtId", made)
        group.append(copy)
        group.set("count", str(len(group)))
        return made

    def _added(self, kind: str, element: etree._Element) -> str:
        group = self._group(self._root, kind)
        group.append(element)
        group.set("count", str(len(group)))
        return str(len(group) - 1)

    def _group(self, root: etree._Element, kind: str) -> etree._Element:
        """Return a group of looks, made in its place where there is none."""
        found = root.find(f"{MAIN}{kind}")
        if found is not None:
            return found
        made = etree.Element(f"{MAIN}{kind}", count="0")
        before = BEFORE_MARKS[: BEFORE_MARKS.index(kind)] if kind in BEFORE_MARKS else BEFORE_MARKS
        earlier = [child for child in root if local_name(child) in before]
        if earlier:
            earlier[-1].addnext(made)
        else:
            root.insert(0, made)
        return made


def _styles_part(package: PackageCopy) -> str:
    links = package.links(WORKBOOK).values()
    return next(part for kind, part in links if kind == f"{KINDS}/styles")
