"""The live formulas of the sheets: what Python computes, said in functions of Excel 2007.

Differences and shares are rounded before they are compared or cut, and rates are divided as whole
numbers, so that binary fractions never tip a verdict. The differential test has LibreOffice
recalculate them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...domain import words
from ...domain.plan import Indicator, Mark, Verdict
from ...domain.rule import Rule
from ...domain.settings import EARLIER, EXCLUDE

MARKS = tuple(mark.value for mark in Mark)


def one_of(cell: str, texts: Iterable[str]) -> str:
    """Return a condition: the cell holds one of the texts."""
    return "OR(" + ",".join(f'{cell}="{word}"' for word in texts) + ")"


def used(indicator: Indicator, cells: Sequence[str]) -> str:
    """Return the value judged: the round's own, or the newest earlier one if it is 未公表.

    ``cells`` are the actuals by round. The search is spelt out: LOOKUP for the last number among
    marks finds it in Excel only. An error value in a cell becomes 要確認.
    """
    own, unpublished = f"INDEX({cells[0]}:{cells[-1]},1,評価列)", Mark.UNPUBLISHED.value
    earlier = f'"{unpublished}"'
    for index, cell in enumerate(cells[:-1], start=1):
        judged = f"ISNUMBER({cell})"
        if indicator.rule.is_typed:
            judged = one_of(cell, (v.value for v in Verdict))
        earlier = f"IF(AND({index}<評価列,{judged}),{cell},{earlier})"
    return (
        f'=IFERROR(IF({own}="","",IF(AND({own}="{unpublished}",未公表の判定="{EARLIER}"),'
        f'{earlier},{own})),"要確認")'
    )


def round_target(final: str, targets: Sequence[tuple[int, str]]) -> str:
    """Return the target of the evaluated round: its own, else the next later one, else the final.

    ``targets`` are the cells of those that there are, each with the number of its round from 1.
    """
    target = final
    for number, cell in reversed(targets):
        target = f"IF(評価列<={number},{cell},{target})"
    return f"={target}"


def result(indicator: Indicator, value: str, target: str) -> str:
    """Return the verdict: 達成, 未達成, a mark, 未入力, or 要確認 for what cannot be judged."""
    marks = one_of(value, MARKS)
    if indicator.rule.is_typed:
        known = one_of(value, (*(v.value for v in Verdict), *MARKS))
        return f'=IF({value}="","{words.BLANK}",IF({known},{value},"{words.DOUBTFUL}"))'
    met = f"ROUND({value}-{target},9){indicator.rule.operator}0"
    return (
        f'=IF(ISNUMBER({value}),IF({met},"{Verdict.ACHIEVED.value}","{Verdict.MISSED.value}"),'
        f'IF({value}="","{words.BLANK}",IF({marks},{value},"{words.DOUBTFUL}")))'
    )


def _share(value: str, baseline: str, target: str) -> str:
    return f"ROUND({value}-{baseline},10)/ROUND({target}-{baseline},10)"


def progress(value: str, baseline: str, target: str) -> str:
    """Return progress in percent, truncated toward zero to one decimal; empty if not judged."""
    share = _share(value, baseline, target)
    return f'=IF(ISNUMBER({value}),TRUNC(ROUND(1000*{share},7))/10,"")'


def pace(indicator: Indicator, value: str, verdict: str, baseline: str, target: str) -> str:
    """Return the pace word; 「－」 where it is undefined, empty where nothing was judged."""
    done = f'{verdict}="{Verdict.ACHIEVED.value}"'
    missed = f'{verdict}="{Verdict.MISSED.value}"'
    start, end = indicator.baseline_round, indicator.target_round
    shown = f'"{words.NONE}"'
    if indicator.has_progress and start and end and end - start > 0:
        elapsed = f"MIN(1,(評価西暦-{start.year})/{end - start})"
        share = _share(value, baseline, target)
        shown = (
            f'IF(評価西暦<={start.year},"－",IF(ROUND({share}-{elapsed}*順調の基準/100,9)>=0,順調の名称,'
            f"IF(ROUND({share}-{elapsed}*やや遅れの基準/100,9)>=0,やや遅れの名称,遅れの名称)))"
        )
    return f'=IF({done},"{Verdict.ACHIEVED.value}",IF({missed},{shown},""))'


def tally(table: str, word: str, repeats: Iterable[str]) -> str:
    """Return how many rows of a table carry the verdict ``word``; repeated figures count once."""
    formula = f'COUNTIF({table}[判定],"{word}")'
    for id_ in sorted(repeats):
        formula += f'-(INDEX({table}[判定],MATCH("{id_}",{table}[番号],0))="{word}")'
    return f"={formula}"


def denominator(counted: str, waiting: str) -> str:
    """Return the denominator from the cells that always count and those of 未公表 and 集計中."""
    return f'=SUM({counted})+IF(未公表の扱い="{EXCLUDE}",0,SUM({waiting}))'


def has_finding(severity: str, id_cell: str, head_cell: str) -> str:
    """Return a condition: 検証結果 holds a finding of this severity for the cell."""
    return f'COUNTIF(指摘キー,"{severity}|"&{id_cell}&"|"&{head_cell})>0'


def rate(achieved: str, total: str) -> str:
    """Return achieved ÷ total in percent, truncated to one decimal; 「－」 for nothing."""
    return f'=IF({total}=0,"－",INT(1000*{achieved}/{total})/10)'


def _is_no_fraction(cell: str, indicator: Indicator) -> str:
    """Return a condition: not 48 % typed as 0.48 (1 on the way from 0 % to 100 % may be meant)."""
    known = [v for v in (indicator.baseline, indicator.target) if v is not None]
    most = max(map(abs, known), default=0)
    meant = f"AND({cell}>={min(known):f},{cell}<={max(known):f})" if known else "TRUE"
    return f"OR({cell}=0,ABS({cell})>1,ABS({cell})*20>={most:f},{meant})"


def is_valid(cell: str, indicator: Indicator) -> str:
    """Return the validation of an actual's cell: a mark, or a number the indicator can have."""
    conditions, is_rank = [f"ISNUMBER({cell})"], indicator.rule is Rule.WITHIN
    if not indicator.signed or is_rank:
        conditions.append(f"{cell}>={int(is_rank)}")
    if indicator.is_count or is_rank:
        conditions.append(f"{cell}=INT({cell})")
    if indicator.is_percentage:
        if not indicator.over_100:
            conditions.append(f"{cell}<=100")
        conditions.append(_is_no_fraction(cell, indicator))
    return f"=OR({one_of(cell, MARKS)},IFERROR(AND({','.join(conditions)}),FALSE))"
