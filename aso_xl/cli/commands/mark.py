"""``aso-xl mark``: a copy of a workbook with the findings written in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ...console import paragraphs
from ...jobs import definitions, inputs
from .. import options
from ..each import Printout, show
from ..findings import tally
from ..json.evaluation import issues_payload
from ..targets import workbook_target
from . import definition


def arguments(parser: ArgumentParser) -> None:
    """Declare the workbook, its round, and where the copy goes."""
    options.as_json(parser)
    words = "評価ブック、課に配ったブック、または定義ブック(.xlsx)"
    parser.add_argument("workbook", type=Path, metavar="WORKBOOK", help=words)
    parser.add_argument("--round", metavar="R10", help="評価年度。省くとブックの設定によります")
    options.output(parser, "FILE", "指摘を書き込んだ写しの名前", required=True)


def run(args: Namespace) -> int:
    """Return the exit code: 1 if there is an error."""
    if definitions.is_definition(args.workbook):
        about = {"definition": str(args.workbook), "output": args.output, "against": None}
        return definition.check(Namespace(**about, json=args.json))
    path: Path = args.workbook
    target = workbook_target(args.output, path.name, path.suffix)
    marked = inputs.mark(inputs.input_of(path, args.round), target or path)
    issues = marked.given.issues
    payload = {**issues_payload(issues), "output": str(marked.path)}
    lines = [
        f"{path.name}({marked.given.round.label}の評価): {tally(issues)}",
        f"{marked.path} を作りました。「検証結果」シートの「場所」から、色のついた欄へ移れます。",
    ]
    return show(
        Printout(payload, paragraphs(lines, 4), bool(marked.given.errors)), as_json=args.json
    )
