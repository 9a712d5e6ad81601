"""A sheet as staff make one, with all that a sheet may have, and it copied into a master."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter

from aso_xl.office.package_copy import PackageCopy
from aso_xl.workbook.write.copied_sheet import CopiedSheet, SheetCopier


def staffs() -> bytes:
    """Return a workbook with a sheet of all that a sheet may have."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True})
    sheet = book.add_worksheet("メモ & 表")
    bold = book.add_format({"bold": True, "bg_color": "#FFEE00", "num_format": '0.0"点"'})
    sheet.set_column(0, 0, 33, book.add_format({"italic": True}))
    sheet.set_row(4, 40, book.add_format({"underline": True}))
    sheet.write_number(0, 0, 12.5, bold)
    sheet.write_formula(1, 0, "=A1*2", None, 25)
    sheet.write_formula(2, 0, "=設定!B5", None, "R9")
    sheet.write_string(3, 0, "二行\nの文", bold)
    sheet.write_rich_string(3, 1, "ふつう", bold, "太い")
    sheet.merge_range("C1:D2", "結合", bold)
    sheet.conditional_format(
        *(0, 0, 3, 0), {"type": "cell", "criteria": ">", "value": 3, "format": bold}
    )
    sheet.conditional_format(0, 1, 3, 1, {"type": "formula", "criteria": "=設定!$B$5=1"})
    sheet.data_validation(0, 4, 3, 4, {"validate": "list", "source": ["はい", "いいえ"]})
    sheet.data_validation(0, 5, 3, 5, {"validate": "list", "source": "=設定!$A$1:$A$3"})
    sheet.write_url(5, 0, "https://example.com/", string="外")
    sheet.write_url(6, 0, "internal:'メモ & 表'!A1", string="内")
    sheet.add_table(8, 0, 10, 1, {"columns": [{"header": "あ"}, {"header": "い"}]})
    sheet.write_comment(0, 1, "コメント")
    sheet.insert_chart(12, 0, chart := book.add_chart({"type": "column"}))
    chart.add_series({"values": "='メモ & 表'!$A$1:$A$2"})
    sheet.protect()
    book.add_worksheet("設定")
    book.close()
    return raw.getvalue()


def copied(master: Path, to: Path) -> CopiedSheet:
    """Copy the sheet into a master, saved elsewhere; return what came of it."""
    copier = SheetCopier(PackageCopy(staffs()), PackageCopy(master.read_bytes()))
    found = copier.copy("メモ & 表", ["メモ & 表"])
    copier.close()
    to.write_bytes(copier.new.finished())
    return found
