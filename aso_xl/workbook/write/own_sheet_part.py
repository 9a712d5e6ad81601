"""Putting a sheet of ours into a package: where its table stands, else added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from ...office.package_copy import PackageCopy
from .own_sheet import OwnSheet, drawn, place_child, renewed, table_xml
from .own_sheet_styles import add_looks
from .sheet_cells import MAIN
from .workbook_part import (
    CONTENT,
    REL,
    TABLE,
    WORKBOOK,
    add_sheet,
    repeat_row,
    sheet_parts,
    tables_of,
)

_BEFORE_NUMBER: Final = 26
"""Characters of a name that is numbered: of a sheet's it leaves room within Excel's 31."""


def put_sheet(copy: PackageCopy, sheet: OwnSheet) -> tuple[str, set[str]]:
    """Return the name of the sheet that now shows ``sheet``, and cells whose formula went with it.

    A sheet of the same name that does not hold our table is somebody's own, and left alone.
    """
    fresh = drawn(sheet, add_looks(copy))
    parts = sheet_parts(copy)
    name, present = _present(copy, parts, sheet)
    if not name:
        name = free_name(sheet.name, parts)
        part = add_sheet(copy, name, fresh)
        _lay_table(copy, part, fresh, sheet, "")
        repeat_row(copy, name, sheet.top)
        return name, set()
    part, old = parts[name], copy.xml(parts[name])
    formulas = {str(c.get("r")) for c in old.iter(f"{MAIN}c") if c.find(f"{MAIN}f") is not None}
    _lay_table(copy, part, renewed(old, fresh, is_moved=sheet.is_moved), sheet, present)
    repeat_row(copy, name, sheet.top, anew=sheet.is_moved)
    return name, formulas


def free_name(wanted: str, sheets: Iterable[str]) -> str:
    """Return the name for a new sheet, numbered where another sheet has it."""
    taken = {sheet.casefold() for sheet in sheets}
    return next(n for n in _numbered(wanted, " ({})") if n.casefold() not in taken)


def _present(copy: PackageCopy, parts: dict[str, str], sheet: OwnSheet) -> tuple[str, str]:
    """Return the sheet that holds our table, and the table's name; empty where there is none.

    Where the table is a plain range its sheet is known and its name is empty.
    """
    table = sheet.table
    if sheet.present in parts:
        names = [shown for _, shown, _ in tables_of(copy, parts[sheet.present])]
        return sheet.present, min(names, key=lambda shown: shown != table, default="")
    ours = re.compile(rf"{re.escape(table)}(_\d+)?")
    found = sorted(
        (shown != table, name, shown)
        for name, part in parts.items()
        for _, shown, _ in tables_of(copy, part)
        if ours.fullmatch(shown)
    )
    return found[0][1:] if found else ("", "")


def _lay_table(
    copy: PackageCopy, part: str, root: etree._Element, sheet: OwnSheet, present: str
) -> None:
    """Give the sheet our table and no other: its rows are ours now."""
    place, number, name = "", _free_number(copy), present or _free_name(copy, sheet.table)
    for link, shown, target in list(tables_of(copy, part)):
        if shown == present:
            place, number = link, int(copy.xml(target).get("id", "0"))
            copy.set_xml(target, table_xml(sheet, name, number))
        else:
            copy.drop(part, link)
    if not place:
        target = copy.free_name("xl/tables/table{}.xml")
        copy.set_xml(target, table_xml(sheet, name, number))
        copy.declare(target, f"{CONTENT}.table+xml")
        place = copy.link(part, TABLE, target)
    for old in root.findall(f"{MAIN}tableParts"):
        root.remove(old)
    tables = etree.Element(f"{MAIN}tableParts", {"count": "1"})
    etree.SubElement(tables, f"{MAIN}tablePart").set(f"{REL}id", place)
    place_child(root, tables)
    copy.set_xml(part, root)


def _every_table(copy: PackageCopy) -> Iterator[etree._Element]:
    for part in sheet_parts(copy).values():
        for _, _, target in tables_of(copy, part):
            yield copy.xml(target)


def _free_number(copy: PackageCopy) -> int:
    return 1 + max((int(table.get("id", "0")) for table in _every_table(copy)), default=0)


def _free_name(copy: PackageCopy, wanted: str) -> str:
    """Return the name, numbered where another table or a defined name has it."""
    taken = {table.get("displayName", "").casefold() for table in _every_table(copy)}
    names = copy.xml(WORKBOOK).iter(f"{MAIN}definedName")
    taken |= {name.get("name", "").casefold() for name in names}
    return next(n for n in _numbered(wanted, "_{}") if n.casefold() not in taken)


def _numbered(name: str, pattern: str) -> Iterator[str]:
    yield name
    for number in range(2, 10_000):
        yield name[:_BEFORE_NUMBER] + pattern.format(number)
