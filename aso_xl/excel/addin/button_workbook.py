"""A copy of a master workbook with buttons on its sheets (.xlsm), for PCs without the add-in.

Only what the buttons need is touched: their sheets, the list of parts, the workbook's code name.
Every other part stays byte for byte, so charts, text boxes and cached values are kept.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lxml import etree

from ...actions import Door, at
from ...errors import WorkbookError
from ...office.package_copy import PackageCopy
from ...office.part_xml import local_name
from ...office.xml_stream import TooMuch
from ...workbook.layout import GUIDE, goal_sheet, table_name
from . import button_shapes
from .button_shapes import ROW_POINTS, Button, ButtonPlace

GOAL_BUTTONS: Final = tuple(Button(a.label, a.macro) for a in at(Door.GOAL_SHEETS))
"""What stands on every sheet of a basic goal."""

GUIDE_BUTTONS: Final = tuple(Button(a.label, a.macro) for a in at(Door.GUIDE_SHEET))
"""What stands on 使い方."""

PROJECT: Final = Path(__file__).with_name("vbaProject.bin")
WORKBOOK_MODULE: Final = "ThisWorkbook"
ROW: Final = 3

_GUIDE_COLUMN, _GOAL_COLUMN = 1, 9
_GOALS: Final = range(1, 100)
_WORKBOOK: Final = "xl/workbook.xml"
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VML: Final = _REL.strip("{}") + "/vmlDrawing"
_TABLE: Final = _REL.strip("{}") + "/table"
_VBA: Final = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_MACRO_WORKBOOK: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_VML_CONTENT: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VBA_CONTENT: Final = "application/vnd.ms-office.vbaProject"
_AFTER_LEGACY_DRAWING: Final = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst", "AlternateContent"),
)
"""What the schema of a worksheet allows behind ``legacyDrawing``; the last wraps ``controls``."""

_DEFAULT_POINTS: Final = 15.0
_PIXELS_PER_CHARACTER: Final = 7


def make(master: bytes) -> bytes:
    """Return a macro-enabled copy (.xlsm) of a master workbook, with buttons on its sheets.

    They stand in row 3 of 使い方 (with those for sharing) and of every sheet of a basic goal, found
    by its tables or its name. Raise WorkbookError if it is no workbook, no master workbook, or has macros already.
    """
    try:
        return _made(master)
    except TooMuch as error:
        raise WorkbookError(
            "ブックにはセルや書式が多すぎるため、ボタンを付けられません。"
            "使っていない行・列・シートを消して保存し直してください。"
        ) from error
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise WorkbookError(
            "Excelブック(.xlsx)として読めません。元のファイルを確かめてください。"
        ) from error


def _made(master: bytes) -> bytes:
    copy, sheets = _opened(master)
    if any(part.endswith("vbaProject.bin") for part in copy):
        raise WorkbookError(
            "このブックには、すでにマクロがあります。マクロのない .xlsx のブックを指定してください。"
        )
    if not sum(_finish_sheet(copy, name, part) for name, part in sheets.items()):
        raise WorkbookError(
            "評価ブックではないため、ボタンを付けるシートがありません。"
            "aso-xl template で作ったブックを指定してください。"
        )
    _attach_project(copy)
    return copy.finished()


def _opened(master: bytes) -> tuple[PackageCopy, dict[str, str]]:
    """Return the copy, and the part of every sheet by the sheet's name."""
    copy = PackageCopy(master)
    links = copy.links(_WORKBOOK)
    sheets = copy.xml(_WORKBOOK).iter(f"{_MAIN}sheet")
    return copy, {str(s.get("name")): links[str(s.get(f"{_REL}id"))][1] for s in sheets}


def _finish_sheet(copy: PackageCopy, name: str, part: str) -> bool:
    """Add buttons to the sheet if it is to have any; return whether it is.

    Code names go from all sheets: the VBA project has no module for them, and Excel gives new ones.
    """
    buttons = _buttons(copy, name, part)
    if not buttons and b"codeName" not in copy[part]:
        return False
    root = copy.xml(part)
    for properties in root.iterchildren(f"{_MAIN}sheetPr"):
        properties.attrib.pop("codeName", "")
    if buttons:
        _heighten(root)
        place = _place(root, _GUIDE_COLUMN if name == GUIDE else _GOAL_COLUMN)
        _draw(copy, part, root, buttons, place)
    copy.set_xml(part, root)
    return bool(buttons)


