"""``aso-xl return``: the workbooks that departments must look at again, marked (差戻し)."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ...console import paragraphs
from ...job_words import sent_back
from ...jobs import sharing
from .. import options
from ..each import Printout, show, show_progress
from ..json.exchange import sent_back_payload


def arguments(parser: ArgumentParser) -> None:
    """Declare the master, where workbooks came back to, where they go, and until when."""
    options.master(parser)
    options.places(parser, "DIR|FILE")
    options.output(parser, "DIR", "保存先のフォルダー")
    parser.add_argument("--deadline", metavar="TEXT", help="ブックに表示する返送の期限")


def run(args: Namespace) -> int:
    """Return the exit code: 1 if a file could not be used or a question not be asked."""
    made = sharing.send_back(
        args.master, args.places, args.output, args.deadline or "", progress=show_progress
    )
    lines = paragraphs(sent_back(made), 4)
    return show(Printout(sent_back_payload(made), lines, bool(made.failed)), as_json=args.json)
