"""The rows of a definition workbook as the tables of a definition, with what is wrong in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..strategies.entries import DEPARTMENTS_KEY
from . import sheets
from .book import Book, BookCell, BookRow, Found
from .cell_values import Unfit, text_of, value_of
from .indicator_rows import IndicatorGroup, IndicatorRows
from .revision_rows import RevisionRows
from .sheets import Column

Place = tuple[str, BookRow]


@dataclass
class Tables:
    """What a book says: tables of a definition, figures that come with it, repairs.

    ``places`` are the rows by the entry under which the parser names them.
    """

    raw: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, Any] = field(default_factory=dict)
    repairs: list[dict[str, Any]] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)


def tables_of(book: Book) -> Tables:
    """Return what a book says, as far as it can be read, and everything that cannot."""
    return _Reading(book).tables()


class _Reading:
    """Reads a book's rows, each once."""

    def __init__(self, book: Book) -> None:
        self.book, self.out = book, Tables()

    def tables(self) -> Tables:
        out = self.out
        out.raw["plan"] = self._plan()
        goals, measures = self._goals()
        rows = IndicatorRows(self.book, self._said, self._say)
        for group, indicators in rows.groups().items():
            self._put(goals, measures, group, indicators)
        out.places.update(rows.places)
        revisions = RevisionRows(rows.indicators, self._say)
        revisions.put(self._said_rows(sheets.REVISIONS))
        out.places.update(revisions.places)
        for key, title in _LISTS.items():
            if made := self._rows(key, title):
                out.raw[key] = made
        if goals:
            out.raw["goals"] = list(goals.values())
        self._entries()
        out.repairs = [said for _, said in self._said_rows(sheets.REPAIRS)]
        return out

    def _say(self, sheet: str, entry: BookCell, about: str, message: str) -> None:
        self.out.found.append(Found(sheet, entry.cell or None, about, message))

    def _said(self, sheet: str, row: BookRow, columns: tuple[Column, ...]) -> dict[str, Any]:
        """Return the values of a row by key, blanks left out; complain of what is unfit."""
        said = {}
        for column in columns:
            try:
                value = value_of(row[column.key], column)
            except Unfit as unfit:
                self._say(sheet, row[column.key], column.head, str(unfit))
                continue
            if value is not None:
                said[column.key] = value
        return said

    def _plan(self) -> dict[str, Any]:
        row = BookRow(self.book.plan)
        self.out.places["[plan]"] = (sheets.PLAN, row)
        said = self._said(sheets.PLAN, row, sheets.PLAN_ROWS)
        if len(period := said.get("period", ())) > 2:
            said["period"] = [period[0], period[-1]]
        names = []
        for entry in self.book.departments:
            if entry.flaw:
                self._say(sheets.PLAN, entry, sheets.DEPARTMENTS, entry.flaw)
            else:
                names.append(text_of(entry))
        if names:
            said["departments"] = [] if names == [sheets.NONE] else names
        return said

    def _goals(self) -> tuple[dict[int, dict[str, Any]], dict[tuple[int, int], dict[str, Any]]]:
        """Return goals by number, and 施策 by goal and number; a doubled row is said."""
        goals: dict[int, dict[str, Any]] = {}
        measures: dict[tuple[int, int], dict[str, Any]] = {}
        for row in self.book.of(sheets.GOALS):
            if row.is_blank:
                continue
            said = self._said(sheets.GOALS, row, sheets.GOAL_COLUMNS)
            number, measure = said.get("goal"), said.get("measure")
            if number is None:
                if not row["goal"].flaw and row["goal"].is_blank:
                    message = "基本目標の番号を書いてください"
                    self._say(sheets.GOALS, row["goal"], said.get("name", ""), message)
            elif measure is None:
                self._goal(goals, row, said)
            else:
                self._measure(goals, measures, row, said)
        return goals, measures

    def _goal(self, goals: dict[int, dict[str, Any]], row: BookRow, said: dict[str, Any]) -> None:
        number = said["goal"]
        if "title" in goals.get(number, {}):
            self._say(sheets.GOALS, row["goal"], f"基本目標{number}", "同じ番号が 2 回あります")
            return
        goal = goals.setdefault(number, {"number": number})
        goal["title"] = said.get("name", "")
        goal |= {key: said[key] for key in ("label", "was") if key in said}
        if "group" in said:
            message = "「上の見出し」は施策の行に書いてください"
            self._say(sheets.GOALS, row["group"], f"基本目標{number}", message)
        counts = {key: said[key] for key in ("total", "achieved") if key in said}
        if counts:
            goal["kpi_counts"] = counts
        self.out.places[f"基本目標{number}"] = self.out.places[str(number)] = (sheets.GOALS, row)

    def _measure(
        self,
        goals: dict[int, dict[str, Any]],
        measures: dict[tuple[int, int], dict[str, Any]],
        row: BookRow,
        said: dict[str, Any],
    ) -> None:
        number, own = said["goal"], said["measure"]
        entry = f"基本目標{number} 施策{own}"
        if (number, own) in measures:
            self._say(sheets.GOALS, row["measure"], entry, "同じ番号が 2 回あります")
            return
        for key in ("total", "achieved"):
            if key in said:
                message = "KPI の数は基本目標の行に書いてください"
                self._say(sheets.GOALS, row[key], entry, message)
        made = {"number": own, "name": said.get("name", "")}
        made |= {key: said[key] for key in ("label", "group", "was") if key in said}
        measures[number, own] = made
        goal = goals.setdefault(number, {"number": number})
        goal.setdefault("measures", []).append(made)
        self.out.places[entry] = (sheets.GOALS, row)

    def _put(
        self,
        goals: dict[int, dict[str, Any]],
        measures: dict[tuple[int, int], dict[str, Any]],
        group: IndicatorGroup,
        indicators: list[tuple[BookRow, dict[str, Any]]],
    ) -> None:
        """Put indicators where they belong; complain of those whose goal or 施策 is none."""
        made = [own for _, own in indicators]
        if group.measure is not None and (group.goal, group.measure) in measures:
            measures[group.goal, group.measure]["kpis"] = made
        elif group.measure is None and group.goal in goals:
            goals[group.goal]["headlines" if group.kind == "headline" else "kpis"] = made
        else:
            what = f"基本目標{group.goal}" + (f"の施策{group.measure}" if group.measure else "")
            for row, own in indicators:
                cell = row["measure" if group.measure is not None else "goal"]
                message = f"{what}が「{sheets.GOALS}」にありません"
                self._say(sheets.INDICATORS, cell, own.get("name", ""), message)

    def _said_rows(self, title: str) -> list[tuple[BookRow, dict[str, Any]]]:
        columns = sheets.COLUMNS[title]
        rows = (row for row in self.book.of(title) if not row.is_blank)
        return [(row, self._said(title, row, columns)) for row in rows]

    def _rows(self, key: str, title: str) -> list[dict[str, Any]]:
        made = []
        for number, (row, said) in enumerate(self._said_rows(title), start=1):
            self.out.places[f"[[{key}]] の {number} 番目"] = (title, row)
            made.append(self._relation(row, said) if key == "relations" else said)
            if "at_least" in said:
                said["at_least"] = said["at_least"].removesuffix("%").strip()
        return made

    def _relation(self, row: BookRow, said: dict[str, Any]) -> dict[str, Any]:
        """Return a relation; one indicator is asked for where its kind knows but one."""
        ids = said.pop("ids", [])
        kind = said.get("kind")
        key = {"derived": "id", "part": "part"}.get(str(kind))
        if key is None:
            return {**said, "ids": ids} if ids else said
        if len(ids) > 1:
            message = "指標の番号を 1 つだけ書いてください"
            self._say(sheets.RELATIONS, row["ids"], "", message)
        return {**said, key: ids[0]} if ids else said

    def _entries(self) -> None:
        made: dict[str, Any] = defaultdict(dict)
        for row, said in self._said_rows(sheets.ENTRIES):
            kind, of, at = said.get("kind"), said.get("of", ""), said.get("at")
            if kind is None:
                continue
            value: Any = said.get("value", "")
            if kind == "settings" and isinstance(row["value"].value, int | float):
                value = row["value"].value
            place = f"[entries.{kind}] {of}"
            self.out.places[f"{place} {at}" if at else place] = (sheets.ENTRIES, row)
            if kind == "settings" and of == DEPARTMENTS_KEY:
                made[kind].setdefault(of, []).append(value)
            elif at is not None and isinstance(made[kind].setdefault(of, {}), dict):
                made[kind][of][at] = value
            else:
                made[kind][of] = value
        self.out.entries = dict(made)


_LISTS: Final[Mapping[str, str]] = {
    "relations": sheets.RELATIONS,
    "grades": sheets.GRADES,
    "fields": sheets.FIELDS,
}
