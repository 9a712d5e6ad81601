"""The buttons in Excel: macros on the live workbook, and how they get onto a PC."""
