"""Definition files (TOML): a strategy as data, checked on loading.

The same content travels inside every workbook as canonical JSON, so that a workbook can be read
without its definition file.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from . import shapes
from .errors import DefinitionError
from .inputs import read_input
from .numerals import FiscalYear
from .plan import (
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
from .shapes import FLAGS, TEXTS, Table

STRATEGIES = Path(__file__).parent / "strategies"
PACKAGED = {"third": "third_term.toml", "second": "second_term.toml"}
RULES = {label: rule for rule, label in RULE_LABELS.items()}


@dataclass(frozen=True)
class Definition:
    """A plan, the text it is stamped with into workbooks, and figures that come with the file."""

    plan: Plan
    text: str
    entries: Table


def load(name: str, *, sample: bool = False) -> Definition:
    """Return the definition called ``third`` or ``second``, or the one in the file ``name``.

    With ``sample`` the made-up figures in ``…_sample.toml`` beside it are its entries.
    Raises DefinitionError naming file, entry and remedy; all findings at once.
    """
    path = STRATEGIES / PACKAGED[name] if name in PACKAGED else Path(name)
    raw = _read(path)
    entries = raw.pop("entries", {})
    raw.pop("repairs", None)
    if sample:
        entries = _read_sample(path).get("entries", {})
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Definition(from_text(text, path.name), text, entries)


def _read_sample(path: Path) -> dict[str, Any]:
    beside = path.with_name(f"{path.stem}_sample.toml")
    if path.exists() and not beside.exists():
        raise DefinitionError(
            f"{path.name} には記入例({beside.name})がありません。--sample を付けずに作ってください。"
        )
    return _read(beside)


def from_text(text: str, source: str) -> Plan:
    """Return the plan of a canonical text; ``source`` is named in errors."""
    plan = _Parser(source).plan(json.loads(text))
    return replace(plan, fingerprint=fingerprint(text))


def fingerprint(text: str) -> str:
    """Return 16 hexadecimal digits that change with any change of the definition."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise DefinitionError(
            f"定義ファイルが見つかりません: {path}。"
            "third、second、またはファイルの場所を指定してください。"
        )
    data = read_input(path, DefinitionError, what="定義ファイル", program="ほかのプログラム")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DefinitionError(
            f"定義ファイル {path.name} を読めません。UTF-8 で保存してください({error})。"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{path.name} は TOML として読めません: {error}") from None


class _Parser:
    """Builds a Plan from raw tables and collects every problem before it complains."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[str] = []
        self.defaults: Table = {}

    def problem(self, entry: str, text: str) -> None:
        self.problems.append(f"{self.source}: {entry}: {text}")

    def fitting(self, entry: str, raw: Any, shape: shapes.Shape) -> Table:
        """Return what of a table can be used, and complain of the rest."""
        if not isinstance(raw, dict):
            self.problem(entry, "項目 = 値 の表として書いてください")
            return {}
        wrong = dict(shapes.misfits(raw, shape))
        for text in wrong.values():
            self.problem(entry, text)
        return {key: value for key, value in raw.items() if key not in wrong}

    def plan(self, raw: Table) -> Plan:
        raw = self.fitting("ファイル全体", raw, shapes.FILE)
        head = self.fitting("[plan]", raw.get("plan", {}), shapes.PLAN)
        self.defaults = head
        goals = tuple(self.goal(goal) for goal in raw.get("goals", ()))
        rounds = tuple(self.year("[plan] rounds", r) for r in head.get("rounds", ()))
        period = tuple(self.year("[plan] period", y) for y in head.get("period", ()))
        if len(period) != 2:
            self.problem("[plan] period", '初年度と最終年度を ["R8", "R11"] のように書いてください')
            period = (FiscalYear(2000), FiscalYear(2000))
        round_ = self.year("[plan] round", head.get("round", ""))
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
            departments=tuple(str(d) for d in head.get("departments", ())),
            stated_kpi_total=head.get("stated_kpi_total"),
        )
        self.whole(plan)
        if self.problems:
            raise DefinitionError("\n".join(self.problems))
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

    def goal(self, raw: Table) -> Goal:
        raw = self.fitting("[[goals]]", raw, shapes.GOAL)
        number = raw.get("number", 0)
        counts = raw.get("kpi_counts")
        if number < 1:
            self.problem("[[goals]]", "number に 1 以上の番号を書いてください")
        return Goal(
            number,
            self.text(f"基本目標{number}", raw, "title"),
            tuple(self.indicator(number, "headline", h) for h in raw.get("headlines", ())),
            tuple(self.measure(number, m) for m in raw.get("measures", ())),
            None if counts is None else self.kpi_counts(f"基本目標{number} kpi_counts", counts),
        )

    def kpi_counts(self, entry: str, raw: Table) -> KpiCounts:
        raw = self.fitting(entry, raw, shapes.KPI_COUNTS)
        counts = KpiCounts(raw.get("total", -1), raw.get("achieved", -1))
        if not 0 <= counts.achieved <= counts.total:
            self.problem(entry, "total と、0 以上 total 以下の achieved を書いてください")
        return counts

    def measure(self, goal: int, raw: Table) -> Measure:
        raw = self.fitting(f"基本目標{goal} [[goals.measures]]", raw, shapes.MEASURE)
        number = raw.get("number", 0)
        entry = f"基本目標{goal} 施策{number}"
        if number < 1:
            self.problem(entry, "number に 1 以上の番号を書いてください")
        kpis = tuple(self.indicator(goal, "kpi", k, number) for k in raw.get("kpis", ()))
        return Measure(goal, number, self.text(entry, raw, "name"), kpis)

    def indicator(self, goal: int, kind: Kind, raw: Table, measure: int | None = None) -> Indicator:
        entry = raw.get("id") if isinstance(raw, dict) else None
        raw = self.fitting(str(entry or f"基本目標{goal}"), raw, shapes.INDICATOR)
        id_ = raw.get("id", "")
        prefix = f"{goal}-H" if measure is None else f"{goal}-{measure:02d}-"
        if not re.fullmatch(rf"{prefix}[0-9]+", id_):
            self.problem(id_ or f"基本目標{goal}", f"id は {prefix}1 のように書いてください")
        baseline, target = self.number(id_, raw, "baseline"), self.number(id_, raw, "target")
        indicator = Indicator(
            id_,
            goal,
            kind,
            self.text(id_, raw, "name"),
            self.rule(id_, raw, baseline, target),
            measure,
            baseline=baseline,
            target=target,
            baseline_year=self.default_year(id_, raw, "baseline_year", baseline),
            target_year=self.default_year(id_, raw, "target_year", target),
            lag=raw.get("lag", 0),
            **{key: raw.get(key, False) for key in FLAGS},
            **{key: raw.get(key, "") for key in TEXTS},
        )
        if indicator.rule is Rule.QUALITATIVE and not indicator.statement:
            self.problem(id_, "定性の指標には statement(検証の表に印字する文)を書いてください")
        if indicator.rule is not Rule.QUALITATIVE and target is None:
            self.problem(id_, "target(目標値)を書いてください")
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

    def relation(self, raw: Table) -> Relation | None:
        raw = self.fitting("[[relations]]", raw, shapes.RELATION)
        try:
            match raw.get("kind"):
                case "derived":
                    plus, minus = raw["plus"], raw.get("minus", ())
                    return Derived(raw["id"], tuple(map(str, plus)), tuple(map(str, minus)))
                case "same":
                    return Same(tuple(map(str, raw["ids"])))
                case "part":
                    return Part(raw["part"], raw["whole"])
        except KeyError as error:
            self.problem("[[relations]]", f"{error.args[0]} がありません")
            return None
        self.problem("[[relations]]", "kind に derived、same、part のどれかを書いてください")
        return None

    def text(self, entry: str, raw: Table, key: str) -> str:
        value = raw.get(key, "")
        if not isinstance(value, str) or not value.strip():
            self.problem(entry, f"{key} を書いてください")
        return str(value)

    def number(self, entry: str, raw: Table, key: str) -> Decimal | None:
        if (value := raw.get(key)) is None:
            return None
        try:
            number = Decimal(value) if isinstance(value, str) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            self.problem(entry, f'{key} は "1241.55" のように引用符の中に半角数字で書いてください')
            return None
        return number

    def year(self, entry: str, value: Any) -> FiscalYear:
        try:
            return FiscalYear.parse(str(value))
        except ValueError:
            self.problem(entry, f'「{value}」は年度ではありません。"R8" のように書いてください')
            return FiscalYear(2000)

    def default_year(
        self, entry: str, raw: Table, key: str, value: Decimal | None
    ) -> FiscalYear | None:
        if value is None:
            return None
        return self.year(f"{entry} {key}", raw.get(key, self.defaults.get(key, "")))


def _ids(relation: Relation) -> tuple[str, ...]:
    match relation:
        case Derived():
            return (relation.id, *relation.plus, *relation.minus)
        case Same():
            return relation.ids
        case Part():
            return (relation.part, relation.whole)
