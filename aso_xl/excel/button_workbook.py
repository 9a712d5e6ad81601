"""A copy of a master workbook with buttons on its sheets (.xlsm), for PCs without the add-in.

Only what the buttons need is touched: their sheets, the list of parts, the workbook's code name.
Every other part stays byte for byte, so charts, text boxes and cached values are kept.
"""

from __future__ import annotations

import io
import re
import zipfile
from copy import copy
from pathlib import Path, PurePosixPath
from typing import Final

from lxml import etree

from ..errors import WorkbookError
from ..workbook.layout import GUIDE, goal_sheet, table_name
from ..workbook.package import Package
from . import button_shapes
from .button_shapes import ROW_POINTS, Button, Place

BUTTONS: Final = (
    Button("入力チェック", "AsoCheck"),
    Button("集計", "AsoCalculate"),
    Button("Word作成", "AsoReport"),
)
PROJECT: Final = Path(__file__).with_name("vbaProject.bin")
WORKBOOK_MODULE: Final = "ThisWorkbook"

_ROW: Final = 3
_GUIDE_COLUMN, _GOAL_COLUMN = 1, 9
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_VML: Final = _REL.strip("{}") + "/vmlDrawing"
_TABLE: Final = _REL.strip("{}") + "/table"
_VBA: Final = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_MACRO_WORKBOOK: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_CONTENT: Final = {
    "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
    "vba": "application/vnd.ms-office.vbaProject",
}
_AFTER_LEGACY_DRAWING: Final = frozenset(
    f"{_MAIN}{name}"
    for name in (
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
        *("tableParts", "extLst"),
    )
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
_BEFORE_WORKBOOK_PR: Final = frozenset({f"{_MAIN}fileVersion", f"{_MAIN}fileSharing"})
_DEFAULT_POINTS: Final = 15.0
_PIXELS_PER_CHARACTER: Final = 7


def make(master: bytes) -> bytes:
    """Return a macro-enabled copy (.xlsm) of a master workbook, with buttons on its sheets.

    They stand in row 3 of 使い方 and of every sheet of a basic goal, found by its tables or its
    name. Raise WorkbookError if it is no workbook, no master workbook, or has macros already.
    """
    book = _opened(master)
    if any(name.endswith("/vbaProject.bin") for name in book.names):
        raise WorkbookError(
            "このブックには、すでにマクロがあります。マクロのない .xlsx のブックを指定してください。"
        )
    return _Copy(book).finished()


def _opened(master: bytes) -> Package:
    try:
        book = Package(master, "ブック")
        book.xml("[Content_Types].xml")
        book.sheet_parts  # noqa: B018 (read now: a damaged workbook shows here)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise WorkbookError(
            "Excelブック(.xlsx)として読めません。元のファイルを確かめてください。"
        ) from error
    return book


