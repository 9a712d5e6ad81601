"""What a new workbook has room for: a definition that asks for more is refused, never cut.

Workbooks made before are not asked: they are read as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from ..domain import words
from ..domain.fields import GRADE_HEAD, STANDARD, goal_fields, indicator_fields, measure_fields
from ..domain.numerals import FiscalYear, decimals_of
from ..domain.plan import GOAL_WORD, Goal, Indicator, Kind, Plan, PlanField, Revision, Together
from ..domain.revising import held
from ..errors import Finding
from .shapes import short

GOALS: Final = 30
"""The formulas of 集計 look into two tables per goal, one inside the other; Excel nests 64."""
MEASURES: Final = 10_000
INDICATORS: Final = 20_000
"""Each has three input rules; a sheet of Excel holds 65,534."""
ROUNDS: Final = 30
DEPARTMENTS: Final = 1_000
REPEATS: Final = 100
"""Figures of a goal that stand twice: each makes a formula longer; Excel ends at 8,192 letters."""
_FORMULA, _TERM = 7_500, 72
"""Letters of such a formula, and of a term of it but for the word."""
FORMATS: Final = 200
"""Number formats, one per unit and decimals, that every language version of Excel holds."""
GRADES: Final = 20
HEADING: Final = 40
"""Letters of a column's heading that is still known as one."""
FIELDS: Final = 50
NUMBER: Final = 999
LAG: Final = 20
YEARS: Final = (FiscalYear(1989), FiscalYear(2100))
LARGEST, DECIMALS, DIGITS = Decimal(10) ** 15, 9, 15
LINE, UNIT, TEXT = 255, 50, 32_000
"""Letters of a name, of a unit (twice in a number format), of a text in a cell, as Excel counts."""

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)


def misfits(plan: Plan, source: str) -> Iterator[Finding]:
    """Yield what of a plan a workbook cannot hold, with its entry and the remedy."""
    for entry, message in (
        *(*_head(plan), *_sizes(plan), *_departments(plan)),
        *(*_goals(plan), *_grades_and_fields(plan)),
    ):
        yield Finding(source, entry, message)


Found = Iterator[tuple[str, str]]


