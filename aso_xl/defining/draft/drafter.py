"""From lines and tables to the rows of a definition workbook: what is sure, guessed, not understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ...domain.text import bare, narrow
from ...errors import DefinitionError
from .. import sheets
from ..book import Book, BookCell
from ..numbering import number_of
from .indicators import Indicators
from .items import Grid, Item, Line, NotTaken
from .layouts import lying, move_of, spread
from .measure_headings import heading_of, hint_of, measure_looks, reach
from .plan_facts import facts
from .plan_headings import PlanHeading, goal_word, measure_of, numbered
from .plan_outline import PlanOutline, is_number
from .settling import settle
from .source import items_of
from .table_headings import Head, Heads, heads_of, under
from .table_rows import by_columns, by_order, why_not

_NUMBER_CELL: Final = re.compile(r"(?:No\.?|番号|施策番号|施策No\.?)", re.I)
_NAME_CELL: Final = re.compile(r"施策名|施策の名称|取組名")
_ONLY_NUMBER: Final = re.compile(
    r"(?:基本|個別|主要)?施策(?:No\.?)?[0-9]{1,3}(?:[-－][0-9]{1,2})*", re.I
)
_DEPARTMENT_CELL: Final = re.compile(
    r"(?:主な|関係)?(?:担当|所管|主管|実施)(?:課|部署|部局|部課)?(?:名|等)?(?:[(].*[)])?"
)
_DEPARTMENT_LINE: Final = re.compile(
    r"[【\[(]?(?:担当課|担当部署|所管課|主管課)(?:名)?[】\])]?\s*[:：]\s*(.+)"
)
_TEXT_CELL: Final = re.compile(r"施策内容|内容|概要|主な取組|具体的な.*")
_SOURCE: Final = re.compile(r"(?:資料|出典|出所)\s*[:：]\s*(.+)")
_NOTED: Final = re.compile(r"[-・\s]*[(\[]?※[0-9]*[)\]]?\s*[・…:：]+\s*(.+)")
_KIND_LINE: Final = re.compile(r"\W*(数値目標|成果目標|重要業績評価指標|KPI)(?:\W*KPI)?\W*")
_MOVE: Final = Heads((Head("name"), Head("baseline"), Head("target")))
_LONE: Final = re.compile(
    r"[△▲−-]?\s*[0-9][0-9,]*(?:\.[0-9]+)?\s*[^\s.．、。]{0,6}(?:以上|以下|未満|超)?"
)
_ALONE: Final = "表の外に数だけがあり、どの指標の値かわかりません。"
_NO_GOAL: Final = "前に基本目標の見出しがなく、どの基本目標の指標かわかりません。"
_YEARLY: Final = "年度ごとの目標値があります。その年度の目標値で判定する計画なら、選んでください"


@dataclass
class Draft:
    """A drafted book, what was not understood, and how much was found."""

    book: Book = field(default_factory=Book)
    unread: list[NotTaken] = field(default_factory=list)
    has_tables: bool = False

    @property
    def guesses(self) -> int:
        """Return how many cells hold a guess."""
        rows = [row for rows in self.book.rows.values() for row in rows]
        entries = [entry for row in rows for entry in row.cells.values()]
        return sum(1 for entry in (*entries, *self.book.plan.values()) if entry.hint)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many goals, 数値目標, 施策 and KPIs were found."""
        goals, indicators = self.book.of(sheets.GOALS), self.book.of(sheets.INDICATORS)
        kinds = Counter(row["kind"].value for row in indicators)
        return {
            "goals": sum(1 for row in goals if row["measure"].is_blank),
            "headlines": kinds[sheets.KINDS["headline"]],
            "measures": sum(1 for row in goals if not row["measure"].is_blank),
            "kpis": kinds[sheets.KINDS["kpi"]],
        }


def draft(path: Path) -> Draft:
    """Return the draft of the strategy in a file. Raise DefinitionError for what cannot be read."""
    made = Drafter(items_of(path)).made()
    if not made.book.of(sheets.INDICATORS):
        if not made.has_tables:
            raise DefinitionError(
                f"{path.name} に表がありません。数値目標と KPI の表のあるファイルを指定してください"
                "(図として貼られた表は読めません)。"
            )
        raise DefinitionError(
            f"{path.name} に数値目標や KPI の表が見つかりません。「基本目標1 …」という見出しと、"
            "「基準値」「目標値」という見出しの表のあるファイルを指定してください。"
        )
    return made


