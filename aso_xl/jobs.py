"""What a user can have done, once for every door: command line, buttons and icons.

A job takes paths, or the input of a workbook (of a file, or open in Excel), and returns what came of
it, frozen; what is said of it is the door's. Each imports what it needs and no more: most of a
short run is imports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .domain.checks import Issue, errors_of, stopping
from .domain.checks import check as all_checks
from .domain.confirming import printed, summary_of
from .domain.ledger import Ledger
from .domain.numerals import FiscalYear
from .domain.settings import ReportKind
from .domain.summary import Summary
from .errors import AsoError, NoSuchRound, WorkbookError

if TYPE_CHECKING:
    from .defining.draft.items import NotTaken
    from .domain.cells import Cell
    from .exchange.diff import Comparison
    from .exchange.merge_files import MergeResult
    from .exchange.reminders import Reminders
    from .exchange.send_back import SendingBack
    from .exchange.split import Split
    from .exchange.status import Status
    from .files.history import Restored
    from .report.content.blocks import Document
    from .report.reissue.belongs import State
    from .report.reissue.changes import Renewal
    from .report.reissue.pairing import Pair
    from .tracing.evidence import Evidence, Tracer
    from .years.closing import Closed, ReopenedRound
    from .years.next_round import NextRound
    from .years.restoring import RestoredRecords
    from .years.revising import Revised
    from .years.succeeding import NextStrategy

OUTPUTS: Final = "outputs"
RETURNED: Final = "提出"
REMINDERS: Final = "督促"
STATUS_TABLE, DIFF_TABLE, TRACE_TABLE = "回収状況.xlsx", "比較.xlsx", "根拠一覧.xlsx"
Progress = Callable[[int, int, Path], None]


def no_progress(number: int, of: int, path: Path) -> None:
    """Say nothing of how far long work has come."""


def outputs_of(workbook: Path, *, here: Path | None = None) -> Path:
    """Return the folder for what is made of a workbook: ``outputs`` beside it.

    On the command line an ``outputs`` in the folder one stands in (``here``) goes before it. A
    button and an icon stand nowhere.
    """
    nearer = here / OUTPUTS if here else None
    return nearer if nearer and nearer.is_dir() else workbook.parent / OUTPUTS


def returned_folder(master: Path) -> Path:
    """Return the folder beside the master in which buttons and icons look for what came back.

    Raise AsoError if it is not there.
    """
    folder = master.parent / RETURNED
    if not folder.is_dir():
        raise AsoError(
            f"「{RETURNED}」フォルダーがありません。{master.parent} に作り、"
            "各課から届いたブックを入れてから、もう一度行ってください。"
        )
    return folder


# --- one workbook in one round


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
        from .report.drafts import blank_figures

        return blank_figures(self.ledger, self.round)


def input_of(path: Path, wanted: str | None = None) -> Input:
    """Return a workbook's input in the round wanted, else in the one set in it.

    Raise AsoError, for a round that the plan has not naming those it has.
    """
    from .workbook.read.reading import read

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
    from .files.inputs import read_input
    from .files.output import write_beside
    from .workbook.write.marking import marked

    package = read_input(given.path, WorkbookError)
    copy = marked(package, given.ledger, given.issues, given.path.name)
    return Marked(given, write_beside(target, lambda out: out.write(copy)))


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
    from .report.content.sections.amendments import is_revised
    from .report.content.sections.opinions import takes_opinions

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
    from .report.make import make

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
    from .tracing.evidence import Tracer
    from .tracing.figure_comments import comments_of

    return partial(comments_of, Tracer(given.ledger, given.round))


# --- a document that staff have edited


def pair(document: Path, workbook: Path | None = None, wanted: str | None = None) -> Pair:
    """Return a document with the workbook whose report it is, in the document's round.

    Without ``workbook`` the one is taken that the document names, beside it or above. Raise
    AsoError if either cannot be read, or they do not belong together.
    """
    from .report.reissue.open_document import open_document
    from .report.reissue.pairing import paired, source_workbook

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
        from .tracing.cell_words import first_in_words

        return {name: first_in_words(cells) for name, cells in self.cells.items()}


def compare(pair: Pair) -> Compared:
    """Return what in a document is out of date; nothing is written."""
    from .report.reissue.belongs import state_of

    state, made = state_of(pair.document, pair.ledger, pair.round), pair.report()
    renewal = pair.compared(made)
    if not renewal.renewed:
        return Compared(renewal, state, {})
    from .tracing.edited_figures import cells_by_name

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
    from .office.suffixes import names_document
    from .report.make import made_folder
    from .report.reissue.changes import Renewal

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


# --- where figures come from


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
    from .report.content.documents import report
    from .tracing.evidence import Tracer
    from .tracing.printed_figures import printed_figures

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
    from .tracing.edited_figures import figures_in
    from .tracing.evidence import Tracer

    tracer = Tracer(pair.ledger, pair.round)
    found = tuple(figures_in(pair, tracer))
    name = pair.document.name
    return Traced(pair.round, (name,), found, _listed(tracer, found, pair.workbook, target))


def _listed(tracer: Tracer, found: Sequence[Evidence], workbook: Path, target: Path) -> Path:
    """Return the path at which the list of figures and that of indicators are saved."""
    from .files.output import write_beside
    from .tracing.evidence_book import about, as_linked, write_evidence

    linked, line = as_linked(workbook, target), about(tracer, workbook)
    indicators = tuple(tracer.indicators())
    return write_beside(target, lambda out: write_evidence(out, line, found, indicators, linked))


# --- a new master

PLAN: Final = "third"
"""The packaged plan of which a new master is made where no other is named."""


def new(definition: str, folder: Path) -> Path:
    """Return the new master of a definition (``third``, or a file) in a folder, over nothing.

    Raise DefinitionError for a definition with faults, OutputError.
    """
    from .defining.buildable import buildable
    from .files.output import safe_name, write_beside
    from .office.suffixes import WORKBOOK
    from .workbook.build.template import build

    made = buildable(definition)
    package = build(made)
    master = folder / f"{safe_name(made.plan.short_title)}{WORKBOOK}"
    return write_beside(master, lambda out: out.write(package))


def is_next(definition: str, master: Path) -> bool:
    """Return whether a definition is of another plan of the municipality than a master's.

    Raise AsoError for a master that cannot be read, DefinitionError for a definition with faults.
    """
    from .defining.buildable import buildable
    from .exchange.split import master_of

    new, old = buildable(definition).plan, master_of(master).plan
    return new.municipality == old.municipality and new.id != old.id


@dataclass(frozen=True)
class Succeeded:
    """The master of the next strategy, what goes on in it, and the 検証 of the strategy before.

    ``verification`` has no documents where errors in the workbook before stand in its way.
    """

    path: Path
    strategy: NextStrategy
    verification: Reported


def succeed(definition: str, before: Path, wanted: Path) -> Succeeded:
    """Return the master of a definition after the workbook of the strategy before.

    ``wanted`` is a .xlsx or a folder. The 検証 of that strategy, from its last record, is saved
    beside. Nothing is overwritten. Raise AsoError for a workbook on which the definition cannot
    follow.
    """
    from .defining.buildable import buildable
    from .files.output import safe_name, write_beside
    from .office.suffixes import WORKBOOK
    from .years.succeeding import next_strategy

    made = next_strategy(buildable(definition), before)
    name = f"{safe_name(made.definition.plan.short_title)}{WORKBOOK}"
    path = wanted if wanted.suffix.lower() == WORKBOOK else wanted / name
    saved = write_beside(path, lambda out: out.write(made.package))
    given = Input(before, made.before, made.succession.round)
    return Succeeded(saved, made, report(given, saved.parent, (ReportKind.VERIFICATION,)))


# --- a plan that is defined in Excel


@dataclass(frozen=True)
class Defined:
    """The master made of a definition workbook; or, where ``wrong`` is counted, a marked copy.

    Of a master: how many goals, 数値目標, 施策 and KPIs it has, and what is doubtful in them.
    """

    path: Path
    wrong: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


def is_ours(path: Path) -> bool:
    """Return whether a file is a workbook made here: a definition workbook, a master or a part."""
    from .defining import any_definition
    from .defining.read import is_definition
    from .workbook.layout import STAMP
    from .workbook.read.file.workbook_file import open_book

    if not any_definition.is_workbook(str(path)):
        return False
    workbook = open_book(path)
    return is_definition(workbook) or workbook.sheet(STAMP) is not None


def is_definition(path: Path) -> bool:
    """Return whether a file is a definition workbook. Raise AsoError for one that cannot be opened."""
    from .defining import any_definition
    from .defining.read import is_definition
    from .workbook.read.file.workbook_file import open_book

    return any_definition.is_workbook(str(path)) and is_definition(open_book(path))


def is_master(path: Path) -> bool:
    """Return whether a file is a master or a part. Raise AsoError for one that cannot be opened."""
    from .defining import any_definition
    from .workbook.layout import STAMP
    from .workbook.read.file.workbook_file import open_book

    return any_definition.is_workbook(str(path)) and open_book(path).sheet(STAMP) is not None


def definition_of(master: Path, folder: Path) -> Path:
    """Return the definition workbook of the plan that a master is of, saved over nothing.

    Raise AsoError for a department's workbook.
    """
    import json

    from .defining.build import build
    from .defining.from_tables import book_of
    from .exchange.split import master_of
    from .files.output import write_beside
    from .office.suffixes import WORKBOOK

    data = build(book_of(json.loads(master_of(master).record["definition"]), {}))
    return write_beside(folder / f"{master.stem}_定義{WORKBOOK}", lambda out: out.write(data))


def marked(definition: Path, folder: Path) -> Defined | None:
    """Return a copy of a definition with what is wrong written in; None where nothing is."""
    from .defining import any_definition
    from .defining.build import build
    from .files.output import write_beside

    examined = any_definition.examine(str(definition))
    if not examined.found:
        return None
    data = build(examined.book, examined.found)
    copy = folder / f"{definition.stem}_指摘{any_definition.SUFFIX}"
    return Defined(write_beside(copy, lambda out: out.write(data)), len(examined.found))


def define(definition: Path, folder: Path) -> Defined:
    """Return the master made of a definition workbook, in a folder, over nothing.

    Where something is wrong, a copy with the findings written in is made instead. Raise AsoError
    for another kind of file, and for what the sheets do not know.
    """
    from .defining import any_definition
    from .defining.buildable import buildable
    from .defining.overview import totals
    from .files.output import safe_name, write_beside
    from .workbook.build.template import build

    if copy := marked(definition, folder):
        return copy
    made = buildable(str(definition))
    data = build(made)
    master = folder / f"{safe_name(made.plan.short_title)}{any_definition.SUFFIX}"
    saved = write_beside(master, lambda out: out.write(data))
    doubts = tuple(map(str, any_definition.examine(str(definition)).doubts))
    return Defined(saved, counts=totals(made.plan), doubts=doubts)


@dataclass(frozen=True)
class Drafted:
    """The definition workbook drafted from a strategy's own file, and how much is to be looked at."""

    path: Path
    counts: Mapping[str, int]
    guessed: int
    unread: tuple[NotTaken, ...]


