"""``aso-xl report``: the evaluation as a Word document, beside what is there already."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..checks import Issue, Severity, check
from ..errors import AsoError, OutputError
from ..numerals import FiscalYear
from .each import Outcome, each, opened
from .findings import finding_lines, has_errors, tally
from .payload import issues_payload

SUFFIX: Final = ".docx"
OUTPUTS: Final = "outputs"
_OTHER_FILES: Final = frozenset({".doc", ".docm", ".dotx", ".pdf", ".odt", ".rtf", ".xlsx", ".txt"})


def run(args: Namespace) -> int:
    """Return the exit code of writing a document per workbook: 1 if their input has errors."""
    _refuse_wrong_target(args.output, len(args.workbooks))

    def work(path: Path) -> Outcome:
        ledger, round_ = opened(path, args.round)
        issues = check(ledger, round_)
        written = None
        if args.draft or not has_errors(issues):
            from ..report.making import make

            target = args.output or _outputs(path)
            written = make(ledger, round_, issues, path, target, draft=args.draft, base=args.base)
        payload = {"output": str(written) if written else None, **issues_payload(issues)}
        renamed = _is_document(args.output) and written != args.output
        lines = _lines(path, round_, written, issues, renamed=renamed)
        return Outcome(payload, lines, has_errors(issues))

    return each(args.workbooks, work, as_json=args.json)


def _is_document(output: Path | None) -> bool:
    return output is not None and output.suffix.lower() == SUFFIX and not output.is_dir()


def _refuse_wrong_target(output: Path | None, workbooks: int) -> None:
    if output is None or output.is_dir():
        return
    if output.suffix.lower() in _OTHER_FILES:
        raise OutputError(
            f"{output.name} では保存できません。文書名は {SUFFIX} で終わらせてください。"
        )
    if workbooks > 1 and _is_document(output):
        raise AsoError(
            "ブックがいくつもあるときは、-o に文書名ではなくフォルダーを指定してください。"
        )


def _outputs(workbook: Path) -> Path:
    """Return the folder outputs: the one here if there is one, else the one beside the workbook."""
    here = Path(OUTPUTS)
    return here if here.is_dir() else workbook.parent / OUTPUTS


def _lines(
    path: Path,
    round_: FiscalYear,
    written: Path | None,
    issues: tuple[Issue, ...],
    *,
    renamed: bool,
) -> Iterator[str]:
    head = f"{path.name}({round_.label}の評価): "
    if written is None:
        yield f"{head}エラーがあるため、文書を作りませんでした({tally(issues)})。"
        yield "  直してからもう一度実行するか、--draft を付けて下書きを作ってください。"
        yield from finding_lines(i for i in issues if i.severity is Severity.ERROR)
        return
    yield f"{head}{written} を作りました。"
    if renamed:
        yield "  同じ名前の文書があるため、番号を付けました。"
    if has_errors(issues):
        yield "  下書きです。次のエラーが残っています。"
        yield from finding_lines(i for i in issues if i.severity is Severity.ERROR)
    elif issues:
        yield f"  {tally(issues)}。内容は aso-xl check で確かめられます。"
