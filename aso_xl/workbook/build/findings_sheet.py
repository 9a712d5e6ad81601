"""Drawing 検証結果: an empty table that the check in Excel fills."""

from __future__ import annotations

from typing import Any, Final

from ...domain import words
from ..layout import FINDING_HEADS, FINDING_KEYS, FINDINGS, FINDINGS_TABLE, MAX_FINDINGS
from .content import Contents
from .page import page, table, title
from .styles import ODD, WRONG, Styles

WIDTHS: Final = (8, 17, 28, 40, 44)


def draw(book: Any, styles: Styles, contents: Contents) -> None:
    """Draw 検証結果: an empty table that the check fills, unprotected so that it can.

    The hidden column 照合キー says which cell a finding is of; the goals' sheets colour by it.
    """
    sheet = book.add_worksheet(FINDINGS)
    looks = [styles("link" if head == "場所" else "wrap") for head in FINDING_HEADS]
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width, looks[column])
    for word, look in ((words.ERROR, WRONG), (words.WARNING, ODD)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"'}
        sheet.conditional_format(
            4, 0, 3 + MAX_FINDINGS, 0, {**rule, "format": styles.conditional(look)}
        )
    key = len(FINDING_HEADS) - 1
    sheet.set_column(key, key, 10, styles("plain"), {"hidden": True})
    book.define_name(FINDING_KEYS, f"='{FINDINGS}'!$F$5:$F${4 + MAX_FINDINGS}")
    title(sheet, styles, contents, FINDINGS, 3)
    sheet.write_string(
        2, 0, "入力チェックを行うと、ここに指摘の一覧が表示されます。", styles("subtitle")
    )
    table(sheet, styles, 3, 0, 1, FINDINGS_TABLE, FINDING_HEADS)
    for column, look in enumerate(looks):
        sheet.write_blank(4, column, None, look)
    sheet.freeze_panes(4, 0)
    page(sheet, contents, FINDINGS, protected=False)
    sheet.repeat_rows(3)
