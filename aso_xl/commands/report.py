"""``aso-xl report``: the evaluation as a Word document, beside what is there already."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..checks import Issue, Severity, check
from ..entry import actuals
from ..errors import AsoError, BaseDocumentError, OutputError
from ..ledger import Ledger
from ..numerals import FiscalYear
from ..output import cannot_save, safe_name, write_beside
from ..summary import summarize
from .each import Outcome, each, opened
from .findings import finding_lines, has_errors, tally
from .payload import issues_payload

SUFFIX: Final = ".docx"
OUTPUTS: Final = "outputs"
_SECTION_NUMBER: Final = re.compile(r"^\s*\d+[.．、]\s*")
_OTHER_FILES: Final = frozenset({".doc", ".docm", ".dotx", ".pdf", ".odt", ".rtf", ".xlsx", ".txt"})


def run(args: Namespace) -> int:
    """Return the exit code of writing a document per workbook: 1 if their input has errors."""
    if len(args.workbooks) > 1 and args.output and _is_file(args.output):
        raise AsoError(
            "ブックがいくつもあるときは、-o に文書名ではなくフォルダーを指定してください。"
        )

    def work(path: Path) -> Outcome:
        ledger, round_ = opened(path, args.round)
        issues = check(ledger, round_)
        written = None
        if args.draft or not has_errors(issues):
            target = _target(args.output, path, _name(path, ledger, round_, draft=args.draft))
            base = args.base or _own_base(path, ledger)
            written = Written(target, _write(ledger, round_, issues, target, base, args.draft))
        payload = {"output": str(written.path) if written else None, **issues_payload(issues)}
        return Outcome(payload, _lines(path, round_, written, issues), has_errors(issues))

    return each(args.workbooks, work, as_json=args.json)


@dataclass(frozen=True)
class Written:
    """Where a document was wanted and where it went."""

    wanted: Path
    path: Path


def _write(
    ledger: Ledger,
    round_: FiscalYear,
    issues: tuple[Issue, ...],
    target: Path,
    base: Path | None,
    draft: bool,
) -> Path:
    from ..report import content, word

    summary = summarize(ledger.plan, actuals(ledger), round_, ledger.settings)
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    document = content.document(ledger, summary, draft=draft, errors=errors)
    return write_beside(target, lambda stream: word.write(document, stream, base))


def _lines(
    path: Path, round_: FiscalYear, written: Written | None, issues: tuple[Issue, ...]
) -> Iterator[str]:
    head = f"{path.name}({round_.label}の評価): "
    if written is None:
        yield f"{head}エラーがあるため、文書を作りませんでした({tally(issues)})。"
        yield "  直してからもう一度実行するか、--draft を付けて下書きを作ってください。"
        yield from finding_lines(i for i in issues if i.severity is Severity.ERROR)
        return
    yield f"{head}{written.path} を作りました。"
    if written.path != written.wanted:
        yield "  同じ名前の文書があるため、番号を付けました。"
    if has_errors(issues):
        yield "  下書きです。次のエラーが残っています。"
        yield from finding_lines(i for i in issues if i.severity is Severity.ERROR)
    elif issues:
        yield f"  {tally(issues)}。内容は aso-xl check で確かめられます。"


def _name(path: Path, ledger: Ledger, round_: FiscalYear, *, draft: bool) -> str:
    heading = _SECTION_NUMBER.sub("", ledger.settings.heading)[:40]
    words = [path.stem, heading or "検証", str(round_)]
    return safe_name("_".join(words + (["下書き"] if draft else []))) + SUFFIX


def _is_file(output: Path) -> bool:
    return output.suffix.lower() == SUFFIX and not output.is_dir()


def _target(output: Path | None, workbook: Path, name: str) -> Path:
    """Return where the document is wanted; a folder that was asked for is made."""
    if output is not None and _is_file(output):
        return output
    if output is not None and output.suffix.lower() in _OTHER_FILES and not output.is_dir():
        raise OutputError(
            f"{output.name} では保存できません。文書名は {SUFFIX} で終わらせてください。"
        )
    folder = output or _outputs(workbook)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(cannot_save(folder, error)) from None
    return folder / name


def _outputs(workbook: Path) -> Path:
    """Return the folder outputs: the one here if there is one, else the one beside the workbook."""
    here = Path(OUTPUTS)
    return here if here.is_dir() else workbook.parent / OUTPUTS


def _own_base(workbook: Path, ledger: Ledger) -> Path | None:
    """Return the base document named in 設定; it stands beside the workbook and nowhere else."""
    name = ledger.settings.base_document
    if not name:
        return None
    if set(name) & set("/\\:") or name in {".", ".."}:
        raise BaseDocumentError(
            f"設定の「Word文書のひな形」にはファイル名だけを書き、{workbook.name} と同じフォルダーに置いてください。"
        )
    return workbook.with_name(name)
