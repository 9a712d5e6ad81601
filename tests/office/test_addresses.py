"""Addresses as spreadsheets write them, against openpyxl's reading of the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.cell import (
    column_index_from_string,
    coordinate_from_string,
    get_column_letter,
    range_boundaries,
)

from aso_xl.office.addresses import (
    LAST,
    Corners,
    address_of,
    column_of,
    corners_of,
    letters_of,
    place_of,
)

COLUMNS = st.integers(1, LAST.right)
ROWS = st.integers(1, LAST.bottom)


@given(COLUMNS)
def test_letters_and_numbers_of_columns(column: int) -> None:
    assert letters_of(column) == get_column_letter(column)
    assert column_of(letters_of(column)) == column == column_of(letters_of(column).lower())


@given(ROWS, COLUMNS, st.sampled_from(["{}{}", "${}${}", "{}${}", "${}{}"]))
def test_places_and_addresses(row: int, column: int, form: str) -> None:
    address = form.format(letters_of(column), row)
    assert place_of(address) == (row, column)
    assert coordinate_from_string(address) == (letters_of(column), row)
    assert place_of(address_of(row, column)) == (row, column)


@given(COLUMNS, ROWS, COLUMNS, ROWS)
def test_corners_of_ranges(left: int, top: int, right: int, bottom: int) -> None:
    corners = Corners(left, top, right, bottom)
    assert corners_of(corners.address) == corners == range_boundaries(corners.address)


@pytest.mark.parametrize(
    ("ref", "corners"),
    [
        ("A1", (1, 1, 1, 1)),
        ("$B:$C", (2, 1, 3, 1_048_576)),
        ("3:5", (1, 3, 16_384, 5)),
        ("XFD1048576", (16_384, 1_048_576, 16_384, 1_048_576)),
    ],
)
def test_whole_columns_and_rows(ref: str, corners: tuple[int, ...]) -> None:
    assert corners_of(ref) == corners


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "1",
        "A0",
        "XFE1",
        "A1048577",
        "A1:",
        ":A1",
        "A1:B",
        "A:1",
        "Ａ1",
        "A１",
        "A1 ",
        "A1:B2:C3",
    ],
)
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        corners_of(text)


@pytest.mark.parametrize("letters", ["", "XFE", "AAAA", "A1", "あ"])
def test_what_is_no_column_is_refused(letters: str) -> None:
    with pytest.raises(ValueError):
        column_of(letters)


def test_openpyxl_counts_as_we_do() -> None:
    assert column_index_from_string("XFD") == LAST.right
