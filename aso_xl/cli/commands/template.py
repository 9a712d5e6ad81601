"""``aso-xl template``: a master workbook from a definition."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import DefinitionError, Finding
from ...files.output import safe_name, write_beside
from ...office.suffixes import WORKBOOK
from ...strategies import unsupported
from .. import options
from ..each import Printout, show
from ..targets import workbook_target

if TYPE_CHECKING:
    from ...strategies.definition import Definition


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
    from ...workbook.build.template import build

    definition = _definition(args.strategy, sample=args.sample)
    name = definition.plan.short_title + ("_記入例" if args.sample else "")
    file = safe_name(name) + WORKBOOK
    wanted = workbook_target(args.output, file) or Path(file)
    package = build(definition, sample=args.sample)
    path = write_beside(wanted, lambda stream: stream.write(package))
    lines = [f"{path} を作りました。"]
    if path != wanted:
        lines.append("  同じ名前のブックがあるため、番号を付けました。")
    return show(Printout({"output": str(path)}, lines), as_json=args.json)


def _definition(name: str, *, sample: bool) -> Definition:
    """Return the definition, packaged, in TOML or in a definition workbook.

    Raise DefinitionError for whatever is wrong in it, and for what the sheets do not know.
    """
    from ...defining import opened
    from ...strategies.definition import examine
    from ...workbook.build import given_settings

    found: list[Finding] = []
    if opened.is_workbook(name):
        if sample:
            raise DefinitionError(
                "定義ブックには記入例がありません。--sample を付けずに作ってください。"
            )
        definition = opened.load(name).definition
    else:
        definition, found = examine(name, sample=sample)
    found = found or list(unsupported.misfits(definition.plan, Path(name).name))
    found += given_settings.misfits(definition, Path(name).name)
    if found:
        raise DefinitionError(findings=found)
    return definition
