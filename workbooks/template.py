"""What xlwings' own **Run main** button calls on template.xlsx: the check."""

import xlwings

from aso_xl.excel.buttons import macros


def main() -> None:
    """Check the workbook that the button was pressed in."""
    macros.check(xlwings.Book.caller())
