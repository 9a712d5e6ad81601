"""Where the figures of a document come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..domain.numerals import FiscalYear
from ..domain.settings import ReportKind
from .inputs import Input

if TYPE_CHECKING:
    from ..report.reissue.pairing import Pair
    from ..tracing.evidence import Evidence, Tracer

TRACE_TABLE: Final = "根拠一覧.xlsx"


@dataclass(frozen=True)
class Traced:
    """Where every figure of some documents comes from, and the workbook that lists it.

    ``documents`` are kinds, or the one file that was read.
    """

    round: FiscalYear
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    path: Path

    @property
    def stale(self) -> tuple[Evidence, ...]:
        """Return the figures of a document that are others in its workbook now."""
        return tuple(each for each in self.evidence if each.current is not None)


def trace(given: Input, target: Path, kinds: Sequence[ReportKind] = ()) -> Traced:
    """Return where the figures of documents that a workbook makes come from: of 年次評価, or the kinds.

    The list is saved at ``target``, over nothing. Raise OutputError.
    """
    from ..report.content.documents import report
    from ..tracing.evidence import Tracer
    from ..tracing.printed_figures import printed_figures

    kinds = tuple(kinds) or (ReportKind.ANNUAL,)
    tracer = Tracer(given.ledger, given.round)
    found = tuple(
        each
        for kind in kinds
        for figures in (printed_figures(report(given.ledger, given.round, kind)),)
        for each in tracer.evidence(kind.value, figures)
    )
    names = tuple(kind.value for kind in kinds)
    return Traced(given.round, names, found, _listed(tracer, found, given.path, target))


def trace_document(pair: Pair, target: Path) -> Traced:
    """Return where the figures that stand in a document come from, beside what its workbook says.

    The list is saved at ``target``, over nothing. Raise OutputError.
    """
    from ..tracing.edited_figures import figures_in
    from ..tracing.evidence import Tracer

    tracer = Tracer(pair.ledger, pair.round)
    found = tuple(figures_in(pair, tracer))
    name = pair.document.name
    return Traced(pair.round, (name,), found, _listed(tracer, found, pair.workbook, target))


def _listed(tracer: Tracer, found: Sequence[Evidence], workbook: Path, target: Path) -> Path:
    """Return the path at which the list of figures and that of indicators are saved."""
    from ..files.output import write_beside
    from ..tracing.evidence_book import about, as_linked, write_evidence

    linked, line = as_linked(workbook, target), about(tracer, workbook)
    indicators = tuple(tracer.indicators())
    return write_beside(target, lambda out: write_evidence(out, line, found, indicators, linked))
