"""What the buttons do with the live workbook; each takes an xlwings Book and returns what to say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from ...domain.checks import Issue
from ...domain.checks.groups import grouped
from ...job_words import NO_FINDING, in_bulk, tally
from ...jobs import inputs, reports
from .. import word_window
from ..draft_questions import wish
from . import cross_check, findings_sheet, live
from .application import ask, manual_calculation

READ_ONLY: Final = "このブックは読み取り専用か共有中のため、結果をシートに書き込んでいません。"
SHOWN: Final = 8
"""Errors that a question quotes."""


def check(book: Any) -> str:
    """Check what is typed, list the findings in 検証結果, colour the cells; return the counts."""
    return _listed(book, _input(book))


def calculate(book: Any) -> str:
    """Count with Python, write the counts into 集計; return where the sheet's formulas differ."""
    book.app.calculate()
    given = _input(book)
    summary = inputs.evaluate(given)
    different = cross_check.differences(given.ledger, summary)
    if not live.is_writable(book):
        return f"{cross_check.counted(summary)}\n{READ_ONLY}"
    with manual_calculation(book.app):
        cross_check.write(book, given.ledger, summary, different)
    return cross_check.words(summary, different)


def report(book: Any) -> str | None:
    """Check, count, write the document beside the workbook and open it in Word.

    Errors stop it; the list is shown and a draft is offered.
    """
    place = live.document_place(book)
    given = _input(book, place)
    question, stopping = "", reports.stopping_of(given)
    if stopping:
        listed = _listed(book, given)
        question = f"{listed}\n{_first(stopping)}\n\n下書きとして作成しますか。"
    mode = "critical" if stopping else "info"
    wanted = wish(
        bool(stopping), lambda: reports.blanks_of(given), lambda q: ask(book.app, q, mode), question
    )
    if wanted is None:
        return None
    place.parent.mkdir(parents=True, exist_ok=True)
    folder, draft, final = inputs.outputs_of(place), wanted.draft, wanted.with_blanks
    reported = reports.report(given, folder, draft=draft, with_blanks=final)
    (written,) = reported.documents
    is_open = word_window.show(written)
    return f"{written} を作成しました。" + ("" if is_open else "\nWord で開いて確かめてください。")


def _input(book: Any, place: Path | None = None) -> inputs.Input:
    return inputs.in_round(place or Path(str(book.name)), live.ledger_of(book))


def _listed(book: Any, given: inputs.Input) -> str:
    """Write the findings where that is allowed; return the sentence that counts them."""
    issues = inputs.check(given)
    counts = "\n".join([tally(issues), *(f"・{heading}" for heading in in_bulk(issues))])
    if not live.is_writable(book):
        return f"{counts}\n{READ_ONLY}"
    with manual_calculation(book.app):
        findings_sheet.write(book, given.ledger, issues)
    return f"{counts}\n" + ("「検証結果」シートに一覧があります。" if issues else f"{NO_FINDING}。")


def _first(errors: Sequence[Issue]) -> str:
    """Return the first errors as they fit; what is there often is one line."""
    lines = [
        (f"・{text}", number)
        for group in grouped(errors)
        for text, number in (
            [(group.heading, len(group.issues))]
            if group.is_many
            else [(issue.message, 1) for issue in group.issues]
        )
    ]
    more = sum(number for _, number in lines[SHOWN:])
    shown = [text for text, _ in lines[:SHOWN]]
    return "\n".join([*shown, *([f"ほか{more}件"] if more > 0 else [])])
