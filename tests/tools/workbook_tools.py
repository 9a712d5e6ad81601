"""Workbooks opened part by part: what stands in their cells, and cells changed as staff would.

openpyxl drops cached values and more, so a workbook is changed here in its XML, and nothing else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree
from openpyxl.utils.cell import get_column_letter, range_boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TABLE = REL.strip("{}") + "/table"
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""A profile that recalculates on loading: by default LibreOffice trusts what Excel has cached."""

needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice") and not os.environ.get("ASO_XL_NOTHING_SKIPPED"),
    reason="LibreOffice(soffice)がないため、再計算して確かめる試験を省きます。",
)


@dataclass(frozen=True)
class Error:
    """An error value in a cell (``#N/A``)."""

    code: str


@dataclass(frozen=True)
class Formula:
    """A formula to be put in a cell, without a cached value unless one is given."""

    text: str
    value: str | None = None


Value = str | int | float | Decimal | bool | Error | None


_LISTS = (
    "担当割表",
    "確定記録表",
    "前年の記入表",
    "照会表",
    "改訂の内容表",
    "引き継げなかった値表",
)
"""Tables in which ids stand too, beside those of indicators and 施策."""


@dataclass(frozen=True)
class TablePart:
    """An Excel table: its sheet, its part, the corners of its range and its column names."""

    name: str
    sheet: str
    part: str
    left: int
    top: int
    right: int
    bottom: int
    columns: tuple[str, ...]

    def address(self, head: str, row: int) -> str:
        return f"{get_column_letter(self.left + self.columns.index(head))}{row}"

    @property
    def rows(self) -> range:
        return range(self.top + 1, self.bottom + 1)


