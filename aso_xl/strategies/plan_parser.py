"""The tables of a definition as a Plan, with everything that is wrong in them."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from ..domain.numerals import FiscalYear
from ..domain.plan import (
    RULE_LABELS,
    Derived,
    Goal,
    Indicator,
    Kind,
    KpiCounts,
    Measure,
    Part,
    Plan,
    Relation,
    Rule,
    Same,
)
from ..errors import Finding
from . import shapes
from .shapes import FLAGS, TEXTS, Table, short

RULES: Final = {label: rule for rule, label in RULE_LABELS.items()}
FAR: Final = 30
"""Digits before or behind the decimal point beyond which a number is no figure of a plan."""


class Parser:
    """Builds a Plan from raw tables and collects everything that is wrong.

    The plan stands for what the tables say only where there are no ``findings``.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.findings: list[Finding] = []
        self.defaults: Table = {}

    def problem(self, entry: str, text: str) -> None:
        self.findings.append(Finding(self.source, short(entry), text))

    def fitting(self, entry: str, raw: Any, shape: shapes.Shape) -> Table:
        """Return what of a table can be used, and complain of the rest."""
        if not isinstance(raw, dict):
            self.problem(entry, "項目 = 値 の表として書いてください")
            return {}
        wrong = dict(shapes.misfits(raw, shape))
        for text in wrong.values():
            self.problem(entry, text)
        return {key: value for key, value in raw.items() if key not in wrong}

    def plan(self, raw: Any) -> Plan:
        """Return the plan, with blanks where the tables are wrong."""
        raw = self.fitting("ファイル全体", raw, shapes.FILE)
        head = self.fitting("[plan]", raw.get("plan", {}), shapes.PLAN)
        self.defaults = head
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
        plan = Plan(
            id=self.text("[plan]", head, "id"),
            title=self.text("[plan]", head, "title"),
            short_title=self.text("[plan]", head, "short_title"),
            municipality=self.text("[plan]", head, "municipality"),
            period=(period[0], period[1]),
            rounds=rounds,
            round=round_,
            goals=goals,
            relations=tuple(r for t in raw.get("relations", ()) if (r := self.relation(t))),
            departments=tuple(head.get("departments", ())),
            stated_kpi_total=head.get("stated_kpi_total"),
        )
        self.whole(plan)
        return plan

    def whole(self, plan: Plan) -> None:
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
        for relation in plan.relations:
            for id_ in _ids(relation):
                if id_ not in plan.by_id:
                    self.problem("[[relations]]", f"指標番号 {id_} がありません")

    def goal(self, place: int, raw: Any) -> Goal:
        raw = self.fitting(f"[[goals]] の {place} 番目", raw, shapes.GOAL)
        number = raw.get("number", 0)
        counts = raw.get("kpi_counts")
        if number < 1:
            self.problem(f"[[goals]] の {place} 番目", "number に 1 以上の番号を書いてください")
        return Goal(
            number,
            self.text(f"基本目標{number}", raw, "title"),
            tuple(
                self.indicator(f"基本目標{number} headlines の {n} 番目", number, "headline", h)
                for n, h in enumerate(raw.get("headlines", ()), start=1)
            ),
            tuple(
                self.measure(n, number, m) for n, m in enumerate(raw.get("measures", ()), start=1)
            ),
            None if counts is None else self.kpi_counts(f"基本目標{number} kpi_counts", counts),
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
            self.indicator(f"{entry} kpis の {n} 番目", goal, "kpi", kpi, number)
            for n, kpi in enumerate(raw.get("kpis", ()), start=1)
        )
        return Measure(goal, number, self.text(entry, raw, "name"), kpis)

    def indicator(
        self, place: str, goal: int, kind: Kind, raw: Any, measure: int | None = None
    ) -> Indicator:
        id_ = raw.get("id") if isinstance(raw, dict) else None
        entry = id_ if isinstance(id_, str) and id_.strip() else place
        raw = self.fitting(entry, raw, shapes.INDICATOR)
        id_ = raw.get("id", "")
        prefix = f"{goal}-H" if measure is None else f"{goal}-{measure:02d}-"
        if not re.fullmatch(re.escape(prefix) + "[0-9]{1,5}", id_):
            self.problem(entry, f"id は {prefix}1 のように半角で書いてください")
        baseline, target = self.number(entry, raw, "baseline"), self.number(entry, raw, "target")
        indicator = Indicator(
            id_,
            goal,
            kind,
            self.text(entry, raw, "name"),
            self.rule(entry, raw, baseline, target),
            measure,
            baseline=baseline,
            target=target,
            baseline_year=self.default_year(entry, raw, "baseline_year", baseline),
            target_year=self.default_year(entry, raw, "target_year", target),
            lag=raw.get("lag", 0),
            **{key: raw.get(key, False) for key in FLAGS},
            **{key: raw.get(key, "") for key in TEXTS},
        )
        if indicator.rule is Rule.QUALITATIVE and not indicator.statement:
            self.problem(entry, "定性の指標には statement(検証の表に印字する文)を書いてください")
        if indicator.rule is not Rule.QUALITATIVE and target is None:
            self.problem(entry, "target(目標値)を書いてください")
        return indicator

    def rule(self, id_: str, raw: Table, baseline: Decimal | None, target: Decimal | None) -> Rule:
        if (label := raw.get("rule")) in RULES:
            return RULES[label]
        hint = "以上、以下、未満、超、定性のどれかを書いてください"
        if baseline is not None and target is not None and baseline != target:
            usual = "以上" if target > baseline else "以下"
            hint += f"(基準値{baseline}・目標値{target}なら、ふつうは {usual})"
        self.problem(id_, f"rule(判定方法)に {hint}")
        return Rule.AT_LEAST

    def relation(self, raw: Any) -> Relation | None:
        raw = self.fitting("[[relations]]", raw, shapes.RELATION)
        try:
            match raw.get("kind"):
                case "derived":
                    plus, minus = raw["plus"], raw.get("minus", ())
                    return Derived(raw["id"], tuple(plus), tuple(minus))
                case "same":
                    return Same(tuple(raw["ids"]))
                case "part":
                    return Part(raw["part"], raw["whole"])
        except KeyError as error:
            self.problem("[[relations]]", f"{error.args[0]} がありません")
            return None
        self.problem("[[relations]]", "kind に derived、same、part のどれかを書いてください")
        return None

    def text(self, entry: str, raw: Table, key: str) -> str:
        value = raw.get(key, "")
        if not value.strip():
            self.problem(entry, f"{key} を書いてください")
        return str(value)

    def number(self, entry: str, raw: Table, key: str) -> Decimal | None:
        if (value := raw.get(key)) is None:
            return None
        try:
            number = Decimal(value) if isinstance(value, str) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or _is_far(number):
            self.problem(entry, f'{key} は "1241.55" のように引用符の中に半角数字で書いてください')
            return None
        return number

    def years(self, entry: str, values: Any) -> tuple[FiscalYear, ...]:
        """Return the years of a list, without what is none."""
        return tuple(year for value in values if (year := self.year(entry, value)))

    def year(self, entry: str, value: str | int) -> FiscalYear | None:
        try:
            return FiscalYear.parse(str(value))
        except ValueError:
            said = f"「{short(value)}」は年度ではありません。" if value != "" else ""
            self.problem(entry, f'{said}年度を "R8" のように書いてください')
            return None

    def default_year(
        self, entry: str, raw: Table, key: str, value: Decimal | None
    ) -> FiscalYear | None:
        """Return the year of a value: the indicator's own, or the plan's; None where no value is."""
        if value is None:
            return None
        return self.year(f"{entry} {key}", raw.get(key, self.defaults.get(key, "")))


def _is_far(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return number.adjusted() > FAR or not isinstance(exponent, int) or abs(exponent) > FAR


def _ids(relation: Relation) -> tuple[str, ...]:
    match relation:
        case Derived():
            return (relation.id, *relation.plus, *relation.minus)
        case Same():
            return relation.ids
        case Part():
            return (relation.part, relation.whole)
