"""A workbook file behind the port: its zip, the XML of its parts, and what its cells show."""
