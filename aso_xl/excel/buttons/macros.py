"""What the buttons do, on the live workbook. Each takes an xlwings Book and shows its own dialogs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from ...domain import checks
from ...domain.checks import Issue, Severity
from ...domain.entry import actuals
from ...domain.ledger import Ledger
from ...domain.summary import Summary, summarize
from ..blanks import final_with_blanks
from . import cross_check, findings_sheet, live
from .session import alert, macro, manual_calculation

READ_ONLY = "このブックは読み取り専用か共有中のため、結果をシートに書き込んでいません。"
SHOWN = 8


@macro("入力チェック中です…")
def check(book: Any) -> str:
    """Check what is typed, list the findings in 検証結果, colour the cells; return the counts."""
    ledger = live.ledger_of(book)
    issues = checks.check(ledger, ledger.settings.round)
    return _listed(book, ledger, issues)


@macro("集計しています…")
def calculate(book: Any) -> str:
    """Count with Python, write the counts into 集計; return where the sheet's formulas differ."""
    book.app.calculate()
    ledger = live.ledger_of(book)
    summary = _summary(ledger)
    found = cross_check.differences(ledger, summary)
    if not live.is_writable(book):
        return f"{cross_check.counted(summary)}\n{READ_ONLY}"
    with manual_calculation(book.app):
        cross_check.write(book, ledger, summary, found)
    return cross_check.words(summary, found)


@macro("Word文書を作成しています…")
def report(book: Any) -> str | None:
    """Check, count, write the document beside the workbook and open it in Word.

    Errors stop it; the list is shown and a draft is offered.
    """
    from ...report.drafts import blank_figures
    from ...report.make import make

    folder = live.outputs_folder(book)
    ledger = live.ledger_of(book)
    issues = checks.check(ledger, ledger.settings.round)
    errors = [issue for issue in issues if issue.severity is Severity.ERROR]
    if errors:
        listed = _listed(book, ledger, issues)
        question = f"{listed}\n{_first(errors)}\n\n下書きとして作成しますか。"
        if alert(book.app, question, "critical", "yes_no") != "yes":
            return None
    round_ = ledger.settings.round
    with_blanks = not errors and final_with_blanks(
        blank_figures(ledger, round_),
        lambda question: alert(book.app, question, "info", "yes_no") == "yes",
    )
    folder.parent.mkdir(parents=True, exist_ok=True)
    workbook = folder.parent / str(book.name)
    draft = bool(errors)
    written = make(ledger, round_, issues, workbook, folder, draft=draft, with_blanks=with_blanks)
    opened = _open(written)
    return f"{written} を作成しました。" + ("" if opened else "\nWord で開いて確かめてください。")


def _summary(ledger: Ledger) -> Summary:
    return summarize(ledger.plan, actuals(ledger), ledger.settings.round, ledger.settings)


def _listed(book: Any, ledger: Ledger, issues: tuple[Issue, ...]) -> str:
    """Write the findings where that is allowed; return the sentence that counts them."""
    counts = checks.counts(issues)
    words = ((Severity.ERROR, "エラー"), (Severity.WARNING, "警告"), (Severity.INFO, "情報"))
    counted = "、".join(f"{word} {counts[severity.value]}件" for severity, word in words)
    if not live.is_writable(book):
        return f"{counted}\n{READ_ONLY}"
    with manual_calculation(book.app):
        findings_sheet.write(book, ledger, issues)
    place = "「検証結果」シートに一覧があります。" if issues else "指摘はありません。"
    return f"{counted}\n{place}"


def _first(errors: list[Issue]) -> str:
    lines = [f"・{issue.message}" for issue in errors[:SHOWN]]
    more = len(errors) - SHOWN
    return "\n".join([*lines, *([f"ほか{more}件"] if more > 0 else [])])


def _open(document: Path) -> bool:
    """Open the document with Word, where there is one."""
    if sys.platform != "win32":
        return False
    os.startfile(document)
    return True
