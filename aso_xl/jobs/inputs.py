"""One workbook in one round: what it holds, what is wrong in it, how it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from ..domain.checks import Issue, errors_of, stopping
from ..domain.checks import check as all_checks
from ..domain.confirming import printed, summary_of
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.summary import Summary
from ..errors import NoSuchRound, WorkbookError

OUTPUTS: Final = "outputs"


def outputs_of(workbook: Path, *, here: Path | None = None) -> Path:
    """Return the folder for what is made of a workbook: ``outputs`` beside it.

    On the command line an ``outputs`` in the folder one stands in (``here``) goes before it. A
    button and an icon stand nowhere.
    """
    nearer = here / OUTPUTS if here else None
    return nearer if nearer and nearer.is_dir() else workbook.parent / OUTPUTS


@dataclass(frozen=True)
class Input:
    """What a workbook holds, and the round that is evaluated. ``path`` is where it stands."""

    path: Path
    ledger: Ledger
    round: FiscalYear

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Return all findings of the checks, in the order of the workbook."""
        return all_checks(self.ledger, self.round)

    @property
    def errors(self) -> tuple[Issue, ...]:
        return errors_of(self.issues)

    @property
    def stopping(self) -> tuple[Issue, ...]:
        """Return the errors that stand in the way of a document of the round."""
        return stopping(self.ledger, self.round, self.issues)

    @cached_property
    def printed(self) -> Ledger:
        """Return what documents of the round are made of: its record, where it is confirmed."""
        return printed(self.ledger, self.round)

    @cached_property
    def summary(self) -> Summary:
        """Return every indicator judged, counted per goal; of a confirmed round as it was then."""
        return summary_of(self.ledger, self.round)

    @cached_property
    def blanks(self) -> int:
        """Return how many figures of the round are not entered, each counted once."""
        from ..report.drafts import blank_figures

        return blank_figures(self.ledger, self.round)


def input_of(path: Path, wanted: str | None = None) -> Input:
    """Return a workbook's input in the round wanted, else in the one set in it.

    Raise AsoError, for a round that the plan has not naming those it has.
    """
    from ..workbook.read.reading import read

    return in_round(path, read(path), wanted)


def in_round(path: Path, ledger: Ledger, wanted: str | None = None) -> Input:
    """Return what was read already as the input of a round. Raise AsoError for an unknown one."""
    if wanted is None:
        return Input(path, ledger, ledger.settings.round)
    try:
        round_ = FiscalYear.parse(wanted)
    except ValueError:
        round_ = None
    if round_ is None or round_ not in ledger.plan.rounds:
        raise NoSuchRound(path.name, wanted, ledger.plan.rounds)
    return Input(path, ledger, round_)


def check(given: Input) -> tuple[Issue, ...]:
    """Return all findings in what was typed."""
    return given.issues


def evaluate(given: Input) -> Summary:
    """Return every indicator judged, counted per goal."""
    return given.summary


@dataclass(frozen=True)
class Marked:
    """The copy of a workbook in which its findings are written."""

    given: Input
    path: Path


def mark(given: Input, target: Path) -> Marked:
    """Return the copy of a workbook with its findings listed and coloured, saved over nothing.

    Everything else in it stays byte for byte. Raise AsoError.
    """
    from ..files.inputs import read_input
    from ..files.output import write_beside
    from ..workbook.write.marking import marked

    package = read_input(given.path, WorkbookError)
    copy = marked(package, given.ledger, given.issues, given.path.name)
    return Marked(given, write_beside(target, lambda out: out.write(copy)))
