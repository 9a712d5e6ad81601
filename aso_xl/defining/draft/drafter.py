"""From lines and tables to the rows of a definition workbook: what is sure, guessed, not understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ...domain.numerals import FiscalYear
from ...domain.text import bare, narrow
from ...errors import DefinitionError
from .. import sheets
from ..book import Book, BookCell, BookRow
from ..figures import Printed, read_printed
from ..numbering import number_of
from ..to_tables import tables_of
from .headings import (
    Head,
    Heads,
    PlanHeading,
    goal_of,
    head_of,
    heads_of,
    in_cell,
    measure_of,
    numbered,
    years_in,
)
from .items import Grid, Item, Line
from .source import items_of, joined

_NUMBER_CELL: Final = re.compile(r"(?:No\.?|番号|施策番号|施策No\.?)", re.I)
_NAME_CELL: Final = re.compile(r"施策名|施策の名称|取組名")
_TEXT_CELL: Final = re.compile(r"施策内容|内容|概要|主な取組|具体的な.*")
_SOURCE: Final = re.compile(r"(?:資料|出典|出所)\s*[:：]\s*(.+)")
_NOTED: Final = re.compile(r"[-・\s]*[(\[]?※[0-9]*[)\]]?\s*[・…:：]+\s*(.+)")
_OTHER_YEAR: Final = re.compile(
    r"(?:[RHrh]\s*[0-9]{1,2}|(?:令和|平成)[元0-9]{1,2}年?度?)\s*(?:年度)?の?(?:数値|実績|値)を基準"
)
_LONE: Final = re.compile(
    r"[△▲−-]?\s*[0-9][0-9,]*(?:\.[0-9]+)?\s*[^\s.．、。]{0,6}(?:以上|以下|未満|超)?"
)
_TITLE: Final = re.compile(
    r"(第\s*[0-9]+\s*(?:期|次))?\s*(\S*?(?:市|町|村|区|県|都|府|道))\S*総合戦略"
)
_PLACE: Final = re.compile(
    r"^([^\s、。第期]{1,8}?[市町村区県])(?=まち|・|版|の|総合|地方|デジタル|人口)"
)
_RANGE: Final = re.compile(
    r"((?:令和|平成)\s*[元0-9]{1,2}\s*年度|20[0-9]{2}\s*年度)(?:\s*\([^)]*\))?\s*[~～〜∼-]\s*"
    r"((?:令和|平成)\s*[元0-9]{1,2}\s*年度|20[0-9]{2}\s*年度)"
)
_CUMULATIVE: Final = re.compile(r"延べ|累計|累積")
_UNREADABLE: Final = re.compile("[□�]")
_DAMAGED: Final = re.compile(r"(?<=[0-9])[□�]")


@dataclass
class Draft:
    """A drafted book, what was not understood (place, text), and how much was found."""

    book: Book = field(default_factory=Book)
    unread: list[tuple[str, str]] = field(default_factory=list)

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
        raise DefinitionError(
            f"{path.name} に数値目標や KPI の表が見つかりません。「基本目標1 …」という見出しと、"
            "「基準値」「目標値」という見出しの表のあるファイルを指定してください。"
        )
    return made


@dataclass
class _Goal:
    title: str = ""
    label: str = ""
    is_used: bool = False
    hint: str = ""
    measures: dict[int, BookRow] = field(default_factory=dict)


class Drafter:
    """Reads a strategy from the top; ``made`` returns what came of it."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = list(items)
        self.out = Draft()
        self.goals: dict[int, _Goal] = {}
        self.goal: int | None = None
        self.measure: int | None = None
        self.candidate: tuple[PlanHeading, int] | None = None
        self.kind = ""
        self.latest = Heads()
        self.carried: tuple[Heads, int] | None = None
        self.indicators: list[BookRow] = []
        self.group: list[BookRow] = []
        self.years: dict[str, Counter[str]] = {"baseline": Counter(), "target": Counter()}
        self.rounds: list[str] = []

    def made(self) -> Draft:
        for number, item in enumerate(self.items):
            if isinstance(item, Line):
                self._line(item, number)
            else:
                self._grid(item, number)
        self._plan()
        self._years()
        self.out.book.rounds = tuple(sorted(set(self.rounds), key=lambda y: FiscalYear.parse(y)))
        self.out.book.rows = {
            sheets.GOALS: self._goal_rows(),
            sheets.INDICATORS: self.indicators,
        }
        self._settle()
        return self.out

    def _settle(self) -> None:
        """Write beside the printed figures what they say: ids, units, rules."""
        tables = tables_of(self.out.book)
        for goal in tables.raw.get("goals", ()):
            groups = [goal, *goal.get("measures", ())]
            for own in (
                *goal.get("headlines", ()),
                *(k for g in groups for k in g.get("kpis", ())),
            ):
                _, row = tables.places[own["id"]]
                for key in ("id", "unit", "rule"):
                    if key in own and row[key].is_blank:
                        row.cells[key] = BookCell(own[key])

    def _unread(self, place: str, text: str) -> None:
        self.out.unread.append((place, " ".join(text.split())))

    # --- lines

    def _line(self, line: Line, number: int) -> None:
        text = line.text
        if heading := goal_of(text):
            self._enter(heading)
        elif heading := measure_of(text):
            if self.goal is not None:
                self._measure(heading)
        elif found := _SOURCE.match(text.strip()):
            hint = "読めない文字があります" if _UNREADABLE.search(found[1]) else ""
            for row in self.group:
                row.cells.setdefault("source", BookCell(found[1].strip(), hint=hint))
        elif found := _NOTED.match(narrow(text).strip()):
            self._note(found[1])
        elif heads := heads_of((text,)):
            self._table(heads, number)
            self.carried = (heads, number)
        elif heading := numbered(text):
            self.candidate = (heading, number)
        elif _LONE.fullmatch(narrow(text).strip()) and self.goal is not None:
            self._unread(line.place, text)

    def _enter(self, heading: PlanHeading) -> None:
        """Enter a goal; one that is headed again keeps its name unless nothing was found under it."""
        goal = self.goals.setdefault(heading.number, _Goal())
        if heading.name and not (goal.is_used and goal.title):
            goal.title, goal.label = heading.name, heading.label
        elif heading.name and heading.name != goal.title:
            goal.hint = f"ほかの所では「{heading.name}」"
        self.goal, self.measure, self.candidate = heading.number, None, None
        self.group = []

    def _measure(self, heading: PlanHeading, hint: str = "") -> None:
        assert self.goal is not None
        goal = self.goals[self.goal]
        goal.is_used = True
        self.measure, self.group = heading.number, []
        known = goal.measures.get(heading.number)
        if known is None or not known["name"].value:
            cells = {
                "goal": BookCell(self.goal),
                "measure": BookCell(heading.number, hint=hint),
                "name": BookCell(heading.name or None),
            }
            if heading.label:
                cells["label"] = BookCell(heading.label)
            goal.measures[heading.number] = BookRow(cells)

    def _note(self, text: str) -> None:
        """Take a note for the figures that bear its mark, and the year that it gives them."""
        for row in self.group:
            if "marked" not in row.cells:
                continue
            row.cells["note"] = BookCell(text)
            if found := _OTHER_YEAR.search(text):
                year = str(years_in(found[0])[0])
                row.cells["baseline_year"] = BookCell(year, hint=f"注記による: {text}")
            del row.cells["marked"]

    # --- tables

    def _grid(self, grid: Grid, number: int) -> None:
        heads: Heads | None = None
        if self.carried and self.carried[1] == number - 1:  # cut by a page, or headed by a line
            heads = self.carried[0]
        rows = list(grid.rows)
        skip = 0
        for place, row in enumerate(rows):
            filled = [text for text in row if text.strip()]
            if skip or not filled:
                skip = max(0, skip - 1)
                continue
            distinct = list(dict.fromkeys(filled))
            first = bare(filled[0])
            if len(distinct) == 1 and (heading := goal_of(filled[0])):
                self._enter(heading)
            elif _NUMBER_CELL.fullmatch(first) and len(filled) > 1 and _is_number(filled[1]):
                self._pending(number_of(bare(filled[1])))
                heads = None
            elif _NAME_CELL.fullmatch(first) and len(filled) > 1:
                self._named(filled[1:])
                heads = None
            elif (found := heads_of(row)) is not None:
                below = rows[place + 1] if place + 1 < len(rows) else ()
                heads, skip = self._under(found, row, below)
                self._table(heads, number)
            elif heads is not None and not _TEXT_CELL.fullmatch(first):
                self._row(heads, row, grid.place)
        self.carried = (heads, number) if heads else None

    def _pending(self, number: int) -> None:
        if self.goal is not None:
            self._measure(PlanHeading(number, "", ""))
            self.candidate = None

    def _named(self, texts: list[str]) -> None:
        """Give the 施策 just numbered its name; one that is cut in two is put together as a guess."""
        if self.goal is None or self.measure is None:
            return
        hint = f"分かれた欄をつなぎました: {' | '.join(texts)}" if len(texts) > 1 else ""
        measure = self.goals[self.goal].measures[self.measure]
        measure.cells["name"] = BookCell(joined("".join(texts)), hint=hint)

    def _under(
        self, heads: Heads, row: tuple[str, ...], below: tuple[str, ...]
    ) -> tuple[Heads, int]:
        """Return the headings with years that stand in the row below, and how many rows that takes."""
        filled = [(n, text) for n, text in enumerate(below) if text.strip()]
        fresh = [(n, text) for n, text in filled if n >= len(row) or text != row[n]]
        if not fresh or not all(years_in(t) and len(bare(t)) < 16 for _, t in fresh):
            return heads, 0
        columns, last = [], Head()
        for place in range(max(len(row), len(below))):
            own = heads.columns[place] if place < len(heads.columns) else Head()
            last = own if own.text else last
            if (place, below[place] if place < len(below) else "") in fresh:
                said = head_of(below[place])
                holds = said.holds or last.holds
                columns.append(Head(holds, said.year, 0, last.text + said.text))
            else:
                columns.append(own)
        return Heads(tuple(columns), heads.kind, False, heads.text), 1

    def _table(self, heads: Heads, number: int) -> None:
        """Begin a table: a torn heading has the years of the one before; a numbered line is its 施策."""
        self.group = []
        self.kind = heads.kind
        if heads.columns:
            self.latest = heads
        if self.goal is None:
            return
        if self.candidate and heads.kind != "headline":
            heading, at = self.candidate
            if number - at <= 4 and not (heads.first("measure") is not None):
                self._measure(heading, f"見出し「{heading.label} {heading.name}」による")
        self.candidate = None

    def _row(self, heads: Heads, row: tuple[str, ...], place: str) -> None:
        self._goal_cell(heads, row)
        if self.goal is None:
            self._unread(place, "どの基本目標かわからない: " + " | ".join(filter(None, row)))
            return
        found = None if heads.is_torn else self._by_columns(heads, row)
        if found is None:
            found = self._by_place(heads if heads.columns else self.latest, row)
        if found is None:
            if any(re.search("[0-9]", text) for text in row[1:]):
                self._unread(place, " | ".join(filter(None, row)))
            return
        self._indicator(found, row)

    def _by_columns(self, heads: Heads, row: tuple[str, ...]) -> dict[str, BookCell] | None:
        """Return the values of a row by its headings; None where they do not fit."""
        if len(row) < 2:
            return None
        cells: dict[str, BookCell] = {}
        figures: list[tuple[Head, str]] = []
        for head, text in zip(heads.columns, row, strict=False):
            text = text.strip()
            if not text:
                continue
            if head.holds in ("baseline", "target") or (not head.holds and head.year):
                figures.append((head, text))
            elif head.holds == "name":
                before = cells["name"].value if "name" in cells else ""
                cells["name"] = BookCell(joined(f"{before or ''}{text}"))
            elif head.holds == "measure":
                self._measure_cell(text)
            elif head.holds == "kind":
                kind = "headline" if "数値目標" in bare(text) else "kpi"
                cells["kind"] = BookCell(sheets.KINDS[kind])
            elif head.holds and head.holds != "goal":
                cells[head.holds] = BookCell(" ".join(text.split()))
        if "name" not in cells or not figures:
            return None
        unit = str(cells["unit"].value) if "unit" in cells else ""
        if any(read_printed(_plain(text), unit).problem for _, text in figures):
            return None
        return cells | self._figures(figures, unit)

    def _goal_cell(self, heads: Heads, row: tuple[str, ...]) -> None:
        """Enter the goal that a column of goals names in this row, if it is another one."""
        place = heads.first("goal")
        if place is None or place >= len(row) or not (text := row[place].strip()):
            return
        heading = goal_of(text) or in_cell(text)
        if heading is None and _is_number(text):
            heading = PlanHeading(number_of(bare(text)), "", "")
        if heading and heading.number != self.goal:
            self._enter(heading)

    def _measure_cell(self, text: str) -> None:
        if heading := in_cell(text) or measure_of(text):
            if self.measure != heading.number or heading.label:
                self._measure(heading)
            return
        assert self.goal is not None
        name, goal = joined(text), self.goals[self.goal]
        for number, known in goal.measures.items():
            if known["name"].value == name:
                self.measure = number
                return
        number = max(goal.measures, default=0) + 1
        self._measure(PlanHeading(number, "", name), "番号は、書かれた順に付けました")

    def _figures(self, figures: list[tuple[Head, str]], unit: str) -> dict[str, BookCell]:
        """Return entries of printed figures: base and goal value, others as targets by round."""
        cells: dict[str, BookCell] = {}
        bases = [each for each in figures if each[0].holds == "baseline"]
        printed = [each for each in bases if "基準" in each[0].text] or bases
        base = max(printed, key=lambda each: _year(each[0]), default=None)
        others = [each for each in figures if each[0].holds != "baseline"]
        goals = [each for each in others if each[0].holds == "target"] or others
        final = max(goals, key=lambda each: _year(each[0]), default=None)
        for key, found in (("baseline", base), ("target", final)):
            if found:
                cells[key] = self._figure(found[1], unit)
                self._year(cells, key, found[0])
        for each in others:
            if each is not final and each[0].year:
                cells[sheets.TARGET_OF + each[0].year] = self._figure(each[1], unit)
                self.rounds.append(each[0].year)
        return cells

    def _figure(self, text: str, unit: str) -> BookCell:
        plain = _plain(text)
        hint = "" if plain == text.strip() else f"元の文字: {text}"
        return BookCell(plain, hint=hint)

    def _year(self, cells: dict[str, BookCell], key: str, head: Head) -> None:
        if head.year:
            cells[f"{key}_year"] = BookCell(head.year)
            self.years[key][head.year] += 1
        if head.lag:
            cells["lag"] = BookCell(head.lag, hint=f"見出し「{head.text}」による")

    def _by_place(self, heads: Heads, row: tuple[str, ...]) -> dict[str, BookCell] | None:
        """Return a row whose headings do not stand over it: its last two figures, and the name before."""
        filled = [text.strip() for text in row if text.strip()]
        if len(filled) < 3:
            return None
        *names, base, target = filled
        read = read_printed(_plain(base)), read_printed(_plain(target))
        if any(each.problem for each in read) or any(
            read_printed(_plain(name)).value for name in names
        ):
            return None
        cells: dict[str, BookCell] = {}
        name = joined("".join(names))
        shown = f"表の列がずれているため、並び順で読みました: {' | '.join(filled)}"
        cells["name"] = BookCell(name, hint=shown if len(names) > 1 else "")
        figures = [(heads.head("baseline"), base), (heads.head("target"), target)]
        cells["baseline"], cells["target"] = (self._figure(text, "") for _, text in figures)
        for key, (head, _) in zip(("baseline", "target"), figures, strict=True):
            self._year(cells, key, head)
        return cells

    def _indicator(self, cells: dict[str, BookCell], row: tuple[str, ...]) -> None:
        """Add an indicator with its place and what its own words say."""
        assert self.goal is not None
        self.goals[self.goal].is_used = True
        kind = self.kind or ("kpi" if self.measure is not None else "headline")
        hint = (
            "" if self.kind else "表の見出しに「数値目標」も「KPI」もないため、施策の有無によります"
        )
        made = {"goal": BookCell(self.goal), "kind": BookCell(sheets.KINDS[kind], hint=hint)}
        if kind == "kpi" and self.measure is not None:
            made["measure"] = BookCell(self.measure)
        name = str(cells["name"].value)
        if _CUMULATIVE.search(name):
            made["cumulative"] = BookCell(sheets.YES, hint="名称に延べ・累計とあるため")
        self._units(cells)
        base = read_printed(str(cells["baseline"].value)) if "baseline" in cells else Printed()
        if (base.value or "").startswith("-"):
            made["signed"] = BookCell(sheets.YES, hint="基準値が負のため")
        if any("※" in text for text in row):
            made["marked"] = BookCell("")
        added = BookRow({**made, **cells})
        if added["kind"].value == sheets.KINDS["headline"]:
            added.cells.pop("measure", None)
        self.indicators.append(added)
        self.group.append(added)

    def _units(self, cells: dict[str, BookCell]) -> None:
        """Give a figure whose unit is illegible that of the other one; say where none is printed."""
        keys = [key for key in ("baseline", "target") if key in cells]
        units = {key: read_printed(str(cells[key].value)).unit for key in keys}
        known = next((unit for unit in units.values() if unit), "")
        for key in keys:
            if not units[key] and known and cells[key].hint:
                cells[key] = BookCell(f"{cells[key].value}{known}", hint=cells[key].hint)
        numbers = [key for key in keys if read_printed(str(cells[key].value)).value]
        if numbers and not known and "unit" not in cells:
            cells["unit"] = BookCell(None, hint="単位が印字されていません")

    # --- the plan

    def _plan(self) -> None:
        plan = self.out.book.plan
        lines = [item.text for item in self.items if isinstance(item, Line)]
        titles = Counter(
            joined(narrow(found[0]))
            for text in lines
            if len(text) < 60 and (found := _TITLE.search(text))
        )
        if titles:
            title = titles.most_common(1)[0][0]
            plan["title"] = BookCell(title, hint="文書の中で最も多い名称です")
            if found := _TITLE.match(title):
                short = f"{found[1]}総合戦略" if found[1] else "総合戦略"
                plan["short_title"] = BookCell(short, hint="名称から作りました")
                bare_title = title.removeprefix(found[1] or "")
                if place := _PLACE.match(bare_title):
                    plan["municipality"] = BookCell(place[1], hint="名称から取りました")
        self._period(lines)

    def _period(self, lines: list[str]) -> None:
        plan = self.out.book.plan
        near = 0
        for text in lines:
            near = 6 if "計画期間" in text or "戦略の期間" in text else near - 1
            if near > 0 and (found := _RANGE.search(narrow(text))):
                first, last = (years_in(each)[0] for each in (found[1], found[2]))
                hint = f"元の文: {' '.join(text.split())}"
                plan["period"] = BookCell(f"{first}～{last}", hint=hint)
                told = "計画期間から。前の年度の評価などを加えるときは直してください"
                plan["rounds"] = BookCell(f"{first}～{last}", hint=told)
                made = f"plan-{first}-{last}".lower()
                plan["id"] = BookCell(made, hint="仮の番号です。例: aso-3。使い始めたら変えません")
                plan["round"] = BookCell(str(first), hint="計画期間の初年度にしました")
                return

    def _years(self) -> None:
        """Take the years that most figures have for those of the plan; the others keep their own."""
        for key, counted in self.years.items():
            if not counted:
                continue
            usual = counted.most_common(1)[0][0]
            self.out.book.plan[f"{key}_year"] = BookCell(usual)
            for row in self.indicators:
                if row[f"{key}_year"].value == usual:
                    del row.cells[f"{key}_year"]

    def _goal_rows(self) -> list[BookRow]:
        rows = []
        used = {number: goal for number, goal in sorted(self.goals.items()) if goal.is_used}
        for number, goal in used.items():
            cells = {"goal": BookCell(number), "name": BookCell(goal.title or None, hint=goal.hint)}
            if goal.label:
                cells["label"] = BookCell(goal.label)
            rows.append(BookRow(cells))
            rows += [goal.measures[each] for each in sorted(goal.measures)]
        for row in self.indicators:
            row.cells.pop("marked", None)
        return rows


def _year(head: Head) -> int:
    return FiscalYear.parse(head.year).year if head.year else 9999


def _plain(text: str) -> str:
    """Return a printed figure on one line, without a letter that could not be read."""
    return _DAMAGED.sub("", " ".join(text.split()))


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,3}|[①-⑳]", bare(text)))
