"""``aso-xl check``: all findings in the input of a workbook, or what in a document is out of date."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path

from ...errors import AsoError
from ...jobs import edited_documents, inputs
from ...office.suffixes import DOCUMENT
from .. import options
from ..each import Printout, each, show
from ..findings import EVERY, finding_lines, tally
from ..json.evaluation import issues_payload


def arguments(parser: ArgumentParser) -> None:
    """Declare the workbooks; or a document and the workbook it is compared with."""
    options.workbooks(parser)
    words = "文書(.docx)の数字が古くないかを、このブックと比べて示します"
    every = "同じ指摘が多くても、まとめずに 1 件ずつ示します"
    parser.add_argument(EVERY, dest="every", action="store_true", help=every)
    parser.add_argument("--against", type=Path, metavar="WORKBOOK", help=words)


def run(args: Namespace) -> int:
    """Return the exit code: 1 if there is an error, or a document is out of date."""
    if args.against or _are_documents(args.workbooks):
        return _compare(args)
    return each(args.workbooks, partial(_checked, args.round, args.every), as_json=args.json)


def _checked(wanted: str | None, every: bool, path: Path) -> Printout:
    given = inputs.input_of(path, wanted)
    issues = inputs.check(given)
    head = f"{path.name}({given.round.label}の評価): {tally(issues)}"
    lines = [head, *finding_lines(issues, every=every)]
    return Printout(issues_payload(issues), lines, bool(given.errors))


def _compare(args: Namespace) -> int:
    from ..document_lines import compared_lines
    from ..json.documents import compared_payload

    document = args.workbooks[0]
    _require_both(args)
    pair = edited_documents.pair(document, args.against, args.round)
    compared = edited_documents.compare(pair)
    payload = compared_payload(document, args.against, compared)
    bad = bool(compared.renewal.renewed or compared.renewal.missing)
    return show(Printout(payload, compared_lines(pair, compared), bad), as_json=args.json)


def _require_both(args: Namespace) -> None:
    """Raise AsoError unless exactly a document and its workbook are named."""
    example = "(例: aso-xl check 文書.docx --against ブック.xlsx)。"
    if args.against is None:
        raise AsoError(
            f"{args.workbooks[0].name} は文書です。"
            f"比べるブックを --against に続けて指定してください{example}"
        )
    if len(args.workbooks) != 1 or not _are_documents(args.workbooks):
        raise AsoError(f"--against では、比べる文書(.docx)を 1 つだけ先に書いてください{example}")


def _are_documents(paths: list[Path]) -> bool:
    return all(path.suffix.lower() == DOCUMENT for path in paths)
