"""A plan in words before anything is made of it: what it has, and what differs from an earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Literal

from ..domain.numerals import FiscalYear, plain
from ..domain.plan import (
    KIND_LABELS,
    Derived,
    Goal,
    Indicator,
    Measure,
    Part,
    Plan,
    Same,
    Together,
)
from ..strategies.more import (
    FIELD_AT,
    FIELD_BY,
    FIELD_TYPE,
    GRADE_OF,
    JUDGED_AGAINST,
    PROGRESS,
    ROUNDING,
)
from . import sheets
from .sheets import RELATION_KINDS

Kind = Literal["added", "removed", "changed"]
KIND_WORDS: Final[Mapping[Kind, str]] = {
    "added": "加わる",
    "removed": "なくなる",
    "changed": "変わる",
}
_OTHER: Final = {
    **{"number": "番号", "title": "名称", "fingerprint": "", "goals": "", "kpis": ""},
    **{"headlines": "", "measures": "", "own_kpis": "", "since": "尋ねる最初"},
    "revised": "改訂",
    **{"kpi_counts": "公表された達成数", "targets": "年度ごとの目標", "group": "上の見出し"},
    **{
        "relations": "関係",
        "departments": "担当課の一覧",
        "grades": "評価区分",
        "fields": "追加の欄",
    },
}
_HEADS: Final = {
    **{column.key: column.head for column in sheets.PLAN_ROWS},
    **{column.key: column.head for column in sheets.INDICATOR_COLUMNS},
    **_OTHER,
}


_RELATIONS: Final = {"derived": Derived, "same": Same, "part": Part, "together": Together}


@dataclass(frozen=True)
class DefinitionChange:
    """One difference: what it is of (id or 「総合戦略」), which value, and both values in words."""

    kind: Kind
    of: str
    name: str
    value: str = ""
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        about = " ".join(filter(None, (self.of, self.name)))
        if self.kind == "changed":
            return f"{about}: {self.value} {self.before or '(空欄)'} → {self.after or '(空欄)'}"
        return about


def totals(plan: Plan) -> dict[str, int]:
    """Return how many goals, 数値目標, 施策 and KPIs there are (published counts included)."""
    return {
        "goals": len(plan.goals),
        "headlines": sum(len(goal.headlines) for goal in plan.goals),
        "measures": sum(len(goal.measures) for goal in plan.goals),
        "kpis": sum(map(_kpis, plan.goals)),
    }


def _kpis(goal: Goal) -> int:
    return goal.kpi_counts.total if goal.kpi_counts else len(goal.kpis)


def described(plan: Plan) -> Iterator[str]:
    """Yield in words what the plan has, goal by goal."""
    first, last = plan.period
    found = totals(plan)
    yield f"{plan.title}({plan.municipality}、{first.label}～{last.label})"
    yield f"評価年度: {'・'.join(map(str, plan.rounds))}(新しいブックは {plan.round})"
    if said := "、".join(_judging(plan)):
        yield f"評価のしかた: {said}"
    for goal in plan.goals:
        yield (
            f"{goal.printed_number} {goal.title}: 数値目標 {len(goal.headlines)}、"
            f"施策 {len(goal.measures)}、KPI {_kpis(goal)}"
        )
    yield (
        f"合計: 基本目標 {found['goals']}、数値目標 {found['headlines']}、"
        f"施策 {found['measures']}、KPI {found['kpis']}"
    )
    kinds = Counter(type(relation) for relation in plan.relations)
    more = [(f"関係「{RELATION_KINDS[key]}」", kinds[kind]) for key, kind in _RELATIONS.items()]
    more += [("追加の欄", len(plan.fields)), ("担当課", len(plan.departments))]
    if said := "、".join(f"{what} {size}" for what, size in more if size):
        yield f"ほかに {said}"
    for relation in plan.relations:
        if isinstance(relation, Together):
            yield f"{'・'.join(relation.ids)} は「{relation.name}」として1項目と数えます"
    for field in plan.fields:
        kind = f"{field.unit or FIELD_TYPE[field.type]}、{FIELD_BY[field.by]}"
        yield f"追加の欄「{field.name}」: {FIELD_AT[field.at]}ごと({kind})"


def _judging(plan: Plan) -> Iterator[str]:
    """Yield how the plan judges, where it is not as plans usually do."""
    if plan.judged_against != "final":
        yield f"{JUDGED_AGAINST[plan.judged_against]}で判定"
    if plan.progress != "baseline":
        yield f"進捗率は {PROGRESS[plan.progress]}"
    if plan.rounding != "truncate":
        yield f"率は{ROUNDING[plan.rounding]}"
    if plan.grades:
        each = (
            g.name if g.at_least is None else f"{g.name} {plain(g.at_least)}%以上"
            for g in plan.grades
        )
        yield f"評価区分は{GRADE_OF[plan.grades[0].of]}で {'・'.join(each)}"


def changes(before: Plan, after: Plan) -> list[DefinitionChange]:
    """Return what differs between an earlier plan and a later one, by number."""
    found = list(_values("総合戦略", "", before, after))
    goals = [{f"基本目標{goal.number}": goal for goal in plan.goals} for plan in (before, after)]
    found += _pairs(goals[0], goals[1])
    found += _pairs(
        *({f"施策{id_}": each for id_, each in plan.measures.items()} for plan in (before, after))
    )
    found += _pairs(before.by_id, after.by_id)
    return found


def _pairs(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[DefinitionChange]:
    for id_, own in before.items():
        if id_ in after:
            yield from _values(id_, _name(after[id_]), own, after[id_])
        else:
            yield DefinitionChange("removed", id_, _name(own))
    yield from (
        DefinitionChange("added", id_, _name(own))
        for id_, own in after.items()
        if id_ not in before
    )


def _name(own: Goal | Measure | Indicator) -> str:
    return own.title if isinstance(own, Goal) else own.name


def _values(of: str, name: str, before: Any, after: Any) -> Iterator[DefinitionChange]:
    for field in fields(before):
        head = _HEADS.get(field.name, field.name)
        one, other = getattr(before, field.name), getattr(after, field.name)
        if head and one != other:
            yield DefinitionChange("changed", of, name, head, _shown(one), _shown(other))


def _shown(value: Any) -> str:
    """Return a value as people write it."""
    match value:
        case None | False | "" | ():
            return ""
        case True:
            return sheets.YES
        case Decimal():
            return f"{value:f}"
        case Enum():
            return str(getattr(value, "label", value.value))
        case FiscalYear() | str() | int():
            return str(_WORDS.get(str(value), value))
        case tuple():
            return "、".join(map(_shown_item, value))
    return _shown_item(value)


def _shown_item(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(map(_shown, value))
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, FiscalYear):
        return "・".join(
            filter(None, (_shown(getattr(value, each.name)) for each in fields(value)))
        )
    return _shown(value)


_WORDS: Final = {
    code: word
    for column in (*sheets.PLAN_ROWS, *sheets.INDICATOR_COLUMNS)
    for code, word in column.choices.items()
} | KIND_LABELS  # type: ignore[operator]


def told(found: Iterable[DefinitionChange]) -> Iterator[str]:
    """Yield the changes in words, what is added first; or that there are none."""
    listed = list(found)
    if not listed:
        yield "前の定義と同じです。"
    for kind, words in KIND_WORDS.items():
        of_kind = [each for each in listed if each.kind == kind]
        if of_kind:
            yield f"{words}もの {len(of_kind)}件"
            yield from (f"  {each}" for each in of_kind)
