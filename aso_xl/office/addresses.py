"""Cells and ranges as spreadsheets write them: ``B12``, ``$A$1:C3``, whole columns and rows.

Rows and columns count from 1. These few lines stand here because importing a library for them costs
a fifth of a short run.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

_ALPHABET: Final = 26
_CELL: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})", re.ASCII)
_COLUMNS: Final = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})", re.ASCII)
_ROWS: Final = re.compile(r"\$?([1-9]\d{0,6}):\$?([1-9]\d{0,6})", re.ASCII)


class Corners(NamedTuple):
    """The corner cells of a range: columns and rows from 1."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def address(self) -> str:
        """Return ``A1:C3``; of one cell its own address."""
        first, last = address_of(self.top, self.left), address_of(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


LAST: Final = Corners(1, 1, 16_384, 1_048_576)
"""A whole sheet."""


@lru_cache(maxsize=1024)
def letters_of(column: int) -> str:
    """Return the letters of a column: 1 A, 26 Z, 27 AA."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, _ALPHABET)
        letters = chr(ord("A") + letter) + letters
    return letters


@lru_cache(maxsize=1024)
def column_of(letters: str) -> int:
    """Return the number of a column. Raise ValueError for what is none of a sheet."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * _ALPHABET + ord(letter) - ord("A") + 1
    if not 0 < number <= LAST.right:
        raise ValueError(letters)
    return number


def address_of(row: int, column: int) -> str:
    """Return the address of a cell, the opposite of `place_of`."""
    return f"{letters_of(column)}{row}"


def place_of(address: str) -> tuple[int, int]:
    """Return row and column of a cell. Raise ValueError for what is no address of one."""
    match = _CELL.fullmatch(address)
    if not match or (row := int(match[2])) > LAST.bottom:
        raise ValueError(address)
    return row, column_of(match[1])


def corners_of(ref: str) -> Corners:
    """Return the corners of a range, whole columns and rows too. Raise ValueError for other text."""
    if columns := _COLUMNS.fullmatch(ref):
        return LAST._replace(left=column_of(columns[1]), right=column_of(columns[2]))
    if rows := _ROWS.fullmatch(ref):
        top, bottom = int(rows[1]), int(rows[2])
        if max(top, bottom) > LAST.bottom:
            raise ValueError(ref)
        return LAST._replace(top=top, bottom=bottom)
    first, colon, last = ref.partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last if colon else first)
    return Corners(left, top, right, bottom)
