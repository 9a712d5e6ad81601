"""What every sheet has in common: A4, footer, protection, title row, plain tables."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from ...domain.settings import SAMPLE_WORDS
from .content import Contents
from .styles import LABEL_FILL, Styles

MARGINS: Final = {"left": 0.4, "right": 0.4, "top": 0.55, "bottom": 0.6}
_INCH: Final = 72
TITLE_HEIGHT, HEAD_HEIGHT = 27.0, 22.0
"""Points of a sheet's title row, and of the headings of a plain table."""


class Paper(NamedTuple):
    """A paper lying on its side: what Excel calls it, its width and height in points."""

    number: int
    width: float
    height: float

    @property
    def room(self) -> tuple[float, float]:
        """Return the points between the margins."""
        across, down = (
            sum(MARGINS[side] for side in sides) * _INCH
            for sides in (("left", "right"), ("top", "bottom"))
        )
        return self.width - across, self.height - down

    @property
    def upright(self) -> Paper:
        """Return the same paper standing."""
        return self._replace(width=self.height, height=self.width)


A4, A3 = Paper(9, 841.9, 595.3), Paper(8, 1190.6, 841.9)

PROTECTION: Final = {
    "autofilter": True,
    "sort": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
}


def page(
    sheet: Any,
    contents: Contents,
    name: str,
    *,
    landscape: bool = True,
    protected: bool = True,
    paper: Paper = A4,
) -> None:
    """Set up a sheet, one page wide, and protect it without a password."""
    if landscape:
        sheet.set_landscape()
    lay(sheet, contents, name, paper)
    sheet.fit_to_pages(1, 0)
    if protected:
        sheet.protect("", PROTECTION)
    sheet.hide_gridlines(2)


def lay(sheet: Any, contents: Contents, name: str, paper: Paper) -> None:
    """Lay a sheet on a paper: margins, footer, and the mark of made-up figures above."""
    sheet.set_paper(paper.number)
    sheet.set_margins(**MARGINS)
    sheet.set_footer(footer(contents, name))
    if contents.sample:
        sheet.set_header(f"&R&10{SAMPLE_WORDS}")


def locked(contents: Contents) -> dict[str, Any]:
    """Return the look of an input cell that only the secretariat fills; {} in its own workbook."""
    return {"locked": True, "bg_color": LABEL_FILL} if contents.handout else {}


def footer(contents: Contents, name: str) -> str:
    """Return the footer: plan and sheet on the left, page of pages on the right."""
    left = f"{contents.plan.short_title}　{name}".replace("&", "&&")
    return f"&L&8{left}&R&8&P / &N"


def title(
    sheet: Any,
    styles: Styles,
    contents: Contents,
    text: str,
    sample_column: int,
    **sample_look: Any,
) -> None:
    """Write a sheet's title row, with the mark of made-up figures where they are."""
    sheet.set_row(0, TITLE_HEIGHT)
    sheet.write_string(0, 0, text, styles("title"))
    sheet.write_string(1, 0, contents.plan.title, styles("subtitle"))
    if contents.sample:
        sheet.write_string(0, sample_column, SAMPLE_WORDS, styles("sample", **sample_look))


def table(
    sheet: Any, styles: Styles, row: int, column: int, rows: int, name: str, heads: tuple[str, ...]
) -> None:
    """Lay a small table without filter buttons at a row and column; write its headings."""
    sheet.set_row(row, HEAD_HEIGHT)
    options = {
        "name": name,
        "style": None,
        "autofilter": False,
        "columns": [{"header": head, "header_format": styles("head")} for head in heads],
    }
    sheet.add_table(row, column, row + rows, column + len(heads) - 1, options)
