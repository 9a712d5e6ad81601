"""Changing cells in a workbook's own XML, and nothing else.

Every other part stays byte for byte as Excel, LibreOffice or another program saved it: text boxes,
charts, images, buttons, comments, print settings, sheets that staff added. openpyxl would drop them.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from lxml import etree

from ...errors import OutputError, WorkbookError
from ...office.package_copy import PackageCopy
from ...office.xml_stream import TooMuch
from .cell_locks import CellLock, Locks
from .cell_prompts import CellPrompt, put_prompts
from .clear_looks import ClearLooks
from .own_sheet import OwnSheet
from .own_sheet_part import put_sheet
from .sheet_cells import Formula, SheetCells, Value
from .table_body import TableBody, put_rows, resize
from .workbook_part import calculate_on_opening, forget_formulas, name_range, sheet_parts

__all__ = ["Cached", "CellEdit", "CellLock", "CellPrompt", "OwnSheet", "TableBody", "apply"]
_DAMAGE: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(KeyError, StopIteration, etree.XMLSyntaxError),
)


@dataclass(frozen=True)
class CellEdit:
    """A typed cell: text (always text, also where it begins with =), number, or None for blank.

    Or a formula of ours.
    """

    sheet: str
    address: str
    value: Value | Formula


@dataclass(frozen=True)
class Cached:
    """What a formula cell shows until it is calculated; the formula stays."""

    sheet: str
    address: str
    value: str | Decimal


def apply(
    package: bytes,
    changes: Iterable[CellEdit],
    cached: Iterable[Cached] = (),
    sheets: Iterable[OwnSheet] = (),
    name: str = "ブック",
    *,
    locks: Iterable[CellLock] = (),
    prompts: Iterable[CellPrompt] = (),
    bodies: Iterable[TableBody] = (),
    names: Mapping[str, str] | None = None,
) -> bytes:
    """Return the workbook with cells changed, locked, opened or told otherwise beside, formulas' shown
    values set, rows of tables replaced and our sheets drawn; ``names`` are what names of the workbook are to mean.

    A cell keeps its look, but for one in which the value would read as something else (struck out,
    hidden). Raise OutputError where a cell cannot hold the value or its sheet is not
    there, WorkbookError, with the ``name`` of the workbook, where the package is damaged or immense.
    """
    try:
        book = _ChangedBook(PackageCopy(package))
        for change in changes:
            book.put(change)
        for shown in cached:
            book.cells(shown.sheet).show(shown.address, shown.value)
        book.lock(locks)
        book.tell(prompts)
        for body in bodies:
            book.fill(body)
        book.close_cells()
        for sheet in sheets:
            book.draw(sheet)
        for each, ref in (names or {}).items():
            name_range(book.copy, each, ref)
        return book.finished(package)
    except TooMuch as error:
        raise WorkbookError(
            f"{name} にはセルや書式が多すぎるため書き込めません。使っていない行・列・シートや"
            "名前の定義を消して保存し直してください。"
        ) from error
    except _DAMAGE as error:
        raise WorkbookError(
            f"{name} は壊れているため書き込めません。Excel で開いて修復し、保存し直してください。"
        ) from error


class _ChangedBook:
    """A workbook being changed; its sheets are parsed when they are first touched."""

    def __init__(self, copy: PackageCopy) -> None:
        self.copy = copy
        self.parts = sheet_parts(copy)
        self._open: dict[str, SheetCells] = {}
        self._freed: dict[str, set[str]] = {}
        self._touched = False

    def cells(self, sheet: str) -> SheetCells:
        if sheet not in self._open:
            if sheet not in self.parts:
                raise OutputError(
                    f"シート「{sheet}」がないため書き込めません。シートの名前を確かめてください。"
                )
            self._open[sheet] = SheetCells(self.copy.xml(self.parts[sheet]))
        return self._open[sheet]

    def put(self, change: CellEdit) -> None:
        cell = self.cells(change.sheet).put(change.address, change.value)
        if cell is not None and isinstance(change.value, str | Decimal):
            self._looks.clear(cell, change.value)

    def lock(self, locks: Iterable[CellLock]) -> None:
        looks: Locks | None = None
        for each in locks:
            looks = looks or Locks(self.copy)
            looks.set(self.cells(each.sheet).cell(each.address), is_locked=each.is_locked)
        if looks:
            looks.close()

    def tell(self, prompts: Iterable[CellPrompt]) -> None:
        by_sheet: dict[str, list[CellPrompt]] = {}
        for each in prompts:
            by_sheet.setdefault(each.sheet, []).append(each)
        for sheet, own in by_sheet.items():
            put_prompts(self.cells(sheet).root, own)

    def fill(self, body: TableBody) -> None:
        put_rows(self.cells(body.area.sheet), body)
        resize(self.copy, self.parts[body.area.sheet], body)

    @cached_property
    def _looks(self) -> ClearLooks:
        return ClearLooks(self.copy)

    def close_cells(self) -> None:
        for name, cells in self._open.items():
            self.copy.set_xml(self.parts[name], cells.root)
            self._freed[name] = cells.freed
            self._touched = True
        self._open.clear()

    def draw(self, sheet: OwnSheet) -> None:
        name, formulas = put_sheet(self.copy, sheet)
        self._freed.setdefault(name, set()).update(formulas)
        self._touched = True

    def finished(self, package: bytes) -> bytes:
        if not self._touched:
            return package
        forget_formulas(self.copy, self._freed)
        calculate_on_opening(self.copy)
        return self.copy.finished()
