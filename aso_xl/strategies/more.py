"""What a plan may say beyond its figures: how it judges, its grades, its own fields."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

from ..domain.plan import Grade, PlanField
from . import shapes
from .shapes import Table
from .values import Values

JUDGED_AGAINST: Final = {"final": "最終の目標値", "yearly": "年度ごとの目標値"}
PROGRESS: Final = {"baseline": "基準値からの進み", "ratio": "実績÷目標"}
ROUNDING: Final = {"truncate": "切り捨て", "half_up": "四捨五入"}
AGGREGATE: Final = {"latest": "最新の値", "sum": "合計", "mean": "平均", "max": "最大"}
GRADE_OF: Final = {"progress": "進捗率", "ratio": "実績÷目標", "pace": "進み具合"}
FIELD_AT: Final = {"measure": "施策", "indicator": "指標", "goal": "基本目標"}
FIELD_TYPE: Final = {"text": "文", "number": "数値", "choice": "選択"}
FIELD_BY: Final = {"department": "担当課", "secretariat": "事務局"}
FIELD_ROLE: Final = {"note": "ふつうの欄", "opinion": "会議の意見", "answer": "意見への対応"}


def judging(values: Values, head: Table) -> dict[str, Any]:
    """Return how the plan judges: against which target, by which progress, how rounded."""
    words = (
        ("judged_against", JUDGED_AGAINST),
        ("progress", PROGRESS),
        ("rounding", ROUNDING),
    )
    return {key: values.choice("[plan]", head, key, known) for key, known in words}


def grades(values: Values, raw: Any) -> tuple[Grade, ...]:
    """Return the grades, best first; the last one alone has no threshold."""
    listed = tuple(_grade(values, n, each) for n, each in enumerate(raw, start=1))
    names = [grade.name for grade in listed]
    for number, grade in enumerate(listed, start=1):
        entry = _place("grades", number)
        if grade.name and names.count(grade.name) > 1 and names.index(grade.name) < number - 1:
            values.problem(entry, f"name「{shapes.short(grade.name)}」が 2 回あります")
        is_last = number == len(listed)
        if is_last != (grade.at_least is None) and not _has_bad_number(raw[number - 1], grade):
            rest = "最後の区分は残りを受けるので、at_least を書かないでください"
            values.problem(entry, rest if is_last else "at_least(下限の%)を書いてください")
        if number > 1:
            _after(values, entry, grade, listed[number - 2], is_last=is_last)
    if len(listed) == 1:
        values.problem("[[grades]]", "評価区分は 2 つ以上書いてください")
    return listed


def _after(values: Values, entry: str, grade: Grade, better: Grade, *, is_last: bool) -> None:
    """Complain of a grade that does not follow the better one before it."""
    if (
        grade.at_least is not None
        and better.at_least is not None
        and grade.at_least >= better.at_least
    ):
        values.problem(entry, "at_least は、上の区分より小さくしてください(大きい順)")
    if not is_last and grade.of != better.of:
        values.problem(entry, "of は、どの区分も同じにしてください")


def _grade(values: Values, number: int, raw: Any) -> Grade:
    entry = _place("grades", number)
    raw = values.fitting(entry, raw, shapes.GRADE)
    return Grade(
        values.text(entry, raw, "name"),
        values.number(entry, raw, "at_least"),
        values.choice(entry, raw, "of", GRADE_OF),
    )


def _has_bad_number(raw: Any, grade: Grade) -> bool:
    """Return whether a threshold was written that is no number, which is said already."""
    return grade.at_least is None and isinstance(raw, dict) and "at_least" in raw


def fields(values: Values, raw: Any) -> tuple[PlanField, ...]:
    """Return the fields of the plan's own; no two share a key, nor a name at one place."""
    listed = tuple(_field(values, n, each) for n, each in enumerate(raw, start=1))
    for what, seen in (
        ("key", Counter(field.key for field in listed)),
        ("name", Counter((field.at, field.name) for field in listed)),
    ):
        for repeated, times in seen.items():
            shown = repeated if isinstance(repeated, str) else repeated[1]
            if times > 1 and shown:
                values.problem(
                    "[[fields]]", f"{what}「{shapes.short(shown)}」が {times} 回あります"
                )
    for (at, role), times in Counter((field.at, field.role) for field in listed).items():
        if role != "note" and times > 1:
            said = f'role が "{role}"({FIELD_ROLE[role]})の欄が{FIELD_AT[at]}に {times} あります'
            values.problem("[[fields]]", f"{said}。1 つにしてください")
    return listed


def _field(values: Values, number: int, raw: Any) -> PlanField:
    entry = _place("fields", number)
    raw = values.fitting(entry, raw, shapes.FIELD)
    key = values.text(entry, raw, "key")
    if key.strip() and not re.fullmatch("[a-z][a-z0-9_]{0,39}", key):
        values.problem(entry, 'key は "budget" のように半角の英小文字・数字・_ で書いてください')
    if "at" not in raw:
        values.problem(entry, "at(どこに付く欄か)を measure、indicator、goal から書いてください")
    kind = values.choice(entry, raw, "type", FIELD_TYPE)
    choices = tuple(raw.get("choices", ()))
    if kind == "choice" and len(set(choices)) < 2:
        values.problem(entry, 'choices に選択肢を ["…", "…"] のように 2 つ以上書いてください')
    if kind != "choice" and choices:
        values.problem(entry, 'choices は type が "choice" の欄だけに書けます')
    if any(not each.strip() for each in choices) or len(set(choices)) != len(choices):
        values.problem(entry, "choices に、空の選択肢や同じ選択肢があります")
    if kind != "number" and raw.get("unit"):
        values.problem(entry, 'unit は type が "number" の欄だけに書けます')
    role = values.choice(entry, raw, "role", FIELD_ROLE)
    if kind != "text" and role != "note":
        values.problem(entry, 'role は type が "text" の欄だけに書けます')
    return PlanField(
        key,
        values.text(entry, raw, "name"),
        values.choice(entry, raw, "at", FIELD_AT),
        kind,
        raw.get("unit", ""),
        values.choice(entry, raw, "by", FIELD_BY),
        raw.get("print", False),
        choices,
        raw.get("optional", False),
        role,
    )


def _place(kind: str, number: int) -> str:
    return f"[[{kind}]] の {number} 番目"
