"""The live formulas of the sheets: what Python computes, said in functions of Excel 2007.

Differences are rounded before they are compared, and rates are divided as whole numbers, so that
binary fractions never tip a verdict (the differential test recalculates them in LibreOffice).
"""

from __future__ import annotations

from collections.abc import Iterable

from ..plan import Indicator, Mark, Rule, Verdict
from .layout import EARLIER, EXCLUDE

MARKS = tuple(mark.value for mark in Mark)
_OPERATORS = {Rule.AT_LEAST: ">=0", Rule.AT_MOST: "<=0", Rule.BELOW: "<0", Rule.ABOVE: ">0"}
_SCALE = "100000"


def one_of(cell: str, words: Iterable[str]) -> str:
    """Return a condition: the cell holds one of the words."""
    return "OR(" + ",".join(f'{cell}="{word}"' for word in words) + ")"


def used(first: str, last: str) -> str:
    """Return the value judged: the round's own, or the newest earlier one if it is 未公表."""
    own = f"INDEX({first}:{last},1,評価列)"
    newest = f"LOOKUP(9E+300,{first}:{own})"
    return (
        f'=IF({own}="","",IF(AND({own}="{Mark.UNPUBLISHED.value}",未公表の判定="{EARLIER}"),'
        f'IFERROR({newest},"{Mark.UNPUBLISHED.value}"),{own}))'
    )


def used_verdict(cells: list[str]) -> str:
    """Return the verdict judged for 定性: as ``used``, spelt out since verdicts are text."""
    own = f"INDEX({cells[0]}:{cells[-1]},1,評価列)"
    earlier = f'"{Mark.UNPUBLISHED.value}"'
    for index, cell in enumerate(cells, start=1):
        judged = one_of(cell, (v.value for v in Verdict))
        earlier = f"IF(AND({index}<評価列,{judged}),{cell},{earlier})"
    return (
        f'=IF({own}="","",IF(AND({own}="{Mark.UNPUBLISHED.value}",未公表の判定="{EARLIER}"),'
        f"{earlier},{own}))"
    )


def result(indicator: Indicator, value: str, target: str) -> str:
    """Return the verdict: 達成, 未達成, a mark, 未入力, or 要確認 for what cannot be judged."""
    marks = one_of(value, MARKS)
    if indicator.rule is Rule.QUALITATIVE:
        words = one_of(value, (*(v.value for v in Verdict), *MARKS))
        return f'=IF({value}="","未入力",IF({words},{value},"要確認"))'
    met = f"ROUND({value}-{target},9){_OPERATORS[indicator.rule]}"
    return (
        f'=IF(ISNUMBER({value}),IF({met},"{Verdict.ACHIEVED.value}","{Verdict.MISSED.value}"),'
        f'IF({value}="","未入力",IF({marks},{value},"要確認")))'
    )


def progress(value: str, baseline: str, target: str) -> str:
    """Return progress in percent, truncated toward zero to one decimal; empty if not judged."""
    done = f"ROUND(({value}-{baseline})*{_SCALE},0)"
    way = f"ROUND(({target}-{baseline})*{_SCALE},0)"
    return f'=IF(ISNUMBER({value}),TRUNC({done}*1000/{way})/10,"")'


def pace(indicator: Indicator, value: str, verdict: str, baseline: str, target: str) -> str:
    """Return the pace word; 「－」 where it is undefined, empty where nothing was judged."""
    done = f'{verdict}="{Verdict.ACHIEVED.value}"'
    missed = f'{verdict}="{Verdict.MISSED.value}"'
    start, end = indicator.baseline_round, indicator.target_round
    words = '"－"'
    if indicator.has_progress and start and end and end - start > 0:
        elapsed = f"MIN(1,(評価西暦-{start.year})/{end - start})"
        share = f"({value}-{baseline})/({target}-{baseline})"
        words = (
            f'IF(評価西暦<={start.year},"－",IF(ROUND({share}-{elapsed}*順調の基準/100,9)>=0,順調の名称,'
            f"IF(ROUND({share}-{elapsed}*やや遅れの基準/100,9)>=0,やや遅れの名称,遅れの名称)))"
        )
    return f'=IF({done},"{Verdict.ACHIEVED.value}",IF({missed},{words},""))'


def tally(table: str, word: str, repeats: Iterable[str]) -> str:
    """Return how many rows of a table carry the verdict ``word``; repeated figures count once."""
    formula = f'COUNTIF({table}[判定],"{word}")'
    for id_ in sorted(repeats):
        formula += f'-(INDEX({table}[判定],MATCH("{id_}",{table}[番号],0))="{word}")'
    return f"={formula}"


def denominator(counted: str, waiting: str) -> str:
    """Return the denominator from the cells that always count and those of 未公表 and 集計中."""
    return f'=SUM({counted})+IF(未公表の扱い="{EXCLUDE}",0,SUM({waiting}))'


def rate(achieved: str, total: str) -> str:
    """Return achieved ÷ total in percent, truncated to one decimal; 「－」 for nothing."""
    return f'=IF({total}=0,"－",INT(1000*{achieved}/{total})/10)'


def is_valid(cell: str, indicator: Indicator) -> str:
    """Return the validation of an actual's cell: a mark, or a number the indicator can have."""
    conditions = [f"ISNUMBER({cell})"]
    if not indicator.signed:
        conditions.append(f"{cell}>=0")
    if indicator.is_count:
        conditions.append(f"{cell}=INT({cell})")
    if indicator.is_percentage:
        if not indicator.over_100:
            conditions.append(f"{cell}<=100")
        known = [abs(v) for v in (indicator.baseline, indicator.target) if v is not None]
        conditions.append(f"OR({cell}=0,ABS({cell})>1,ABS({cell})*20>={max(known, default=0):f})")
    return f"=OR({one_of(cell, MARKS)},IFERROR(AND({','.join(conditions)}),FALSE))"
