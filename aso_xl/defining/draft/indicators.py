"""The indicators of a strategy as they are found, with the notes and sources below their tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from ...domain.numerals import FiscalYear
from ...domain.text import narrow
from ...strategies.more import AGGREGATE
from .. import sheets
from ..book import BookCell, BookRow
from ..cell_values import split
from ..figure_words import DONE
from ..figures import Printed, read_printed
from ..indicator_rows import QUALITATIVE
from .table_headings import years_in
from .table_rows import Cells

_CUMULATIVE: Final = re.compile(r"延べ|累計|累積")
_OVER_YEARS: Final = re.compile(r"(?<![0-9])[0-9]{1,2}\s*(?:か|カ|ヵ|ヶ|箇)?年間?(?:で|の|\))")
_SUMMED: Final = re.compile(
    r"(?:[0-9一二三四五六七八九十]{1,2}\s*(?:か|カ|ヵ|ヶ|箇)?年間?|(?:計画|対象)?期間(?:中|内)?)"
    r"の?(?:合計|総計|総数|延べ合計)(?:値|数)?"
)
"""What the name of a total over the years says."""
_OTHER_YEAR: Final = re.compile(
    r"(?:[RHrh]\s*[0-9]{1,2}|(?:令和|平成)[元0-9]{1,2}年?度?)\s*(?:年度)?の?(?:数値|実績|値)を基準"
)
_UNREADABLE: Final = re.compile("[□�]")
_YEARS: Final = ("baseline_year", "target_year")


class Indicators:
    """Collects rows of 指標; ``group`` are those of the table one is in."""

    def __init__(self) -> None:
        self.rows: list[BookRow] = []
        self._group: list[BookRow] = []
        self._marked: list[BookRow] = []
        self._departments: dict[tuple[int, int | None], BookCell] = {}

    def begin_group(self) -> None:
        """Leave the table before: its notes and sources have been read."""
        self._group, self._marked = [], []

    def add(
        self, cells: Cells, goal: int, measure: int | None, kind: str, *, is_marked: bool
    ) -> None:
        """Add an indicator at its place, with what its own words say; a note may be to come."""
        usual = "kpi" if measure is not None else "headline"
        hint = "" if kind or measure else "表の見出しに「数値目標」も「KPI」もないため"
        made = {"goal": BookCell(goal), "kind": BookCell(sheets.KINDS[kind or usual], hint=hint)}
        row = BookRow({**made, **_said(cells), **cells, **_unit(cells)})
        if row["kind"].value == sheets.KINDS["kpi"] and measure is not None:
            row.cells["measure"] = BookCell(measure)
        if department := self._departments.get((goal, measure)):
            row.cells.setdefault("department", department)
        self.rows.append(row)
        self._group.append(row)
        if is_marked:
            self._marked.append(row)

    def department(self, name: str, goal: int, measure: int | None) -> None:
        """Take the department named for a 施策 as that of its figures, but for those with their own."""
        entry = BookCell(" ".join(name.split()), hint="施策の担当課の欄による")
        self._departments[goal, measure] = entry
        for row in self.rows:
            of = row["measure"].value if row["kind"].value == sheets.KINDS["kpi"] else None
            if (row["goal"].value, of) == (goal, measure):
                row.cells.setdefault("department", entry)

    def source(self, text: str) -> None:
        """Take the source that stands below a table for its figures."""
        hint = "読めない文字があります" if _UNREADABLE.search(text) else ""
        for row in self._group:
            row.cells.setdefault("source", BookCell(text, hint=hint))

    def note(self, text: str) -> None:
        """Take a note for the figures that bear its mark, and the year that it gives them."""
        for row in self._marked:
            row.cells["note"] = BookCell(text)
            other = _OTHER_YEAR.search(text)
            if other and (years := years_in(other[0])):
                row.cells["baseline_year"] = BookCell(str(years[0]), hint=f"注記による: {text}")
        self._marked = []

    def rounds(self) -> tuple[str, ...]:
        """Return the rounds that have targets of their own."""
        keys = {key for row in self.rows for key in row.cells if key.startswith(sheets.TARGET_OF)}
        years = (key.removeprefix(sheets.TARGET_OF) for key in keys)
        return tuple(sorted(years, key=FiscalYear.parse))

    def departments(self) -> list[BookCell]:
        """Return the departments that are printed, each once."""
        printed = (row["department"].value for row in self.rows)
        names = [name for text in printed for name in split(str(text or ""))]
        return [BookCell(name) for name in dict.fromkeys(names)]

    def usual_years(self) -> Iterator[tuple[str, BookCell]]:
        """Yield the years that most figures have, for the plan; the others keep their own."""
        for key in _YEARS:
            counted = Counter(row[key].value for row in self.rows if key in row.cells)
            if counted:
                usual = counted.most_common(1)[0][0]
                yield key, BookCell(usual)
                for row in self.rows:
                    if row[key].value == usual:
                        del row.cells[key]


def _said(cells: Cells) -> Cells:
    """Return what the words of an indicator say: a total, below nothing, done or not."""
    made: Cells = {}
    texts = [str(cells[key].value) for key in ("name", "baseline", "target") if key in cells]
    target = str(cells["target"].value) if "target" in cells else ""
    name = str(cells["name"].value) if "name" in cells else ""
    over_years = f"目標値が「{target}」のため" if _OVER_YEARS.search(narrow(target)) else ""
    summed = _SUMMED.search(narrow(name))
    if because := over_years or (summed and f"名称に「{summed[0].strip('()')}」とあるため"):
        hint = f"{because}。各年度の値を入れ、合計で判定します"
        made["aggregate"] = BookCell(AGGREGATE["sum"], hint=hint)
    elif _CUMULATIVE.search(" ".join(texts)):
        made["cumulative"] = BookCell(sheets.YES, hint="延べ・累計とあるため")
    if (_printed(cells, "baseline").value or "").startswith("-"):
        made["signed"] = BookCell(sheets.YES, hint="基準値が負のため")
    if (word := _printed(cells, "target").word) in DONE:
        made["rule"] = BookCell(QUALITATIVE, hint=f"目標値が「{word}」のため")
    return made


def _unit(cells: Cells) -> Cells:
    """Give a figure whose unit is illegible that of the other one; say where none is printed."""
    keys = [key for key in ("baseline", "target") if key in cells]
    read = {key: _printed(cells, key) for key in keys}
    known = next((figure.unit for figure in read.values() if figure.unit), "")
    made: Cells = {}
    for key in keys:
        if known and not read[key].unit and cells[key].hint and read[key].value:
            made[key] = BookCell(f"{cells[key].value}{known}", hint=cells[key].hint)
    if any(figure.value for figure in read.values()) and not known and "unit" not in cells:
        made["unit"] = BookCell(None, hint="単位が印字されていません")
    return made


def _printed(cells: Cells, key: str) -> Printed:
    return read_printed(str(cells[key].value)) if key in cells else Printed()
