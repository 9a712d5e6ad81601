"""From a checked workbook to its document on disk, beside what stands there already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from ..domain.checks import Issue
from ..domain.confirming import day_of, printed
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.settings import ReportKind
from ..domain.text import name_of
from ..errors import BaseDocumentError, OutputError
from ..files.output import cannot_save, safe_name, write_beside
from ..office.suffixes import DOCUMENT, names_document
from .content.blocks import Document
from .content.documents import as_internal, report
from .content.sections.draft_words import DRAFT_WORDS
from .content.sections.wording import unnumbered
from .drafts import draft_of
from .word.word import Comments, write

WITH_NOTES: Final = "根拠入り"
"""At the end of the name of an internal edition."""


def make(
    ledger: Ledger,
    round_: FiscalYear,
    issues: tuple[Issue, ...],
    workbook: Path,
    target: Path,
    *,
    draft: bool = False,
    with_blanks: bool = False,
    base: Path | None = None,
    kind: ReportKind | None = None,
    comments: Callable[[Document], Comments] | None = None,
) -> Path:
    """Return the path of the report written to ``target``: a .docx, or a folder (made if missing).

    The workbook's path gives the name, and the place of a base document named in 設定, over which
    ``base`` goes, as ``kind`` goes over the one chosen there. It says 下書き if it is to be a
    ``draft``, or figures are not entered and it is not to be final ``with_blanks``. With
    ``comments``, which gives those of a report, it is an internal edition. Nothing is overwritten.
    Raise BaseDocumentError and OutputError.
    """
    own = printed(ledger, round_)
    looks = base or chosen_base(own, workbook)
    kind = kind or own.settings.kind
    day = (None if kind.is_of_plan else day_of(ledger, round_)) or dt.date.today()
    state = draft_of(ledger, round_, issues, kind, asked=draft, with_blanks=with_blanks)
    made = report(
        ledger,
        round_,
        kind,
        draft=state.is_draft,
        errors=state.errors,
        blanks=state.blanks,
        workbook=workbook.name,
        made_on=day_in_words(day),
    )
    beside = comments(made) if comments else {}
    made = as_internal(made) if comments else made
    path = target
    if not names_document(target):
        states = [DRAFT_WORDS] * state.is_draft + [WITH_NOTES] * bool(comments)
        path = made_folder(target) / document_name(own, round_, workbook, kind, states)
    return write_beside(path, lambda stream: write(made, stream, looks, beside))


def document_name(
    ledger: Ledger,
    round_: FiscalYear,
    workbook: Path,
    kind: ReportKind,
    states: Sequence[str] = (),
) -> str:
    """Return 「workbook_heading_kind_round.docx」, without the heading's section number.

    The plain kind, 検証, is not named; what is of the strategy alone has no heading. ``states`` stand
    at the end.
    """
    heading = unnumbered(ledger.settings.heading)[:40] or ReportKind.VERIFICATION.value
    named = [] if kind.is_of_plan else [heading]
    named += [] if kind is ReportKind.VERIFICATION else [kind.value]
    words = [workbook.stem, *named, str(round_)]
    return safe_name("_".join((*words, *states))) + DOCUMENT


def day_in_words(day: dt.date) -> str:
    """Return a day as printed: 「令和8年5月1日」; eras change on days, the year is taken whole."""
    year = FiscalYear(day.year).label.removesuffix("度")
    return f"{year}{day.month}月{day.day}日"


def chosen_base(ledger: Ledger, workbook: Path) -> Path | None:
    """Return the base document named in 設定; it stands beside the workbook and nowhere else."""
    name = ledger.settings.base_document
    if not name:
        return None
    if set(name) & set("/\\:") or name in {".", ".."}:
        raise BaseDocumentError(
            "設定の「Word文書のひな形」にはファイル名だけを書き、"
            f"そのファイルを {workbook.name} と同じフォルダーに置いてください。"
        )
    return _looking_like(workbook.with_name(name))


def _looking_like(wanted: Path) -> Path:
    """Return the file at the path, or the one beside it whose name looks the same (a Mac's が)."""
    if not wanted.exists():
        with suppress(OSError):
            beside = sorted(wanted.parent.iterdir())
            return next((p for p in beside if name_of(p.name) == name_of(wanted.name)), wanted)
    return wanted


def made_folder(folder: Path) -> Path:
    """Return the folder, made if it is missing. Raise OutputError."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(cannot_save(folder, error)) from None
    return folder
