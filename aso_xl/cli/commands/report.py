"""``aso-xl report``: the evaluation as a Word document, beside what is there already."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ...domain.checks import Issue, Severity, check
from ...domain.numerals import FiscalYear
from ...domain.settings import ReportKind
from ...errors import AsoError, OutputError
from .. import reissue
from ..each import Outcome, each, opened
from ..findings import finding_lines, has_errors, tally
from ..json.evaluation import issues_payload
from ..reissue_lines import blank_line

SUFFIX: Final = ".docx"
OUTPUTS: Final = "outputs"
ALL: Final = frozenset({"すべて", "all"})
KINDS: Final = {kind.name.lower(): kind for kind in ReportKind} | {k.value: k for k in ReportKind}
"""The kinds as they may be typed: ``annual`` is 年次評価."""

_OTHER_FILES: Final = frozenset({".doc", ".docm", ".dotx", ".pdf", ".odt", ".rtf", ".xlsx", ".txt"})


def run(args: Namespace) -> int:
    """Return the exit code of writing a document per workbook: 1 if their input has errors."""
    if args.update:
        return reissue.update(args)
    kinds = chosen(args.kind)
    _refuse_wrong_target(args.output, len(args.workbooks) * max(1, len(kinds)))

    from ...report.drafts import blank_figures

    def work(path: Path) -> Outcome:
        ledger, round_ = opened(path, args.round)
        issues = check(ledger, round_)
        wanted = kinds or (ledger.settings.kind,)
        written: list[Path] = []
        if args.draft or not has_errors(issues):
            from ...report.make import make

            target = args.output or _outputs(path)
            how = {"draft": args.draft, "with_blanks": args.with_blanks, "base": args.base}
            written = [make(ledger, round_, issues, path, target, kind=k, **how) for k in wanted]
        payload = {
            "output": str(written[0]) if written else None,
            "outputs": list(map(str, written)),
            "kind": wanted[0].value,
            "kinds": [kind.value for kind in wanted],
            **issues_payload(issues),
        }
        renamed = _is_document(args.output) and written != [args.output]
        blanks = 0 if args.with_blanks or not written else blank_figures(ledger, round_)
        lines = [*_lines(path, round_, written, issues, renamed=renamed)]
        lines += [blank_line(blanks)] if blanks else []
        return Outcome(payload, lines, has_errors(issues))

    return each(args.workbooks, work, as_json=args.json)


def chosen(words: list[str] | None) -> tuple[ReportKind, ...]:
    """Return the kinds asked for, each once; () leaves it to 設定. Raises AsoError for others."""
    words = words or []
    if ALL.intersection(words):
        return tuple(ReportKind)
    for word in words:
        if word not in KINDS:
            known = "、".join(kind.value for kind in ReportKind)
            raise AsoError(
                f"--kind に「{word}」は使えません。{known}、すべて のどれかを書いてください。"
            )
    return tuple(dict.fromkeys(KINDS[word] for word in words))


def _is_document(output: Path | None) -> bool:
    return output is not None and output.suffix.lower() == SUFFIX and not output.is_dir()


def _refuse_wrong_target(output: Path | None, documents: int) -> None:
    if output is None or output.is_dir():
        return
    if output.suffix.lower() in _OTHER_FILES:
        raise OutputError(
            f"{output.name} では保存できません。文書名は {SUFFIX} で終わらせてください。"
        )
    if documents > 1 and _is_document(output):
        raise AsoError(
            "文書をいくつも作るときは、-o に文書名ではなくフォルダーを指定してください。"
        )


def _outputs(workbook: Path) -> Path:
    """Return the folder outputs: the one here if there is one, else the one beside the workbook."""
    here = Path(OUTPUTS)
    return here if here.is_dir() else workbook.parent / OUTPUTS


def _lines(
    path: Path,
    round_: FiscalYear,
    written: list[Path],
    issues: tuple[Issue, ...],
    *,
    renamed: bool,
) -> Iterator[str]:
    head = f"{path.name}({round_.label}の評価): "
    if not written:
        yield f"{head}エラーがあるため、文書を作りませんでした({tally(issues)})。"
        yield "  直してからもう一度実行するか、--draft を付けて下書きを作ってください。"
        yield from finding_lines(i for i in issues if i.severity is Severity.ERROR)
        return
    yield from (f"{head}{document} を作りました。" for document in written)
    if renamed:
        yield "  同じ名前の文書があるため、番号を付けました。"
    if has_errors(issues):
        yield "  下書きです。次のエラーが残っています。"
        yield from finding_lines(i for i in issues if i.severity is Severity.ERROR)
    elif issues:
        yield f"  {tally(issues)}。内容は aso-xl check で確かめられます。"
