"""From a checked workbook to its document on disk, beside what stands there already."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from ..checks import Issue, Severity
from ..entry import actuals
from ..errors import BaseDocumentError, OutputError
from ..ledger import Ledger
from ..numerals import FiscalYear
from ..output import cannot_save, safe_name, write_beside
from ..summary import summarize
from .content import DRAFT_WORDS, document
from .word import write

SUFFIX: Final = ".docx"
_SECTION_NUMBER: Final = re.compile(r"^\s*\d+[.．、]\s*")


def make(
    ledger: Ledger,
    round_: FiscalYear,
    issues: tuple[Issue, ...],
    workbook: Path,
    target: Path,
    *,
    draft: bool = False,
    base: Path | None = None,
) -> Path:
    """Return the path of the report written to ``target``: a .docx, or a folder (made if missing).

    The workbook's path gives the name, and the place of a base document named in 設定, over which
    ``base`` goes. Nothing is overwritten. Raises BaseDocumentError and OutputError.
    """
    looks = base or own_base(ledger, workbook)
    summary = summarize(ledger.plan, actuals(ledger), round_, ledger.settings)
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    report = document(ledger, summary, draft=draft, errors=errors)
    path = target
    if not is_document(target):
        path = _folder(target) / document_name(ledger, round_, workbook, draft=draft)
    return write_beside(path, lambda stream: write(report, stream, looks))


def is_document(target: Path) -> bool:
    """Return whether a target names a document rather than a folder."""
    return target.suffix.lower() == SUFFIX and not target.is_dir()


def document_name(ledger: Ledger, round_: FiscalYear, workbook: Path, *, draft: bool) -> str:
    """Return 「workbook_heading_round.docx」, without the heading's section number."""
    heading = _SECTION_NUMBER.sub("", ledger.settings.heading)[:40]
    words = [workbook.stem, heading or "検証", str(round_)]
    return safe_name("_".join(words + ([DRAFT_WORDS] if draft else []))) + SUFFIX


def own_base(ledger: Ledger, workbook: Path) -> Path | None:
    """Return the base document named in 設定; it stands beside the workbook and nowhere else."""
    name = ledger.settings.base_document
    if not name:
        return None
    if set(name) & set("/\\:") or name in {".", ".."}:
        raise BaseDocumentError(
            "設定の「Word文書のひな形」にはファイル名だけを書き、"
            f"そのファイルを {workbook.name} と同じフォルダーに置いてください。"
        )
    return workbook.with_name(name)


def _folder(folder: Path) -> Path:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(cannot_save(folder, error)) from None
    return folder
