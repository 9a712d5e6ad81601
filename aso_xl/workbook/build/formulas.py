"""The live formulas of the sheets: what Python computes, said in functions of Excel 2007.

Differences and shares are rounded before they are compared or cut, and rates are divided as whole
numbers, so that binary fractions never tip a verdict. The differential test has LibreOffice
recalculate them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...domain import words
from ...domain.fields import GRADE_HEAD
from ...domain.plan import Aggregate, Grade, Indicator, Judging, Mark, Rounding, Verdict
from ...domain.rule import Rule
from ...domain.settings import EARLIER, EXCLUDE
from ...domain.shown import MEAN_DECIMALS
from ..layout import FINDING_KEYS, TOGETHER_HEADS

MARKS = tuple(mark.value for mark in Mark)

DONE, MISSED = Verdict.ACHIEVED.value, Verdict.MISSED.value


def one_of(cell: str, texts: Iterable[str]) -> str:
    """Return a condition: the cell holds one of the texts."""
    return "OR(" + ",".join(f"{cell}={text(word)}" for word in texts) + ")"


@dataclass(frozen=True)
class JudgedRow:
    """The cells of an indicator's row that its formulas speak of.

    ``rounds`` are the actuals; of them those from number ``asked`` on are asked, counted from 1
    (None: all). ``target`` is the one judged against, which follows the round where it is
    ``yearly``; ``end`` is the round of that target, a year or a formula that gives it, "" for none.
    """

    indicator: Indicator
    how: Judging
    rounds: Sequence[str]
    used: str
    verdict: str
    baseline: str
    target: str
    asked: tuple[int, int] | None = None
    yearly: bool = False
    end: str = ""


def used(row: JudgedRow) -> str:
    """Return the value judged; 「－」 in a round in which nothing is asked."""
    if row.indicator.aggregate == "latest" or row.indicator.rule.is_typed:
        value = _newest(row.indicator, row.rounds)
    else:
        value = _joined(row.indicator.aggregate, row)
    return f"={_if_asked(row, value)}"


def _if_asked(row: JudgedRow, shown: str) -> str:
    if row.asked is None:
        return shown
    first, last = row.asked
    return f'IF(OR(評価列<{first},評価列>{last}),"{words.NONE}",{shown})'


def _newest(indicator: Indicator, cells: Sequence[str]) -> str:
    """Return the round's own value, or the newest earlier one if it is 未公表.

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
        f'IFERROR(IF({own}="","",IF(AND({own}="{unpublished}",未公表の判定="{EARLIER}"),'
        f'{earlier},{own})),"要確認")'
    )


def _joined(aggregate: Aggregate, row: JudgedRow) -> str:
    """Return the values of all rounds up to the evaluated one, joined.

    What is no figure, no mark and not blank becomes 要確認; a blank leaves it blank, 集計中 waits,
    未公表 is left out where the setting judges by what is known, 対象外 always.
    """
    first, last = row.asked or (1, len(row.rounds))
    start, end = row.rounds[first - 1], row.rounds[last - 1]
    until = f"評価列-{first - 1}" if first > 1 else "評価列"
    cells = f"{start}:INDEX({start}:{end},1,{until})"
    known, blank = f"COUNT({cells})", f"COUNTBLANK({cells})"
    marked = [f'COUNTIF({cells},"{mark.value}")' for mark in Mark]
    awaited = {mark: f'COUNTIF({cells},"{mark.value}")>0' for mark in Mark}
    waits = f'AND({awaited[Mark.UNPUBLISHED]},OR({known}=0,未公表の判定<>"{EARLIER}"))'
    shown = f'IF({known}=0,"{Mark.EXCLUDED.value}",{_all(aggregate, cells)})'
    shown = f'IF({waits},"{Mark.UNPUBLISHED.value}",{shown})'
    shown = f'IF({awaited[Mark.PENDING]},"{Mark.PENDING.value}",{shown})'
    shown = f'IF({blank}>0,"",{shown})'
    readable = "+".join((known, blank, *marked))
    return f'IF({readable}<COLUMNS({cells}),"{words.DOUBTFUL}",{shown})'


