"""A document and the workbook whose report it is, brought together for renewing and comparing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ...domain.checks import Issue, check, stopping
from ...domain.ledger import Ledger
from ...domain.numerals import FiscalYear
from ...domain.settings import ReportKind
from ...errors import DocumentFileError
from ...files.output import write_beside
from ..content.blocks import Document
from ..content.documents import as_internal, report
from ..content.origin_record import MADE_ON, WORKBOOK
from ..content.sections.draft_words import DraftState
from ..drafts import blank_figures, draft_of
from .banners import says_draft, says_internal
from .belongs import kind_of, round_of
from .changes import Renewal
from .edited_document import OpenedDocument
from .renewal import renew

_NUMBER: Final = re.compile(r" \(\d+\)$")


@dataclass(frozen=True)
class Pair:
    """A document and the workbook whose report it is, with what the checks find in its round."""

    document: OpenedDocument
    ledger: Ledger
    round: FiscalYear
    workbook: Path
    issues: tuple[Issue, ...]

    @property
    def kind(self) -> ReportKind:
        """Return the document's own kind. Raise DocumentFileError for one that there is not."""
        return kind_of(self.document, self.ledger)

    @property
    def errors(self) -> tuple[Issue, ...]:
        """Return the errors that stand in the way of the document."""
        if self.kind.is_of_plan:
            return ()
        return stopping(self.ledger, self.round, self.issues)

    @property
    def blanks(self) -> int:
        """Return how many figures of the round are not entered, where any stand in the document."""
        return 0 if self.kind.is_of_plan else blank_figures(self.ledger, self.round)

    @property
    def is_internal(self) -> bool:
        """Return whether the document is an internal edition."""
        return says_internal(self.document)

    def renewed(self, *, draft: bool, with_blanks: bool = False) -> Renewal:
        """Return what is out of date, brought up to date in memory.

        The document says 下書き if it is to be a ``draft``, or figures are not entered and it is not
        to be final ``with_blanks``.
        """
        how = {"asked": draft, "with_blanks": with_blanks}
        state = draft_of(self.ledger, self.round, self.issues, self.kind, **how)
        return self._renewed(self._report(state))

    def compared(self, made: Document | None = None) -> Renewal:
        """Return what is out of date in a document that stays the draft, or the final one, it is.

        ``made`` is its `report`, where that is known.
        """
        return self._renewed(made or self.report())

    def report(self) -> Document:
        """Return the report as it would be made now, of the document's kind, a draft if it is one."""
        asked = says_draft(self.document)
        how = {"asked": asked, "with_blanks": not asked}
        state = draft_of(self.ledger, self.round, self.issues, self.kind, **how)
        return self._report(state)

    def _renewed(self, made: Document) -> Renewal:
        found = renew(self.document, made)
        return replace(found, remarks=(*found.remarks, *self._other_round()))

    def saved(self, target: Path) -> Path:
        """Return the path of the document written to ``target`` or beside it; see write_beside."""
        content = self.document.saved()
        return write_beside(target, lambda stream: stream.write(content))

    def _report(self, state: DraftState) -> Document:
        made = report(
            self.ledger,
            self.round,
            self.kind,
            draft=state.is_draft,
            errors=state.errors,
            blanks=state.blanks,
            workbook=self.workbook.name,
            made_on=self.document.record.get(MADE_ON, ""),
        )
        return as_internal(made) if self.is_internal else made

    def _other_round(self) -> Iterator[str]:
        """Yield a remark if the workbook has gone on to another round than the document's."""
        now = self.ledger.settings.round
        if now != self.round:
            yield (
                f"{self.document.name} は{self.round.label}の評価の文書なので、その年度の値を使いました。"
                f"{now.label}の文書は、新しく作ってください。"
            )


def paired(
    document: OpenedDocument, ledger: Ledger, workbook: Path, wanted: FiscalYear | None = None
) -> Pair:
    """Return the pair in the document's round. Raise DocumentFileError if they do not belong
    together.
    """
    round_ = round_of(document, ledger, workbook, wanted)
    return Pair(document, ledger, round_, workbook, check(ledger, round_))


def source_workbook(document: OpenedDocument, path: Path) -> Path:
    """Return the workbook that a document at ``path`` was made from: in its folder or the one above.

    Raise DocumentFileError if it stands in neither, or the document does not name it.
    """
    name = Path(document.record.get(WORKBOOK, "")).name
    places = [folder / name for folder in (path.parent, path.parent.parent)]
    workbook = next((place for place in places if name and place.is_file()), None)
    if workbook is None:
        book = f"もとのブック「{name}」" if name else "もとのブック"
        raise DocumentFileError(
            f"{path.name} の{book}が、同じフォルダーにもその上のフォルダーにもありません。"
            "ブックをどちらかに、もとの名前で置いてください。"
        )
    return workbook


def numbered(document: Path) -> Path:
    """Return the name to count on from: of 「報告 (2).docx」 beside 「報告.docx」 the next is (3)."""
    first = document.with_name(_NUMBER.sub("", document.stem) + document.suffix)
    return first if first.exists() else document