def draft_definition(source: Path, path: Path) -> Drafted:
    """Return the draft of a definition workbook, saved at ``path`` over nothing. Raise AsoError."""
    from .defining.build import build
    from .defining.draft.drafter import draft
    from .files.output import write_beside

    made = draft(source)
    data = build(made.book, unread=made.unread)
    saved = write_beside(path, lambda out: out.write(data))
    return Drafted(saved, made.counts, made.guesses, tuple(made.unread))


# --- workbooks that travel


def split(
    master: Path,
    folder: Path | None = None,
    deadline: str = "",
    *,
    beside: Path | None = None,
    progress: Progress = no_progress,
) -> Split:
    """Return the workbooks written for the departments of a master, which stays as it is.

    Without a folder they go to a new one ``beside`` the master (or where a copy's master stands).
    """
    from .exchange import split as splitting

    return splitting.split(master, folder, deadline, progress, beside=beside)


@dataclass(frozen=True)
class Collected:
    """Which departments have sent what, and where the table of it is, if one was wanted."""

    status: Status
    table: Path | None


def status(
    master: Path,
    places: Sequence[Path],
    table: Path | None = None,
    *,
    name: str = "",
    progress: Progress = no_progress,
) -> Collected:
    """Return who has sent what to the places; 回収状況 is saved at ``table``, over nothing.

    ``name`` stands above the table instead of the master's own. Raise AsoError.
    """
    from .exchange import board
    from .exchange.status import status as collect
    from .files.output import write_beside

    standing = collect(master, places, progress)
    title = name or master.stem
    if table:
        table = write_beside(table, lambda out: board.write_sheet(standing, title, out))
    return Collected(standing, table)


