"""Writing into a workbook of staff: their own package, byte for byte but for what changes."""
