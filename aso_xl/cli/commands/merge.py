"""``aso-xl merge``: what came back, merged into the master."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ...jobs import sharing
from .. import options
from ..each import Printout, show, show_progress
from ..json.exchange import merge_payload
from ..sharing_lines import merge_lines
from ..targets import workbook_target


def arguments(parser: ArgumentParser) -> None:
    """Declare the master, where its parts came back to, and how they are merged."""
    options.master(parser)
    options.places(parser, "DIR|FILE")
    options.output(parser, "FILE", "マスターを変えずに別のブックへ保存します")
    words = "入力チェックでエラーになる値を取り込みません"
    parser.add_argument("--strict", action="store_true", help=words)
    words = "課長確認済のブックだけを取り込みます"
    parser.add_argument("--confirmed-only", action="store_true", help=words)


def run(args: Namespace) -> int:
    """Return the exit code: 1 if there are conflicts, errors, or files that cannot be used."""
    output = workbook_target(args.output, args.master.name, args.master.suffix)
    how = {"strict": args.strict, "confirmed_only": args.confirmed_only}
    result = sharing.merge(args.master, args.places, output, **how, progress=show_progress)
    printout = Printout(merge_payload(result), merge_lines(result), result.has_findings)
    return show(printout, as_json=args.json)
