"""The add-in and the button workbook's VBA project, from the add-in that xlwings ships (BSD-3)."""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from pathlib import Path
from typing import Final

from . import project

EXCEL: Final = Path(__file__).parents[2] / "aso_xl" / "excel" / "addin"
STAMP: Final = (2025, 9, 1, 0, 0, 0)
VBA: Final = "xl/vbaProject.bin"

_BLANK_SHEET: Final = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">\
<sheetPr codeName="Sheet2"/><sheetData/></worksheet>"""
_CORE: Final = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties \
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
<dc:title>総合戦略 評価ツール</dc:title>\
<dc:description>総合戦略の評価ブックの入力チェック・集計・Word作成</dc:description>\
<dcterms:created xsi:type="dcterms:W3CDTF">2025-09-01T00:00:00Z</dcterms:created>\
</cp:coreProperties>"""


def template() -> bytes:
    """Return the ribbon add-in that the installed xlwings ships."""
    found = importlib.util.find_spec("xlwings")
    if found is None or found.origin is None:
        raise FileNotFoundError("xlwings is not installed")
    return Path(found.origin).with_name("quickstart_addin_ribbon.xlam").read_bytes()


def parts(package: bytes) -> dict[str, bytes]:
    """Return the parts of an Office package by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def source(name: str) -> str:
    """Return the source of one of our VBA modules, with its attributes."""
    return (EXCEL / "vba" / f"{name}.bas").read_text(encoding="ascii")


def add_in() -> bytes:
    """Return the .xlam: xlwings' package with our modules, our ribbon and nothing of its runner."""
    found = parts(template())
    del found["xl/sharedStrings.xml"]  # the sheet of xlwings' settings, which no code reads here
    found[VBA] = project.reshape(
        found[VBA],
        "AsoXl",
        ("ThisWorkbook", "Sheet2"),
        ("Office",),
        {name: source(name) for name in ("AsoRibbon", "AsoLauncher")},
    )
    found["customUI/customUI.xml"] = (EXCEL / "ribbon.xml").read_bytes()
    found["xl/worksheets/sheet1.xml"] = _BLANK_SHEET.encode()
    found["docProps/core.xml"] = _CORE.encode()
    for part, pattern, new in _EDITS:
        text, count = re.subn(pattern, new, found[part].decode("utf-8"), flags=re.DOTALL)
        if count != 1:
            raise ValueError(f"{part} of the template no longer has one {pattern}")
        found[part] = text.encode("utf-8")
    return _zipped(found)


_EDITS: Final = (
    # the shipped file pairs the relationship of 2007 with the namespace of 2006
    ("_rels/.rels", "office/2007(?=/relationships/ui/extensibility)", "office/2006"),
    ("[Content_Types].xml", '<Override PartName="/xl/sharedStrings.xml"[^>]*>', ""),
    ("xl/_rels/workbook.xml.rels", '<Relationship [^>]*"sharedStrings.xml" />', ""),
    ("xl/workbook.xml", '(?<=<sheet name=")_myaddin.conf(?=")', "aso_xl"),
    # where the template's author keeps it
    (
        "xl/workbook.xml",
        '<mc:AlternateContent [^>]*><mc:Choice Requires="x15"><x15ac:absPath .*?'
        "</mc:AlternateContent>",
        "",
    ),
    ("xl/workbook.xml", "<definedNames />", ""),
    ("xl/workbook.xml", "<extLst>.*</extLst>", ""),  # a picture resolution the SDK rejects
)


def button_project() -> bytes:
    """Return the vbaProject.bin of button workbooks: ThisWorkbook and the launcher.

    It has no module for any sheet: Excel adds one for each sheet without a code name by itself, so
    the project fits a workbook of any number of sheets.
    """
    return project.reshape(
        parts(template())[VBA],
        "VBAProject",
        ("ThisWorkbook",),
        ("Office",),
        {"AsoLauncher": source("AsoLauncher")},
    )


def _zipped(found: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in found.items():
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return out.getvalue()
