"""The documents that are made of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..domain.checks import Issue
from ..domain.settings import ReportKind
from ..errors import AsoError
from .inputs import Input

if TYPE_CHECKING:
    from ..report.content.blocks import Document


@dataclass(frozen=True)
class Reported:
    """The documents that were made, one per kind; none where errors stopped it.

    ``blanks`` figures that are not entered make them drafts; 0 where they were to be final.
    """

    given: Input
    kinds: tuple[ReportKind, ...]
    documents: tuple[Path, ...]
    blanks: int

    @property
    def stopping(self) -> tuple[Issue, ...]:
        """Return the errors that stand in the way of a document of these kinds."""
        return stopping_of(self.given, self.kinds)


def kinds_of(given: Input) -> tuple[ReportKind, ...]:
    """Return every kind of document that there is something to say in."""
    from ..report.content.sections.amendments import is_revised
    from ..report.content.sections.opinions import takes_opinions

    empty = set[ReportKind]() if is_revised(given.ledger) else {ReportKind.AMENDMENTS}
    empty |= set() if takes_opinions(given.printed.plan) else {ReportKind.OPINIONS}
    return tuple(kind for kind in ReportKind if kind not in empty)


_NO_REVISION: Final = (
    "改訂がないため、新旧対照表は作れません。"
    "改訂した定義(改訂の欄に、適用する年度と理由)から作ったブックで作ってください。"
)
_NO_OPINIONS: Final = (
    "会議の意見を書く欄がないため、意見と対応の一覧は作れません。"
    "欄を加えた定義(追加の欄の「役割」を「会議の意見」)から作ったブックで作ってください。"
)


def stopping_of(given: Input, kinds: Sequence[ReportKind] = ()) -> tuple[Issue, ...]:
    """Return the errors that stand in the way of documents of these kinds; () is that of 設定."""
    return given.stopping if _print_figures(given, kinds) else ()


def blanks_of(given: Input, kinds: Sequence[ReportKind] = ()) -> int:
    """Return how many figures that documents of these kinds print are not entered."""
    return given.blanks if _print_figures(given, kinds) else 0


def _print_figures(given: Input, kinds: Sequence[ReportKind]) -> bool:
    return not all(kind.is_of_plan for kind in kinds or (given.printed.settings.kind,))


def report(
    given: Input,
    target: Path,
    kinds: Sequence[ReportKind] = (),
    *,
    draft: bool = False,
    with_blanks: bool = False,
    base: Path | None = None,
    notes: bool = False,
) -> Reported:
    """Return the documents made of a workbook, beside what is there already.

    ``target`` is a .docx or a folder, made if missing. Without ``kinds`` 設定 says the kind. Errors
    stop it unless it is to be a ``draft``. With ``notes`` they are internal editions, where every
    figure comes from told in comments. Raise AsoError for a kind with nothing to say,
    BaseDocumentError and OutputError.
    """
    kinds = tuple(kinds) or (given.printed.settings.kind,)
    if empty := [kind for kind in kinds if kind not in kinds_of(given)]:
        why = _NO_REVISION if empty[0] is ReportKind.AMENDMENTS else _NO_OPINIONS
        raise AsoError(f"{given.path.name} の総合戦略には{why}")
    if stopping_of(given, kinds) and not draft:
        return Reported(given, kinds, (), 0)
    from ..report.make import make

    def made(kind: ReportKind) -> Path:
        about = (given.ledger, given.round, given.issues, given.path, target)
        return make(
            *about,
            kind=kind,
            draft=draft,
            with_blanks=with_blanks,
            base=base,
            comments=comments,
        )

    comments = _comments(given) if notes else None
    documents = tuple(map(made, kinds))
    return Reported(given, kinds, documents, 0 if with_blanks else blanks_of(given, kinds))


def _comments(given: Input) -> Callable[[Document], Mapping[str, Sequence[str]]]:
    """Return what gives the comments of a report on where its figures come from."""
    from ..tracing.evidence import Tracer
    from ..tracing.figure_comments import comments_of

    return partial(comments_of, Tracer(given.ledger, given.round))
