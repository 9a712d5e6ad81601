"""Who is asked for what: the master taken apart by 担当課."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.confirming import before, texts_before
from ..domain.departments import asked, measure_owners, owners
from ..domain.field_declaration import Owner
from ..domain.fields import goal_fields, notes
from ..domain.ledger import Ledger
from ..domain.numerals import plain
from ..domain.plan import GOAL_WORD, Indicator, Plan, measure_id
from ..domain.settings import BASELINE_REASONS_KEY, rows, value_in
from ..domain.words import UNASSIGNED
from ..strategies.definition import Definition, from_text
from ..strategies.entries import BEFORE_KEY, BEFORE_ROUND, DEPARTMENTS_KEY, give
from ..workbook.layout import STAMP
from .cell_values import Value, Values, keys, value_of, values_of


@dataclass(frozen=True)
class Share:
    """What one department is asked for: ids of indicators, 施策 and goals, in the plan's order."""

    department: str
    indicators: tuple[str, ...]
    measures: tuple[str, ...]
    goals: tuple[str, ...] = ()


def shares_of(ledger: Ledger) -> tuple[Share, ...]:
    """Return a share per department, in the order of the plan; 未割当 last, nothing left out.

    A 施策 goes to whoever has one of its KPIs, and to the 担当課 written in its own row; the texts
    of a goal go to whoever has something of it. What is not asked in this round stays at home.
    """
    indicators: dict[str, list[str]] = {}
    measures: dict[str, list[str]] = {}
    goals: dict[str, list[str]] = {}
    travels = any(field.travels for field in notes(goal_fields(ledger.plan)))
    for goal in ledger.plan.goals:
        involved = set[str]()
        for direct in (*goal.headlines, *goal.own_kpis):
            involved.update(_give(ledger, direct, indicators))
        for measure in goal.measures:
            named = set(measure_owners(ledger, measure.id))
            for kpi in measure.kpis:
                named.update(_give(ledger, kpi, indicators))
            for name in asked(tuple(sorted(named))):
                measures.setdefault(name, []).append(measure.id)
            involved.update(asked(tuple(named)))
        for name in asked(tuple(sorted(involved))) if travels else ():
            goals.setdefault(name, []).append(goal.id)
    names = list(dict.fromkeys((*indicators, *measures, *goals)))
    return tuple(
        Share(name, *(tuple(each.get(name, ())) for each in (indicators, measures, goals)))
        for name in sorted(names, key=lambda name: name == UNASSIGNED)
    )


def _give(ledger: Ledger, indicator: Indicator, to: dict[str, list[str]]) -> tuple[str, ...]:
    """Note an indicator for its departments, if it is asked; return them."""
    names = owners(ledger, indicator)
    if not indicator.is_asked(ledger.settings.round):
        return names
    for name in asked(names):
        to.setdefault(name, []).append(indicator.id)
    return asked(names)


def definition_of(ledger: Ledger, part: Share) -> Definition:
    """Return the definition of a part, with what stands in the master as its entries."""
    raw = json.loads(ledger.record["definition"])
    raw["plan"].pop("stated_kpi_total", None)
    wanted = frozenset(part.indicators)
    texts = frozenset((*part.measures, *part.goals))
    raw["goals"] = [goal for each in raw["goals"] if (goal := _goal(each, wanted, texts))]
    if corrected := {each.id: str(each.now.value) for each in ledger.baselines}:
        raw["goals"] = [_corrected(goal, corrected) for goal in raw["goals"]]
    if "fields" in raw:
        raw["fields"] = [field for field in raw["fields"] if field.get("by") != Owner.SECRETARIAT]
    raw["relations"] = [r for r in raw.get("relations", ()) if _ids(r) <= wanted]
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    plan = from_text(text, STAMP)
    return Definition(plan, text, entries(ledger, plan))


