"""A document that staff have edited: compared with its workbook, and brought up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import AsoError
from .inputs import input_of

if TYPE_CHECKING:
    from ..domain.cells import Cell
    from ..report.reissue.belongs import State
    from ..report.reissue.changes import Renewal
    from ..report.reissue.pairing import Pair


def pair(document: Path, workbook: Path | None = None, wanted: str | None = None) -> Pair:
    """Return a document with the workbook whose report it is, in the document's round.

    Without ``workbook`` the one is taken that the document names, beside it or above. Raise
    AsoError if either cannot be read, or they do not belong together.
    """
    from ..report.reissue.open_document import open_document
    from ..report.reissue.pairing import paired, source_workbook

    opened = open_document(document)
    given = input_of(workbook or source_workbook(opened, document), wanted)
    return paired(opened, given.ledger, given.path, given.round if wanted else None)


@dataclass(frozen=True)
class Compared:
    """What a document prints otherwise than its workbook, and whether that has changed since.

    ``cells`` are those of what is out of date, by the names of the places.
    """

    renewal: Renewal
    workbook_is: State
    cells: Mapping[str, tuple[Cell, ...]]

    @property
    def cell_words(self) -> Mapping[str, str]:
        """Return the cells in words."""
        from ..tracing.cell_words import first_in_words

        return {name: first_in_words(cells) for name, cells in self.cells.items()}


def compare(pair: Pair) -> Compared:
    """Return what in a document is out of date; nothing is written."""
    from ..report.reissue.belongs import state_of

    state, made = state_of(pair.document, pair.ledger, pair.round), pair.report()
    renewal = pair.compared(made)
    if not renewal.renewed:
        return Compared(renewal, state, {})
    from ..tracing.edited_figures import cells_by_name

    cells = cells_by_name(pair, made)
    stale = {change.name: cells.get(change.name, ()) for change in renewal.renewed}
    return Compared(renewal, state, stale)


@dataclass(frozen=True)
class Renewed:
    """What was brought up to date, and the new document; None where there was nothing to renew.

    ``stopped`` by errors in the workbook; ``blanks`` as for Reported.
    """

    renewal: Renewal
    document: Path | None
    stopped: bool = False
    blanks: int = 0


def renew(pair: Pair, target: Path, *, draft: bool = False, with_blanks: bool = False) -> Renewed:
    """Return what came of renewing a document's figures, tables and charts.

    ``target`` is a .docx or a folder, made if missing; nothing is overwritten. Errors stop it unless
    it is to be a ``draft``. Raise OutputError, and AsoError for an internal edition.
    """
    from ..office.suffixes import names_document
    from ..report.make import made_folder
    from ..report.reissue.changes import Renewal

    if pair.is_internal:
        raise AsoError(
            f"{pair.document.name} は内部用の文書で、根拠のコメントは新しくできません。"
            "公表する文書を新しくするか、report --notes で内部用を作り直してください。"
        )
    if pair.errors and not draft:
        return Renewed(Renewal(), None, stopped=True)
    renewal = pair.renewed(draft=draft, with_blanks=with_blanks)
    blanks = 0 if with_blanks else pair.blanks
    if not renewal.renewed:
        return Renewed(renewal, None, blanks=blanks)
    path = target if names_document(target) else made_folder(target) / pair.document.name
    return Renewed(renewal, pair.saved(path), blanks=blanks)
