"""A definition workbook as typed: rows of entries by sheet, whoever wrote or will write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ..domain import words
from .sheets import TARGET_OF

WRONG: Final = "definition-wrong"
Value = str | int | float | None


@dataclass(frozen=True)
class BookCell:
    """What stands in one cell. ``flaw`` says why it cannot be read; ``hint`` is shown beside it."""

    value: Value = None
    cell: str = ""
    flaw: str = ""
    hint: str = ""

    @property
    def is_blank(self) -> bool:
        return (self.value is None or str(self.value).strip() == "") and not self.flaw


BLANK = BookCell()


@dataclass
class BookRow:
    """A row of a sheet: entries by the key of their column; ``number`` is that on the sheet."""

    cells: dict[str, BookCell] = field(default_factory=dict)
    number: int = 0

    def __getitem__(self, key: str) -> BookCell:
        return self.cells.get(key, BLANK)

    @property
    def is_blank(self) -> bool:
        return all(entry.is_blank for entry in self.cells.values())


@dataclass
class Book:
    """The sheets as typed. Of 総合戦略 ``plan`` holds the entries by key, ``departments`` its list."""

    plan: dict[str, BookCell] = field(default_factory=dict)
    departments: list[BookCell] = field(default_factory=list)
    rows: dict[str, list[BookRow]] = field(default_factory=dict)
    rounds: tuple[str, ...] = ()
    """Headings of the columns of targets by round."""

    def of(self, sheet: str) -> list[BookRow]:
        return self.rows.get(sheet, [])

    def target_keys(self) -> Iterator[tuple[str, str]]:
        """Yield key and heading of the columns of targets by round."""
        for round_ in self.rounds:
            yield TARGET_OF + round_, round_


@dataclass(frozen=True)
class Found:
    """A finding in a definition: its place, entry in words, what to do, and its code."""

    sheet: str | None
    cell: str | None
    entry: str
    message: str
    code: str = WRONG

    def __str__(self) -> str:
        place = " ".join(filter(None, (self.sheet, self.cell))) or words.WHOLE_BOOK
        about = f"({self.entry})" if self.entry and self.entry != place else ""
        return f"{place}{about}: {self.message}。"
