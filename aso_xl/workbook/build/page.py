"""What every sheet has in common: A4, footer, protection, title row, plain tables."""

from __future__ import annotations

from typing import Any, Final

from ...domain.settings import SAMPLE_WORDS
from .content import Contents
from .styles import LABEL_FILL, Styles

PROTECTION: Final = {
    "autofilter": True,
    "sort": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
}


def page(
    sheet: Any, contents: Contents, name: str, *, landscape: bool = True, protected: bool = True
) -> None:
    """Set up a sheet for A4, one page wide, and protect it without a password."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(footer(contents, name))
    if protected:
        sheet.protect("", PROTECTION)
    sheet.hide_gridlines(2)
    if contents.sample:
        sheet.set_header(f"&R&10{SAMPLE_WORDS}")


def locked(contents: Contents) -> dict[str, Any]:
    """Return the look of an input cell that only the secretariat fills; {} in its own workbook."""
    return {"locked": True, "bg_color": LABEL_FILL} if contents.handout else {}


def footer(contents: Contents, name: str) -> str:
    """Return the footer: plan and sheet on the left, page of pages on the right."""
    left = f"{contents.plan.short_title}　{name}".replace("&", "&&")
    return f"&L&8{left}&R&8&P / &N"


def title(sheet: Any, styles: Styles, contents: Contents, text: str, sample_column: int) -> None:
    """Write a sheet's title row, with the mark of made-up figures where they are."""
    sheet.set_row(0, 27)
    sheet.write_string(0, 0, text, styles("title"))
    sheet.write_string(1, 0, contents.plan.title, styles("subtitle"))
    if contents.sample:
        sheet.write_string(0, sample_column, SAMPLE_WORDS, styles("sample"))


def table(
    sheet: Any, styles: Styles, row: int, column: int, rows: int, name: str, heads: tuple[str, ...]
) -> None:
    """Lay a small table without filter buttons at a row and column; write its headings."""
    sheet.set_row(row, 22)
    options = {
        "name": name,
        "style": None,
        "autofilter": False,
        "columns": [{"header": head, "header_format": styles("head")} for head in heads],
    }
    sheet.add_table(row, column, row + rows, column + len(heads) - 1, options)
