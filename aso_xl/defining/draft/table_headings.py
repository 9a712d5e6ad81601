"""What the headings of a table say: years, and what each column holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from ...domain.numerals import FiscalYear
from ...domain.text import bare, narrow
from ..figures import read_printed

_YEAR: Final = re.compile(
    r"(?:令和|平成|[RH])\s*(?:元|[0-9]{1,2})|(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])"
)
_SHORT: Final = 16
"""Letters of a year that stands alone in the second row of headings."""
Holds = Literal[
    "name",
    "unit",
    "baseline",
    "target",
    "measure",
    "goal",
    "department",
    "source",
    "note",
    "baseline_year",
    "target_year",
    "kind",
    "",
]
_WORDS: Final[tuple[tuple[Holds, str], ...]] = (
    ("unit", r"単位"),
    ("baseline_year", r"(?:基準|現状|策定)(?:値の)?年度?$"),
    ("target_year", r"(?:目標|達成)(?:値の)?年度?$"),
    ("kind", r"^(?:種類|種別|区分|指標の種類)$"),
    ("department", r"担当課|担当部署|所管|主管課|担当"),
    ("source", r"出典|資料|データ元|根拠"),
    ("note", r"備考|説明|考え方|算出方法|定義"),
    ("goal", r"基本目標|基本方針|政策目標|戦略目標|の柱$"),
    ("name", r"数値目標|成果目標|成果指標|目標指標|重要業績|評価指標|指標|KPI|項目"),
    ("measure", r"施策|取組名|事業名"),
    ("baseline", r"基準値?|現状値?|当初値?|策定時|実績値?|現況値?"),
    ("target", r"目標値?|目指す値|目安値?"),
)


@dataclass(frozen=True)
class Head:
    """One column's heading: what it holds, of which year, and how many years late (計算)."""

    holds: Holds = ""
    year: str = ""
    lag: int = 0
    text: str = ""


@dataclass(frozen=True)
class Heads:
    """The headings of a table of indicators; ``is_torn`` where they do not stand over their columns."""

    columns: tuple[Head, ...] = ()
    kind: str = ""
    is_torn: bool = False
    text: str = field(default="", compare=False)

    def first(self, holds: Holds) -> int | None:
        return next((n for n, head in enumerate(self.columns) if head.holds == holds), None)

    def head(self, holds: Holds) -> Head:
        place = self.first(holds)
        return Head() if place is None else self.columns[place]


def years_in(text: str) -> list[FiscalYear]:
    """Return the years that a text names, in order, each once (「令和6(2024)年度」 is one)."""
    found = []
    for match in _YEAR.finditer(narrow(text)):
        try:
            year = FiscalYear.parse("".join(match[0].split()))
        except ValueError:
            continue
        if year not in found:
            found.append(year)
    return found


def head_of(text: str) -> Head:
    """Return what a heading says; a year alone heads a column of targets by round."""
    plain = bare(text)
    years = years_in(text)
    year = str(years[0]) if years else ""
    holds: Holds = next((h for h, words in _WORDS if re.search(words, plain)), "")
    if holds == "name" and re.match(r"(?:基準|現状|目標)値", plain):
        holds = "target" if plain.startswith("目標") else "baseline"
    lag = years[1] - years[0] if len(years) == 2 and "計算" in plain else 0
    return Head(holds, year, max(0, lag), plain)


def _is_figure(text: str) -> bool:
    """Return whether a cell holds a figure rather than a heading that names years."""
    return bool(read_printed(text).value) and bool(re.search("[0-9]", _YEAR.sub("", narrow(text))))


def heads_of(row: tuple[str, ...]) -> Heads | None:
    """Return the headings of a row over indicators; None for any other row.

    A row counts where it names an indicator, or a base and a goal value.
    """
    if any(map(_is_figure, row)):
        return None
    heads = tuple(head_of(text) if len(text) < 60 else Head() for text in row)
    holds = [head.holds for head in heads]
    whole = bare("".join(row))
    is_named = "name" in holds and re.match(
        r"数値目標|成果目標|重要業績|指標|評価指標|KPI|項目", whole
    )
    figures = [h for h in heads if h.holds in ("baseline", "target")]
    kind = (
        "headline"
        if re.search("数値目標|成果目標", whole)
        else "kpi"
        if re.search("KPI|重要業績", whole)
        else ""
    )
    if "baseline" in holds and "target" in holds:
        if "name" not in holds:
            heads = _named(heads)
        return Heads(heads, kind, text=whole)
    years = [h for h in heads if h.year and h.holds in ("", "target", "baseline")]
    if "name" in holds and (figures or len(years) > 1) and not re.search("達成", whole):
        is_wide = len({h.year for h in years}) > 1 or len(figures) == 1
        is_one = sum(1 for text in row if text.strip()) == 1
        if is_wide and not is_one and len(years) != 1:
            return Heads(heads, kind, text=whole)
    if is_named and re.match(r"重要業績|KPI", whole) and all(len(t) < 60 for t in row):
        torn = head_of(whole)
        both = years_in(whole)
        if "基準" in whole and "目標" in whole and len(both) == 2:
            return Heads(
                (Head("baseline", str(both[0])), Head("target", str(both[1]))), kind, True, whole
            )
        if torn and not any(re.search("[0-9]", t) for t in row):
            return Heads((), "kpi", True, whole)
    return None


def _named(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """Return the headings with the first one that holds nothing taken for the names."""
    place = next((n for n, head in enumerate(heads) if not head.holds and not head.year), None)
    if place is None:
        return heads
    return (*heads[:place], Head("name", text=heads[place].text), *heads[place + 1 :])


def under(heads: Heads, row: tuple[str, ...], below: tuple[str, ...]) -> tuple[Heads, int]:
    """Return the headings with years that stand in the row below, and how many rows that takes."""
    filled = [(n, text) for n, text in enumerate(below) if text.strip()]
    fresh = [(n, text) for n, text in filled if n >= len(row) or text != row[n]]
    if not fresh or not all(years_in(text) and len(bare(text)) < _SHORT for _, text in fresh):
        return heads, 0
    columns, last = [], Head()
    for place in range(max(len(row), len(below))):
        own = heads.columns[place] if place < len(heads.columns) else Head()
        last = own if own.text else last
        if (place, below[place] if place < len(below) else "") in fresh:
            said = head_of(below[place])
            columns.append(Head(said.holds or last.holds, said.year, 0, last.text + said.text))
        else:
            columns.append(own)
    return Heads(tuple(columns), heads.kind, False, heads.text), 1
