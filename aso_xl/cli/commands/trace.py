"""``aso-xl trace``: from which cell every printed figure comes, who delivered it, how it was computed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ...errors import AsoError
from ...jobs import edited_documents, evidence, inputs, reports
from .. import options
from ..each import Printout, show
from ..json.evidence import traced_payload
from ..kinds import ALL, chosen, kind_option
from ..targets import workbook_target
from ..trace_lines import traced_lines


def arguments(parser: ArgumentParser) -> None:
    """Declare the workbook, the document if one is meant, and where the list goes."""
    options.as_json(parser)
    parser.add_argument("workbook", type=Path, metavar="WORKBOOK", help="評価ブック(.xlsx)")
    words = (
        "この文書(.docx)にある数字の根拠を示します。省くと、ブックから作る文書(年次評価)のものです"
    )
    parser.add_argument("document", type=Path, nargs="?", metavar="DOC", help=words)
    parser.add_argument("--round", metavar="R10", help="評価年度。省くとブックの設定によります")
    kind_option(
        parser, "文書の種類。繰り返すか「すべて」と書くと、いくつも調べます。省くと年次評価です"
    )
    words = "一覧のブック名(.xlsx)かフォルダー。省くと、ブックの横の 根拠一覧.xlsx"
    options.output(parser, "FILE", words)


def run(args: Namespace) -> int:
    """Return the exit code: 1 if a figure of a document is another one in the workbook now."""
    beside = args.workbook.with_name(evidence.TRACE_TABLE)
    target = workbook_target(args.output, evidence.TRACE_TABLE) or beside
    kinds = chosen(args.kind)
    if args.document is None:
        given = inputs.input_of(args.workbook, args.round)
        every = reports.kinds_of(given) if ALL.intersection(args.kind or ()) else kinds
        traced = evidence.trace(given, target, every)
    elif kinds:
        raise AsoError("文書を指定したときは、--kind は使えません。種類は文書のままです。")
    else:
        pair = edited_documents.pair(args.document, args.workbook, args.round)
        traced = evidence.trace_document(pair, target)
    printout = Printout(traced_payload(traced), traced_lines(traced), bool(traced.stale))
    return show(printout, as_json=args.json)
