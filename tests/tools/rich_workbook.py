"""A master workbook as it is after years of use: with all that staff and Excel put into a file.

Text box, chart, image, button, comments, sparkline and extra sheets are XlsxWriter's; the pivot
table, the order of calculation, shared formulas, printer settings and what Excel notes on every
row are written by hand.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache
from typing import Any

import pytest
from lxml import etree
from packages import unpacked
from workbook_tools import MAIN, REL

from aso_xl.strategies.definition import load
from aso_xl.workbook.build import template

GOAL, NOTES, PIVOT = "基本目標1", "メモ", "ピボット"
KINDS = REL.strip("{}")
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
Parts = dict[str, bytes]


@cache
def rich() -> bytes:
    """Return the package; the same for every test."""

    class Used(template._Book):
        def close(self) -> None:
            _decorate(self)
            super().close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(template, "_Book", Used)
        package = template.build(load("third", sample=True), sample=True)
    parts = unpacked(package)
    for add in (_pivot, _shared_formulas, _excel_notes, _calculation_chain, _custom_part):
        add(parts)
    return packed(parts)


def packed(parts: Parts) -> bytes:
    """Return the package of the parts, packed as no writer of ours would."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def sheet_parts(parts: Parts) -> dict[str, str]:
    links = {
        link.get("Id"): str(link.get("Target")).removeprefix("/xl/")
        for link in etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    sheets = etree.fromstring(parts["xl/workbook.xml"]).iter(f"{MAIN}sheet")
    return {str(s.get("name")): f"xl/{links[s.get(f'{REL}id')]}" for s in sheets}


def _decorate(book: Any) -> None:
    goal = book.get_worksheet_by_name(GOAL)
    image = {"image_data": io.BytesIO(_png())}
    for number, sheet in enumerate((goal, book.get_worksheet_by_name("設定"))):
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='{GOAL}'!$J$11:$N$11"})
        sheet.insert_textbox(40, 1, f"来月の会議までに & <確認> {number}")
        sheet.insert_chart(44, 1, chart)
        sheet.insert_image(60, 1, "印.png", image)
        sheet.insert_button(66, 1, {"caption": "印刷", "macro": "Insatsu"})
        sheet.write_comment("C12", "観光課に確認中", {"author": "企画財政課"})
    goal.add_sparkline("V2", {"range": f"'{GOAL}'!J11:N11", "markers": True})
    notes = book.add_worksheet(NOTES)
    notes.write_column(0, 0, [1, 2, 3, 4])
    for row in range(1, 5):
        notes.write_formula(row - 1, 1, f"=A{row}*2+$A$1", None, row * 2 + 1)
    notes.write_array_formula("C1:C4", "{=A1:A4*2}", None, 2)
    notes.write_formula("D1", f"='{GOAL}'!J11", None, 1)
    notes.write_rich_string("E1", "赤い", book.add_format({"font_color": "red"}), "字")
    notes.merge_range("F1:H2", "結合")
    data = book.add_worksheet(PIVOT)
    data.write_column(0, 0, ["課", "観光課", "農政課"])
    data.write_column(0, 1, ["数", 3, 5])


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xc0\x20\x20" * 8) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def declare(parts: Parts, name: str, kind: str) -> None:
    types = parts["[Content_Types].xml"].decode()
    entry = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = types.replace("</Types>", entry).encode()


def link(parts: Parts, owner: str, id_: str, kind: str, target: str) -> None:
    folder, _, name = owner.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    old = parts.get(rels, f'{XML}<Relationships xmlns="{space}"></Relationships>'.encode()).decode()
    entry = f'<Relationship Id="{id_}" Type="{KINDS}/{kind}" Target="{target}"/></Relationships>'
    parts[rels] = old.replace("</Relationships>", entry).encode()


def _pivot(parts: Parts) -> None:
    space = f'xmlns="{MAIN.strip("{}")}" xmlns:r="{KINDS}"'
    cache_, records = "xl/pivotCache/pivotCacheDefinition1.xml", "pivotCacheRecords1.xml"
    table = "xl/pivotTables/pivotTable1.xml"
    parts[cache_] = (
        f'{XML}<pivotCacheDefinition {space} r:id="rId1" recordCount="2" refreshedVersion="4">'
        f'<cacheSource type="worksheet"><worksheetSource ref="A1:B3" sheet="{PIVOT}"/></cacheSource>'
        '<cacheFields count="2"><cacheField name="課" numFmtId="0"><sharedItems count="2">'
        '<s v="観光課"/><s v="農政課"/></sharedItems></cacheField>'
        '<cacheField name="数" numFmtId="0"><sharedItems containsSemiMixedTypes="0" '
        'containsString="0" containsNumber="1" containsInteger="1" minValue="3" maxValue="5"/>'
        "</cacheField></cacheFields></pivotCacheDefinition>"
    ).encode()
    parts[f"xl/pivotCache/{records}"] = (
        f'{XML}<pivotCacheRecords {space} count="2"><r><x v="0"/><n v="3"/></r>'
        '<r><x v="1"/><n v="5"/></r></pivotCacheRecords>'
    ).encode()
    parts[table] = (
        f'{XML}<pivotTableDefinition {space} name="ピボット1" cacheId="1" dataCaption="値">'
        '<location ref="D1:E4" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="2"><pivotField axis="axisRow" showAll="0"><items count="3">'
        '<item x="0"/><item x="1"/><item t="default"/></items></pivotField>'
        '<pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1"><field x="0"/>'
        '</rowFields><rowItems count="3"><i><x/></i><i><x v="1"/></i><i t="grand"><x/></i></rowItems>'
        '<colItems count="1"><i/></colItems><dataFields count="1"><dataField name="合計 / 数" '
        'fld="1" baseField="0" baseItem="0"/></dataFields></pivotTableDefinition>'
    ).encode()
    declare(parts, cache_, f"{CONTENT}.pivotCacheDefinition+xml")
    declare(parts, f"xl/pivotCache/{records}", f"{CONTENT}.pivotCacheRecords+xml")
    declare(parts, table, f"{CONTENT}.pivotTable+xml")
    link(parts, cache_, "rId1", "pivotCacheRecords", records)
    link(parts, table, "rId1", "pivotCacheDefinition", f"../{cache_.removeprefix('xl/')}")
    link(parts, sheet_parts(parts)[PIVOT], "rId9", "pivotTable", "../pivotTables/pivotTable1.xml")
    link(parts, "xl/workbook.xml", "rId99", "pivotCacheDefinition", cache_.removeprefix("xl/"))
    entry = '</definedNames><calcPr calcId="124519"/><pivotCaches>'
    entry += '<pivotCache cacheId="1" r:id="rId99"/></pivotCaches></workbook>'
    workbook = parts["xl/workbook.xml"].decode().partition("</definedNames>")[0]
    parts["xl/workbook.xml"] = (workbook + entry).encode()


def _shared_formulas(parts: Parts) -> None:
    part = sheet_parts(parts)[NOTES]
    root = etree.fromstring(parts[part])
    formulas = {c.get("r"): c.find(f"{MAIN}f") for c in root.iter(f"{MAIN}c")}
    for row in range(1, 5):
        formula = formulas[f"B{row}"]
        assert formula is not None
        formula.set("t", "shared")
        formula.set("si", "0")
        if row == 1:
            formula.set("ref", "B1:B4")
        else:
            formula.text = None
    parts[part] = etree.tostring(root)


def _excel_notes(parts: Parts) -> None:
    """Note on every row of a goal's sheet what Excel notes, and the printer that was used."""
    part = sheet_parts(parts)[GOAL]
    declared = f' xmlns:mc="{MC}" xmlns:x14ac="{X14AC}" mc:Ignorable="x14ac"><sheetPr'
    text = parts[part].decode().replace("><sheetPr", declared, 1)
    text = text.replace("<row ", '<row x14ac:dyDescent="0.2" ')
    parts[part] = text.replace("<pageSetup ", '<pageSetup r:id="rId77" ').encode()
    parts["xl/printerSettings/printerSettings1.bin"] = bytes(range(256))
    declare(parts, "xl/printerSettings/printerSettings1.bin", f"{CONTENT}.printerSettings")
    link(parts, part, "rId77", "printerSettings", "../printerSettings/printerSettings1.bin")


def _calculation_chain(parts: Parts) -> None:
    """List every formula cell as Excel does: the sheet is said where it changes."""
    ids = {
        str(s.get("name")): s.get("sheetId")
        for s in etree.fromstring(parts["xl/workbook.xml"]).iter(f"{MAIN}sheet")
    }
    entries = []
    for name, part in sheet_parts(parts).items():
        cells = etree.fromstring(parts[part]).iter(f"{MAIN}c")
        at = [c.get("r") for c in cells if c.find(f"{MAIN}f") is not None]
        said = [f' i="{ids[name]}"', *[""] * len(at)]
        entries += [f'<c r="{r}"{i}/>' for r, i in zip(at, said, strict=False)]
    space = MAIN.strip("{}")
    chain = f'{XML}<calcChain xmlns="{space}">{"".join(entries)}</calcChain>'
    parts["xl/calcChain.xml"] = chain.encode()
    declare(parts, "xl/calcChain.xml", f"{CONTENT}.calcChain+xml")
    link(parts, "xl/workbook.xml", "rId98", "calcChain", "calcChain.xml")


def _custom_part(parts: Parts) -> None:
    parts["customXml/item1.xml"] = b'<?xml version="1.0"?><memo xmlns="urn:aso">kept</memo>'
    link(parts, "xl/workbook.xml", "rId97", "customXml", "../customXml/item1.xml")
