"""Reading a definition workbook: what stands in its cells, wherever columns were moved to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from ..domain.cells import Cell, CellValue
from ..domain.numerals import FiscalYear
from ..domain.text import bare
from ..errors import DefinitionError
from ..office.addresses import Corners, corners_of
from ..workbook.layout import STAMP
from ..workbook.read.book import OpenBook, Sheet
from ..workbook.read.file.number_formats import shown_text
from ..workbook.read.file.workbook_file import open_book
from . import sheets
from .book import Book, BookCell, BookRow, Found
from .sheets import Column

_HEADS_WITHIN: Final = 30
"""Rows from the top among which headings are looked for."""
_WIDE: Final = 200
_LATER: Final = ("目標", "目安値", "目標値", "目標値", "中間目標", "年度目標")


@dataclass
class Sheets:
    """What was read of a workbook, and what could not be."""

    book: Book = field(default_factory=Book)
    found: list[Found] = field(default_factory=list)


def is_definition(opened: OpenBook) -> bool:
    """Return whether a workbook is a definition workbook rather than a master or anything else."""
    named = {bare(sheet.title) for sheet in opened.sheets}
    return STAMP not in named and len({sheets.GOALS, sheets.INDICATORS} & named) > 0


def read_file(path: Path) -> Sheets:
    """Return what the definition workbook at ``path`` holds.

    Raise WorkbookError for what cannot be opened, DefinitionError for a workbook of another kind.
    """
    opened = open_book(path)
    if not is_definition(opened):
        if opened.sheet(STAMP):
            raise DefinitionError(
                f"{opened.name} は、もうできている評価ブックです。そのまま使えます。"
                "新しい評価ブックは、定義ブックから作ります。"
            )
        raise DefinitionError(
            f"{opened.name} は定義ブックではありません。"
            f"「{sheets.INDICATORS}」シートのある定義ブックを指定してください。"
        )
    return _Reader(opened).read()


class _Reader:
    def __init__(self, opened: OpenBook) -> None:
        self.opened, self.out = opened, Sheets()

    def read(self) -> Sheets:
        named = {bare(sheet.title): sheet for sheet in self.opened.sheets}
        for title in (*sheets.SHEETS, sheets.ENTRIES, sheets.REPAIRS):
            if (sheet := named.get(bare(title))) is not None:
                self._sheet(title, sheet)
            elif title in sheets.NEEDED:
                message = (
                    "シートがありません。名前を変えたときは戻し、消したときは作り直してください"
                )
                self.out.found.append(Found(title, None, title, message))
        return self.out

    def _sheet(self, title: str, sheet: Sheet) -> None:
        if title == sheets.PLAN:
            self._plan(sheet)
            return
        columns = sheets.COLUMNS[title]
        row, at = _headings(sheet, columns)
        if not at:
            message = f"見出し({columns[0].head}、{columns[1].head}、…)の行が見つかりません"
            self.out.found.append(Found(title, None, title, message))
            return
        for column in columns:
            if column.key not in at:
                message = f"「{column.head}」の列がありません。見出しを元のとおりにしてください"
                self.out.found.append(Found(title, None, column.head, message))
        if title == sheets.INDICATORS:
            at |= self._targets(sheet, row, at)
        self.out.book.rows[title] = list(self._rows(title, sheet, row, at))

    def _targets(self, sheet: Sheet, row: int, at: Mapping[str, int]) -> dict[str, int]:
        """Return the columns of targets by round: those headed by a year."""
        found: dict[str, int] = {}
        for column in range(1, _WIDE + 1):
            value = sheet.value(row, column)
            if value is None or column in at.values():
                continue
            cell = sheet.cell(row, column)
            round_ = _round_of(str(value))
            if not round_:
                if _is_used(sheet, row, column):
                    message = (
                        "この見出しの列は読みません。年度ごとの目標値なら、見出しを R8 のような年度に"
                        "してください。ほかの書き込みなら、この表の外に移してください"
                    )
                    self.out.found.append(
                        Found(sheets.INDICATORS, cell.address, str(value)[:40], message)
                    )
            elif round_ in self.out.book.rounds:
                message = f"{round_} の列が 2 つあります。1 つにしてください"
                self.out.found.append(Found(sheets.INDICATORS, cell.address, round_, message))
            else:
                self.out.book.rounds += (round_,)
                found[sheets.TARGET_OF + round_] = column
        return found

    def _rows(self, title: str, sheet: Sheet, head: int, at: Mapping[str, int]) -> list[BookRow]:
        filled = [n for n, cells in sheet.filled_rows() if n > head and cells]
        rows: list[BookRow] = []
        covered = _covered(sheet, head, at, filled)
        for number in filled:
            cells = {key: _entry(sheet.cell(number, column)) for key, column in at.items()}
            for key, column in at.items():
                if (number, column) in covered and cells[key].is_blank:
                    first = _entry(sheet.cell(covered[number, column], column))
                    cells[key] = replace(first, cell=cells[key].cell)
            row = BookRow(cells, number)
            covers = {key for key, column in at.items() if (number, column) in covered}
            if rows and _goes_on(row, covers):
                _join(rows[-1], row, covers)
            elif not row.is_blank:
                rows.append(row)
        return rows

    def _plan(self, sheet: Sheet) -> None:
        """Read 項目 and 値 row by row, then the list of departments below."""
        heads = {bare(column.head): column.key for column in sheets.PLAN_ROWS}
        in_list, book = False, self.out.book
        for number, cells in sheet.filled_rows():
            said = bare(str(cells.get(1) or ""))
            if said == bare(sheets.DEPARTMENTS):
                in_list = True
            elif in_list:
                entry = _entry(sheet.cell(number, 1))
                if not entry.is_blank:
                    book.departments.append(entry)
            elif (key := heads.get(said)) and key not in book.plan:
                book.plan[key] = _entry(sheet.cell(number, 2))
        missing = [column.head for column in sheets.PLAN_ROWS if column.key not in book.plan]
        for head in missing:
            message = f"「{head}」の行がありません。元のとおりにしてください"
            self.out.found.append(Found(sheets.PLAN, None, head, message))


def _headings(sheet: Sheet, columns: tuple[Column, ...]) -> tuple[int, dict[str, int]]:
    """Return the row with most of the headings, and the columns by key."""
    wanted = {bare(column.head): column.key for column in columns}
    best: tuple[int, dict[str, int]] = (0, {})
    for number, cells in sheet.filled_rows():
        if number > _HEADS_WITHIN:
            break
        at: dict[str, int] = {}
        for column, value in sorted(cells.items()):
            if isinstance(value, str) and (key := wanted.get(bare(value))):
                at.setdefault(key, column)
        if len(at) > len(best[1]):
            best = (number, at)
    return best if len(best[1]) > 1 else (0, {})


def _round_of(head: str) -> str:
    """Return the round that heads a column of targets (「R8」「目標値(R8)」), or nothing."""
    plain = bare(head)
    for word in sorted(_LATER, key=len, reverse=True):
        plain = plain.replace(word, "")
    plain = plain.strip("()[]のノ")
    try:
        FiscalYear.parse(plain)
    except ValueError:
        return ""
    return plain


def _is_used(sheet: Sheet, head: int, column: int) -> bool:
    return any(
        number > head and cells.get(column) is not None for number, cells in sheet.filled_rows()
    )


def _covered(
    sheet: Sheet, head: int, at: Mapping[str, int], filled: list[int]
) -> dict[tuple[int, int], int]:
    """Return cells that a merged range covers, with the row of the cell that is seen there."""
    if not filled:
        return {}
    within = Corners(1, head + 1, _WIDE, max(filled))
    found = {}
    for address in sheet.merged(within):
        corners = corners_of(address)
        for row in range(corners.top + 1, min(corners.bottom, max(filled)) + 1):
            found[row, corners.left] = corners.top
    return found


def _goes_on(row: BookRow, covers: Collection[str]) -> bool:
    """Return whether a row is the rest of the one above: both its figures are merged with those.

    So Excel pastes a row of a Word table that has a cell of several paragraphs.
    """
    return {"baseline", "target"} <= set(covers) and not row["target"].is_blank


def _join(above: BookRow, row: BookRow, covers: Collection[str]) -> None:
    for key, entry in row.cells.items():
        if key not in covers and not entry.is_blank:
            first = above[key]
            value = f"{first.value}\n{entry.value}" if not first.is_blank else entry.value
            above.cells[key] = replace(first, value=value, flaw=first.flaw or entry.flaw)


def _entry(cell: Cell) -> BookCell:
    """Return a cell as an entry; what is no plain text or number is flawed."""
    value: CellValue = cell.value
    if cell.is_formula:
        return BookCell(None, cell.address, "式が入っています。値に直してください(値の貼り付け)")
    if cell.is_error:
        return BookCell(
            None, cell.address, f"{value} というエラーになっています。値を書いてください"
        )
    if cell.is_unclear:
        return BookCell(
            None,
            cell.address,
            "取り消し線や上付きの文字があり、値が定まりません。打ち直してください",
        )
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return BookCell(None, cell.address, "日付になっています。文字として打ち直してください")
    if isinstance(value, bool):
        return BookCell(sheets.YES if value else sheets.NO, cell.address)
    if isinstance(value, int | float):
        value = shown_text(cell.number_format, value) or value
    return BookCell(value, cell.address)
