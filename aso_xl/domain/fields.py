"""Which fields there are: every column of the sheets, declared once.

A field that is added here, or by a plan (``[[fields]]``), is built, read, split, merged, compared,
fingerprinted and exported without another word anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple, assert_never

from . import questions
from .field_declaration import Field, Level, Owner, Role, Type
from .numerals import FiscalYear
from .plan import Indicator, Kind, Plan, PlanField

ID, MEASURE, NAME, UNIT, RULE = "id", "measure", "name", "unit", "rule"
SOURCE = "source"
BASELINE_YEAR, BASELINE = "baseline_year", "baseline"
TARGET_YEAR, TARGET = "target_year", "target"
USED, RESULT, PROGRESS, PACE = "used", "result", "progress", "pace"
LABEL, GROUP = "label", "group"
PRINTED_BASELINE, PRINTED_TARGET = "printed_baseline", "printed_target"
REVISED = "revised"
ROUND_TARGET = "round_target"
REMARK, DEPARTMENT = "remark", "department"
EFFORTS, PROBLEMS, DIRECTION = "efforts", "problems", "direction"

ACTUAL_WORD: Final = "実績値"
DEPARTMENT_HEAD: Final = "担当課"
GRADE_HEAD: Final = "評価区分"
"""Heads the column of how it goes in a plan that has grades of its own."""
_PROMPT: Final = "要因(未達成のとき)、出典、数値の説明などを書きます。"

_LABEL: Final = Field(LABEL, "印字番号", 8, Owner.PLAN, look="centre", checked=True, needed=False)
_IDENTITY: Final = (Field(ID, "番号", 7.5, Owner.PLAN, look="id"), _LABEL)
_SECOND: Final = {
    "headline": Field(SOURCE, "資料", 18, Owner.PLAN, look="label", needed=False),
    "kpi": Field(MEASURE, "施策", 18, Owner.PLAN, look="label"),
}
_DEFINED: Final = (
    Field(NAME, "指標", 26, Owner.PLAN, name="指標名", look="text", checked=True),
    Field(UNIT, "単位", 6, Owner.PLAN, look="unit", checked=True),
    Field(BASELINE, "基準値", 10, Owner.PLAN, Type.NUMBER, look="number", checked=True),
    Field(
        *(PRINTED_BASELINE, "基準値の印字", 8, Owner.PLAN),
        look="centre",
        checked=True,
        needed=False,
    ),
    Field(TARGET, "目標値", 10, Owner.PLAN, Type.NUMBER, look="number", checked=True),
    Field(
        *(PRINTED_TARGET, "目標値の印字", 8, Owner.PLAN),
        look="centre",
        checked=True,
        needed=False,
    ),
    Field(REVISED, "目標値の改訂", 14, Owner.PLAN, look="label", needed=False),
    Field(RULE, "判定方法", 6, Owner.PLAN, look="centre", checked=True),
    Field(ROUND_TARGET, "評価年度の目標", 10, Owner.FORMULA, look="number", needed=False),
)
_YEARS: Final = (
    Field(BASELINE_YEAR, "基準年度", 8.5, Owner.PLAN, look="centre", checked=True),
    Field(TARGET_YEAR, "目標年度", 8.5, Owner.PLAN, look="centre", checked=True),
)
_VERDICT: Final = (Field(RESULT, "判定", 7.5, Owner.FORMULA, look="verdict", needed=False),)
_COMPUTED: Final = (
    Field(PROGRESS, "進捗率", 10, Owner.FORMULA, look="percent", needed=False),
    Field(PACE, "進み具合", 8.5, Owner.FORMULA, look="centre", needed=False),
    Field(USED, "評価値", 10, Owner.FORMULA, look="number", needed=False),
)
_WRITTEN: Final = (
    Field(
        *(REMARK, "備考(要因・出典)", 24, Owner.DEPARTMENT),
        name="備考",
        prompt=_PROMPT,
        printed=True,
    ),
    Field(DEPARTMENT, DEPARTMENT_HEAD, 11, Owner.DEPARTMENT, Type.DEPARTMENTS, printed=True),
)
_OF_MEASURES: Final = (
    Field(ID, "施策番号", 8.5, Owner.PLAN, level=Level.MEASURE, look="id"),
    replace(_LABEL, level=Level.MEASURE, checked=False),
    Field(GROUP, "区分", 16, Owner.PLAN, level=Level.MEASURE, look="label", needed=False),
    Field(NAME, "施策名", 24, Owner.PLAN, level=Level.MEASURE, look="label"),
    *(
        Field(
            *(key, head, 38, Owner.DEPARTMENT, Type.TEXT, Level.MEASURE),
            prompt=prompt,
            printed=True,
        )
        for key, head, prompt in (
            (EFFORTS, "取組", "評価年度に行ったことを書きます。"),
            (PROBLEMS, "課題", "進めるうえで妨げになっていること、残っていることを書きます。"),
            (DIRECTION, "今後の方向", "次の年度から、どのように進めるかを書きます。"),
        )
    ),
    Field(
        *(DEPARTMENT, DEPARTMENT_HEAD, 12, Owner.DEPARTMENT, Type.DEPARTMENTS, Level.MEASURE),
        printed=True,
    ),
)
_OF_GOALS: Final = (
    Field(ID, "目標番号", 11, Owner.PLAN, level=Level.GOAL, look="id"),
    Field(NAME, "基本目標名", 24, Owner.PLAN, level=Level.GOAL, look="label"),
)

STANDARD: Final = (
    *(*_IDENTITY, *_DEFINED, *_VERDICT, *_WRITTEN),
    *(*_COMPUTED, *_SECOND.values(), *_YEARS, *_OF_GOALS, *_OF_MEASURES),
)
"""Every field but those of the rounds, which are the plan's."""

