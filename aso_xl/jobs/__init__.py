"""What a user can have done, once for every door: command line, buttons and icons.

A job takes paths, or the input of a workbook (of a file, or open in Excel), and returns what came of
it, frozen; what is said of it is the door's. Each imports what it needs and no more: most of a
short run is imports.
"""
