"""``aso-xl base``: checks a base document of staff's own, or hands out the packaged one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...console import paragraphs
from ...errors import AsoError
from .. import options
from ..each import Printout, show
from ..saved_file import save
from ..targets import document_target

if TYPE_CHECKING:
    from ...report.base.lint import BaseFinding

NAME: Final = "ひな形.docx"


def arguments(parser: ArgumentParser) -> None:
    """Declare the document to check, or where the packaged one goes."""
    options.as_json(parser)
    words = "確かめるひな形(.docx)"
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help=words)
    options.output(parser, "FILE", "標準のひな形を保存する文書名(.docx)")


def run(args: Namespace) -> int:
    """Return the exit code: of a check 1 if anything was found, of a copy 0."""
    if (args.file is None) == (args.output is None):
        raise AsoError(
            "確かめるひな形(.docx)か、標準のひな形を保存する -o ファイル名のどちらか一方を"
            "指定してください。"
        )
    return _checked(args.file, args) if args.file else _copied(args.output, args)


def _checked(path: Path, args: Namespace) -> int:
    from ...report.base.lint import left_out, lint
    from ...report.base.open import read_base

    word = read_base(path)
    findings, unseen = lint(word), left_out(word)
    payload = {"findings": [asdict(finding) for finding in findings], "left_out": unseen}
    lines = _lines(path, findings, unseen)
    return show(Printout(payload, lines, bool(findings)), as_json=args.json)


def _lines(path: Path, findings: tuple[BaseFinding, ...], unseen: list[str]) -> Iterator[str]:
    count = f"直すところが{len(findings)}件あります" if findings else "直すところはありません"
    yield f"{path.name}: {count}。"
    yield from paragraphs((f"  {each.place}: {each.message}" for each in findings), 4)
    if unseen and not findings:
        line = f"  「{{{{本文}}}}」がないため、次の部分は文書に出ません: {'、'.join(unseen)}"
        yield from paragraphs((line,), 4)


def _copied(output: Path, args: Namespace) -> int:
    from ...report.base.open import PACKAGED

    wanted = document_target(output, NAME)
    content = PACKAGED.read_bytes()
    then = "Wordで開き、見本の説明を見て直してください。"
    return save(wanted, content, "文書", then, as_json=args.json)
