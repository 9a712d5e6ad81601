"""A plain sheet of another workbook, copied into a package: cells, looks, widths, merged cells, rules.

What hangs on other parts (pictures, charts, comments, pivots) or points to cells that stand elsewhere
now does not come along; the copy says what.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ...office.package_copy import PackageCopy
from ...office.part_xml import local_name
from ..escapes import encoded
from .own_sheet_part import free_name
from .sheet_cells import MAIN
from .transplanted_looks import TransplantedLooks
from .workbook_part import KINDS, REL, WORKBOOK, add_sheet, sheet_parts

_LOST: Final = {
    **dict.fromkeys(("drawing", "drawingHF", "picture"), "図・グラフ"),
    **dict.fromkeys(("legacyDrawing", "legacyDrawingHF"), ""),  # of comments, which are said so
    **dict.fromkeys(("oleObjects", "controls", "AlternateContent"), "埋め込み・ボタン"),
    **{"tableParts": "テーブルの設定", "extLst": "追加の書式"},
    **dict.fromkeys(("customProperties", "webPublishItems", "smartTags", "scenarios"), ""),
}
"""What of a sheet does not come along, and how it is called; "" for what nobody misses."""
_OTHER_CELLS: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^\s'\"!()+\-*/^&=<>,;:{}]+))!")
_TEXT: Final = re.compile(r'"(?:[^"]|"")*"')
_NAME: Final = re.compile(r"(?<![\w.$])([^\W\d][\w.]*)(?!\w*\s*[(!])", re.UNICODE)
_CELL: Final = re.compile(r"\$?[A-Za-z]{1,3}(?:\$?\d+)?")


@dataclass(frozen=True)
class CopiedSheet:
    """A sheet that was copied under a ``name``; ``lost`` is what did not come along, ``valued`` are
    the cells whose formula gave way to its value.
    """

    name: str
    lost: tuple[str, ...]
    valued: tuple[str, ...]


class SheetCopier:
    """Copies sheets of one workbook into another."""

    def __init__(self, old: PackageCopy, new: PackageCopy) -> None:
        self.old, self.new = old, new
        self.parts = sheet_parts(old)
        self._taken = {name.casefold() for name in sheet_parts(new)}
        self._looks = TransplantedLooks(old, new)
        self._texts = _shared_texts(old)

    def is_plain(self, name: str) -> bool:
        """Return whether a sheet is one of cells."""
        part = self.parts.get(name, "")
        return bool(part) and local_name(self.old.xml(part)) == "worksheet"

    def copy(self, name: str, together: Collection[str]) -> CopiedSheet:
        """Return what came of copying a sheet; formulas may point to the sheets copied ``together``.

        Not to one whose name is taken there: it gets another, and they would mean a sheet not its own.
        """
        together = [each for each in together if each.casefold() not in self._taken]
        root = deepcopy(self.old.xml(self.parts[name]))
        lost = tuple(dict.fromkeys(filter(None, _without_links(root))))
        valued = tuple(_valued(root, together))
        for cell in root.iter(f"{MAIN}c"):
            self._inline(cell)
        self._look(root)
        _drop_rules(root, together)
        free = free_name(name, sheet_parts(self.new))
        add_sheet(self.new, encoded(free), root)
        return CopiedSheet(free, lost, valued)

    def close(self) -> None:
        """Put the looks into the package."""
        self._looks.close()

    def _inline(self, cell: etree._Element) -> None:
        """Put a shared text into its cell."""
        value = cell.find(f"{MAIN}v")
        if cell.get("t") != "s" or value is None:
            return
        cell.remove(value)
        at = int(value.text or "0")
        if at < len(self._texts):
            cell.set("t", "inlineStr")
            holder = etree.SubElement(cell, f"{MAIN}is")
            holder.extend(deepcopy(child) for child in self._texts[at])
        else:
            cell.attrib.pop("t")

    def _look(self, root: etree._Element) -> None:
        for tag, key in (("c", "s"), ("row", "s"), ("col", "style")):
            for element in root.iter(f"{MAIN}{tag}"):
                if (look := element.get(key)) is not None:
                    element.set(key, self._looks.look(look))
        for rule in root.iter(f"{MAIN}cfRule"):
            if (mark := rule.get("dxfId")) is not None:
                rule.set("dxfId", self._looks.mark(mark))


def _shared_texts(package: PackageCopy) -> list[etree._Element]:
    links = package.links(WORKBOOK).values()
    part = next((part for kind, part in links if kind == f"{KINDS}/sharedStrings"), "")
    return list(package.xml(part).iterchildren(f"{MAIN}si")) if part in package else []


def _without_links(root: etree._Element) -> Iterator[str]:
    """Take away what hangs on other parts; yield how it is called."""
    for child in list(root):
        if (word := _LOST.get(local_name(child))) is not None:
            root.remove(child)
            yield word
    for link in list(root.iter(f"{MAIN}hyperlink")):
        if link.get(f"{REL}id"):
            holder = link.getparent()
            if holder is not None:
                holder.remove(link)
                if not len(holder):
                    root.remove(holder)
            yield "リンク"
    for page in root.iter(f"{MAIN}pageSetup"):
        page.attrib.pop(f"{REL}id", "")
    for properties in root.iter(f"{MAIN}sheetPr"):
        properties.attrib.pop("codeName", "")
    for view in root.iter(f"{MAIN}sheetView"):
        view.attrib.pop("tabSelected", "")


def _valued(root: etree._Element, together: Collection[str]) -> Iterator[str]:
    """Let formulas that point elsewhere give way to their values; yield their cells."""
    unsafe = {
        formula.get("si")
        for formula in root.iter(f"{MAIN}f")
        if formula.get("t") == "shared" and formula.text and not _is_own(formula.text, together)
    }
    for cell in root.iter(f"{MAIN}c"):
        formula = cell.find(f"{MAIN}f")
        if formula is None:
            continue
        is_shared = formula.get("t") == "shared" and formula.get("si") in unsafe
        if is_shared or (formula.text and not _is_own(formula.text, together)):
            cell.remove(formula)
            yield str(cell.get("r"))


def _is_own(formula: str, together: Collection[str]) -> bool:
    """Return whether a formula knows only functions and cells of sheets that come along."""
    plain = _TEXT.sub('""', formula)
    if "[" in plain or "#REF" in plain:
        return False
    others = {(quoted or bare).replace("''", "'") for quoted, bare in _OTHER_CELLS.findall(plain)}
    if not others <= {*together}:
        return False
    names = _NAME.findall(_OTHER_CELLS.sub("", plain))
    return all(_CELL.fullmatch(n) or n.upper() in ("TRUE", "FALSE") for n in names)


def _drop_rules(root: etree._Element, together: Collection[str]) -> None:
    """Take away input rules and conditional formats that point elsewhere."""
    for tag in ("dataValidation", "cfRule"):
        for rule in list(root.iter(f"{MAIN}{tag}")):
            formulas = [f.text or "" for f in rule if local_name(f).startswith("formula")]
            if not all(_is_own(text, together) for text in formulas):
                _remove(rule)


def _remove(rule: etree._Element) -> None:
    """Take a rule away, and what held only it."""
    holder = rule.getparent()
    if holder is None:
        return
    holder.remove(rule)
    if holder.get("count") is not None:
        holder.set("count", str(len(holder)))
    if not len(holder) and (parent := holder.getparent()) is not None:
        parent.remove(holder)