def _all(aggregate: Aggregate, cells: str) -> str:
    match aggregate:
        case "sum":
            return f"SUM({cells})"
        case "mean":
            return f"ROUND(AVERAGE({cells}),{MEAN_DECIMALS})"
        case "max":
            return f"MAX({cells})"
        case "latest":
            raise ValueError("nothing joins the values")


def round_target(final: str, rounds: int, targets: Sequence[tuple[int, str]]) -> str:
    """Return the target of the evaluated round: its own, else the next later one, else the final.

    ``targets`` are the cells of those that there are, each with the number of its round from 1.
    """
    return f"={by_round(final, rounds, targets)}"


def by_round(last: str, rounds: int, each: Sequence[tuple[int, str]]) -> str:
    """Return the first of several whose round is the evaluated one or later, else the last."""
    if not each:
        return last
    shown = [
        next((text for number, text in each if number >= round_), last)
        for round_ in range(1, rounds + 1)
    ]
    return f"CHOOSE(評価列,{','.join(shown)})"


def result(row: JudgedRow) -> str:
    """Return the verdict: 達成, 未達成, a mark, 未入力, or 要確認 for what cannot be judged.

    「－」 in a round in which nothing is asked.
    """
    return f"={_if_asked(row, _verdict(row))}"


def _verdict(row: JudgedRow) -> str:
    value, rule = row.used, row.indicator.rule
    marks = one_of(value, MARKS)
    if rule.is_typed:
        known = one_of(value, (*(v.value for v in Verdict), *MARKS))
        return f'IF({value}="","{words.BLANK}",IF({known},{value},"{words.DOUBTFUL}"))'
    met = f"ROUND({value}-{row.target},9){rule.operator}0"
    return (
        f'IF(ISNUMBER({value}),IF({met},"{DONE}","{MISSED}"),'
        f'IF({value}="","{words.BLANK}",IF({marks},{value},"{words.DOUBTFUL}")))'
    )


@dataclass(frozen=True)
class ShareFormula:
    """A share as a formula, and the condition under which it is defined; "" for always."""

    text: str
    when: str = ""


def progress_share(row: JudgedRow) -> ShareFormula | None:
    """Return the progress of a plan; None where it is defined in no round."""
    return _ratio(row) if row.how.progress == "ratio" else _way(row)


def _way(row: JudgedRow) -> ShareFormula | None:
    """Return (actual − baseline)/(target − baseline), where the rule asks for such a move."""
    indicator, base, target = row.indicator, row.baseline, row.target
    share = f"ROUND({row.used}-{base},10)/ROUND({target}-{base},10)"
    if not row.yearly:
        return ShareFormula(share) if indicator.has_progress else None
    if indicator.baseline is None:
        return None
    more = ">" if indicator.rule.asks_for_more else "<"
    return ShareFormula(share, f"ROUND({target}-{base},10){more}0")


def _ratio(row: JudgedRow) -> ShareFormula | None:
    """Return actual ÷ target, or target ÷ actual where less is better; both must be above 0."""
    indicator, value, target = row.indicator, row.used, row.target
    if indicator.rule.is_typed or not (row.yearly or indicator.has_ratio):
        return None
    conditions = [f"{target}>0"] if row.yearly else []
    if indicator.rule.asks_for_more:
        return ShareFormula(f"{value}/{target}", _all_of(conditions))
    return ShareFormula(f"{target}/{value}", _all_of([*conditions, f"{value}>0"]))


def _all_of(conditions: Sequence[str]) -> str:
    return f"AND({','.join(conditions)})" if len(conditions) > 1 else "".join(conditions)


