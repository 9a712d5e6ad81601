"""The figures and texts that come with a definition file (``[entries]``), checked against its plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, assert_never

from ..domain.field_declaration import Field, Level, Type
from ..domain.fields import (
    DEPARTMENT,
    REMARK,
    goal_fields,
    indicator_fields,
    measure_fields,
    notes,
    typed,
)
from ..domain.numerals import FiscalYear
from ..domain.plan import Plan
from ..domain.settings import ROUND_KEY
from ..errors import Finding
from .room import DEPARTMENTS, Found, department_misfits, text_misfits
from .shapes import ENTRIES, Table, short
from .shapes import misfits as shape_misfits

BEFORE_KEY, BEFORE_ROUND = "before", "before_round"
"""Texts of the round before, by id and field, and which round that is: of workbooks made of a master."""
DEPARTMENTS_KEY: Final = "課"
_OWN_TABLES: Final = {REMARK: "remarks", DEPARTMENT: "departments"}
"""Fields of an indicator whose entries are a table of their own: a text by id."""
_TEXT: Final = '文字列で(" " で囲んで)書いてください'


def _place(field: Field) -> tuple[str, str]:
    """Return under which kind of entries a typed field stands, and its key there; "" for none."""
    match field.level:
        case Level.QUESTION:
            return "questions", field.word
        case Level.GOAL:
            return "goals", field.word
        case Level.MEASURE:
            return "measures", field.word
        case Level.INDICATOR:
            if field.type is Type.ACTUAL:
                return "actuals", field.key
            table = _OWN_TABLES.get(field.key)
            return (table, "") if table else ("indicators", field.word)
        case _:
            assert_never(field.level)


def given(entries: Table, field: Field, id_: str) -> Any:
    """Return the entry of an id's field; None where there is none."""
    kind, key = _place(field)
    entry = entries.get(kind, {}).get(id_)
    if not key:
        return entry
    return entry.get(key) if entry else None


def give(entries: dict[str, Any], field: Field, id_: str, value: Any) -> None:
    """Set the entry of an id's field."""
    kind, key = _place(field)
    table = entries.setdefault(kind, {})
    if key:
        table.setdefault(id_, {})[key] = value
    else:
        table[id_] = value


def misfits(entries: Any, plan: Plan, source: str) -> Iterator[Finding]:
    """Yield what is wrong in the entries, with the id and key it stands under."""
    for entry, message in _misfits(entries, plan):
        yield Finding(source, short(entry), message)


def _misfits(entries: Any, plan: Plan) -> Found:
    if not isinstance(entries, dict):
        yield "[entries]", "項目 = 値 の表として書いてください"
        return
    wrong = dict(shape_misfits(entries, ENTRIES))
    for message in wrong.values():
        yield "[entries]", message
    rounds = {str(year) for year in plan.rounds}
    of_measures = [field.word for field in typed(measure_fields(plan))]
    of_goals = [field.word for field in typed(goal_fields(plan))]
    beside = [f.word for f in notes(indicator_fields(plan, "kpi")) if f.key not in _OWN_TABLES]
    kinds: Mapping[str, tuple[Mapping[str, Any], Callable[[str, Any], Found]]] = {
        "actuals": (plan.by_id, lambda entry, value: _fields(entry, value, rounds, "R8")),
        "remarks": (plan.by_id, _text),
        "departments": (plan.by_id, _text),
        "measures": (
            plan.measures,
            lambda entry, value: _fields(entry, value, of_measures, "取組"),
        ),
        "goals": (
            plan.by_goal,
            lambda entry, value: _fields(entry, value, of_goals, (*of_goals, "…")[0]),
        ),
        "indicators": (
            plan.by_id,
            lambda entry, value: _fields(entry, value, beside, (*beside, "…")[0]),
        ),
    }
    for kind, (known, check) in kinds.items():
        for id_, value in {} if kind in wrong else entries.get(kind, {}).items():
            entry = f"[entries.{kind}] {short(id_)}"
            if id_ not in known:
                yield entry, "この番号の指標や施策はありません。番号を確かめてください"
            yield from check(entry, value)
    if "settings" not in wrong:
        yield from _settings(entries.get("settings", {}), rounds)


def _text(entry: str, value: Any) -> Found:
    if not isinstance(value, str):
        yield entry, f"値は{_TEXT}"
    else:
        yield from text_misfits(entry, "値", value, lines=True)


def _fields(entry: str, value: Any, known: Any, example: str) -> Found:
    """Yield what is wrong in a table of texts by field (a round, a heading)."""
    if not isinstance(value, dict):
        yield entry, f'{{ {example} = "…" }} のように書いてください'
        return
    for key, text in value.items():
        if key not in known:
            yield f"{entry} {short(key)}", f"書けるのは {'、'.join(sorted(known))} です"
        if not isinstance(text, str):
            yield f"{entry} {short(key)}", f"値は{_TEXT}"
        else:
            yield from text_misfits(f"{entry} {short(key)}", "値", text, lines=True)


def _settings(settings: Mapping[str, Any], rounds: set[str]) -> Found:
    for key, value in settings.items():
        entry = f"[entries.settings] {short(key)}"
        if key == DEPARTMENTS_KEY:
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                yield entry, '["…", "…"] のように、担当課の名前を並べてください'
                continue
            if len(value) > DEPARTMENTS:
                yield entry, f"担当課は {DEPARTMENTS:,} までです(いまは {len(value):,})"
            yield from department_misfits(entry, "値", value)
        elif not isinstance(value, str) and not _is_number(value):
            yield entry, f"値は{_TEXT}"
        elif isinstance(value, str):
            yield from text_misfits(entry, "値", value, lines=True)
        if key == ROUND_KEY and not (isinstance(value, str) and value in rounds):
            yield entry, f"評価年度({'、'.join(sorted(rounds, key=_year))})から書いてください"


def _is_number(value: object) -> bool:
    """Return whether a setting is a number that a cell holds; those of 設定 may be so written."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and -(10**15) < value < 10**15
    )


def _year(text: str) -> FiscalYear:
    return FiscalYear.parse(text)
