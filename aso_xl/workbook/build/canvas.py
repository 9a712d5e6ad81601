"""A sheet while it is drawn from the top: sections, tables, cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...domain.setting import Typed
from .content import Contents
from ..layout import Column
from .styles import Styles


@dataclass
class Canvas:
    """An XlsxWriter sheet with its looks and contents; ``row`` is the next free row."""

    sheet: Any
    styles: Styles
    contents: Contents
    row: int = 0

    def section(self, text: str, first: int, last: int) -> None:
        """Write a section's heading over columns ``first`` to ``last`` and go to the next row."""
        self.sheet.set_row(self.row, 21)
        for column in range(first, last + 1):
            self.sheet.write_blank(self.row, column, None, self.styles("section"))
        self.sheet.write_string(self.row, first, text, self.styles("section"))
        self.row += 1

    def table(self, name: str, rows: int, columns: tuple[Column, ...], first: int = 0) -> None:
        """Lay an Excel table over the next ``rows`` rows and write its headings."""
        self.sheet.set_row(self.row, 30)
        self.sheet.add_table(
            self.row,
            first,
            self.row + rows,
            first + len(columns) - 1,
            {
                "name": name,
                "style": None,
                "columns": [
                    {"header": c.head, "header_format": self.styles("head")} for c in columns
                ],
            },
        )
        self.row += 1

    def write(self, column: int, value: Typed, look: Any) -> None:
        """Write a value into the current row; text stays text whatever it begins with."""
        if value is None or value == "":
            self.sheet.write_blank(self.row, column, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(self.row, column, value, look)
        else:
            self.sheet.write_number(self.row, column, value, look)