def _goal(
    goal: Mapping[str, Any], wanted: frozenset[str], texts: frozenset[str]
) -> dict[str, Any] | None:
    """Return what of a goal belongs to a part; None if nothing does."""
    kept = {key: value for key, value in goal.items() if key != "kpi_counts"}
    for kind in ("headlines", "kpis"):
        if kind == "headlines" or kind in goal:
            kept[kind] = _indicators(goal.get(kind, ()), wanted)
    kept["measures"] = [
        {**measure, "kpis": _indicators(measure.get("kpis", ()), wanted)}
        for measure in goal.get("measures", ())
        if measure_id(goal["number"], measure["number"]) in texts
    ]
    has_part = any(kept.get(kind) for kind in ("headlines", "kpis", "measures"))
    return kept if has_part or f"{GOAL_WORD}{goal['number']}" in texts else None


def _corrected(goal: Mapping[str, Any], baselines: Mapping[str, str]) -> dict[str, Any]:
    """Return a goal with the baselines as they were corrected in the master."""

    def own(tables: Any) -> list[dict[str, Any]]:
        return [
            {**table, "baseline": baselines[table["id"]]} if table["id"] in baselines else table
            for table in tables
        ]

    kept = {kind: own(goal[kind]) for kind in ("headlines", "kpis") if kind in goal}
    measures = [{**each, "kpis": own(each.get("kpis", ()))} for each in goal["measures"]]
    return {**goal, **kept, "measures": measures}


def _indicators(tables: Any, wanted: frozenset[str]) -> list[dict[str, Any]]:
    """Return the indicators of a part; their 担当課 is an entry, which may be blank."""
    return [
        {key: value for key, value in table.items() if key != "department"}
        for table in tables
        if table["id"] in wanted
    ]


def _ids(relation: Mapping[str, Any]) -> set[str]:
    one = {str(relation[key]) for key in ("id", "part", "whole") if key in relation}
    return one.union(*(map(str, relation.get(key, ())) for key in ("ids", "plus", "minus")))


def entries(ledger: Ledger, plan: Plan) -> dict[str, Any]:
    """Return the master's present values as the entries of a workbook of ``plan``."""
    tables = entries_of(plan, values_of(ledger))
    tables["settings"] = {**settings(ledger), BASELINE_REASONS_KEY: None}
    if record := before(ledger, ledger.settings.round):
        tables[BEFORE_ROUND], tables[BEFORE_KEY] = str(record.round), texts_before(ledger, record)
    return tables


def entries_of(plan: Plan, values: Values) -> dict[str, Any]:
    """Return values as the entries of a workbook of ``plan``."""
    tables: dict[str, Any] = {}
    for key in keys(plan):
        value = cell_value(values.get(key))
        if key.declared:
            give(tables, key.declared, key.id, value)
    return tables


def cell_value(value: Value) -> str | int | float | None:
    """Return a value as a cell holds it."""
    if value is None or isinstance(value, str):
        return value
    if not math.isfinite(float(value)):
        return plain(value)
    return int(value) if value == value.to_integral_value() else float(value)


def settings(ledger: Ledger) -> dict[str, Any]:
    """Return the sheet 設定 as entries; what the formulas need as it was read."""
    given = ledger.settings
    typed: dict[str, Any] = {
        key: cell.text or None for key, cell in ledger.setting_cells.items() if cell.text
    }
    read = {
        row.setting.key: row.setting.kind.shown(value_in(given, row))
        for row in rows()
        if row.setting.name
    }
    return typed | read | {DEPARTMENTS_KEY: list(given.departments)}


def sent(plan: Plan, ledger: Ledger) -> dict[str, dict[str, Value]]:
    """Return the values that go out with a part's workbook, by id and field; blanks left out."""
    values, by_id = values_of(ledger), dict[str, dict[str, Value]]()
    for key in keys(plan):
        if (value := values.get(key)) is not None:
            by_id.setdefault(key.id, {})[key.field] = value
    return by_id


def sent_settings(shown: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the rows of the sheet 設定 that go out, as they read back."""
    for key, value in shown.items():
        yield key, str(value_of(value, text=True) or "")
