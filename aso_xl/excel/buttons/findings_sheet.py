"""Writing 検証結果 into the workbook that is open in Excel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...domain.checks import Issue
from ...domain.ledger import Area, Ledger
from ...workbook.findings_rows import Jump, finding_rows
from ...workbook.layout import FINDING_HEADS, FINDINGS, FINDINGS_TABLE
from . import live


def write(book: Any, ledger: Ledger, issues: Iterable[Issue]) -> None:
    """Replace the findings in the workbook's own table 検証結果表, the gravest first.

    Raise WorkbookError, with nothing changed, if staff have protected the sheet.
    """
    sheet, area = _place(book, ledger)
    live.require_unprotected(sheet)
    rows = [[_shown(value) for value in row] for row in finding_rows(ledger, issues, area)]
    live.write_body(sheet, area, rows)
    with live.begun(area.sheet):
        _resize(sheet, area, len(rows))


def _shown(value: str | Jump) -> str:
    return f"={value.formula}" if isinstance(value, Jump) else live.as_text(value)


def _place(book: Any, ledger: Ledger) -> tuple[Any, Area]:
    """Return the sheet and area of the table; both are made anew where staff deleted them."""
    if area := ledger.areas.get(FINDINGS_TABLE):
        return book.sheets[area.sheet], area
    names = [sheet.name for sheet in book.sheets]
    if FINDINGS in names:
        sheet = book.sheets[FINDINGS]
        live.require_unprotected(sheet)
    else:
        sheet = book.sheets.add(FINDINGS, after=book.sheets[names[-1]])
    sheet.range((4, 1), (4, len(FINDING_HEADS))).value = list(FINDING_HEADS)
    used = sheet.used_range.last_cell.row
    return sheet, Area(FINDINGS, 4, 1, max(5, used), len(FINDING_HEADS))


def _resize(sheet: Any, area: Area, rows: int) -> None:
    if area.last_row != area.first_row + rows and area.table in sheet.tables:
        bottom = area.first_row + rows
        cells = sheet.range((area.first_row, area.first_column), (bottom, area.last_column))
        sheet.tables[area.table].resize(cells)
