"""What was found in a workbook: raw cells by indicator, 施策 and goal, before anything is judged.

Cells of a row are named by the keys of ``fields``; the actual of a round by its year (``R8``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from .catalogue import IssueKind
from .cells import Cell, CellValue, Row
from .corrections import corrections, reasons_in
from .figures import EnteredFigure, Figures, figures_of
from .lineage import FormerPlan, Lineage, onward_from, versions_before
from .numerals import FiscalYear
from .plan import Actual, Plan
from .questions import ABOUT, said
from .record import Correction, Reopened, RoundRecord
from .settings import Settings
from .slip import Slip


@dataclass(frozen=True)
class Area:
    """Where a table stands: rows and columns from 1, the heading row first.

    ``table`` is the name that Excel has for it now; a plain range has none.
    """

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int
    table: str = ""


@dataclass(frozen=True)
class Oddity:
    """Something about the structure that the reader noticed: what it is and where."""

    kind: IssueKind
    sheet: str = ""
    cell: str = ""
    id: str = ""
    detail: str = ""


IN_A_COPY = "同じ表がもう 1 つあります"
TWO_COLUMNS = "同じ見出しの列が 2 つあります"
UNKNOWN_HEADING = "列の見出しが変わっています"
DECIDED_ELSEWHERE = "担当課は「担当割」で決めます"
WRITTEN_TWICE = "同じ番号の行が 2 つあります"
UNKNOWN_ID = "この行の番号は総合戦略にありません"


@dataclass(frozen=True)
class Unread:
    """A typed cell of a table that is not read, and why: ``head`` is its column's heading.

    ``instead`` is the place to which the value belongs, where that is known.
    """

    cell: Cell
    id: str
    head: str
    reason: str
    instead: str = ""


@dataclass(frozen=True)
class Remark:
    """Something written beside the tables of a workbook that came back: its place and its text."""

    sheet: str
    address: str
    text: str
    is_comment: bool = False


@dataclass(frozen=True)
class PastFigures:
    """Figures of past rounds as they once were: by indicator id and round; blank ones are left out.

    ``since`` says when, in words (「2026-11-26の統合」).
    """

    since: str
    figures: Mapping[str, Mapping[str, str | Decimal]]


@dataclass(frozen=True)
class Ledger:
    """A workbook's content. ``rows``, ``measures`` and ``goals`` are keyed by the id of
    an indicator, 施策 or goal; only plans with fields of goals have rows of goals.

    ``plan`` is the definition stamped into the workbook as it holds in the round of 設定, with the KPI
    counts typed on its sheets.
    ``department_cells`` are the filled ones of the list of 担当課.
    ``areas`` are our tables by our names, ``shown_counts`` what the sheet 集計 shows for the KPIs:
    by the first column (基本目標1 … 合計), then by heading; ``count_cells`` are those of counts that
    are typed, by goal, the total first. ``record`` is what the hidden sheet
    says, ``strays`` are rows of a table that belong to no id or repeat one, ``notes`` the rows of
    the tables that merging keeps (競合表 …), by table name, ``sheets`` the names of all sheets.
    ``unread`` are typed cells that found no place, ``beside`` what was written outside the tables
    of a department's workbook (of a master it is not asked). ``past`` is what a department was
    sent, or what a master held after its last merge; None where nothing says so. ``record_rows``
    are the rows of the hidden sheet by key. ``is_handout`` is true of a department's workbook.
    ``shown_departments`` are the cells of the goals' sheets that only show what 担当割 says, by id.
    ``records`` are those of the confirmed rounds, ``record_lines`` the rows of the sheet that shows
    them, by heading; None where there is no such sheet; ``reopened`` are confirmations that were
    taken back. ``texts_of`` is the round that texts left
    out of this ledger belong to, ``corrected`` what a ledger made of a record says of corrections.
    ``baselines`` are those that were typed over the definition's, with a reason: ``plan`` has them.
    ``slip`` is what 提出票 says, with its cells by key; None where there is none.
    ``former`` are the versions of the plan before the strategy was revised, the oldest first.
    ``questions`` are the rows of 照会; those never sent have no id.
    """

    plan: Plan
    settings: Settings
    rows: Mapping[str, Row] = field(default_factory=dict)
    measures: Mapping[str, Row] = field(default_factory=dict)
    setting_cells: Mapping[str, Cell] = field(default_factory=dict)
    department_cells: tuple[Cell, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    areas: Mapping[str, Area] = field(default_factory=dict)
    shown_counts: Mapping[str, Mapping[str, CellValue]] = field(default_factory=dict)
    record: Mapping[str, str] = field(default_factory=dict)
    strays: tuple[Row, ...] = ()
    notes: Mapping[str, tuple[Mapping[str, CellValue], ...]] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    beside: tuple[Remark, ...] = ()
    past: PastFigures | None = None
    record_rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    is_handout: bool = False
    shown_departments: Mapping[str, Cell] = field(default_factory=dict)
    goals: Mapping[str, Row] = field(default_factory=dict)
    records: Mapping[FiscalYear, RoundRecord] = field(default_factory=dict)
    record_lines: tuple[Mapping[str, Cell], ...] | None = None
    reopened: tuple[Reopened, ...] = ()
    texts_of: FiscalYear | None = None
    corrected: tuple[Correction, ...] | None = None
    baselines: tuple[Correction, ...] = ()
    slip: Slip | None = None
    slip_cells: Mapping[str, Cell] = field(default_factory=dict)
    former: tuple[FormerPlan, ...] = ()
    count_cells: Mapping[int, tuple[Cell, ...]] = field(default_factory=dict)
    questions: tuple[Row, ...] = ()

    def row(self, id_: str) -> Row | None:
        """Return the row of an indicator, 施策, goal or question; their ids never coincide."""
        return (
            self.rows.get(id_)
            or self.measures.get(id_)
            or self.goals.get(id_)
            or self.sent_questions.get(id_)
        )

    @cached_property
    def sent_questions(self) -> Mapping[str, Row]:
        """Return the questions that were sent, by their number."""
        return {row.id: row for row in self.questions if row.id}

    def name_of(self, id_: str) -> str:
        """Return the name of an indicator, 施策 or goal, of a question what it is about."""
        if question := self.sent_questions.get(id_):
            about = said(question, ABOUT)
            return " ".join(filter(None, (about, self.plan.name_of(about))))
        return self.plan.name_of(id_)

    def every_row(self) -> Iterator[Row]:
        """Yield the rows of indicators, of 施策 and of goals."""
        for rows in (self.rows, self.measures, self.goals):
            yield from rows.values()

    @cached_property
    def figures(self) -> Figures:
        """Return what stands for every indicator in every round; each cell is read this once."""
        return figures_of(self.plan, {id_: row.cells for id_, row in self.rows.items()})

    def every_figure(self) -> Iterator[EnteredFigure]:
        """Yield the figures in the plan's order, oldest first."""
        for by_round in self.figures.values():
            yield from by_round.values()

    def onward_from(self, earlier: Plan, later: Plan | None = None) -> Lineage:
        """Return what of an earlier version of the plan goes on as what now, or in a later one."""
        later = later or self.plan
        return onward_from(versions_before(self.former, later, self.plan), earlier, later)

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """Return the confirmed figures that are others now, with the reasons that are given."""
        if self.corrected is not None:
            return self.corrected
        reasons = reasons_in(self.record_lines or ())
        about = (self.plan, self.figures, self.records, reasons)
        return tuple(corrections(*about, self.onward_from, self.baselines))

    @cached_property
    def actuals(self) -> Mapping[str, dict[FiscalYear, Actual]]:
        """Return the actuals of every indicator, by id and round; a round without a cell is left out."""
        return {
            id_: {round_: figure.actual for round_, figure in by_round.items()}
            for id_, by_round in self.figures.items()
        }
