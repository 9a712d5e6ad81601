"""The tables of a definition as a Plan, with everything that is wrong in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, assert_never

from ..domain.numerals import FiscalYear
from ..domain.plan import (
    Derived,
    Goal,
    KpiCounts,
    Measure,
    Part,
    Plan,
    Relation,
    Same,
    Together,
    goal_id,
)
from . import more, shapes
from .indicator_parser import RULES, IndicatorParser
from .values import Values, WrittenId

__all__ = ["RULES", "Parser"]
_WAS_GOAL: Final = WrittenId(re.compile("[0-9]{1,9}"), "1")
_WAS_MEASURE: Final = WrittenId(re.compile("[0-9]{1,9}-[0-9]{2,9}"), "1-02")


class Parser(Values):
    """Builds a Plan from raw tables and collects everything that is wrong.

    The plan stands for what the tables say only where there are no ``findings``.
    """

    def plan(self, raw: Any) -> Plan:
        """Return the plan, with blanks where the tables are wrong."""
        raw = self.fitting("ファイル全体", raw, shapes.FILE)
        head = self.fitting("[plan]", raw.get("plan", {}), shapes.PLAN)
        self.indicators = IndicatorParser(self, head)
        goals = tuple(self.goal(n, goal) for n, goal in enumerate(raw.get("goals", ()), start=1))
        rounds = self.years("[plan] rounds", head.get("rounds", ()))
        period = self.years("[plan] period", head.get("period", ()))
        if len(period) != 2:
            self.problem("[plan] period", '初年度と最終年度を ["R8", "R11"] のように書いてください')
            period = (FiscalYear(2000), FiscalYear(2000))
        round_ = self.year("[plan] round", head.get("round", "")) or FiscalYear(2000)
        if round_ not in rounds:
            self.problem("[plan] round", "rounds にある評価年度を書いてください")
        if sorted(set(rounds)) != list(rounds):
            self.problem("[plan] rounds", "評価年度を古い順に、重ならないように書いてください")
        relations = {
            n: relation
            for n, each in enumerate(raw.get("relations", ()), start=1)
            if (relation := self.relation(n, each))
        }
        plan = Plan(
            id=self.text("[plan]", head, "id"),
            title=self.text("[plan]", head, "title"),
            short_title=self.text("[plan]", head, "short_title"),
            municipality=self.text("[plan]", head, "municipality"),
            period=(period[0], period[1]),
            rounds=rounds,
            round=round_,
            goals=goals,
            relations=tuple(relations.values()),
            departments=tuple(head.get("departments", ())),
            stated_kpi_total=head.get("stated_kpi_total"),
            grades=more.grades(self, raw.get("grades", ())),
            fields=more.fields(self, raw.get("fields", ())),
            **more.judging(self, head),
        )
        self.whole(plan, relations)
        return plan

    def whole(self, plan: Plan, relations: Mapping[int, Relation]) -> None:
        if not plan.goals:
            self.problem("[[goals]]", "基本目標を 1 つ以上書いてください")
        for numbers in (
            [goal.number for goal in plan.goals],
            [m.id for goal in plan.goals for m in goal.measures],
            [indicator.id for indicator in plan.indicators()],
        ):
            for number, times in Counter(numbers).items():
                if times > 1:
                    self.problem(str(number), f"{times} 回書かれています。1 つにしてください")
        for place, relation in relations.items():
            for id_ in _ids(relation):
                if id_ not in plan.by_id:
                    self.problem(_relation_place(place), f"指標番号 {id_} がありません")
            if isinstance(relation, Together):
                self._together(plan, _relation_place(place), relation)
        grouped = Counter(id_ for each in plan.together for id_ in set(each.ids))
        for id_, times in grouped.items():
            if times > 1:
                problem = f"{id_} が {times} つの together にあります。1 つにしてください"
                self.problem("[[relations]]", problem)
        for indicator in plan.indicators():
            for year in filter(
                None,
                (
                    *(indicator.since, indicator.until),
                    *(year for year, _ in indicator.targets),
                    *(revision.since for revision in indicator.revised),
                ),
            ):
                if year not in plan.rounds:
                    self.problem(indicator.id or "指標", f"{year} は評価年度(rounds)にありません")

    def _together(self, plan: Plan, entry: str, relation: Together) -> None:
        kinds = {
            (indicator.goal, indicator.kind)
            for id_ in relation.ids
            if (indicator := plan.by_id.get(id_))
        }
        if len(set(relation.ids)) < 2 or len(set(relation.ids)) != len(relation.ids):
            self.problem(
                "[[relations]]", "together の ids に、違う指標番号を 2 つ以上書いてください"
            )
        elif len(kinds) > 1:
            self.problem(
                entry,
                "together の ids は、同じ基本目標の数値目標どうし、または KPI どうしにしてください",
            )

    def goal(self, place: int, raw: Any) -> Goal:
        raw = self.fitting(f"[[goals]] の {place} 番目", raw, shapes.GOAL)
        number = raw.get("number", 0)
        counts = raw.get("kpi_counts")
        if number < 1:
            self.problem(f"[[goals]] の {place} 番目", "number に 1 以上の番号を書いてください")
        indicator = self.indicators.indicator
        return Goal(
            number,
            self.text(f"基本目標{number}", raw, "title"),
            tuple(
                indicator(f"基本目標{number} headlines の {n} 番目", number, "headline", each)
                for n, each in enumerate(raw.get("headlines", ()), start=1)
            ),
            tuple(
                self.measure(n, number, m) for n, m in enumerate(raw.get("measures", ()), start=1)
            ),
            None if counts is None else self.kpi_counts(f"基本目標{number} kpi_counts", counts),
            tuple(
                indicator(f"基本目標{number} kpis の {n} 番目", number, "kpi", each)
                for n, each in enumerate(raw.get("kpis", ()), start=1)
            ),
            raw.get("label", ""),
            tuple(map(goal_id, self.was(f"基本目標{number}", raw, _WAS_GOAL))),
        )

    def kpi_counts(self, entry: str, raw: Any) -> KpiCounts:
        raw = self.fitting(entry, raw, shapes.KPI_COUNTS)
        counts = KpiCounts(raw.get("total", -1), raw.get("achieved", -1))
        if not 0 <= counts.achieved <= counts.total:
            self.problem(entry, "total と、0 以上 total 以下の achieved を書いてください")
        return counts

    def measure(self, place: int, goal: int, raw: Any) -> Measure:
        where = f"基本目標{goal} [[goals.measures]] の {place} 番目"
        raw = self.fitting(where, raw, shapes.MEASURE)
        number = raw.get("number", 0)
        entry = f"基本目標{goal} 施策{number}"
        if number < 1:
            self.problem(where, "number に 1 以上の番号を書いてください")
        kpis = tuple(
            self.indicators.indicator(f"{entry} kpis の {n} 番目", goal, "kpi", kpi, number)
            for n, kpi in enumerate(raw.get("kpis", ()), start=1)
        )
        name = self.text(entry, raw, "name")
        label, group = raw.get("label", ""), raw.get("group", "")
        was = self.was(entry, raw, _WAS_MEASURE)
        return Measure(goal, number, name, kpis, label, group, was)

    def relation(self, place: int, raw: Any) -> Relation | None:
        entry = _relation_place(place)
        raw = self.fitting(entry, raw, shapes.RELATION)
        try:
            match raw.get("kind"):
                case "derived":
                    plus, minus = raw["plus"], raw.get("minus", ())
                    return Derived(raw["id"], tuple(plus), tuple(minus))
                case "same":
                    return Same(tuple(raw["ids"]))
                case "part":
                    return Part(raw["part"], raw["whole"])
                case "together":
                    return Together(self.text(entry, raw, "name"), tuple(raw["ids"]))
        except KeyError as error:
            self.problem(entry, f"{error.args[0]} がありません")
            return None
        kinds = "derived、same、part、together"
        self.problem(entry, f"kind に {kinds} のどれかを書いてください")
        return None


def _relation_place(number: int) -> str:
    return f"[[relations]] の {number} 番目"


def _ids(relation: Relation) -> tuple[str, ...]:
    match relation:
        case Derived():
            return (relation.id, *relation.plus, *relation.minus)
        case Same() | Together():
            return relation.ids
        case Part():
            return (relation.part, relation.whole)
        case _:
            assert_never(relation)
