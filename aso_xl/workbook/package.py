"""A workbook file before openpyxl sees it: is it one, is it safe to open, what does openpyxl drop."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final

from lxml import etree

from ..errors import WorkbookError
from ..inputs import read_input

MAX_FILE: Final = 100 * 2**20
MAX_UNPACKED: Final = 300 * 2**20
MAX_PARTS: Final = 5000
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PROLOG: Final = 4096
_SIGNS: Final = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\xef\xbb\xbf", "utf-8"),
)
_UNREADABLE: Final = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, OSError, ValueError, NotImplementedError, RuntimeError, struct.error),
)
_PLAIN_START: Final = re.compile(
    r"\ufeff?(?:\s|<\?[^>]*\?>|<!--(?:(?!-->).)*-->)*<[^\s!?<>/]", re.DOTALL
)


class Package:
    """The bytes of an .xlsx or .xlsm, read once, with its parts."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = frozenset(self._zip.namelist())

    def part(self, name: str) -> bytes:
        return self._zip.read(name)

    def xml(self, name: str) -> etree._Element:
        """Return a part's root; entities are never expanded."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(self.part(name), parser)

    @cached_property
    def sheet_parts(self) -> dict[str, str]:
        """Return the part name of every sheet, by the sheet's name."""
        targets = {r.get("Id"): r.get("Target", "") for r in self.xml("xl/_rels/workbook.xml.rels")}
        found = {}
        for sheet in self.xml("xl/workbook.xml").iter(f"{_MAIN}sheet"):
            target = targets.get(sheet.get(f"{_REL}id"), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[str(sheet.get("name"))] = str(PurePosixPath(part))
        return found

    @property
    def has_external_links(self) -> bool:
        return any(name.startswith("xl/externalLinks/") for name in self.names)

    def formula_cells(self, sheet: str) -> frozenset[str]:
        """Return the addresses of a sheet's formula cells (openpyxl gives values or formulas)."""
        part = self.sheet_parts.get(sheet, "")
        if part not in self.names:
            return frozenset()
        return frozenset(
            str(parent.get("r"))
            for formula in self.xml(part).iter(f"{_MAIN}f")
            if (parent := formula.getparent()) is not None
        )

    def malformed_number(self) -> tuple[str, str] | None:
        """Return sheet and address of the first number cell whose stored value is not a number."""
        for sheet, part in self.sheet_parts.items():
            if part not in self.names:
                continue
            for cell in self.xml(part).iter(f"{_MAIN}c"):
                if cell.get("t", "n") == "n" and not _is_number(cell.findtext(f"{_MAIN}v")):
                    return sheet, str(cell.get("r"))
        return None


def open_package(path: Path) -> Package:
    """Return the package of a workbook file.

    Raises WorkbookError, one sentence naming the file and the remedy, for what is not a workbook,
    is damaged, encrypted, locked, too large when unpacked, or carries a document type.
    """
    data = _bytes(path)
    if data.startswith(_OLE):
        raise WorkbookError(_ole_sentence(path, data))
    try:
        package = Package(data, path.name)
        _refuse_bombs(package)
        if not {"[Content_Types].xml", "xl/workbook.xml"} <= package.names:
            raise WorkbookError(
                f"{path.name} は Excel ブックではありません。.xlsx または .xlsm を指定してください。"
            )
        _refuse_document_types(package)
    except _UNREADABLE:
        raise WorkbookError(
            f"{path.name} は Excel ブックとして読めません(別の種類のファイルか、壊れています)。"
            "元のファイルを確かめてください。"
        ) from None
    return package


def _bytes(path: Path) -> bytes:
    data = read_input(path, WorkbookError, most=MAX_FILE)
    if not data:
        raise WorkbookError(f"{path.name} は空のファイルです。元のファイルを確かめてください。")
    return data


def _ole_sentence(path: Path, data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"{path.name} はパスワードで暗号化されています。Excel でパスワードを外してください。"
    return f"{path.name} は古い形式(.xls)です。Excel で「.xlsx」として保存し直してください。"


def _refuse_bombs(package: Package) -> None:
    infos = package._zip.infolist()
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_UNPACKED or len(infos) > MAX_PARTS:
        raise WorkbookError(
            f"{package.name} は展開すると大きすぎるため、安全のため開きません"
            f"(上限 {MAX_UNPACKED // 2**20}MB、{MAX_PARTS}個)。"
        )


def _refuse_document_types(package: Package) -> None:
    """Refuse XML with a document type: Office Open XML forbids it, and entities hide in it.

    What stands before the root element must be a declaration or comments that can be seen through.
    """
    for name in package.names:
        with package._zip.open(name) as part:
            start = part.read(_PROLOG)
        text = start.decode(_encoding(start), "replace")
        is_xml = name.endswith((".xml", ".rels", ".vml")) or text.lstrip("\ufeff \t\r\n")[:1] == "<"
        if is_xml and start.strip() and not _PLAIN_START.match(text):
            raise WorkbookError(
                f"{package.name} には Excel が作らない記述(DOCTYPE など)があるため、安全のため開きません。"
            )


def _encoding(start: bytes) -> str:
    """Return an encoding in which the beginning of an XML part can be looked at."""
    for sign, encoding in _SIGNS:
        if start.startswith(sign):
            return encoding
    return "latin-1"


def _is_number(text: str | None) -> bool:
    if text is None:
        return True
    try:
        float(text)
    except ValueError:
        return False
    return True
