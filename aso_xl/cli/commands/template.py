"""``aso-xl template``: a master workbook from a definition."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ...files.output import safe_name
from ...office.suffixes import WORKBOOK
from .. import options
from ..saved_file import save
from ..targets import workbook_target


def arguments(parser: ArgumentParser) -> None:
    """Declare which strategy, where to, and whether with example figures."""
    options.as_json(parser)
    parser.add_argument(
        "--strategy",
        default="third",
        metavar="third|second|FILE",
        help="総合戦略。第3期、第2期、定義ファイル、または定義ブック(省くと第3期)",
    )
    options.output(parser, "FILE", "保存先のブック名(.xlsx)")
    parser.add_argument("--sample", action="store_true", help="記入例(架空の値)を入れて作ります")


def run(args: Namespace) -> int:
    """Return the exit code of building the workbook, which replaces nothing."""
    from ...defining.buildable import buildable
    from ...workbook.build.template import build

    definition = buildable(args.strategy, sample=args.sample)
    name = definition.plan.short_title + ("_記入例" if args.sample else "")
    file = safe_name(name) + WORKBOOK
    wanted = workbook_target(args.output, file) or Path(file)
    package = build(definition, sample=args.sample)
    return save(wanted, package, "ブック", as_json=args.json)
