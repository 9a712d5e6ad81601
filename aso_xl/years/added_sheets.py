"""Sheets that staff added to a master: carried over where they are plain, named where they are not."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from lxml import etree

from ..domain.ledger import Ledger
from ..office.package_copy import PackageCopy
from ..office.xml_stream import TooMuch
from ..workbook.layout import (
    ASSIGNMENTS,
    FINDINGS,
    GUIDE,
    SETTINGS,
    STAMP,
    SUMMARY,
    sheets_of,
)
from ..workbook.write.copied_sheet import CopiedSheet, SheetCopier
from .left_behind import LeftBehind

NOT_PLAIN: Final = "セルのシートではないため、シートを引き継げません"
DAMAGED: Final = "シートが壊れているか大きすぎるため、引き継げません"
NOT_COPIED: Final = "シートは引き継ぎましたが、これは引き継げません"
VALUED: Final = "評価ブックのセルなどを参照する数式のため、値だけを引き継ぎました"
_OURS: Final = (GUIDE, SETTINGS, SUMMARY, FINDINGS, STAMP, ASSIGNMENTS)
_DAMAGE: Final = (zipfile.BadZipFile, KeyError, ValueError, TooMuch, etree.LxmlError)
_NAMED: Final = 10
"""Cells of formulas that are named."""


def added_sheets(ledger: Ledger) -> tuple[str, ...]:
    """Return the sheets of a master that are none of ours, in order.

    変更履歴 and others that come later are ours only where our table is: staff may have had the name.
    """
    own = {*_OURS, *(name for g in ledger.plan.goals for name in sheets_of(ledger.plan, g))}
    own |= {area.sheet for area in ledger.areas.values()}
    own |= {row.sheet for row in (*ledger.every_row(), *ledger.strays)}
    return tuple(name for name in ledger.sheets if name not in own)


class AddedSheets:
    """The new master with the sheets that staff added to the old one, and what of them is lost."""

    def __init__(self, old: bytes, new: bytes, ledger: Ledger) -> None:
        self.left: list[LeftBehind] = []
        self._old, self._new = old, new
        self._names = added_sheets(ledger)
        self.package = self._copied() if self._names else new

    @cached_property
    def _copier(self) -> SheetCopier:
        return SheetCopier(PackageCopy(self._old), PackageCopy(self._new))

    def _copied(self) -> bytes:
        try:
            plain = [name for name in self._names if self._copier.is_plain(name)]
        except _DAMAGE:
            plain = []
        for name in self._names:
            if name in plain:
                self._copy(name, plain)
            else:
                self.left.append(LeftBehind(name, "", name, NOT_PLAIN))
        if not plain:
            return self._new
        self._copier.close()
        return self._copier.new.finished()

    def _copy(self, name: str, together: list[str]) -> None:
        try:
            copied = self._copier.copy(name, together)
        except _DAMAGE:
            self.left.append(LeftBehind(name, "", name, DAMAGED))
            return
        self.left += _lost(name, copied)


def _lost(name: str, copied: CopiedSheet) -> Iterator[LeftBehind]:
    for word in copied.lost:
        yield LeftBehind(name, "", word, NOT_COPIED)
    if copied.valued:
        more = len(copied.valued) - _NAMED
        cells = "、".join(copied.valued[:_NAMED]) + (f" ほか{more}" if more > 0 else "")
        yield LeftBehind(name, copied.valued[0], f"数式 {cells}", VALUED)
