"""What staff wrote in a master beside our tables: no new sheet has a place for it, so it is listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..domain.ledger import Ledger, Remark
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


def left_beside(ledger: Ledger, revised: RevisedPlan, new: Ledger) -> Iterator[LeftBehind]:
    """Yield the comments, the cells filled outside our tables, and settings that there are none of.

    Our own titles and help are known by the new workbook, and by one of the plan before; a sheet on
    which most of them differ was made by another version.
    """
    yield from (
        LeftBehind(each.sheet, each.address, each.text, COMMENT)
        for each in ledger.beside
        if each.is_comment
    )
    for each in _typed_beside(ledger, revised, new):
        yield LeftBehind(each.sheet, each.address, each.text, BESIDE)
    known = {row.setting.key for row in rows()}
    for key, cell in ledger.setting_cells.items():
        if key not in known and cell.text:
            yield LeftBehind(cell.sheet, cell.address, cell.text, NO_SETTING, label=key)


def _typed_beside(ledger: Ledger, revised: RevisedPlan, new: Ledger) -> list[Remark]:
    kept = (ledger.areas.get(table) for table in (*NOTE_HEADS, RECORDS_TABLE))
    passed = {*added_sheets(ledger), SUMMARY, *(area.sheet for area in kept if area)}
    there = _by_sheet((each.sheet, each.text) for each in ledger.beside)
    found = [each for each in ledger.beside if not each.is_comment and each.sheet not in passed]
    found = _not_ours(found, _by_sheet((each.sheet, each.text) for each in new.beside), there)
    return _not_ours(found, _before(ledger, revised), there) if found else []


def _not_ours(
    remarks: list[Remark], ours: Mapping[str, set[str]], there: Mapping[str, set[str]]
) -> list[Remark]:
    """Return the remarks without our own words; a sheet on which most differ is of another version."""
    known = {text for texts in ours.values() for text in texts} | OF_EARLIER
    other = {
        sheet
        for sheet, texts in ours.items()
        if 2 * len(texts & there.get(sheet, set())) < len(texts)
    }
    return [e for e in remarks if e.sheet not in other and clean(e.text) not in known]


def _by_sheet(texts: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for sheet, text in texts:
        found.setdefault(sheet, set()).add(clean(text))
    return found


def _before(ledger: Ledger, revised: RevisedPlan) -> dict[str, set[str]]:
    """Return our texts outside the tables, by sheet, as a master of the plan before has them."""
    entries = {"settings": {ROUND_KEY: str(ledger.settings.round)}}
    plain = Definition(revised.before, ledger.record["definition"], entries)
    old = build(plain, sample=ledger.settings.sample)
    return {sheet: {*texts.values()} for sheet, texts in texts_outside(old).items()}
