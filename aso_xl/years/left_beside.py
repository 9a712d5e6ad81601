"""What staff wrote in a master beside our tables: no new sheet has a place for it, so it is listed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..domain.ledger import Ledger
from ..domain.settings import ROUND_KEY, rows
from ..exchange.written_beside import OF_EARLIER, texts_outside
from ..strategies.definition import Definition
from ..workbook.build.template import build
from ..workbook.layout import NOTE_HEADS, RECORDS_TABLE, SUMMARY
from ..workbook.read.tables import clean
from .added_sheets import added_sheets
from .left_behind import LeftBehind
from .revised_plan import RevisedPlan

BESIDE: Final = "表の外の記入です"
COMMENT: Final = "コメントです"
NO_SETTING: Final = "「設定」にこの項目はありません"


def left_beside(ledger: Ledger, revised: RevisedPlan, new: bytes) -> Iterator[LeftBehind]:
    """Yield the comments, the cells filled outside our tables, and settings that there are none of.

    Our own titles and help are known by the new workbook, and by one of the plan before; a sheet on
    which most of them differ was made by another version.
    """
    ours = _ours(ledger, revised, new)
    every = {text for texts in ours.values() for text in texts} | OF_EARLIER
    there: dict[str, set[str]] = {}
    for remark in ledger.beside:
        there.setdefault(remark.sheet, set()).add(clean(remark.text))
    passed = {
        sheet
        for sheet, texts in ours.items()
        if 2 * len(texts & there.get(sheet, set())) < len(texts)
    }
    kept = (ledger.areas.get(table) for table in (*NOTE_HEADS, RECORDS_TABLE))
    passed |= {*added_sheets(ledger), SUMMARY, *(area.sheet for area in kept if area)}
    for remark in ledger.beside:
        if remark.is_comment:
            yield LeftBehind(remark.sheet, remark.address, remark.text, COMMENT)
        elif remark.sheet not in passed and clean(remark.text) not in every:
            yield LeftBehind(remark.sheet, remark.address, remark.text, BESIDE)
    known = {row.setting.key for row in rows()}
    for key, cell in ledger.setting_cells.items():
        if key not in known and cell.text:
            yield LeftBehind(cell.sheet, cell.address, cell.text, NO_SETTING, label=key)


def _ours(ledger: Ledger, revised: RevisedPlan, new: bytes) -> dict[str, set[str]]:
    """Return our texts outside the tables, by sheet, as the master before had them."""
    found = {sheet: {*texts.values()} for sheet, texts in texts_outside(new).items()}
    text = ledger.record["definition"]
    if revised.definition.text == text:
        return found
    entries = {"settings": {ROUND_KEY: str(ledger.settings.round)}}
    old = build(Definition(revised.before, text, entries), sample=ledger.settings.sample)
    return {sheet: {*texts.values()} for sheet, texts in texts_outside(old).items()}