def remind(status: Status, folder: Path) -> Reminders:
    """Return the mails to the departments that are late, each a text in the folder.

    Where something stands in it they go to a new one in it. Raise OutputError.
    """
    from .exchange.reminders import write

    return write(status, folder)


def merge(
    master: Path,
    places: Sequence[Path],
    output: Path | None = None,
    *,
    strict: bool = False,
    confirmed_only: bool = False,
    progress: Progress = no_progress,
) -> MergeResult:
    """Return what came of merging what came back into the master, or into a copy at ``output``."""
    from .exchange.merge_files import merge_files

    how = {"strict": strict, "confirmed_only": confirmed_only}
    return merge_files(master, places, output, **how, progress=progress)


def send_back(
    master: Path,
    places: Sequence[Path],
    folder: Path | None = None,
    deadline: str = "",
    *,
    progress: Progress = no_progress,
) -> SendingBack:
    """Return the workbooks that go back to departments with findings or open questions.

    The master keeps what went out and when. Raise AsoError.
    """
    from .exchange.send_back import send_back

    return send_back(master, places, folder, deadline, progress)


@dataclass(frozen=True)
class Differing:
    """What two workbooks say differently, and where the table of it is, if one was wanted."""

    comparison: Comparison
    table: Path | None


def diff(one: Path, other: Path, table: Path | None = None) -> Differing:
    """Return how two workbooks of one plan differ; 比較 is saved at ``table``. Raise AsoError."""
    from .exchange import diff as comparing
    from .files.output import write_beside

    comparison, names = comparing.compare(one, other), (one.name, other.name)
    if table:
        table = write_beside(table, lambda out: comparing.write_sheet(comparison, names, out))
    return Differing(comparison, table)


