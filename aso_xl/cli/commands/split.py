"""``aso-xl split``: a workbook per 担当課."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ...jobs import sharing
from .. import options
from ..each import Printout, show, show_progress
from ..json.exchange import split_payload
from ..sharing_lines import split_lines


def arguments(parser: ArgumentParser) -> None:
    """Declare the master, where its parts go, and until when they are to come back."""
    options.master(parser)
    options.output(parser, "DIR", "保存先のフォルダー")
    parser.add_argument("--deadline", metavar="TEXT", help="ブックに表示する提出期限")


def run(args: Namespace) -> int:
    """Return the exit code of splitting; what is there already is never written over."""
    made = sharing.split(args.master, args.output, args.deadline or "", progress=show_progress)
    return show(Printout(split_payload(made), split_lines(made)), as_json=args.json)
