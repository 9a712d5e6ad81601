"""What stands in Excel: the ribbon, its launcher, and the workbook with buttons."""
