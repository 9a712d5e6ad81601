"""What the buttons do, on a workbook that is open in Excel."""
