"""``aso-xl diff``: what two workbooks of one plan say differently."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ...jobs import sharing
from .. import options
from ..each import Printout, show, show_saved
from ..json.exchange import diff_payload
from ..sharing_lines import diff_lines
from ..targets import workbook_target


def arguments(parser: ArgumentParser) -> None:
    """Declare the two workbooks, and where the list goes."""
    options.as_json(parser)
    parser.add_argument("one", type=Path, metavar="A", help="評価ブック(.xlsx)")
    parser.add_argument("other", type=Path, metavar="B", help="比べる評価ブック(.xlsx)")
    options.output(parser, "FILE", "違いを保存するブック名(.xlsx)")


def run(args: Namespace) -> int:
    """Return the exit code 0: a difference is no error."""
    table = workbook_target(args.output, sharing.DIFF_TABLE)
    differing = sharing.diff(args.one, args.other, table)
    show_saved(differing.table, as_json=args.json)
    comparison = differing.comparison
    lines = diff_lines(comparison, args.one, args.other)
    return show(Printout(diff_payload(comparison), lines), as_json=args.json)
