"""Options that several commands have, said in the same words in each."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path


def as_json(parser: ArgumentParser) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help="結果を JSON で出力します")


def actions(parser: ArgumentParser) -> Callable[[str, str], ArgumentParser]:
    """Have the command do one of several things; return what adds one: its name, its help."""
    things = parser.add_subparsers(
        dest="action", metavar="ACTION", required=True, title="すること", help="することを選びます"
    )

    def action(name: str, words: str) -> ArgumentParser:
        added: ArgumentParser = things.add_parser(name, help=words, description=words)
        as_json(added)
        return added

    return action


def workbooks(parser: ArgumentParser) -> None:
    """Add one or more workbooks and the round in which they are evaluated."""
    as_json(parser)
    parser.add_argument(
        "workbooks", type=Path, nargs="+", metavar="WORKBOOK", help="評価ブック(.xlsx)。いくつでも"
    )
    parser.add_argument("--round", metavar="R10", help="評価年度。省くとブックの設定によります")


def master(parser: ArgumentParser) -> None:
    """Add the one workbook that holds the whole plan."""
    as_json(parser)
    parser.add_argument("master", type=Path, metavar="MASTER", help="評価ブック(.xlsx)")


def places(parser: ArgumentParser, metavar: str) -> None:
    """Add where workbooks that came back are looked for."""
    words = "提出されたブックのフォルダー、またはブック。いくつでも"
    parser.add_argument("places", type=Path, nargs="+", metavar=metavar, help=words)


def output(parser: ArgumentParser, metavar: str, words: str, *, required: bool = False) -> None:
    """Add ``-o``: where the result is saved."""
    names = ("-o", "--output")
    parser.add_argument(*names, type=Path, required=required, metavar=metavar, help=words)