class _Copy:
    """The copy in the making: the parts changed or added so far."""

    def __init__(self, book: Package) -> None:
        self._book = book
        self._changed: dict[str, bytes] = {}

    def finished(self) -> bytes:
        if not any([self._sheet(name, part) for name, part in self._book.sheet_parts.items()]):
            raise WorkbookError(
                "評価ブックではないため、ボタンを付けるシートがありません。"
                "aso-xl template で作ったブックを指定してください。"
            )
        self._attach_project()
        return self._zipped()

    def _sheet(self, name: str, part: str) -> bool:
        """Add buttons to the sheet if it is to have any; return whether it is."""
        if part not in self._book.names:
            return False
        column = _GUIDE_COLUMN if name == GUIDE else _GOAL_COLUMN
        has_buttons = name == GUIDE or self._is_goal(name, part)
        root = self._book.xml(part)
        named = _drop_code_name(root)
        if has_buttons:
            place = _place(root, column)
            _heighten(root)
            self._draw(part, root, place)
        if has_buttons or named:
            self._changed[part] = _xml(root)
        return has_buttons

    def _is_goal(self, name: str, part: str) -> bool:
        tables = (self._read(target) for kind, target in self._links(part) if kind == _TABLE)
        names = (str(etree.fromstring(table).get("displayName")) for table in tables)
        return any(_is_goal_table(table) for table in names) or name in map(goal_sheet, range(1, 20))

    def _draw(self, part: str, root: etree._Element, place: Place) -> None:
        """Put the buttons into the sheet's VML drawing, a new one if it has none."""
        block = max(self._blocks(), default=0) + 1
        present = root.find(f"{_MAIN}legacyDrawing")
        if present is not None:
            drawing = self._target(part, str(present.get(f"{_REL}id")))
            old = self._read(drawing)
            self._changed[drawing] = button_shapes.added(old, BUTTONS, place, block)
            return
        drawing = self._free_name("xl/drawings/vmlDrawing{}.vml")
        self._changed[drawing] = button_shapes.drawing(BUTTONS, place, block)
        self._add_content_type("vml", drawing)
        element = etree.Element(f"{_MAIN}legacyDrawing")
        element.set(f"{_REL}id", self._relate(part, _VML, f"../drawings/{Path(drawing).name}"))
        later = (child for child in root if child.tag in _AFTER_LEGACY_DRAWING)
        following = next(later, None)
        if following is None:
            root.append(element)
        else:
            following.addprevious(element)

    def _attach_project(self) -> None:
        part = "xl/vbaProject.bin"
        self._changed[part] = PROJECT.read_bytes()
        self._relate("xl/workbook.xml", _VBA, "vbaProject.bin")
        self._add_content_type("vba", part)
        types = etree.fromstring(self._read("[Content_Types].xml"))
        for override in types.iter(f"{_TYPES}Override"):
            if override.get("PartName") == "/xl/workbook.xml":
                override.set("ContentType", _MACRO_WORKBOOK)
        self._changed["[Content_Types].xml"] = _xml(types)
        workbook = self._book.xml("xl/workbook.xml")
        _workbook_pr(workbook).set("codeName", WORKBOOK_MODULE)
        self._changed["xl/workbook.xml"] = _xml(workbook)

    def _blocks(self) -> set[int]:
        drawings = {name for name in (*self._book.names, *self._changed) if name.endswith(".vml")}
        return set().union(*(button_shapes.blocks(self._read(name)) for name in drawings))

    def _read(self, part: str) -> bytes:
        return self._changed[part] if part in self._changed else self._book.part(part)

    def _free_name(self, pattern: str) -> str:
        taken = {*self._book.names, *self._changed}
        return next(n for i in range(1, 10_000) if (n := pattern.format(i)) not in taken)

    def _relationships(self, part: str) -> tuple[str, etree._Element]:
        """Return the name and the root of a part's relationships, empty if it has none yet."""
        path = PurePosixPath(part)
        name = str(path.parent / "_rels" / f"{path.name}.rels")
        if name in self._book.names or name in self._changed:
            return name, etree.fromstring(self._read(name))
        return name, etree.Element(f"{_RELS}Relationships", nsmap={None: _RELS.strip("{}")})

    def _links(self, part: str) -> list[tuple[str, str]]:
        """Return type and target part of every relationship inside the package."""
        return [
            (str(link.get("Type")), _resolved(part, str(link.get("Target"))))
            for link in self._relationships(part)[1]
            if link.get("TargetMode") != "External"
        ]

    def _target(self, part: str, link_id: str) -> str:
        links = self._relationships(part)[1]
        return next(_resolved(part, str(k.get("Target"))) for k in links if k.get("Id") == link_id)

    def _relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship; return its id."""
        name, root = self._relationships(part)
        taken = {link.get("Id") for link in root}
        link_id = next(n for i in range(1, 10_000) if (n := f"rId{i}") not in taken)
        attributes = {"Id": link_id, "Type": kind, "Target": target}
        etree.SubElement(root, f"{_RELS}Relationship", attributes)
        self._changed[name] = _xml(root)
        return link_id

    def _add_content_type(self, kind: str, part: str) -> None:
        """Declare a part by its own name: what its extension means may be declared otherwise."""
        types = etree.fromstring(self._read("[Content_Types].xml"))
        attributes = {"PartName": f"/{part}", "ContentType": _CONTENT[kind]}
        etree.SubElement(types, f"{_TYPES}Override", attributes)
        self._changed["[Content_Types].xml"] = _xml(types)

    def _zipped(self) -> bytes:
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._book.data)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                data = self._changed.pop(info.filename, None)
                new.writestr(copy(info), old.read(info) if data is None else data)
            for name, data in self._changed.items():
                new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()