def text_misfits(
    entry: str, key: str, text: str, most: int = TEXT, *, lines: bool = False
) -> Found:
    """Yield what is wrong with a text: letters no cell can hold, line ends in a name, length."""
    if unseen := _UNSEEN.search(text):
        yield entry, f"{key} に使えない制御文字(U+{ord(unseen[0]):04X})があります。消してください"
    if not lines and ("\n" in text or "\r" in text or "\t" in text):
        yield entry, f"{key} は改行とタブを入れずに 1 行で書いてください"
    if (size := len(text.encode("utf-16-le", "surrogatepass")) // 2) > most:
        yield entry, f"{key} は {most:,} 文字までで書いてください(いまは {size:,} 文字)"


def _head(plan: Plan) -> Found:
    for key in ("id", "title", "municipality"):
        yield from text_misfits("[plan]", key, getattr(plan, key), LINE)
    yield from text_misfits("[plan]", "short_title", plan.short_title, LINE // 2)
    first, last = plan.period
    if first > last:
        yield "[plan] period", "初年度を先に、最終年度を後に書いてください"
    for key, years in (("period", plan.period), ("rounds", plan.rounds)):
        for year in years:
            if not YEARS[0] <= year <= YEARS[1] and year.year != 2000:
                yield f"[plan] {key}", f"{year} は範囲の外です。{YEARS[0]} から {YEARS[1]} までです"
    if plan.stated_kpi_total is not None and not 0 <= plan.stated_kpi_total < 10**6:
        yield "[plan]", "stated_kpi_total は 0 以上の項目数を書いてください"


def _sizes(plan: Plan) -> Found:
    formats = {(i.unit, i.decimals) for i in plan.indicators()}
    for entry, what, size, most in (
        ("[plan] rounds", "評価年度", len(plan.rounds), ROUNDS),
        ("[plan] departments", "担当課", len(plan.departments), DEPARTMENTS),
        ("[[goals]]", "基本目標", len(plan.goals), GOALS),
        ("[[goals.measures]]", "施策", sum(len(g.measures) for g in plan.goals), MEASURES),
        ("指標", "指標", sum(1 for _ in plan.indicators()), INDICATORS),
        ("[[grades]]", "評価区分", len(plan.grades), GRADES),
        ("[[fields]]", "追加の欄", len(plan.fields), FIELDS),
        ("指標", "単位と小数のけた数の組", len(formats), FORMATS),
    ):
        if size > most:
            yield entry, f"{what}は {most:,} までです(いまは {size:,})。減らしてください"


def _departments(plan: Plan) -> Found:
    yield from department_misfits("[plan]", "departments", plan.departments)


def _grades_and_fields(plan: Plan) -> Found:
    for number, grade in enumerate(plan.grades, start=1):
        yield from text_misfits(f"[[grades]] の {number} 番目", "name", grade.name, UNIT)
        if grade.at_least is not None and _is_too_fine(grade.at_least):
            yield f"[[grades]] の {number} 番目", "at_least のけた数が多すぎます"
    yield from _alike_grades(plan)
    for number, field in enumerate(plan.fields, start=1):
        entry = f"[[fields]] の {number} 番目"
        yield from text_misfits(entry, "name", field.name, HEADING)
        yield from text_misfits(entry, "unit", field.unit, UNIT)
        yield from _column(plan, entry, field)
        if len(",".join(field.choices)) > LINE:
            yield entry, f"choices は合わせて {LINE} 文字までです(Excel の限り)"
        for choice in field.choices:
            yield from text_misfits(entry, "choices", choice, UNIT)
            if "," in choice:
                yield entry, f"choices の「{short(choice)}」の , を消してください(Excel の限り)"
    for relation in plan.relations:
        if isinstance(relation, Together):
            yield from text_misfits("[[relations]]", "name", relation.name, LINE)


def _alike_grades(plan: Plan) -> Found:
    """Yield grades whose names no heading of a table can tell apart, from each other or our own."""
    seen = {_folded(head) for head in (GRADE_HEAD, GOAL_WORD, words.GOAL_NAME, words.UNGRADED)}
    for number, grade in enumerate(plan.grades, start=1):
        if _folded(grade.name) in seen:
            entry, name = f"[[grades]] の {number} 番目", short(grade.name)
            yield entry, f"name の「{name}」はほかの見出しと見分けがつきません。変えてください"
        seen.add(_folded(grade.name))


def _column(plan: Plan, entry: str, field: PlanField) -> Found:
    """Yield what of a field another column has: one table has a heading and a key once."""
    if any(field.key == other.key for other in STANDARD):
        yield entry, f"key の {field.key} はどの総合戦略にもある欄です。別の key にしてください"
    kinds: tuple[Kind, ...] = ("headline", "kpi")
    tables = [measure_fields(plan)] if field.at == "measure" else []
    tables += [goal_fields(plan)] if field.at == "goal" else []
    tables += [indicator_fields(plan, kind) for kind in kinds if field.at == "indicator"]
    name = _folded(field.name)
    if any(_folded(o.head) == name and o.key != field.key for table in tables for o in table):
        yield entry, f"name の「{short(field.name)}」と同じ見出しの列があります。変えてください"


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def department_misfits(entry: str, key: str, names: Iterable[str]) -> Found:
    """Yield what is wrong with a list of departments: blanks, names that look the same."""
    same = Counter("".join(unicodedata.normalize("NFKC", name).split()) for name in names)
    for name, times in same.items():
        if not name:
            yield entry, f"{key} に空の名前があります。消してください"
        elif times > 1:
            yield entry, f"{key} に「{short(name)}」が {times} 回あります。1 つにしてください"
    for name in names:
        yield from text_misfits(entry, f"{key} の「{short(name)}」", name, LINE)


def _goals(plan: Plan) -> Found:
    for goal in plan.goals:
        entry = f"基本目標{goal.number}"
        if goal.number > NUMBER:
            yield "[[goals]]", f"number は {NUMBER} までの番号を書いてください"
        yield from text_misfits(entry, "title", goal.title, LINE)
        yield from text_misfits(entry, "label", goal.label, UNIT)
        if goal.kpi_counts and goal.kpi_counts.total >= 10**6:
            yield f"{entry} kpi_counts", "total が大きすぎます。KPI の項目数を書いてください"
        for kind in ("headline", "kpi"):
            if (size := _apart(plan, goal, kind)) > (most := _repeats(plan)):
                what = "同じ数値の指標と、あわせて1項目とする指標"
                yield entry, f"{what}は {most} までです(いまは {size})。減らしてください"
        for measure in goal.measures:
            if measure.number > MEASURES:
                yield f"{entry} 施策{measure.number}", f"number は {MEASURES:,} までです"
            for key, most in (("name", LINE), ("label", UNIT), ("group", LINE)):
                where, text = f"{entry} 施策{measure.number}", getattr(measure, key)
                yield from text_misfits(where, key, text, most)
    for indicator in plan.indicators():
        yield from _indicator(indicator)
    yield from _alike(plan)


def _apart(plan: Plan, goal: Goal, kind: Kind) -> int:
    """Return how many indicators of a goal and kind do not count for themselves."""
    indicators = goal.headlines if kind == "headline" else goal.kpis
    firsts = {relation.ids[0] for relation in plan.together} & {each.id for each in indicators}
    return len(plan.repeats(goal, kind)) + len(firsts)


def _repeats(plan: Plan) -> int:
    """Return for how many such indicators a formula has room: each names the word it counts."""
    longest = max((len(grade.name) for grade in plan.grades), default=0)
    return min(REPEATS, _FORMULA // (_TERM + longest))


def _indicator(indicator: Indicator) -> Found:
    entry = indicator.id or "指標"
    yield from text_misfits(entry, "name", indicator.name, LINE)
    yield from text_misfits(entry, "unit", indicator.unit, UNIT)
    yield from text_misfits(entry, "department", indicator.department, LINE)
    for key in ("label", "printed_baseline", "printed_target"):
        yield from text_misfits(entry, key, getattr(indicator, key), UNIT)
    for key in ("statement", "source", "note"):
        yield from text_misfits(entry, key, getattr(indicator, key), lines=True)
    by_round = ((f"targets の {year}", value) for year, value in indicator.targets)
    stated = (("baseline", indicator.baseline), ("target", indicator.target), *by_round)
    yield from _figures(entry, stated)
    if not 0 <= indicator.lag <= LAG:
        yield entry, f"lag は 0 から {LAG} までの年数を書いてください"
    yield from _years(entry, indicator)
    for revision in indicator.revised:
        yield from _revision(f"{entry} revised {revision.since}", indicator, revision)


def _revision(entry: str, indicator: Indicator, revision: Revision) -> Found:
    yield from text_misfits(entry, "printed_target", revision.printed_target, UNIT)
    yield from text_misfits(entry, "reason", revision.reason, lines=True)
    yield from _figures(entry, (("baseline", revision.baseline), ("target", revision.target)))
    if revision.baseline_year or revision.target_year:
        yield from _years(entry, held(indicator, revision.since))


def _figures(entry: str, named: Iterable[tuple[str, Decimal | None]]) -> Found:
    for key, value in named:
        if value is not None and _is_too_fine(value):
            yield entry, f"{key} は {DIGITS} けたまで、小数は {DECIMALS} けたまでです(Excel の限り)"


def _years(entry: str, indicator: Indicator) -> Found:
    start, end = indicator.baseline_year, indicator.target_year
    if start and end and end < start:
        yield entry, f"目標年度 {end} が基準年度 {start} より前です。年度を確かめてください"


def _is_too_fine(value: Decimal) -> bool:
    digits = len(value.normalize().as_tuple().digits)
    return abs(value) >= LARGEST or decimals_of(value) > DECIMALS or digits > DIGITS


def _alike(plan: Plan) -> Found:
    """Yield ids that differ in leading zeros only: people take them for one."""
    first: dict[str, str] = {}
    for indicator in plan.indicators():
        plain = re.sub(r"(?<!\d)0+(?=\d)", "", indicator.id)
        other = first.setdefault(plain, indicator.id)
        if other != indicator.id:
            yield indicator.id, f"{other} と見分けがつきません。別の番号にしてください"
