"""What a user sees of an open workbook: an indicator's cell, the listed findings, the dialogs."""

from __future__ import annotations

from typing import Any

import xlwings

from aso_xl.domain.ledger import Ledger


def cell(book: xlwings.Book, places: Ledger, id_: str, field: str) -> xlwings.Range:
    found = places.rows[id_].cells[field]
    return book.sheets[found.sheet].range(found.address)


def findings(book: xlwings.Book) -> list[list[Any]]:
    sheet = book.sheets["検証結果"]
    rows = sheet.range((5, 1), (max(5, sheet.used_range.last_cell.row), 6)).value
    rows = rows if isinstance(rows[0], list) else [rows]
    return [row for row in rows if any(row)]


def said(app: xlwings.App) -> list[str]:
    return [alert.prompt for alert in app.impl.alerts]
