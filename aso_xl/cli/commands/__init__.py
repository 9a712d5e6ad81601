"""One command of the command line per module: ``arguments(parser)`` declares its options, ``run(args)``
does it and returns the exit code.

At their top they import nothing that opens a file: ``aso-xl --help`` is there at once.
"""
