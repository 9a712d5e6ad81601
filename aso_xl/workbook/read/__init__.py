"""Reading a workbook, a file or one open in Excel, into a Ledger."""