def _buttons(copy: PackageCopy, name: str, part: str) -> tuple[Button, ...]:
    if name == GUIDE:
        return GUIDE_BUTTONS
    return GOAL_BUTTONS if _is_goal(copy, name, part) else ()


def _is_goal(copy: PackageCopy, name: str, part: str) -> bool:
    tables = (copy.xml(target) for kind, target in copy.links(part).values() if kind == _TABLE)
    return name in _GOAL_SHEETS or any(t.get("displayName") in _GOAL_TABLES for t in tables)


_GOAL_SHEETS: Final = frozenset(map(goal_sheet, _GOALS))
_GOAL_TABLES: Final = frozenset(
    table_name(kind, goal) for kind in ("headline", "kpi", "counts") for goal in _GOALS
)


def _place(root: etree._Element, column: int) -> ButtonPlace:
    """Return where the buttons begin, measured with the sheet's own column widths and row heights."""
    widths: list[int] = []
    for cols in root.iter(f"{_MAIN}col"):
        first, last = int(cols.get("min", "1")), int(cols.get("max", "1"))
        shown = 0.0 if cols.get("hidden") in ("1", "true") else float(cols.get("width", "9.14"))
        widths += [button_shapes.DEFAULT_PIXELS] * (first - 1 - len(widths))
        widths += [round(shown * _PIXELS_PER_CHARACTER)] * (min(last, 256) - first + 1)
    rows = {row.get("r"): row for row in root.iter(f"{_MAIN}row")}
    above = (rows.get(str(number)) for number in range(1, ROW))
    heights = (_DEFAULT_POINTS if r is None else float(r.get("ht", _DEFAULT_POINTS)) for r in above)
    return ButtonPlace(column, ROW - 1, sum(heights), widths)


def _heighten(root: etree._Element) -> None:
    """Make the buttons' row high enough for them; it may not be there yet."""
    data = next(root.iter(f"{_MAIN}sheetData"))
    rows = [row for row in data if int(row.get("r", "0")) >= ROW]
    if not rows or rows[0].get("r") != str(ROW):
        row = etree.Element(f"{_MAIN}row", {"r": str(ROW)})
        data.insert(len(data) - len(rows), row)
    else:
        row = rows[0]
    if float(row.get("ht", "0")) < ROW_POINTS:
        row.set("ht", f"{ROW_POINTS:g}")
        row.set("customHeight", "1")


def _draw(
    copy: PackageCopy,
    part: str,
    root: etree._Element,
    buttons: Sequence[Button],
    place: ButtonPlace,
) -> None:
    """Put the buttons into the sheet's VML drawing, a new one if it has none (no comments)."""
    drawings = [name for name in copy if name.endswith(".vml")]
    block = max((used for name in drawings for used in button_shapes.blocks(copy[name])), default=0)
    present = root.find(f"{_MAIN}legacyDrawing")
    if present is not None:
        drawing = copy.links(part)[str(present.get(f"{_REL}id"))][1]
        copy[drawing] = button_shapes.added(copy[drawing], buttons, place, block + 1)
        return
    drawing = copy.free_name("xl/drawings/vmlDrawing{}.vml")
    copy[drawing] = button_shapes.drawing(buttons, place, block + 1)
    copy.declare(drawing, _VML_CONTENT)
    element = etree.Element(f"{_MAIN}legacyDrawing")
    element.set(f"{_REL}id", copy.link(part, _VML, drawing))
    later = [c for c in root if local_name(c) in _AFTER_LEGACY_DRAWING]
    root.insert(root.index(later[0]) if later else len(root), element)


def _attach_project(copy: PackageCopy) -> None:
    """Make it a macro-enabled workbook with our VBA project."""
    part = "xl/vbaProject.bin"
    copy[part] = PROJECT.read_bytes()
    copy.declare(part, _VBA_CONTENT)
    copy.link(_WORKBOOK, _VBA, part)
    copy.declare(_WORKBOOK, _MACRO_WORKBOOK)
    workbook = copy.xml(_WORKBOOK)
    properties = workbook.find(f"{_MAIN}workbookPr")
    if properties is None:
        properties = etree.Element(f"{_MAIN}workbookPr")
        before = [c for c in workbook if local_name(c) in ("fileVersion", "fileSharing")]
        workbook.insert(len(before), properties)
    properties.set("codeName", WORKBOOK_MODULE)
    copy.set_xml(_WORKBOOK, workbook)