def progress(row: JudgedRow) -> str:
    """Return progress in percent to one decimal; 「－」 where undefined, empty if not judged."""
    share = progress_share(row)
    if share is None:
        return f'=IF(ISNUMBER({row.used}),"{words.NONE}","")'
    shown = _where(share, _percent(share.text, row.how.rounding), f'"{words.NONE}"')
    return f'=IF(ISNUMBER({row.used}),{shown},"")'


def _where(share: ShareFormula, defined: str, otherwise: str) -> str:
    return f"IF({share.when},{defined},{otherwise})" if share.when else defined


def _percent(share: str, rounding: Rounding) -> str:
    thousandths = f"ROUND(1000*{share},7)"
    return f"ROUND({thousandths},0)/10" if rounding == "half_up" else f"TRUNC({thousandths})/10"


@dataclass(frozen=True)
class _Elapsed:
    """The elapsed share of the way as a formula, and the condition under which it is none."""

    text: str
    unless: str


def _elapsed(row: JudgedRow) -> _Elapsed | None:
    start, end = row.indicator.baseline_round, row.indicator.target_round
    if start is None or not row.end:
        return None
    if row.yearly:
        passed = f"MIN(1,(評価西暦-{start.year})/({row.end}-{start.year}))"
        return _Elapsed(passed, f"OR(評価西暦<={start.year},{row.end}<={start.year})")
    if end is None or end - start <= 0:
        return None
    passed = f"MIN(1,(評価西暦-{start.year})/{end - start})"
    return _Elapsed(passed, f"評価西暦<={start.year}")


def standing(row: JudgedRow) -> str:
    """Return how it goes: a grade of the plan, else a word of 設定; 「－」 where it is undefined,
    empty where nothing was judged.
    """
    return _grade(row) if row.how.grades else _pace(row)


def _pace(row: JudgedRow) -> str:
    done, missed = f'{row.verdict}="{DONE}"', f'{row.verdict}="{MISSED}"'
    shown = f'"{words.NONE}"'
    share, elapsed = progress_share(row), _elapsed(row)
    if share and elapsed:
        word = (
            f"IF(ROUND({share.text}-{elapsed.text}*順調の基準/100,9)>=0,順調の名称,"
            f"IF(ROUND({share.text}-{elapsed.text}*やや遅れの基準/100,9)>=0,やや遅れの名称,遅れの名称))"
        )
        shown = f'IF({elapsed.unless},"{words.NONE}",{_where(share, word, shown)})'
    return f'=IF({done},"{DONE}",IF({missed},{shown},""))'


def _grade(row: JudgedRow) -> str:
    """Return the first grade that is reached; where the measure is undefined, 達成 is 100 %."""
    done, judged = f'{row.verdict}="{DONE}"', one_of(row.verdict, (DONE, MISSED))
    otherwise = f'IF({done},"{_grade_of_all(row.how.grades)}","{words.NONE}")'
    return f'=IF({judged},{_measured(row, otherwise)},"")'


def _measured(row: JudgedRow, otherwise: str) -> str:
    """Return the grade by the measure of the plan, else ``otherwise``."""
    of = row.how.grades[0].of
    share = _ratio(row) if of == "ratio" else progress_share(row)
    if share is None or row.indicator.rule.is_typed:
        return otherwise
    if of != "pace":
        return _where(share, _first_reached(row.how.grades, share.text, ""), otherwise)
    elapsed = _elapsed(row)
    if elapsed is None:
        return otherwise
    reached = _first_reached(row.how.grades, share.text, f"{elapsed.text}*")
    return f"IF({elapsed.unless},{otherwise},{_where(share, reached, otherwise)})"


def _first_reached(grades: Sequence[Grade], share: str, times: str) -> str:
    shown = '""'
    for grade in reversed(grades):
        name = text(grade.name)
        if grade.at_least is None:
            shown = name
        else:
            shown = f"IF(ROUND({share}-{times}{grade.at_least:f}/100,9)>=0,{name},{shown})"
    return shown


def _grade_of_all(grades: Sequence[Grade]) -> str:
    """Return the grade of what is done in full."""
    return next(g.name for g in grades if g.at_least is None or g.at_least <= 100)


