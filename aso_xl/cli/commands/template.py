"""``aso-xl template``: a master workbook from a definition."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ...errors import AsoError
from ...files.output import safe_name
from ...jobs import masters
from ...office.suffixes import WORKBOOK
from .. import options
from ..each import Printout, show
from ..json.years import succeeded_payload
from ..saved_file import save
from ..targets import named, workbook_target
from ..year_lines import succeeded_lines


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
    words = "前の総合戦略の評価ブック。続く指標の基準値の案を最後の実績から入れ、前の総合戦略の検証も作ります"
    parser.add_argument("--after", type=Path, metavar="MASTER", help=words)
    parser.add_argument("--sample", action="store_true", help="記入例(架空の値)を入れて作ります")


def run(args: Namespace) -> int:
    """Return the exit code of building the workbook, which replaces nothing."""
    if args.after:
        return _after(args)
    from ...defining.buildable import buildable
    from ...workbook.build.template import build

    definition = buildable(args.strategy, sample=args.sample)
    name = definition.plan.short_title + ("_記入例" if args.sample else "")
    package = build(definition, sample=args.sample)
    return save(_wanted(args.output, name), package, "ブック", as_json=args.json)


def _after(args: Namespace) -> int:
    """Return the exit code of building the workbook of the next strategy: 1 if its 検証 has errors."""
    if args.sample:
        raise AsoError("--after と --sample は一緒に使えません。--sample を外してください。")
    output = args.output or Path()
    wanted = output if output.is_dir() else named(output, WORKBOOK, "ブック名")
    made = masters.succeed(args.strategy, args.after, wanted)
    lines = [*succeeded_lines(made, renamed=wanted not in (made.path, made.path.parent))]
    bad = bool(made.verification.stopping)
    return show(Printout(succeeded_payload(made), lines, bad), as_json=args.json)


def _wanted(output: Path | None, name: str) -> Path:
    file = safe_name(name) + WORKBOOK
    return workbook_target(output, file) or Path(file)