_NOT_IN_EVERY_PLAN: Final = frozenset({LABEL, GROUP, PRINTED_BASELINE, PRINTED_TARGET, REVISED})
"""Columns that only plans with such texts have."""

CHECKED: Final = {field.key: field.word for field in STANDARD if field.checked}
"""What the plan says of an indicator in cells: word by key."""

_ROUND: Final = re.compile(r"[A-Z][0-9]+")


def is_round(key: str) -> bool:
    """Return whether the key is that of a round's actual (``R8``)."""
    return _ROUND.fullmatch(key) is not None


def actual(round_: FiscalYear) -> Field:
    """Return the field of a round's actual."""
    year = str(round_)
    return Field(year, year, 10, Owner.DEPARTMENT, Type.ACTUAL, name=ACTUAL_WORD, printed=True)


def target_of(round_: FiscalYear) -> Field:
    """Return the field of the target that an indicator has for a round."""
    return Field(
        *(f"target_{round_}", f"{round_}の目標", 10, Owner.PLAN, Type.NUMBER),
        look="number",
        checked=True,
        needed=False,
    )


def _width(type_: Type, choices: Iterable[str]) -> float:
    match type_:
        case Type.TEXT:
            return 28.0
        case Type.NUMBER | Type.ACTUAL:
            return 13.0
        case Type.CHOICE:
            longest = max(map(len, choices), default=0)
            return min(24.0, max(8.0, 2.0 * longest + 4))
        case Type.DEPARTMENTS:
            return 12.0
        case _:
            assert_never(type_)


@lru_cache(maxsize=256)
def added(field: PlanField) -> Field:
    """Return the column that a plan adds to those of every plan."""
    type_ = Type(field.type)
    return Field(
        field.key,
        field.name,
        _width(type_, field.choices),
        Owner(field.by),
        type_,
        Level(field.at),
        unit=field.unit,
        choices=field.choices,
        printed=field.is_printed,
        optional=field.is_optional,
        role=Role(field.role),
    )


class _Columns(NamedTuple):
    """What of a plan its columns of indicators depend on."""

    rounds: tuple[FiscalYear, ...]
    printed: frozenset[str]
    target_rounds: tuple[FiscalYear, ...]
    in_view: frozenset[str]
    more: tuple[PlanField, ...]


