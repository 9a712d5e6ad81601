"""Building a workbook from a definition."""
