"""Drawing 前年の記入 in a department's workbook: whole, what the prompts beside the cells cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ...domain.fields import fields_of, notes
from ..layout import BEFORE, BEFORE_HEADS, BEFORE_TABLE
from .content import Contents
from .page import A4, page, table, title
from .paper import Rows
from .styles import Styles, height

_WIDTHS: Final = (12, 34, 16, 90)
_HEADS: Final = 3
"""The row of the headings."""


def draw(book: Any, styles: Styles, contents: Contents) -> None:
    """Draw the sheet; nothing where nothing is known of the round before."""
    lines = list(texts_before(contents))
    if not lines:
        return
    sheet = book.add_worksheet(BEFORE)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, styles("plain"))
    title(sheet, styles, contents, f"{BEFORE}({contents.round_before})", 3)
    table(sheet, styles, _HEADS, 0, len(lines), BEFORE_TABLE, BEFORE_HEADS)
    rows = Rows(sheet)
    for row, line in enumerate(lines, start=_HEADS + 1):
        rows.set(row, height(zip(line, _WIDTHS, strict=True)))
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, styles("text"))
    sheet.freeze_panes(_HEADS + 1, 2)
    page(sheet, contents, BEFORE)
    rows.print_to(_HEADS + len(lines), _HEADS, _WIDTHS, A4)


def texts_before(contents: Contents) -> Iterator[tuple[str, str, str, str]]:
    """Yield what was written in the round before: id, name, field and text, in the plan's order."""
    plan = contents.plan
    for id_ in (*plan.by_goal, *plan.by_id, *plan.measures):
        for field in notes(fields_of(plan, id_)):
            if text := contents.before(field, id_):
                yield id_, plan.name_of(id_), field.word, text
