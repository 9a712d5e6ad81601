"""Names that programs write in their own way: parts in another case, sheets with escapes."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from workbook_tools import Xlsx

from aso_xl.domain.checks import check
from aso_xl.domain.ledger import Ledger
from aso_xl.workbook.read.reading import read
from aso_xl.workbook.write.writing import CellEdit, apply

RENAMED = {
    "a sheet": ("xl/worksheets/sheet1.xml", "xl/worksheets/Sheet1.XML"),
    "texts": ("xl/sharedStrings.xml", "xl/SharedStrings.xml"),
    "links": ("xl/_rels/workbook.xml.rels", "xl/_rels/Workbook.xml.rels"),
    "types": ("[Content_Types].xml", "[content_types].xml"),
    "the book": ("xl/workbook.xml", "xl/Workbook.xml"),
    "styles": ("xl/styles.xml", "XL/styles.xml"),
}


def values(ledger: Ledger) -> dict[tuple[str, str], object]:
    rows = ledger.rows.items()
    return {(id_, field): cell.value for id_, row in rows for field, cell in row.cells.items()}


@pytest.mark.parametrize("name", RENAMED)
def test_parts_are_found_whatever_the_case(sample_path: Path, tmp_path: Path, name: str) -> None:
    old, new = RENAMED[name]
    book = Xlsx(sample_path)
    path = book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as other:
        for part in package.namelist():
            other.writestr(new if part == old else part, package.read(part))
    ledger, expected = read(tmp_path / "b.xlsx"), read(sample_path)
    assert values(ledger) == values(expected)
    cell = expected.rows["1-01-1"].cells["R8"]
    change = CellEdit(cell.sheet, cell.address, Decimal(7))
    written = tmp_path / "c.xlsx"
    written.write_bytes(apply((tmp_path / "b.xlsx").read_bytes(), [change]))
    assert read(written).rows["1-01-1"].cells["R8"].value == 7
    with zipfile.ZipFile(written) as package:
        assert new in package.namelist() and old not in package.namelist()


def test_a_sheet_whose_name_is_stored_with_escapes(sample_path: Path, tmp_path: Path) -> None:
    book = Xlsx(sample_path)
    for sheet in book.workbook.iter("{*}sheet"):
        if sheet.get("name") == "基本目標1":
            sheet.set("name", "基本目標_x0031_")
    path = book.save(tmp_path / "a.xlsx")
    ledger, expected = read(path), read(sample_path)
    assert ledger.sheets == expected.sheets
    assert ledger.rows["1-01-1"].sheet == "基本目標1"
    round_ = ledger.settings.round
    assert check(ledger, round_) == check(expected, round_)
    cell = ledger.rows["1-01-1"].cells["R8"]
    written = tmp_path / "b.xlsx"
    written.write_bytes(apply(path.read_bytes(), [CellEdit(cell.sheet, cell.address, Decimal(7))]))
    assert read(written).rows["1-01-1"].cells["R8"].value == 7