def text(word: str) -> str:
    """Return a word as a formula says it."""
    return '"' + word.replace('"', '""') + '"'


@dataclass(frozen=True)
class Counted:
    """A table whose rows are counted: of ``repeats`` nothing, of what is together the whole.

    ``together`` are the first ids of the groups that are counted as one, in the table ``whole``.
    """

    table: str
    repeats: frozenset[str]
    whole: str = ""
    together: tuple[str, ...] = ()


def tally(of: Counted, word: str) -> str:
    """Return how many indicators have the verdict ``word``; repeated figures count once."""
    formula = f'COUNTIF({of.table}[判定],"{word}")' + _but(of, "判定", f'"{word}"')
    if of.together:
        formula += f'+COUNTIF({of.whole}[{TOGETHER_HEADS[-2]}],"{word}")'
    return f"={formula}"


def tally_of_grade(of: Counted, grade: str) -> str:
    """Return how many indicators have a grade of the plan, compared as it is written."""
    word = text(grade)
    formula = f"SUMPRODUCT(--({of.table}[{GRADE_HEAD}]={word}))" + _but(of, GRADE_HEAD, word)
    if of.together:
        formula += f"+SUMPRODUCT(--({of.whole}[{TOGETHER_HEADS[-1]}]={word}))"
    return f"={formula}"


def _but(of: Counted, head: str, word: str) -> str:
    """Return what is taken off a count: the rows that do not count for themselves."""
    return "".join(
        f'-(INDEX({of.table}[{head}],MATCH("{id_}",{of.table}[番号],0))={word})'
        for id_ in (*sorted(of.repeats), *of.together)
    )


def whole_verdict(verdicts: str) -> str:
    """Return what several values that are one indicator come to: 達成 if all are.

    ``verdicts`` are their cells; 対象外 and 「－」 say nothing of the whole.
    """
    order = (
        *(MISSED, words.DOUBTFUL, words.BLANK, words.PENDING, words.UNPUBLISHED),
        *(DONE, words.EXCLUDED),
    )
    shown = f'"{words.NONE}"'
    for word in reversed(order):
        shown = f'IF(COUNTIF({verdicts},"{word}")>0,"{word}",{shown})'
    return f"={shown}"


def whole_standing(verdicts: str, standings: str, whole: str, levels: Sequence[str]) -> str:
    """Return how several values go as one: as the worst of them; 「－」 where one has no word.

    ``levels`` are the words from the best to the worst, ``whole`` the cell of the whole verdict.
    """
    there = [f"SUMPRODUCT(--({standings}={word}))" for word in levels]
    apart = [f'COUNTIF({verdicts},"{word}")' for word in (words.EXCLUDED, words.NONE)]
    worst = '""'
    for word, number in zip(levels, there, strict=True):
        worst = f"IF({number}>0,{word},{worst})"
    known = "+".join((*there, *apart))
    shown = f'IF({known}<ROWS({verdicts}),"{words.NONE}",{worst})'
    return f'=IF({one_of(whole, (DONE, MISSED))},{shown},"")'


def denominator(counted: str, waiting: str) -> str:
    """Return the denominator from the cells that always count and those of 未公表 and 集計中."""
    return f'=SUM({counted})+IF(未公表の扱い="{EXCLUDE}",0,SUM({waiting}))'


def has_finding(severity: str, id_cell: str, head_cell: str) -> str:
    """Return a condition: 検証結果 holds a finding of this severity for the cell."""
    return f'COUNTIF({FINDING_KEYS},"{severity}|"&{id_cell}&"|"&{head_cell})>0'


def rate(achieved: str, total: str, rounding: Rounding = "truncate") -> str:
    """Return achieved ÷ total in percent to one decimal; 「－」 for nothing."""
    cut = f"1000*{achieved}/{total}"
    cut = f"ROUND({cut},0)" if rounding == "half_up" else f"INT({cut})"
    return f'=IF({total}=0,"－",{cut}/10)'


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
