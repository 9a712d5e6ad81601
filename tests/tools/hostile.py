"""Workbooks that other programs, long use or ill will leave behind, by name: how to make each.

``HARMLESS`` ones hold foreign or immense things that are none of our business and read as before;
``IMMENSE`` ones may be read or refused, but never take minutes or gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from rich_workbook import CONTENT, GOAL, KINDS, XML, declare, link, sheet_parts
from workbook_tools import MAIN

Parts = dict[str, bytes]
Change = Callable[[Parts], None]
GUIDE: Final = "使い方"
DOCTYPE: Final = (
    b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>'
)
_SPACE: Final = f'xmlns="{MAIN.strip("{}")}" xmlns:r="{KINDS}"'
_STRICT: Final = (
    (
        b"schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    (
        b"schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    (b"schemas.openxmlformats.org/drawingml/2006/", b"purl.oclc.org/ooxml/drawingml/"),
)


def strict(parts: Parts) -> None:
    """Save as 「Strict Open XML スプレッドシート」."""
    for name in parts:
        if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
            for usual, other in _STRICT:
                parts[name] = parts[name].replace(usual, other)
    root = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = root.replace(b"<workbook ", b'<workbook conformance="strict" ', 1)


def external(body: str) -> Change:
    def change(parts: Parts) -> None:
        part = "xl/externalLinks/externalLink1.xml"
        parts[part] = f"{XML}<externalLink {_SPACE}>{body}</externalLink>".encode()
        declare(parts, part, f"{CONTENT}.externalLink+xml")
        link(parts, "xl/workbook.xml", "rId95", "externalLink", "externalLinks/externalLink1.xml")
        entry = b'<externalReferences><externalReference r:id="rId95"/></externalReferences>'
        old = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = old.replace(b"<definedNames>", entry + b"<definedNames>")

    return change


def foreign(part: str, data: bytes, kind: str = "drawing", owner: str = GOAL) -> Change:
    """Return a change that adds a part which a sheet leads to."""

    def change(parts: Parts) -> None:
        parts[part] = data
        sheet = sheet_parts(parts)[owner]
        link(parts, sheet, "rId94", kind, f"../{part.removeprefix('xl/')}")

    return change


def damaged(part: str, data: bytes = b"<a><b></a>") -> Change:
    return lambda parts: parts.update({part: data})


def behind_cells(xml: str, sheet: str = GOAL) -> Change:
    """Return a change that puts XML behind the cells of a sheet, merged ranges into theirs."""

    def change(parts: Parts) -> None:
        part = sheet_parts(parts)[sheet]
        text = parts[part].decode()
        if xml.startswith("<mergeCell ") and "<mergeCells" in text:
            text = text.replace("</mergeCells>", f"{xml}</mergeCells>")
        elif xml.startswith("<mergeCell "):
            text = _before(text, f"<mergeCells>{xml}</mergeCells>")
        else:
            text = _before(text, xml)
        parts[part] = text.encode()

    return change


def _before(text: str, xml: str) -> str:
    found = re.search(
        r"<(?:phoneticPr|conditionalFormatting|dataValidations|hyperlinks|printOptions|pageMargins)",
        text,
    )
    assert found
    return text[: found.start()] + xml + text[found.start() :]


def below(xml: str, sheet: str = GUIDE) -> Change:
    """Return a change that puts rows at the end of a sheet."""

    def change(parts: Parts) -> None:
        part = sheet_parts(parts)[sheet]
        parts[part] = parts[part].replace(b"</sheetData>", xml.encode() + b"</sheetData>", 1)

    return change


def styles(pattern: str, xml: str) -> Change:
    """Return a change that puts XML before the end of a group of the styles."""

    def change(parts: Parts) -> None:
        old = parts["xl/styles.xml"]
        parts["xl/styles.xml"] = old.replace(pattern.encode(), xml.encode() + pattern.encode(), 1)

    return change


def linked(ref: str) -> Change:
    return behind_cells(
        f'<hyperlinks><hyperlink ref="{ref}" location="A1" display="x"/></hyperlinks>'
    )


def strings(count: int, text: str) -> Change:
    def change(parts: Parts) -> None:
        more = f"<si><t>{text}</t></si>" * count
        old = parts["xl/sharedStrings.xml"]
        parts["xl/sharedStrings.xml"] = old.replace(b"</sst>", more.encode() + b"</sst>")

    return change


def sheets(count: int) -> Change:
    """Return a change that adds sheets, all of one part."""

    def change(parts: Parts) -> None:
        part = "xl/worksheets/more.xml"
        cells = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 200))
        parts[part] = (
            f"{XML}<worksheet {_SPACE}><sheetData>{cells}</sheetData></worksheet>".encode()
        )
        declare(parts, part, f"{CONTENT}.worksheet+xml")
        link(parts, "xl/workbook.xml", "rId90", "worksheet", "worksheets/more.xml")
        more = "".join(
            f'<sheet name="s{n}" sheetId="{n + 900}" r:id="rId90"/>' for n in range(count)
        )
        old = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = old.replace(b"</sheets>", more.encode() + b"</sheets>")

    return change


def names(count: int) -> Change:
    """Return a change that defines names."""

    def change(parts: Parts) -> None:
        more = b'<definedName name="a">1</definedName>' * count + b"</definedNames>"
        old = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = old.replace(b"</definedNames>", more)

    return change


def rows(count: int, cells: str = "", first: int = 2000) -> str:
    return "".join(f'<row r="{n}" ht="12">{cells}</row>' for n in range(first, first + count))


_DDE: Final = '<ddeLink ddeService="Word" ddeTopic="C:\\R9.docx"><ddeItems><ddeItem name="O"/></ddeItems></ddeLink>'
_OLE: Final = '<oleLink r:id="rId1" progId="Word.Document.12"><oleItems/></oleLink>'

HARMLESS: Final[Mapping[str, Change]] = {
    "strict": strict,
    "DDE link": external(_DDE),
    "OLE link to nothing": external(_OLE),
    "damaged external link": external("<externalBook r:id='rId9'><sheetNames>&#1;"),
    "DOCTYPE in a picture": damaged("xl/media/image9.svg", DOCTYPE),
    "DOCTYPE in a drawing": foreign("xl/drawings/drawing9.xml", DOCTYPE),
    "DOCTYPE in VML": foreign("xl/drawings/vml9.vml", DOCTYPE, "vmlDrawing"),
    "damaged drawing": foreign("xl/drawings/drawing9.xml", b"<a><b></a>"),
    "damaged comments": foreign("xl/comments9.xml", b"\xff\xff<x", "comments"),
    "damaged chart": damaged("xl/charts/chart1.xml"),
    "damaged theme": damaged("xl/theme/theme1.xml", b""),
    "damaged properties": damaged("docProps/core.xml", b"\0"),
    "damaged pivot": foreign("xl/pivotTables/pivotTable9.xml", b"<x", "pivotTable"),
    "damaged custom XML": damaged("customXml/item1.xml", b"<x"),
    "damaged foreign table": foreign("xl/tables/table99.xml", b"<table", "table", GUIDE),
    "relation to nothing": lambda parts: link(
        parts, sheet_parts(parts)[GOAL], "rId93", "comments", "../comments99.xml"
    ),
    "declared but not there": lambda parts: declare(parts, "xl/gone.xml", f"{CONTENT}.gone+xml"),
    "link over blank cells": linked("AF2:AH60"),
    "link over the whole sheet": linked("A1:XFD1048576"),
    "whole column merged": behind_cells('<mergeCell ref="BA1:BA1048576"/>', GUIDE),
    "columns merged": behind_cells('<mergeCell ref="BA1:BE1048576"/>', GUIDE),
    "all to the right merged": behind_cells('<mergeCell ref="BA1:XFD1048576"/>', GUIDE),
    "many rules": behind_cells(
        '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="9"><formula>1'
        "</formula></cfRule></conditionalFormatting>" * 20_000
    ),
    "deep XML behind the cells": behind_cells("<extLst>" * 200 + "</extLst>" * 200),
    "many looks": styles("</cellXfs>", '<xf numFmtId="0" fontId="0"/>' * 70_000),
    "stray rows": below(rows(50_000)),
    "a blank row of all columns": below(rows(1, "<c/>" * 16_384)),
    "other sheets": sheets(300),
}

IMMENSE: Final[Mapping[str, Change]] = {
    "a million stray rows": below(rows(1_000_000, first=40_000)),
    "a million blank cells": below(rows(1000, '<c s="1"/>' * 1000)),
    "a million filled cells": below(rows(1000, "<c><v>1</v></c>" * 1000)),
    "a million cells in one row": below(rows(1, "<c/>" * 1_000_000)),
    "one row a million times": below('<row r="50"/>' * 1_000_000),
    "a million looks": styles("</cellXfs>", '<xf numFmtId="0" fontId="0"/>' * 1_000_000),
    "a million fonts": styles("</fonts>", "<font><b/><strike/></font>" * 1_000_000),
    "a million merges": behind_cells('<mergeCell ref="BA9:BB9"/>' * 1_000_000),
    "different merges": behind_cells(
        "".join(f'<mergeCell ref="BA{n}:BB{n}"/>' for n in range(1, 200_000))
    ),
    "a million rules": behind_cells('<conditionalFormatting sqref="A1"/>' * 1_000_000),
    "long text": strings(1, "あ" * 30_000_000),
    "many texts": strings(1_500_000, "a"),
    "a long attribute": below(f'<row r="900" note="{"x" * 30_000_000}"/>'),
    "a long comment": below(f"<!--{'x' * 30_000_000}-->"),
    "many attributes": below(
        "<row r='900' " + " ".join(f"a{n}='1'" for n in range(300_000)) + "/>"
    ),
    "deeper XML behind the cells": behind_cells("<extLst>" * 90_000 + "</extLst>" * 90_000),
    "deep XML": below("<x>" * 1_000_000 + "</x>" * 1_000_000),
    "thousands of sheets": sheets(3000),
    "millions of names": names(2_000_000),
}
