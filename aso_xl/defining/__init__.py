"""A plan defined in Excel: the definition workbook, and drafts from the strategy's own file."""
