"""``aso-xl report``: the evaluation as a Word document, new or a document of staff's renewed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path

from ...domain.settings import ReportKind
from ...errors import AsoError
from ...jobs import edited_documents, inputs, reports
from ...office.suffixes import names_document
from .. import options
from ..document_lines import renewed_lines, report_lines
from ..each import Printout, each, show
from ..json.documents import renewed_payload, report_payload
from ..kinds import ALL, chosen, kind_option
from ..targets import renewed_target, require_room


def arguments(parser: ArgumentParser) -> None:
    """Declare the workbooks, what documents are made of them, and where."""
    options.workbooks(parser)
    words = (
        "保存先の文書名(.docx)またはフォルダー。"
        "省くと、いまのフォルダーかブックの隣の outputs に保存します"
    )
    options.output(parser, "FILE|DIR", words)
    words = "エラーがあっても「下書き」と記して作ります"
    parser.add_argument("--draft", action="store_true", help=words)
    words = "未入力があっても「下書き」と記しません(付けなければ、未入力のある文書は下書きです)"
    parser.add_argument("--with-blanks", action="store_true", help=words)
    words = (
        "文書の種類。繰り返すか「すべて」と書くと、いくつも作ります。省くとブックの設定によります"
    )
    kind_option(parser, words)
    words = "数字の根拠をコメントで付けた内部用の文書を作ります(公表する文書には付けません)"
    parser.add_argument("--notes", action="store_true", help=words)
    words = "職員が直した文書の数字・表・図だけを新しくし、文書の隣に番号を付けて保存します"
    parser.add_argument("--update", type=Path, metavar="FILE", help=words)
    parser.add_argument("--base", type=Path, metavar="FILE", help="独自のひな形(.docx)を使います")


def run(args: Namespace) -> int:
    """Return the exit code of writing a document per workbook and kind: 1 if there are errors."""
    if args.update:
        return _renew(args)
    kinds = chosen(args.kind)
    require_room(args.output, len(args.workbooks) * max(1, len(kinds)))
    stems = {path.stem.casefold() for path in args.workbooks}
    at_once = len(stems) == len(args.workbooks)  # else numbers would go by who is first
    work = partial(_reported, args, kinds)
    return each(args.workbooks, work, as_json=args.json, at_once=at_once)


def _reported(args: Namespace, kinds: tuple[ReportKind, ...], path: Path) -> Printout:
    how = {
        "draft": args.draft,
        "with_blanks": args.with_blanks,
        "base": args.base,
        "notes": args.notes,
    }
    given = inputs.input_of(path, args.round)
    target = args.output or inputs.outputs_of(path, here=Path())
    if ALL.intersection(args.kind or ()):
        kinds = reports.kinds_of(given)
    reported = reports.report(given, target, kinds, **how)
    renamed = names_document(target) and reported.documents != (target,)
    lines = [*report_lines(reported, renamed=renamed)]
    return Printout(report_payload(reported), lines, bool(reported.stopping))


def _renew(args: Namespace) -> int:
    """Return the exit code of renewing a document: 1 if places are missing or the input is wrong."""
    _refuse_choices(args)
    target = renewed_target(args.output, args.update)
    pair = edited_documents.pair(args.update, args.workbooks[0], args.round)
    renewed = edited_documents.renew(pair, target, draft=args.draft, with_blanks=args.with_blanks)
    lines = [*renewed_lines(pair, renewed)]
    bad = bool(renewed.renewal.missing or pair.errors)
    return show(Printout(renewed_payload(pair, renewed), lines, bad), as_json=args.json)


def _refuse_choices(args: Namespace) -> None:
    """Raise AsoError for what a document to be renewed says itself."""
    if len(args.workbooks) != 1:
        raise AsoError("--update では、ブックを 1 つだけ指定してください。")
    if args.notes:
        raise AsoError(
            "--update と --notes は一緒に使えません。内部用の文書は、--update を付けずに作ってください。"
        )
    for option, why in (("base", "見た目は文書のまま"), ("kind", "種類は文書のまま")):
        if getattr(args, option, None) is not None:
            raise AsoError(
                f"--update と --{option} は一緒に使えません。{why}です。"
                "変えるときは、--update を付けずに新しく作ってください。"
            )