class Drafter:
    """Reads a strategy from the top; ``made`` returns what came of it."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = list(items)
        self.lines = [item.text for item in self.items if isinstance(item, Line)]
        self.out = Draft(has_tables=any(isinstance(item, Grid) for item in self.items))
        self.outline = PlanOutline(goal_word([*self.lines, *_lone_cells(self.items)]))
        self.indicators = Indicators()
        self.looks = measure_looks(self.items)
        self.candidate: tuple[PlanHeading, int] | None = None
        self.shape = ""
        self.kind = self.headed = ""
        self.latest = Heads()
        self.carried: tuple[Heads, int] | None = None

    def made(self) -> Draft:
        for number, item in enumerate(self.items):
            if isinstance(item, Line):
                self._line(item, number)
            else:
                self._grid(item, number)
        book = self.out.book
        book.plan.update(facts(self.lines))
        book.plan.update(self.indicators.usual_years())
        book.departments = self.indicators.departments()
        book.rounds = self.indicators.rounds()
        if book.rounds:
            book.plan["judged_against"] = BookCell(None, hint=_YEARLY)
        book.rows = {
            sheets.GOALS: self.outline.rows(),
            sheets.INDICATORS: self.indicators.rows,
        }
        settle(book)
        return self.out

    def _unread(self, place: str, text: str, reason: str) -> None:
        self.out.unread.append(NotTaken(place, " ".join(text.split()), reason))

    # --- lines

    def _line(self, line: Line, number: int) -> None:
        text = line.text
        if heading := self.outline.heading(text):
            self._enter(heading)
        elif heading := measure_of(text):
            self._measure(heading)
        elif named := _department([text]):
            self._department(named)
        elif found := _SOURCE.match(text.strip()):
            self.indicators.source(found[1].strip())
        elif found := _NOTED.match(narrow(text).strip()):
            self.indicators.note(found[1])
        elif move := move_of(text):
            self._move(move, line.place, number)
        elif found := _KIND_LINE.fullmatch(bare(text)):
            self.headed = "headline" if "目標" in found[1] else "kpi"
            self.kind = self.headed
            self.indicators.begin_group()
        elif heads := heads_of((text,)):
            self._table(heads, number)
            self.carried = (heads, number)
        elif heading := heading_of(line):
            if (heading.shape, line.style) in self.looks or self._is_next(heading):
                self._measure(heading, hint_of(heading))
            else:
                self.candidate = (heading, number)
        elif _LONE.fullmatch(narrow(text).strip()) and self.outline.goal is not None:
            self._unread(line.place, text, _ALONE)

    def _move(self, move: tuple[str, str, str], place: str, number: int) -> None:
        """Read a line that is an indicator; the word above it holds for all that follow."""
        kind = self.headed
        self._take_candidate(kind, number)
        self.headed = self.kind = kind
        self._row(_MOVE, move, place)

    def _enter(self, heading: PlanHeading) -> None:
        self.outline.enter(heading)
        self.candidate, self.headed, self.kind = None, "", ""
        self.indicators.begin_group()

    def _measure(self, heading: PlanHeading, hint: str = "") -> None:
        self.outline.begin(heading, hint)
        self.candidate, self.headed, self.kind = None, "", ""
        self.indicators.begin_group()
        self.shape = heading.shape

    def _department(self, named: str) -> None:
        """Take the department of the 施策 one is in, or of the goal above all of them."""
        if self.outline.number is not None:
            self.indicators.department(named, self.outline.number, self.outline.measure)

    def _is_next(self, heading: PlanHeading) -> bool:
        """Return whether a heading goes on in the numbers of the 施策 one is in."""
        here, is_alike = self.outline.measure, bool(self.shape) and heading.shape == self.shape
        return here is not None and is_alike and heading.number == here + 1

    # --- tables

    def _grid(self, grid: Grid, number: int) -> None:
        heads: Heads | None = None
        if self.carried and self.carried[1] == number - 1:  # cut by a page, or headed by a line
            heads = self.carried[0]
        rows = lying(spread(grid.rows))
        skip = 0
        for place, row in enumerate(rows):
            filled = [text for text in row if text.strip()]
            if skip or not filled:
                skip = max(0, skip - 1)
                continue
            first = bare(filled[0])
            is_alone = len(set(filled)) == 1
            if is_alone and (heading := self.outline.heading(filled[0])):
                self._enter(heading)
            elif heading := _measure_row(filled):
                self._measure(heading)
            elif is_alone and (heading := numbered(filled[0])) and _heads_kpis(rows, place):
                self._measure(heading, hint_of(heading))
            elif _NUMBER_CELL.fullmatch(first) and len(filled) > 1 and is_number(filled[1]):
                self._measure(PlanHeading(number_of(bare(filled[1])), "", ""))
                heads = None
            elif _NAME_CELL.fullmatch(first) and len(filled) > 1 and not heads_of(row):
                self.outline.name(filled[1:])
                self.candidate, heads = None, None
                self.headed = self.kind = ""
            elif named := _department(filled):
                self._department(named)
            elif (found := heads_of(row)) is not None:
                heads, skip = under(found, row, rows[place + 1] if place + 1 < len(rows) else ())
                self._table(heads, number)
            elif heads is not None and not _TEXT_CELL.fullmatch(first):
                self._row(heads, row, grid.place)
        self.carried = (heads, number) if heads else None

    def _table(self, heads: Heads, number: int) -> None:
        """Begin a table: a torn heading has the years of the one before; a heading is its 施策."""
        kind = heads.kind or self.headed
        self.indicators.begin_group()
        if heads.columns:
            self.latest = heads
        if heads.first("measure") is None:
            self._take_candidate(kind, number)
        self.kind = kind

    def _take_candidate(self, kind: str, number: int) -> None:
        """Begin the 施策 of the heading that stands just above, unless 数値目標 follow."""
        if self.outline.goal is None or self.candidate is None:
            return
        heading, at = self.candidate
        self.candidate = None
        if kind != "headline" and number - at <= reach(heading):
            self._measure(heading, hint_of(heading))

    def _row(self, heads: Heads, row: tuple[str, ...], place: str) -> None:
        goal = _under_head(heads, "goal", row)
        if goal and self.outline.goal_cell(goal):
            self.indicators.begin_group()
        if self.outline.goal is None or self.outline.number is None:
            self._unread(place, " | ".join(filter(None, row)), _NO_GOAL)
            return
        cells = None if heads.is_torn else by_columns(heads, row)
        if cells and (name := _under_head(heads, "measure", row)):
            self.outline.measure_cell(name)
        cells = cells or by_order(heads if heads.columns else self.latest, row)
        if cells is None:
            if any(re.search("[0-9]", text) for text in row[1:]):
                self._unread(place, " | ".join(filter(None, row)), f"{why_not(heads, row)}。")
            return
        self.outline.goal.is_used = True
        kind, is_marked = self.kind, any("※" in text for text in row)
        measure = self.outline.measure
        self.indicators.add(cells, self.outline.number, measure, kind, is_marked=is_marked)


def _under_head(heads: Heads, holds: str, row: Sequence[str]) -> str:
    """Return what a row has under the first heading of a kind."""
    place = next((n for n, head in enumerate(heads.columns) if head.holds == holds), None)
    return row[place].strip() if place is not None and place < len(row) else ""


def _measure_row(filled: Sequence[str]) -> PlanHeading | None:
    """Return the 施策 that a row of a table heads, in one cell, or with its number or 施策名 before it."""
    first, *rest = dict.fromkeys(text.strip() for text in filled)
    if len(rest) == 1 and _NAME_CELL.fullmatch(bare(first)):
        return measure_of(rest[0])
    if len(rest) == 1 and _ONLY_NUMBER.fullmatch(bare(first)):
        return measure_of(f"{first} {rest[0]}")
    return None if rest else measure_of(first)


def _department(filled: Sequence[str]) -> str:
    """Return the department that a row or a line names for a whole 施策; "" for any other."""
    first, *rest = dict.fromkeys(text.strip() for text in filled)
    if len(rest) == 1 and _DEPARTMENT_CELL.fullmatch(bare(first)):
        return rest[0]
    found = None if rest else _DEPARTMENT_LINE.fullmatch(narrow(first))
    return found[1] if found else ""


def _heads_kpis(rows: Sequence[tuple[str, ...]], place: int) -> bool:
    """Return whether headings of KPIs follow a row, at most one row between them."""
    heads = next(filter(None, map(heads_of, rows[place + 1 : place + 3])), None)
    return heads is not None and heads.kind != "headline"


def _lone_cells(items: Iterable[Item]) -> list[str]:
    """Return the texts of rows that hold but one: boxes and bars that head what follows."""
    rows = (row for item in items if isinstance(item, Grid) for row in item.rows)
    lone = ({text for text in row if text.strip()} for row in rows)
    return [text for texts in lone if len(texts) == 1 for text in texts]
