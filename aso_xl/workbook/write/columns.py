"""Columns of a worksheet that are hidden and are to be seen again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy

from lxml import etree

from ...office.package_copy import PackageCopy
from .sheet_cells import MAIN
from .workbook_part import sheet_parts


def show_columns(package: bytes, columns: Mapping[str, Collection[int]]) -> bytes:
    """Return the workbook with these columns shown, by sheet; the same bytes if all are."""
    copy = PackageCopy(package)
    parts, changed = sheet_parts(copy), False
    for sheet, numbers in columns.items():
        root = copy.xml(parts[sheet])
        widths = root.find(f"{MAIN}cols")
        if widths is not None and _show(widths, numbers):
            copy.set_xml(parts[sheet], root)
            changed = True
    return copy.finished() if changed else package


def _show(widths: etree._Element, numbers: Collection[int]) -> bool:
    """Show columns; a range of several that is hidden is taken apart."""
    changed = False
    for entry in list(widths):
        first, last = int(entry.get("min", "0")), int(entry.get("max", "0"))
        own = [number for number in numbers if first <= number <= last]
        if entry.get("hidden") not in ("1", "true") or not own:
            continue
        for number in range(first, last + 1):
            each = deepcopy(entry)
            each.set("min", str(number))
            each.set("max", str(number))
            if number in own:
                each.attrib.pop("hidden")
            entry.addprevious(each)
        widths.remove(entry)
        changed = True
    return changed
