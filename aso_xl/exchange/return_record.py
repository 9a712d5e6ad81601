"""What the master keeps of a 差戻し: numbers and days in 照会, and a row of 変更履歴 per workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..domain.cells import Cell, Row
from ..domain.ledger import Area, Ledger
from ..domain.questions import ABOUT, DEPARTMENT, NAME, NUMBER, SENT, STATE, WAITING, said
from ..office.addresses import letters_of
from ..workbook.layout import ASSIGNMENTS_TABLE, CHANGES_TABLE, QUESTIONS_TABLE
from ..workbook.question_formulas import ASSIGNED
from ..workbook.write.own_sheet import OwnSheet, placed
from ..workbook.write.question_sheet import question_sheet
from ..workbook.write.writing import Cached, CellEdit, apply
from . import note_sheets as sheets


def recorded(
    data: bytes,
    name: str,
    ledger: Ledger,
    numbers: Mapping[int, str],
    who: Mapping[str, str],
    day: str,
    rows: Sequence[sheets.Row],
) -> bytes:
    """Return the master with what went out; the same bytes if nothing is to be kept.

    ``numbers`` are those of the questions by their row of 照会, ``who`` the departments of an id,
    ``rows`` go below those of 変更履歴. A master without 照会 gets it.
    """
    sent = [row for row in ledger.questions if row.number in numbers]
    edits, shown = list[CellEdit](), list[Cached]()
    for row in sent:
        for cell, text in _texts(ledger, row, numbers[row.number], who, day):
            if cell.is_formula:
                shown.append(Cached(cell.sheet, cell.address, text))
            elif cell.text != text:
                edits.append(CellEdit(cell.sheet, cell.address, text))
    added = tuple(_sheets(ledger, rows))
    names = {} if QUESTIONS_TABLE in ledger.areas else _names(ledger.areas.get(ASSIGNMENTS_TABLE))
    if not edits and not added:
        return data
    return apply(data, edits, shown, added, name, names=names)


def _texts(
    ledger: Ledger, row: Row, number: str, who: Mapping[str, str], day: str
) -> Iterator[tuple[Cell, str]]:
    """Yield what is to stand, or to be shown by a formula, in the cells of a question that went out."""
    about = said(row, ABOUT)
    texts = {
        NUMBER: number,
        SENT: day,
        NAME: ledger.plan.name_of(about),
        DEPARTMENT: who.get(about, ""),
        STATE: WAITING,
    }
    yield from ((row.cells[key], text) for key, text in texts.items() if key in row.cells)


def _sheets(ledger: Ledger, rows: Sequence[sheets.Row]) -> Iterator[OwnSheet]:
    if QUESTIONS_TABLE not in ledger.areas:
        yield question_sheet(ledger.sheets, is_assigned=ASSIGNMENTS_TABLE in ledger.areas)
    if rows:
        before = sheets.kept_rows(ledger, CHANGES_TABLE, sheets.CHANGE_HEADS)
        history = sheets.change_sheet((*before, *rows))
        yield placed(history, ledger.areas.get(CHANGES_TABLE))


def _names(area: Area | None) -> dict[str, str]:
    """Return what the names of the columns of 担当割 mean, for the formulas of 照会."""
    if area is None:
        return {}
    sheet = area.sheet.replace("'", "''")
    first, last = area.first_row + 1, area.last_row
    return {
        name: f"'{sheet}'!${letters}${first}:${letters}${last}"
        for name, column in ASSIGNED.items()
        for letters in [letters_of(area.first_column + column)]
    }
