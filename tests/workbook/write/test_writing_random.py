"""Any values in any cells read back as they were written, and nothing else has changed."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from functools import cache

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter

from aso_xl.workbook.write.writing import CellEdit, apply

NAMES = ("表", "もう 1 枚")
ROWS, COLUMNS = range(1, 12), range(1, 8)
Values = dict[tuple[str, str], object]


@cache
def package() -> bytes:
    """Return a small workbook with gaps between its cells."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True})
    for name in NAMES:
        sheet = book.add_worksheet(name)
        for row in range(1, 12, 3):
            sheet.write_string(row, row % 4, f"{name}{row}", bold)
            sheet.write_number(row, row % 4 + 2, row / 8)
            sheet.write_formula(row, row % 4 + 3, f"={row}*2", None, row * 2)
    book.close()
    return out.getvalue()


def values(package: bytes) -> Values:
    """Return what stands in every filled cell; formulas as their text."""
    book = load_workbook(io.BytesIO(package))
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for cell in sheet._cells.values()  # iter_rows would make millions in between
        if cell.value is not None
    }


def as_read(value: str | Decimal | None) -> object:
    """Return what a reader finds: line ends of cells, and control letters as Excel writes them."""
    if isinstance(value, Decimal):
        return float(value)
    text = re.sub("\r\n?", "\n", value or "")
    odd = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    return re.sub(odd, lambda found: f"_x{ord(found[0]):04X}_", text) or None


addresses = st.builds(
    lambda column, row: f"{get_column_letter(column)}{row}",
    st.sampled_from([*COLUMNS, 100, 16384]),
    st.sampled_from([*ROWS, 2000]),
)
numbers = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(-5, 12),
)
texts = st.text(max_size=30) | st.sampled_from(
    ["=1+1", "+81", "-", "@x", "TRUE", "1e5", "007", "#N/A", "\r\n", " ", "<&>]]>", '"', "\t\n\r"]
)
writes = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), addresses), numbers | texts | st.none(), max_size=25
)


@settings(max_examples=60)
@given(writes)
def test_any_values_read_back(wanted: dict[tuple[str, str], str | Decimal | None]) -> None:
    changes = [CellEdit(*place, value) for place, value in wanted.items()]
    expected = {**values(package()), **{place: as_read(v) for place, v in wanted.items()}}
    found = values(apply(package(), changes))
    assert found == {place: value for place, value in expected.items() if value is not None}
    texts_there = {place for place, value in wanted.items() if isinstance(value, str) and value}
    assert all(isinstance(found[place], str) for place in texts_there)


@settings(max_examples=20)
@given(writes, writes)
def test_two_writings_come_to_the_same_as_both_at_once(
    first: dict[tuple[str, str], str | Decimal | None],
    second: dict[tuple[str, str], str | Decimal | None],
) -> None:
    one, two = ([CellEdit(*p, v) for p, v in made.items()] for made in (first, second))
    assert values(apply(apply(package(), one), two)) == values(apply(package(), [*one, *two]))