# --- the years of a plan


def close(master: Path, wanted: str | None = None, by: str = "") -> Closed:
    """Return what came of confirming a round, by name; errors and open conflicts stop it.

    Without ``wanted`` it is the one set in 設定. Raise AsoError.
    """
    from .years.closing import close

    return close(master, _year(wanted), by)


def reopen(master: Path, wanted: str | None, by: str, reason: str) -> ReopenedRound:
    """Return what was confirmed and is open again, with the reason. Raise AsoError."""
    from .years.closing import reopen

    return reopen(master, _year(wanted), by, reason)


def begin_next(master: Path) -> NextRound:
    """Return what came of going on to the round after the confirmed one. Raise AsoError."""
    from .years.next_round import begin_next

    return begin_next(master)


def revise(
    master: Path,
    definition: str,
    since: str | None = None,
    output: Path | None = None,
    *,
    reason: str = "",
    only_look: bool = False,
    finish: Callable[[bytes], bytes] = bytes,
) -> Revised:
    """Return what came of revising a master by a definition (``third``, or a file). Raise AsoError.

    ``only_look`` writes nothing; ``finish`` puts buttons into the new master, where the old one has
    them.
    """
    from .defining.buildable import buildable
    from .years.revising import revise

    given = buildable(definition)
    about = (master, given, _year(since), output)
    return revise(*about, reason=reason, only_look=only_look, finish=finish)


def restore_records(master: Path) -> RestoredRecords:
    """Return what was brought back of the records of confirmed rounds. Raise AsoError."""
    from .years.restoring import restore

    return restore(master)


def _year(wanted: str | None) -> FiscalYear | None:
    """Return the year that is written. Raise AsoError for what is none."""
    if wanted is None:
        return None
    try:
        return FiscalYear.parse(wanted)
    except ValueError:
        raise AsoError(f"「{wanted}」は年度として読めません。R9 のように書いてください。") from None


@dataclass(frozen=True)
class Undone:
    """What was brought back, and where the workbook that stood there is kept now."""

    restored: Restored
    kept: Path | None


def undo(master: Path) -> Undone:
    """Return what came of bringing back the master before the last change. Raise AsoError."""
    from .exchange.restoring import restore
    from .files.history import history

    restored = restore(master)
    return Undone(restored, next(iter(history(master)), None))
