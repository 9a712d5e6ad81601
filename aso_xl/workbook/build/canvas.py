"""A sheet while it is drawn from the top: sections, tables, cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain import words
from ...domain.setting_declaration import Typed
from . import formulas
from .content import Contents
from .styles import ODD, WRONG, Styles


@dataclass(frozen=True)
class Entry:
    """What is written into a cell of a table: its value, and the formula that gives it, if any.

    No value leaves the cell blank; an empty text is the plan's, which has nothing to say there.
    ``rule`` is what may be typed there; a text that ``wraps`` makes its row as tall as it needs.
    """

    value: Typed
    look: Any
    formula: str = ""
    rule: Mapping[str, Any] | None = None
    wraps: bool = False


@dataclass
class Canvas:
    """An XlsxWriter sheet with its looks and contents; ``row`` is the next free row."""

    sheet: Any
    styles: Styles
    contents: Contents
    row: int = 0
    heights: dict[int, float] = field(default_factory=dict)

    def make_tall(self, points: float) -> None:
        """Give the current row a height."""
        self.heights[self.row] = points
        self.sheet.set_row(self.row, points)

    def height(self, row: int) -> float:
        """Return the height of a row in points."""
        return self.heights.get(row, 15.0)

    def section(self, text: str, first: int, last: int) -> None:
        """Write a section's heading over columns ``first`` to ``last`` and go to the next row."""
        self.make_tall(21)
        for column in range(first, last + 1):
            self.sheet.write_blank(self.row, column, None, self.styles("section"))
        self.sheet.write_string(self.row, first, text, self.styles("section"))
        self.row += 1

    def table(
        self,
        name: str,
        rows: int,
        heads: Sequence[str],
        first: int = 0,
        *,
        filters: bool = True,
        lines: int = 2,
    ) -> None:
        """Lay an Excel table over the next ``rows`` rows; write its headings of up to so many lines."""
        self.make_tall(15.0 * lines)
        self.sheet.add_table(
            self.row,
            first,
            self.row + rows,
            first + len(heads) - 1,
            {
                "name": name,
                "style": None,
                **({} if filters else {"autofilter": False}),
                "columns": [
                    {"header": head, "header_format": self.styles("head")} for head in heads
                ],
            },
        )
        self.row += 1

    def colour_findings(self, rows: tuple[int, int], first: int, width: int) -> None:
        """Colour the cells of a table that 検証結果 lists, by the id in its first column.

        ``rows`` are the heading row and the last one.
        """
        header, last = rows
        own = xl_rowcol_to_cell(header + 1, first, col_abs=True)
        head = xl_rowcol_to_cell(header, first, row_abs=True)
        for word, look in ((words.ERROR, WRONG), (words.WARNING, ODD)):
            criteria = f"={formulas.has_finding(word, own, head)}"
            look = self.styles.conditional(look)
            options = {"type": "formula", "criteria": criteria, "format": look}
            self.sheet.conditional_format(header + 1, first, last, first + width - 1, options)

    def write(self, column: int, value: Typed, look: Any) -> None:
        """Write a value into the current row; text stays text whatever it begins with."""
        if value is None or value == "":
            self.sheet.write_blank(self.row, column, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(self.row, column, value, look)
        else:
            self.sheet.write_number(self.row, column, value, look)

    def entries(self, cells: Sequence[Entry], first: int = 0) -> None:
        """Write the cells of a table's row from column ``first``."""
        for column, cell in enumerate(cells, start=first):
            if cell.formula:
                self.sheet.write_formula(self.row, column, cell.formula, cell.look, cell.value)
            elif cell.value == "":
                self.sheet.write_string(self.row, column, "", cell.look)
            else:
                self.write(column, cell.value, cell.look)

    def validate(
        self, rules: Iterable[Mapping[str, Any] | None], rows: tuple[int, int], first: int = 0
    ) -> None:
        """Lay the rules of neighbouring columns over the rows; equal ones as one."""
        column = first
        for rule, same in groupby(rules):
            last = column + len(list(same)) - 1
            if rule is not None:
                self.sheet.data_validation(rows[0], column, rows[1], last, dict(rule))
            column = last + 1
