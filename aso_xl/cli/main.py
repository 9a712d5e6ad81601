"""The door of the command line: how every run ends (exit code 0, 1 or 2).

What it does is imported behind the net, so that the net holds from the first import on.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Return the exit code: 0 done, 1 done and errors were found, 2 could not be done.

    Whatever stops a run is one Japanese sentence on stderr.
    """
    from ..last_net import as_program, guarded

    def act() -> int:
        if argv is None:
            as_program()
        return _run(argv)

    return guarded(act, _tell)


def _run(argv: Sequence[str] | None) -> int:
    import sys

    from .. import console
    from .arguments import parser

    console.use_utf8()
    try:
        code = run(parser(sys.argv[1:] if argv is None else argv).parse_args(argv))
        console.finish()
        return code
    except BrokenPipeError:
        console.mute()
        return 2


def run(args: Namespace) -> int:
    """Return the exit code of the command asked for; only its own module is imported."""
    from importlib import import_module

    command = import_module(f".commands.{args.command}", __package__)
    code: int = command.run(args)
    return code


def _tell(sentence: str) -> None:
    from ..console import complain

    complain(sentence)
