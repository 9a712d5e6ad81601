"""Which fields there are: every column of the sheets, declared once.

A field that is added here, or by a plan (``[[fields]]``), is built, read, split, merged, compared,
fingerprinted and exported without another word anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from .field import Field, Level, Owner, Type
from .numerals import FiscalYear
from .plan import Kind, Plan, PlanField

ID, MEASURE, NAME, UNIT, RULE = "id", "measure", "name", "unit", "rule"
SOURCE = "source"
BASELINE_YEAR, BASELINE = "baseline_year", "baseline"
TARGET_YEAR, TARGET = "target_year", "target"
USED, RESULT, PROGRESS, PACE = "used", "result", "progress", "pace"
REMARK, DEPARTMENT = "remark", "department"
EFFORTS, PROBLEMS, DIRECTION = "efforts", "problems", "direction"

ACTUAL_WORD: Final = "実績値"
DEPARTMENT_HEAD: Final = "担当課"
_PROMPT: Final = "要因(未達成のとき)、出典、数値の説明などを書きます。"

_IDENTITY: Final = (Field(ID, "番号", 7.5, Owner.PLAN, look="id"),)
_SECOND: Final = {
    "headline": Field(SOURCE, "資料", 18, Owner.PLAN, look="label", needed=False),
    "kpi": Field(MEASURE, "施策", 18, Owner.PLAN, look="label"),
}
_DEFINED: Final = (
    Field(NAME, "指標", 25, Owner.PLAN, name="指標名", look="text", checked=True),
    Field(UNIT, "単位", 6, Owner.PLAN, look="centre", checked=True),
    Field(RULE, "判定方法", 8.5, Owner.PLAN, look="centre", checked=True),
    Field(BASELINE_YEAR, "基準年度", 8.5, Owner.PLAN, look="centre", checked=True),
    Field(BASELINE, "基準値", 13, Owner.PLAN, Type.NUMBER, look="number", checked=True),
    Field(TARGET_YEAR, "目標年度", 8.5, Owner.PLAN, look="centre", checked=True),
    Field(TARGET, "目標値", 13, Owner.PLAN, Type.NUMBER, look="number", checked=True),
)
_COMPUTED: Final = (
    Field(USED, "評価値", 13, Owner.FORMULA, look="number", needed=False),
    Field(RESULT, "判定", 7.5, Owner.FORMULA, look="verdict", needed=False),
    Field(PROGRESS, "進捗率", 10, Owner.FORMULA, look="percent", needed=False),
    Field(PACE, "進み具合", 8.5, Owner.FORMULA, look="centre", needed=False),
)
_WRITTEN: Final = (
    Field(
        *(REMARK, "備考(要因・出典)", 28, Owner.DEPARTMENT),
        name="備考",
        prompt=_PROMPT,
        printed=True,
    ),
    Field(DEPARTMENT, DEPARTMENT_HEAD, 12, Owner.DEPARTMENT, Type.DEPARTMENTS, printed=True),
)
_OF_MEASURES: Final = (
    Field(ID, "施策番号", 8.5, Owner.PLAN, level=Level.MEASURE, look="id"),
    Field(NAME, "施策名", 24, Owner.PLAN, level=Level.MEASURE, look="label"),
    *(
        Field(
            *(key, head, 36, Owner.DEPARTMENT, Type.TEXT, Level.MEASURE),
            prompt=_PROMPT,
            printed=True,
        )
        for key, head in ((EFFORTS, "取組"), (PROBLEMS, "課題"), (DIRECTION, "今後の方向"))
    ),
    Field(
        *(DEPARTMENT, DEPARTMENT_HEAD, 12, Owner.DEPARTMENT, Type.DEPARTMENTS, Level.MEASURE),
        printed=True,
    ),
)

STANDARD: Final = (*_IDENTITY, *_SECOND.values(), *_DEFINED, *_COMPUTED, *_WRITTEN, *_OF_MEASURES)
"""Every field but the rounds, which are the plan's."""

CHECKED: Final = {field.key: field.word for field in STANDARD if field.checked}
"""What the plan says of an indicator in cells: word by key."""

_ROUND: Final = re.compile(r"[A-Z][0-9]+")


def is_round(key: str) -> bool:
    """Return whether the key is that of a round's actual (``R8``)."""
    return _ROUND.fullmatch(key) is not None


def actual(round_: FiscalYear) -> Field:
    """Return the field of a round's actual."""
    year = str(round_)
    return Field(year, year, 13, Owner.DEPARTMENT, Type.ACTUAL, name=ACTUAL_WORD, printed=True)


_WIDTHS: Final = {Type.TEXT: 28.0, Type.NUMBER: 13.0, Type.CHOICE: 12.0}


def added(field: PlanField) -> Field:
    """Return the column that a plan adds to those of every plan."""
    type_ = Type(field.type)
    return Field(
        field.key,
        field.name,
        _WIDTHS[type_],
        Owner(field.by),
        type_,
        Level(field.at),
        unit=field.unit,
        choices=field.choices,
        printed=field.is_printed,
    )


@lru_cache(maxsize=64)
def _indicator_fields(
    rounds: tuple[FiscalYear, ...], more: tuple[PlanField, ...], kind: Kind
) -> tuple[Field, ...]:
    return (
        *(*_IDENTITY, _SECOND[kind], *_DEFINED, *map(actual, rounds), *_COMPUTED, *_WRITTEN),
        *(added(field) for field in more if field.at == "indicator"),
    )


def indicator_fields(plan: Plan, kind: Kind) -> tuple[Field, ...]:
    """Return the fields of a 数値目標 or KPI, as its columns stand: the plan's own come last."""
    return _indicator_fields(plan.rounds, plan.fields, kind)


def measure_fields(plan: Plan) -> tuple[Field, ...]:
    """Return the fields of a 施策, as its columns stand: the plan's own come last."""
    more = (added(field) for field in plan.fields if field.at == "measure")
    return (*_OF_MEASURES, *more)


def fields_of(plan: Plan, id_: str) -> tuple[Field, ...]:
    """Return the fields of the indicator or 施策 of that id; of an unknown id, all there are."""
    if indicator := plan.by_id.get(id_):
        return indicator_fields(plan, indicator.kind)
    if id_ in plan.measures:
        return measure_fields(plan)
    every = (*indicator_fields(plan, "headline"), *indicator_fields(plan, "kpi"))
    return tuple(dict.fromkeys((*every, *measure_fields(plan))))


def typed(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return those that people fill in."""
    return tuple(field for field in fields if field.is_typed)


def notes(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return what people write beside the figures: all that is typed but actuals and 担当課."""
    beside = (Type.ACTUAL, Type.DEPARTMENTS)
    return tuple(field for field in typed(fields) if field.type not in beside)
