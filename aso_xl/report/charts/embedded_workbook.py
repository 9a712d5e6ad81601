"""The small workbook behind a chart, which Word opens for [データの編集]."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Final

from ..content.blocks import Chart
from ..markup import escape
from .data import CORNER, SHEET, column, number

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)


def _links(kind: str, target: str) -> str:
    link = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{link}</Relationships>'


_FRAME: Final = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml"'
        f' ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": _links("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": _links("worksheet", "worksheets/sheet1.xml"),
}


def chart_book(chart: Chart) -> bytes:
    """Return the .xlsx with the chart's figures, the same bytes for the same figures."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, xml in {**_FRAME, "xl/worksheets/sheet1.xml": _sheet(chart)}.items():
            info = zipfile.ZipInfo(name, _NO_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, _HEAD + xml)
    return out.getvalue()


def _sheet(chart: Chart) -> str:
    rows: list[tuple[str | Decimal | None, ...]] = [(CORNER, *(s.name for s in chart.series))]
    values = [series.values for series in chart.series]
    rows += [(text, *(v[i] for v in values)) for i, text in enumerate(chart.categories)]
    body = "".join(
        f'<row r="{number_}">{"".join(_cells(number_, row))}</row>'
        for number_, row in enumerate(rows, start=1)
    )
    widths = '<cols><col min="1" max="1" width="40" customWidth="1"/></cols>'
    return f'<worksheet xmlns="{_MAIN}">{widths}<sheetData>{body}</sheetData></worksheet>'


def _cells(row: int, values: tuple[str | Decimal | None, ...]) -> list[str]:
    return [
        _cell(f"{column(index)}{row}", value)
        for index, value in enumerate(values)
        if value is not None
    ]


def _cell(address: str, value: str | Decimal) -> str:
    if isinstance(value, Decimal):
        return f'<c r="{address}"><v>{number(value)}</v></c>'
    text = f'<t xml:space="preserve">{escape(value)}</t>'
    return f'<c r="{address}" t="inlineStr"><is>{text}</is></c>'
