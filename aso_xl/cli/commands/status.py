"""``aso-xl status``: which departments have sent what, and mails to those who are late."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ...jobs import sharing
from .. import options
from ..each import Printout, show, show_progress, show_saved
from ..json.exchange import status_payload
from ..sharing_lines import reminder_lines, status_lines
from ..targets import workbook_target


def arguments(parser: ArgumentParser) -> None:
    """Declare the master, where its parts came back to, and where list and mails go."""
    options.master(parser)
    options.places(parser, "DIR")
    options.output(parser, "FILE", "一覧を保存するブック名(.xlsx)")
    words = "期限を過ぎた課へのメールの文を保存するフォルダー"
    parser.add_argument("--reminders", metavar="DIR", type=Path, help=words)


def run(args: Namespace) -> int:
    """Return the exit code: 1 if a workbook has errors or could not be read."""
    table = workbook_target(args.output, sharing.STATUS_TABLE)
    collected = sharing.status(args.master, args.places, table, progress=show_progress)
    show_saved(collected.table, as_json=args.json)
    status = collected.status
    made = sharing.remind(status, args.reminders) if args.reminders else None
    lines = (*status_lines(status, args.master), *(reminder_lines(made) if made else ()))
    return show(
        Printout(status_payload(status, made), lines, status.has_findings), as_json=args.json
    )
