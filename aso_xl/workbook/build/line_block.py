"""Where the values of the chosen indicator lead: the straight line of ``domain.straight_line`` in cells.

What is computed stands in hidden columns; all are formulas, as a number beside our tables would be
taken for one that staff have written there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from ...domain.numerals import FiscalYear
from ...domain.plan import Indicator
from ...domain.shown import show_target
from ...domain.straight_line import may_have_line
from ...domain.words import NONE

FACTS: Final = ("end", "year", "aim", "form", "power", "way", "strict", "kind")
"""What the list says of every indicator, as texts: the round and the year of the target ("" where no
line is drawn), the target in words, the number format and ten to the decimals, 1 or -1 as more or less
is better, whether the target itself misses, and of which kind the values are.
"""
PLAIN, RANK, SHARE = "", "rank", "share"
_CELLS: Final = ("first", "newest", "end", "value", "worse", "better", "shown")


def facts_of(indicator: Indicator) -> tuple[str, ...]:
    """Return the facts of an indicator."""
    end = indicator.target_round if may_have_line(indicator) else None
    digits = "0" * indicator.decimals
    number = "#,##0" + (f".{digits}" if digits else "")
    kind = RANK if indicator.is_rank else SHARE if indicator.is_percentage else PLAIN
    return (
        str(end.year) if end else "",
        str(indicator.target_year) if end else "",
        show_target(indicator),
        f"{number};△{number}",
        str(10**indicator.decimals),
        "1" if indicator.rule.asks_for_more else "-1",
        "1" if indicator.rule.is_strict else "0",
        kind,
    )


@dataclass(frozen=True)
class Shown:
    """What the cells show in a new workbook, in which no round is confirmed and no line is drawn.

    ``used`` are the values by year, ``end`` is the fact of that name.
    """

    used: Sequence[float | None]
    end: str

    @property
    def steps(self) -> dict[str, int]:
        """Return what the cells of the steps show that show something."""
        at = next((n for n, value in enumerate(self.used, start=1) if value is not None), 0)
        return {"first": at, "newest": at, "end": int(self.end or 0)}


@dataclass(frozen=True)
class LineBlock:
    """The hidden cells from a row and a column on: two rows with a cell a year, then one a step.

    ``rows`` are those of 実績値 and 判定, ``columns`` the first and last year's of the block.
    """

    row: int
    column: int
    rows: tuple[int, int]
    columns: tuple[int, int]
    years: Sequence[FiscalYear]

    @property
    def beyond(self) -> int:
        """Return the first column behind the cells."""
        return self.column + len(self.years) + 1

    def draw(
        self, sheet: Any, facts: Mapping[str, str], unit: str, target: str, shown: Shown
    ) -> str:
        """Write the cells, with what they show at first; return the formula of the sentence."""
        for at, year in enumerate(self.years):
            actual, verdict = (xl_rowcol_to_cell(row, self.columns[0] + at) for row in self.rows)
            sheet.write_formula(self.row, self.column + at, f"={year.year}", None, year.year)
            is_asked = f'AND({verdict}<>"",{verdict}<>"{NONE}")'
            used = f'=IF(ISNUMBER({actual}),IF({is_asked},{actual},""),"")'
            value = "" if shown.used[at] is None else shown.used[at]
            sheet.write_formula(self.row + 1, self.column + at, used, None, value)
        cells = {name: self._cell(at) for at, name in enumerate(_CELLS)}
        for at, (name, formula) in enumerate(self._steps(cells, facts, target).items()):
            assert name == _CELLS[at]
            value = shown.steps.get(name, "")
            sheet.write_formula(self.row + at, self.beyond - 1, f"={formula}", None, value)
        about = f'IF({cells["shown"]}={cells["value"]},"","約")'
        number = f"TEXT({cells['shown']},{facts['form']})&{unit}"
        said = f'"このままの歩みなら、"&{facts["year"]}&"に"&{about}&{number}&"(目標"&{facts["aim"]}&")"'
        return f'=IF(ISNUMBER({cells["shown"]}),{said},"")'

    def _steps(
        self, cells: Mapping[str, str], facts: Mapping[str, str], target: str
    ) -> dict[str, str]:
        """Return the formulas, one upon the other."""
        years, used = self._range(0), self._range(1)
        first, newest, end, value = (cells[name] for name in _CELLS[:4])
        x1, x2 = (f"INDEX({years},{at})" for at in (first, newest))
        y1, y2 = (f"INDEX({used},{at})" for at in (first, newest))
        along = f"{y2}+({y2}-{y1})/({x2}-{x1})*({end}-{x2})"
        sign, power = f"VALUE({facts['way']})", f"VALUE({facts['power']})"
        tenfold = f"ROUND({value}*{power},6)"
        down, up = f"INT({tenfold})/{power}", f"-INT(-{tenfold})/{power}"
        worse, better = cells["worse"], cells["better"]
        agrees = f"({self._is_met(worse, facts, target)})=({self._is_met(value, facts, target)})"
        return {
            "first": f"IFERROR(MATCH(TRUE,INDEX(ISNUMBER({used}),0),0),0)",
            "newest": f"SUMPRODUCT(MAX(ISNUMBER({used})*(COLUMN({used})-{self.column})))",
            "end": f"IFERROR(VALUE({facts['end']}),0)",
            "value": (
                f"IF({newest}>{first},IF({end}>{x2},"
                f'IF({self._is_possible(along, facts["kind"], target)},ROUND({along},9),""),""),"")'
            ),
            "worse": f'IF(ISNUMBER({value}),IF({sign}>0,{down},{up}),"")',
            "better": f'IF(ISNUMBER({value}),IF({sign}>0,{up},{down}),"")',
            "shown": f'IF(ISNUMBER({value}),IF({agrees},{worse},{better}),"")',
        }

    def _is_met(self, value: str, facts: Mapping[str, str], target: str) -> str:
        gap = f"VALUE({facts['way']})*ROUND({value}-{target},9)"
        return f'IF({facts["strict"]}="1",{gap}>0,{gap}>=0)'

    def _is_possible(self, value: str, kind: str, target: str) -> str:
        """Return whether the indicator can be the value, by what it was and is to be."""
        known = f"{self._range(1)},{target}"
        below = f"AND(ROUND({value},9)<0,MIN({known})>=0)"
        beyond = f'AND({kind}="{SHARE}",ROUND({value},9)>100,MAX({known})<=100)'
        above = f'AND({kind}="{RANK}",ROUND({value},9)<1)'
        return f"NOT(OR({below},{beyond},{above}))"

    def _range(self, row: int) -> str:
        ends = (self.column, self.column + len(self.years) - 1)
        places = [xl_rowcol_to_cell(self.row + row, c, row_abs=True, col_abs=True) for c in ends]
        return f"{places[0]}:{places[1]}"

    def _cell(self, at: int) -> str:
        return str(xl_rowcol_to_cell(self.row + at, self.beyond - 1, row_abs=True, col_abs=True))
