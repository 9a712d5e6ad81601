"""One command of the command line per module, each with ``run(args) -> exit code``.

A command imports what it needs and no more: most of a short run is imports.
"""
