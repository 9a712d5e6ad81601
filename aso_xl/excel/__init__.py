"""What stands in Excel and on icons: actions on a workbook, and how they get onto a PC."""
