"""``aso-xl revise``: a master made anew from a revised definition, with what was typed in it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ...excel.master import with_buttons_as
from ...jobs import years
from ...office.suffixes import MACRO_BOOK, WORKBOOK
from .. import options
from ..each import Printout, show
from ..json.years import revised_payload
from ..targets import workbook_target
from ..year_lines import revised_lines


def arguments(parser: ArgumentParser) -> None:
    """Declare the master, the definition, from when on it holds, and where to."""
    options.master(parser)
    words = "改訂した定義。定義ブックか定義ファイル"
    parser.add_argument("definition", metavar="DEFINITION", help=words)
    words = "改訂を適用する最初の評価年度。省くと、確定していないはじめの年度(いまの評価年度から)"
    parser.add_argument("--from", dest="since", metavar="R10", help=words)
    options.output(
        parser, "NEW", "新しいマスター。省くとマスターを入れ替え、前のものを「履歴」に残します"
    )
    words = "改訂の理由。定義に理由のないものに付けます(新旧対照表に印字します)"
    parser.add_argument("--reason", metavar="TEXT", default="", help=words)
    words = "何が変わるかだけを示し、何も書きません"
    parser.add_argument("--dry-run", action="store_true", help=words)


def run(args: Namespace) -> int:
    """Return the exit code: 1 if a typed value finds no place."""
    suffix = MACRO_BOOK if args.master.suffix.lower() == MACRO_BOOK else WORKBOOK
    output = workbook_target(args.output, f"{args.master.stem}_改訂{suffix}", suffix)
    about = (args.master, args.definition, args.since, output)
    finish = with_buttons_as(args.master)
    revised = years.revise(*about, reason=args.reason, only_look=args.dry_run, finish=finish)
    lines = revised_lines(revised, args.master)
    printout = Printout(revised_payload(revised), lines, bool(revised.left))
    return show(printout, as_json=args.json)