@lru_cache(maxsize=64)
def _indicator_fields(of: _Columns, kind: Kind) -> tuple[Field, ...]:
    passed = _NOT_IN_EVERY_PLAN - of.printed
    passed |= frozenset() if of.target_rounds else {ROUND_TARGET}
    own = (added(field) for field in of.more if field.at == "indicator")
    used = [field for field in _COMPUTED if field.key == USED and USED in of.in_view]
    grade = [field for field in _COMPUTED if field.key == PACE and PACE in of.in_view]
    later = [field for field in _COMPUTED if field.key not in of.in_view]
    every = (
        *(*_IDENTITY, *_DEFINED, *map(actual, of.rounds)),
        *(*used, *_VERDICT, *grade, *_WRITTEN, *own),
        *(*later, _SECOND[kind], *_YEARS, *map(target_of, of.target_rounds)),
    )
    graded = {PACE: GRADE_HEAD} if grade else {}
    return tuple(
        replace(field, head=graded.get(field.key, field.head))
        for field in every
        if field.key not in passed
    )


def indicator_fields(plan: Plan, kind: Kind) -> tuple[Field, ...]:
    """Return the fields of a 数値目標 or KPI, as its columns stand.

    What is looked at while typing comes first, down to 担当課, and fits a screen; then the plan's
    own fields, then what is read seldom, the targets of single rounds last. A value that is joined
    and a grade of the plan stand beside the verdict.
    """
    in_view = {USED: plan.joins, PACE: bool(plan.grades)}
    columns = _Columns(
        plan.rounds,
        plan.printed,
        plan.target_rounds,
        frozenset(key for key, is_so in in_view.items() if is_so),
        plan.fields,
    )
    return _indicator_fields(columns, kind)


def measure_fields(plan: Plan) -> tuple[Field, ...]:
    """Return the fields of a 施策, as its columns stand: the plan's own come last."""
    passed = _NOT_IN_EVERY_PLAN - plan.printed_of_measures
    more = (added(field) for field in plan.fields if field.at == "measure")
    return (*(field for field in _OF_MEASURES if field.key not in passed), *more)


def goal_fields(plan: Plan) -> tuple[Field, ...]:
    """Return the fields of a goal: number, name and the plan's own; () where it has none."""
    more = tuple(added(field) for field in plan.fields if field.at == "goal")
    return (*_OF_GOALS, *more) if more else ()


def checked(plan: Plan) -> dict[str, str]:
    """Return what the plan says of an indicator in cells: word by key."""
    more = map(target_of, plan.target_rounds)
    return CHECKED | {field.key: field.word for field in more}


def defined(indicator: Indicator, key: str) -> object:
    """Return what the plan says of an indicator under the key of a checked field."""
    of_rounds = {target_of(round_).key: value for round_, value in indicator.targets}
    return of_rounds.get(key) if key not in CHECKED else getattr(indicator, key)


def fields_of(plan: Plan, id_: str) -> tuple[Field, ...]:
    """Return the fields of the row of that id (indicator, 施策, goal, question); of an unknown one,
    those of indicators, 施策 and goals.
    """
    if indicator := plan.by_id.get(id_):
        return indicator_fields(plan, indicator.kind)
    if questions.is_question(id_):
        return questions.FIELDS
    if id_ in plan.measures:
        return measure_fields(plan)
    if id_ in plan.by_goal:
        return goal_fields(plan)
    every = (*indicator_fields(plan, "headline"), *indicator_fields(plan, "kpi"))
    return tuple(dict.fromkeys((*every, *measure_fields(plan), *goal_fields(plan))))


def typed(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return those that people fill in."""
    return tuple(field for field in fields if field.is_typed)


def notes(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return what people write beside the figures: all that is typed but actuals and 担当課."""
    beside = (Type.ACTUAL, Type.DEPARTMENTS)
    return tuple(field for field in typed(fields) if field.type not in beside)
