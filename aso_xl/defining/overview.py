"""A plan in words before anything is made of it: what it has, and what differs from an earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Literal

from ..domain import plan_changes
from ..domain.numerals import FiscalYear, plain
from ..domain.plan import (
    KIND_LABELS,
    Derived,
    Goal,
    Part,
    Plan,
    Same,
    Together,
)
from ..domain.plan_changes import PlanChanges
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

Kind = Literal["renumbered", "added", "ended", "removed", "changed"]
KIND_WORDS: Final[Mapping[Kind, str]] = {
    "renumbered": "番号が変わる",
    "added": "加わる",
    "ended": "終わる",
    "removed": "なくなる",
    "changed": "変わる",
}
_OTHER: Final = {
    **{"since": "尋ねる最初", "revised": "改訂"},
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
        if self.kind == "ended":
            return f"{about}({self.after}まで)"
        return f"{about}(前の番号 {self.before})" if self.kind == "renumbered" else about


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
    """Return in words what differs between a version of a plan and the next."""
    return list(in_words(plan_changes.changes(before, after), before, after))


def in_words(found: PlanChanges, before: Plan, after: Plan) -> Iterator[DefinitionChange]:
    """Yield what differs between two versions in words, by number."""
    for link in found.renumbered:
        about = named(after, link.after)
        yield DefinitionChange("renumbered", *about, "番号", link.before, link.after)
    yield from (DefinitionChange("added", *named(after, id_)) for id_ in found.added)
    yield from (DefinitionChange("removed", *named(before, id_)) for id_ in found.removed)
    for each in found.changed:
        head, values = _HEADS.get(each.field, each.field), (each.before, each.after)
        kind: Kind = "ended" if each.is_end else "changed"
        yield DefinitionChange(kind, *named(after, each.id), head, *map(_shown, values))


def named(plan: Plan, id_: str) -> tuple[str, str]:
    """Return how a part of a plan is told: 「施策1-02」 and its name."""
    return (f"施策{id_}" if id_ in plan.measures else id_, plan.name_of(id_))


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
    yield from listed_by_kind(listed)


def listed_by_kind(found: Iterable[DefinitionChange]) -> Iterator[str]:
    """Yield the changes in words, each kind with its number."""
    listed = list(found)
    for kind, words in KIND_WORDS.items():
        of_kind = [each for each in listed if each.kind == kind]
        if of_kind:
            yield f"{words}もの {len(of_kind)}件"
            yield from (f"  {each}" for each in of_kind)
