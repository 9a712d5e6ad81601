"""The list of sheets in a package (``xl/workbook.xml``), and what depends on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from lxml import etree

from ...office.package_copy import PackageCopy
from ..escapes import decoded
from .sheet_cells import MAIN

WORKBOOK: Final = "xl/workbook.xml"
REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
KINDS: Final = REL.strip("{}")
CONTENT: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TABLE: Final = f"{KINDS}/table"

_REPEATED: Final = "_xlnm.Print_Titles"
_BEFORE_CALCULATION: Final = frozenset(
    f"{MAIN}{name}"
    for name in (
        *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews"),
        *("sheets", "functionGroups", "externalReferences", "definedNames"),
    )
)


def sheet_parts(copy: PackageCopy) -> dict[str, str]:
    """Return the part of every sheet whose part is there by the sheet's name, in order."""
    links = copy.links(WORKBOOK)
    return {
        decoded(str(sheet.get("name"))): links[id_][1]
        for sheet in copy.xml(WORKBOOK).iter(f"{MAIN}sheet")
        if (id_ := str(sheet.get(f"{REL}id"))) in links and links[id_][1] in copy
    }


def tables_of(copy: PackageCopy, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield link, name and part of every table of a sheet."""
    for link, (kind, target) in copy.links(part).items():
        if kind == TABLE and target in copy:
            yield link, copy.xml(target).get("displayName", ""), target


def add_sheet(copy: PackageCopy, name: str, root: etree._Element) -> str:
    """Add a worksheet behind all others (names count the sheets before them); return its part."""
    part = copy.free_name("xl/worksheets/sheet{}.xml")
    copy.set_xml(part, root)
    copy.declare(part, f"{CONTENT}.worksheet+xml")
    workbook = copy.xml(WORKBOOK)
    sheets = next(workbook.iter(f"{MAIN}sheets"))
    number = 1 + max((int(sheet.get("sheetId", "0")) for sheet in sheets), default=0)
    entry = etree.SubElement(sheets, f"{MAIN}sheet", {"name": name, "sheetId": str(number)})
    entry.set(f"{REL}id", copy.link(WORKBOOK, f"{KINDS}/worksheet", part))
    copy.set_xml(WORKBOOK, workbook)
    return part


def repeat_row(copy: PackageCopy, name: str, row: int, *, anew: bool = True) -> None:
    """Have a row of a sheet printed on each of its pages; unless ``anew``, what is set stays."""
    workbook = copy.xml(WORKBOOK)
    sheets = [decoded(str(s.get("name"))) for s in workbook.iter(f"{MAIN}sheet")]
    names = _names(workbook)
    key = {"name": _REPEATED, "localSheetId": str(sheets.index(name))}
    for present in [n for n in names if all(n.get(k) == v for k, v in key.items())]:
        if not anew:
            return
        names.remove(present)
    quoted = name.replace("'", "''")
    etree.SubElement(names, f"{MAIN}definedName", key).text = f"'{quoted}'!${row}:${row}"
    copy.set_xml(WORKBOOK, workbook)


def name_range(copy: PackageCopy, name: str, ref: str) -> None:
    """Let a name of the whole workbook mean a range, whatever it meant before."""
    workbook = copy.xml(WORKBOOK)
    names = _names(workbook)
    for present in [n for n in names if n.get("name") == name and n.get("localSheetId") is None]:
        names.remove(present)
    etree.SubElement(names, f"{MAIN}definedName", {"name": name}).text = ref
    copy.set_xml(WORKBOOK, workbook)


def _names(workbook: etree._Element) -> etree._Element:
    """Return the list of names, made where there is none."""
    names = workbook.find(f"{MAIN}definedNames")
    if names is None:
        names = etree.Element(f"{MAIN}definedNames")
        before = [child for child in workbook if child.tag in _BEFORE_CALCULATION]
        before[-1].addnext(names)
    return names


def calculate_on_opening(copy: PackageCopy) -> None:
    """Let a program that opens the workbook calculate every formula, whatever values are shown."""
    workbook = copy.xml(WORKBOOK)
    settings = workbook.find(f"{MAIN}calcPr")
    if settings is None:
        settings = etree.Element(f"{MAIN}calcPr")
        before = [child for child in workbook if child.tag in _BEFORE_CALCULATION]
        before[-1].addnext(settings)
    if settings.get("fullCalcOnLoad") not in ("1", "true"):
        settings.set("fullCalcOnLoad", "1")
        copy.set_xml(WORKBOOK, workbook)


def forget_formulas(copy: PackageCopy, freed: Mapping[str, Collection[str]]) -> None:
    """Take cells that have no formula any more, by sheet, out of the order of calculation."""
    links = copy.links(WORKBOOK).items()
    chain = next(((i, part) for i, (kind, part) in links if kind == f"{KINDS}/calcChain"), None)
    gone = {
        (sheet.get("sheetId"), address)
        for sheet in copy.xml(WORKBOOK).iter(f"{MAIN}sheet")
        for address in freed.get(decoded(str(sheet.get("name"))), ())
    }
    if chain is None or not gone:
        return
    root = copy.xml(chain[1])
    _remove(root, gone)
    if len(root):
        copy.set_xml(chain[1], root)
    else:  # an empty chain is no valid part
        copy.drop(WORKBOOK, chain[0])


def _remove(chain: etree._Element, gone: set[tuple[str | None, str]]) -> None:
    """Remove entries; one that does not name its sheet stands on the sheet of the one before."""
    sheet, last_named = None, None
    for entry in chain.findall(f"{MAIN}c"):
        sheet = entry.get("i", sheet)
        if (sheet, str(entry.get("r"))) in gone:
            chain.remove(entry)
        else:
            if sheet != last_named and sheet is not None:
                entry.set("i", sheet)
            last_named = sheet
