"""``aso-xl close``: a round confirmed, reopened with a reason, or its record restored."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from ...errors import AsoError
from ...jobs import years
from .. import options
from ..each import Printout, show
from ..json.years import closed_payload, restored_payload, undone_payload
from ..year_lines import closed_lines, restored_lines, undone_lines


def arguments(parser: ArgumentParser) -> None:
    """Declare the master, the round and by whom it is confirmed; and the ways back."""
    options.master(parser)
    words = "確定する年度。省くとブックの設定によります"
    parser.add_argument("--round", metavar="R9", help=words)
    parser.add_argument("--by", metavar="NAME", default="", help="確定する人の名前")
    words = "確定を取り消します。理由を --reason に書きます"
    parser.add_argument("--reopen", action="store_true", help=words)
    words = "取り消す理由。「確定記録」に残ります"
    parser.add_argument("--reason", metavar="TEXT", default="", help=words)
    words = "消えたり書き換わったりした「確定記録」を、ブックの控えか「履歴」から戻します"
    parser.add_argument("--restore", action="store_true", help=words)


def run(args: Namespace) -> int:
    """Return the exit code: 1 if errors or conflicts stand in the way."""
    _refuse_together(args)
    if args.restore:
        restored = years.restore_records(args.master)
        lines = restored_lines(restored, args.master)
        return show(Printout(restored_payload(restored), lines), as_json=args.json)
    if args.reopen:
        undone = years.reopen(args.master, args.round, args.by, args.reason)
        return show(Printout(undone_payload(undone), undone_lines(undone)), as_json=args.json)
    closed = years.close(args.master, args.round, args.by or _asked())
    lines = closed_lines(closed, args.master)
    stopped = closed.record is None
    return show(Printout(closed_payload(closed), lines, stopped), as_json=args.json)


def _refuse_together(args: Namespace) -> None:
    if args.restore and (args.reopen or args.round or args.by):
        raise AsoError("--restore は、ほかの指定と一緒に使えません。")
    if args.reason and not args.reopen:
        raise AsoError("--reason は、確定を取り消す --reopen と一緒に使ってください。")


def _asked() -> str:
    """Return the name as it is typed at the terminal; "" where nobody can be asked."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    print("確定する人の名前: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()