class Xlsx:
    """The parts of an .xlsx; sheets are parsed when touched and written back by ``save``."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.workbook = etree.fromstring(self.parts["xl/workbook.xml"])
        self._sheets: dict[str, etree._Element] = {}
        self._cells: dict[str, dict[str, etree._Element]] = {}
        links = self.links("xl/workbook.xml")
        self.sheet_parts = {
            sheet.get("name", ""): links[sheet.get(f"{REL}id", "")][1]
            for sheet in self.workbook.iter(f"{MAIN}sheet")
        }
        self.strings = [
            "".join(t.text or "" for t in item.iter(f"{MAIN}t"))
            for name in self.parts
            if name == "xl/sharedStrings.xml"
            for item in self.xml(name)
        ]

    def xml(self, part: str) -> etree._Element:
        return etree.fromstring(self.parts[part])

    def links(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the relationships of a part: (type, target part) by id."""
        path = PurePosixPath(part)
        rels = str(path.parent / "_rels" / f"{path.name}.rels")
        if rels not in self.parts:
            return {}
        return {
            str(r.get("Id")): (str(r.get("Type")), _resolve(path.parent, str(r.get("Target"))))
            for r in self.xml(rels)
        }

    def sheet(self, name: str) -> etree._Element:
        if name not in self._sheets:
            self._sheets[name] = self.xml(self.sheet_parts[name])
        return self._sheets[name]

    def cells(self, sheet: str) -> dict[str, etree._Element]:
        """Return the cell elements of a sheet by address."""
        if sheet not in self._cells:
            found = self.sheet(sheet).iter(f"{MAIN}c")
            self._cells[sheet] = {str(c.get("r")): c for c in found}
        return self._cells[sheet]

    def formulas(self, sheet: str) -> dict[str, str]:
        return {
            at: cell.findtext(f"{MAIN}f") or ""
            for at, cell in self.cells(sheet).items()
            if cell.find(f"{MAIN}f") is not None
        }

    def value(self, sheet: str, address: str) -> Value:
        """Return what a cell shows: numbers at the 15 digits that a spreadsheet keeps."""
        cell = self.cells(sheet).get(address)
        if cell is None:
            return None
        text, kind = cell.findtext(f"{MAIN}v"), cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(t.text or "" for t in cell.iter(f"{MAIN}t"))
        if text is None:
            return "" if kind == "str" else None
        match kind:
            case "s":
                return self.strings[int(text)]
            case "b":
                return text == "1"
            case "e":
                return Error(text)
            case "str":
                return text
        return Decimal(f"{float(text):.15g}")

    @cached_property
    def tables(self) -> dict[str, TablePart]:
        """Return every table of the workbook by name."""
        return {t.name: t for sheet in self.sheet_parts for t in self._tables(sheet)}

    def _tables(self, sheet: str) -> Iterator[TablePart]:
        for kind, part in self.links(self.sheet_parts[sheet]).values():
            if kind == TABLE:
                root = self.xml(part)
                left, top, right, bottom = range_boundaries(root.get("ref", ""))
                heads = tuple(str(c.get("name")) for c in root.iter(f"{MAIN}tableColumn"))
                name = root.get("displayName", "")
                yield TablePart(
                    name, sheet, part, left or 0, top or 0, right or 0, bottom or 0, heads
                )

    def validations(self, sheet: str) -> list[etree._Element]:
        return list(self.sheet(sheet).iter(f"{MAIN}dataValidation"))

    def find(self, id_: str, head: str) -> tuple[str, str]:
        """Return sheet and address of the cell in the row of ``id_`` under the heading ``head``.

        A master's 担当課 is the one that is typed: that of 担当割.
        """
        table, row = self._rows[id_]
        if head == "担当課" and (assigned := self.assigned(id_)):
            return assigned
        return table.sheet, table.address(head, row)

    def assigned(self, id_: str) -> tuple[str, str] | None:
        """Return the cell of 担当割 for an id; None in a workbook without the sheet."""
        if not (table := self.tables.get("担当割表")):
            return None
        ids = {self.value(table.sheet, table.address("番号", row)): row for row in table.rows}
        return (table.sheet, table.address("担当課", ids[id_])) if id_ in ids else None

    @cached_property
    def _rows(self) -> dict[Value, tuple[TablePart, int]]:
        return {
            self.value(table.sheet, table.address(_id_head(table), row)): (table, row)
            for table in sorted(self.tables.values(), key=_has_ids)
            if table.name not in _LISTS
            for row in table.rows
        }

    def put(self, place: tuple[str, str], value: Value | Formula) -> None:
        """Write a cell that is there already, as typed: its look stays."""
        cell = self.cells(place[0])[place[1]]
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        match value:
            case None:
                return
            case Formula(text, cached):
                etree.SubElement(cell, f"{MAIN}f").text = text
                if cached is not None:
                    etree.SubElement(cell, f"{MAIN}v").text = cached
            case bool():
                cell.set("t", "b")
                etree.SubElement(cell, f"{MAIN}v").text = str(int(value))
            case Error(code):
                cell.set("t", "e")
                etree.SubElement(cell, f"{MAIN}v").text = code
            case str():
                cell.set("t", "inlineStr")
                text_element = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
                text_element.text = value
                text_element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            case _:
                etree.SubElement(cell, f"{MAIN}v").text = f"{float(value):.17g}"

    def put_format(self, place: tuple[str, str], code: str) -> None:
        """Give a cell a number format, everything else of its look kept."""
        styles = self.xml("xl/styles.xml")
        formats = styles.find(f"{MAIN}numFmts")
        looks = styles.find(f"{MAIN}cellXfs")
        assert formats is not None and looks is not None
        number = str(900 + len(formats))
        etree.SubElement(formats, f"{MAIN}numFmt", numFmtId=number, formatCode=code)
        cell = self.cells(place[0])[place[1]]
        look = etree.fromstring(etree.tostring(looks[int(cell.get("s", "0"))]))
        look.set("numFmtId", number)
        look.set("applyNumberFormat", "1")
        looks.append(look)
        cell.set("s", str(len(looks) - 1))
        for counted in (formats, looks):
            counted.set("count", str(len(counted)))
        self.parts["xl/styles.xml"] = etree.tostring(styles)

    def save(self, path: Path) -> Path:
        for name, root in self._sheets.items():
            self.parts[self.sheet_parts[name]] = etree.tostring(root)
        self.parts["xl/workbook.xml"] = etree.tostring(self.workbook)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self.parts.items():
                package.writestr(name, data)
        return path


def _has_ids(table: TablePart) -> bool:
    """Return whether rows are found by id: such tables go before others that repeat an id."""
    return not _ID_HEADS.isdisjoint(table.columns)


def _id_head(table: TablePart) -> str:
    return next((head for head in table.columns if head in _ID_HEADS), table.columns[0])


_ID_HEADS = frozenset({"番号", "施策番号", "目標番号"})


def _resolve(folder: PurePosixPath, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    parts: list[str] = []
    for piece in (folder / target).parts:
        parts = parts[:-1] if piece == ".." else [*parts, piece]
    return "/".join(parts)


def recalculated(files: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """Return the workbooks as LibreOffice saves them after recalculating; one run for them all."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    out = folder / "recalculated"
    command = ["soffice", f"-env:UserInstallation={profile.parent.as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(out), *map(str, files.values())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    saved = {key: out / path.name for key, path in files.items()}
    missing = [path.name for path in saved.values() if not path.exists()]
    assert not missing, f"LibreOffice が書き出しませんでした: {missing}\n{done.stderr}"
    return saved
