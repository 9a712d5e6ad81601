"""The strategy itself: plan, goals, measures, indicators, and what may stand in a cell for one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, Literal

from . import words
from .numerals import FiscalYear, written_decimals
from .rule import Rule

Kind = Literal["headline", "kpi"]
JudgedAgainst = Literal["final", "yearly"]
ProgressKind = Literal["baseline", "ratio"]
Rounding = Literal["truncate", "half_up"]
Aggregate = Literal["latest", "sum", "mean", "max"]
GradeOf = Literal["progress", "ratio", "pace"]
FieldPlace = Literal["goal", "measure", "indicator"]
FieldType = Literal["text", "number", "choice"]
FieldBy = Literal["department", "secretariat"]
FieldRole = Literal["note", "opinion", "answer"]
KIND_LABELS: Mapping[Kind, str] = {"headline": "数値目標", "kpi": "KPI"}
GOAL_WORD: Final = "基本目標"
_MARK: Final = re.compile(r"[^\s\u3041-\u30ff\u4e00-\u9fff]+$")
"""What stands behind the words of a number."""


class Mark(StrEnum):
    """A word that stands where a figure is missing."""

    UNPUBLISHED = words.UNPUBLISHED
    PENDING = words.PENDING
    EXCLUDED = words.EXCLUDED


STILL_TO_COME: Final = (Mark.UNPUBLISHED, Mark.PENDING)
"""Marks of figures that will be known one day."""


class Verdict(StrEnum):
    """What is typed for a qualitative indicator."""

    ACHIEVED = words.ACHIEVED
    MISSED = words.MISSED


@dataclass(frozen=True)
class Actual:
    """What stands for one indicator in one round: a value, a mark, a verdict, or nothing."""

    value: Decimal | None = None
    mark: Mark | None = None
    verdict: Verdict | None = None

    @property
    def is_blank(self) -> bool:
        return self.value is None and self.mark is None and self.verdict is None


BLANK = Actual()


def goal_id(number: int | str) -> str:
    """Return the id of a 基本目標: 「基本目標4」."""
    return f"{GOAL_WORD}{number}"


def measure_id(goal: int, number: int) -> str:
    """Return the id of a 施策: 「4-08」."""
    return f"{goal}-{number:02d}"


@dataclass(frozen=True)
class Revision:
    """What a revision of the strategy (改訂) changed of an indicator from the round ``since`` on.

    What is None, or "" for a text, stays as it was before.
    """

    since: FiscalYear
    baseline: Decimal | None = None
    baseline_year: FiscalYear | None = None
    target: Decimal | None = None
    target_year: FiscalYear | None = None
    rule: Rule | None = None
    printed_target: str = ""
    reason: str = ""

    @property
    def changes(self) -> Mapping[str, Any]:
        """Return what is changed, by the name that it has of an indicator."""
        named = {name: getattr(self, name) for name in REVISABLE}
        return {name: value for name, value in named.items() if value not in (None, "")}


REVISABLE: Final = tuple(f.name for f in fields(Revision) if f.name not in ("since", "reason"))
"""What a revision may change of an indicator."""


@dataclass(frozen=True)
class Indicator:
    """One 数値目標 or KPI, as the strategy defines it. Values are in ``unit``.

    ``label`` is the number that the strategy prints; ``printed_baseline`` and ``printed_target`` are
    what it prints in place of the numbers that are judged (増加, 新規). ``targets`` are those of
    single rounds; typed values are joined by ``aggregate`` over the rounds ``since`` … ``until``.
    ``revised`` is what later versions of the strategy changed, the oldest first; ``first`` is the
    indicator as the first version said it, where this is how it holds in a later round. ``was`` are
    the ids it had in earlier versions, ``factor`` what figures in their unit are multiplied by.
    """

    id: str
    goal: int
    kind: Kind
    name: str
    rule: Rule
    measure: int | None = None
    unit: str = ""
    baseline: Decimal | None = None
    baseline_year: FiscalYear | None = None
    target: Decimal | None = None
    target_year: FiscalYear | None = None
    lag: int = 0
    cumulative: bool = False
    signed: bool = False
    over_100: bool = False
    money: bool = False
    department: str = ""
    statement: str = ""
    source: str = ""
    note: str = ""
    label: str = ""
    printed_baseline: str = ""
    printed_target: str = ""
    targets: tuple[tuple[FiscalYear, Decimal], ...] = ()
    aggregate: Aggregate = "latest"
    since: FiscalYear | None = None
    until: FiscalYear | None = None
    revised: tuple[Revision, ...] = ()
    was: tuple[str, ...] = ()
    factor: Decimal | None = None
    first: Indicator | None = field(default=None, compare=False, repr=False)

    @property
    def measure_id(self) -> str:
        """Return the id of its 施策; "" for a 数値目標 and a KPI of the goal itself."""
        return "" if self.measure is None else measure_id(self.goal, self.measure)

    @property
    def decimals(self) -> int:
        """Return the decimals of the indicator: the most that a figure it states is written with."""
        return max((written_decimals(v) for v in self.stated if v is not None), default=0)

    @property
    def stated(self) -> tuple[Decimal | None, ...]:
        """Return every figure that the strategy states: baseline, target, targets of rounds."""
        revised = (value for each in self.revised for value in (each.baseline, each.target))
        return (self.baseline, self.target, *(value for _, value in self.targets), *revised)

    @property
    def is_rank(self) -> bool:
        """Return True for a place in an order (位): the smaller, the better. 単位 is none."""
        return self.unit.endswith("位") and not self.unit.endswith("単位")

    @property
    def course_words(self) -> tuple[str, ...]:
        """Return how a chart of its course is to be read, where that is not plain."""
        words = ["数が小さいほど上位"] if self.is_rank else []
        words += ["公表が遅れるため、値の年度で示す"] if self.lag else []
        return tuple(words)

    @property
    def rule_label(self) -> str:
        """Return the word of the rule as it stands behind the target: 以上, 以下, 10位「以内」."""
        return self.rule.rank_label if self.is_rank else self.rule.label

    @property
    def is_percentage(self) -> bool:
        return self.unit == "%"

    @property
    def is_count(self) -> bool:
        """Return True for things counted one by one: no decimals, share, money or measure (g)."""
        measured = self.unit != "" and unicodedata.normalize("NFKC", self.unit).isascii()
        return self.decimals == 0 and not measured and not self.unit.endswith("円")

    @property
    def baseline_round(self) -> FiscalYear | None:
        """Return the round in which the baseline was known (its year plus the lag)."""
        return self.baseline_year + self.lag if self.baseline_year else None

    @property
    def target_round(self) -> FiscalYear | None:
        """Return the round in which the target year's value is entered."""
        return self.target_year + self.lag if self.target_year else None

    @property
    def is_bounded(self) -> bool:
        """Return whether there are rounds in which nothing is asked for it."""
        return bool(self.since or self.until)

    @property
    def is_kept(self) -> bool:
        """Return True if the target is one to be kept (維持): the baseline meets it already.

        A floor (以上 at or below the baseline) and a ceiling (以下 at or above it).
        """
        if self.rule.is_typed or self.baseline is None or self.target is None:
            return False
        return self.rule.is_met(self.baseline, self.target)

    @property
    def has_progress(self) -> bool:
        """Return True if progress is defined: the rule asks for a move from baseline to target.

        A floor (以上 below the baseline), a ceiling (以下 above it) and baseline = target have none.
        """
        if self.baseline is None or self.target is None or self.baseline == self.target:
            return False
        return self.rule.asks_for_more == (self.target > self.baseline)

    @property
    def has_ratio(self) -> bool:
        """Return True if a value can be set in proportion to the target: it is above zero."""
        return not self.rule.is_typed and self.target is not None and self.target > 0

    def is_asked(self, round_: FiscalYear) -> bool:
        """Return whether a value is entered in the round (``since`` … ``until``)."""
        return (self.since or round_) <= round_ <= (self.until or round_)


@dataclass(frozen=True)
class Measure:
    """A 施策, numbered within its goal; it may have no KPI.

    ``label`` is its number as printed (「(1)」), ``group`` the heading it stands under (「ア 農業」).
    ``was`` are the ids it had in earlier versions of the strategy.
    """

    goal: int
    number: int
    name: str
    kpis: tuple[Indicator, ...] = ()
    label: str = ""
    group: str = ""
    was: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return measure_id(self.goal, self.number)

    @property
    def printed_number(self) -> str:
        """Return the number as the strategy prints it: 「(1)」, else 「1」."""
        return self.label or str(self.number)

    @property
    def printed_name(self) -> str:
        """Return number and name: 「(1) 農業の振興」."""
        return f"{self.printed_number} {self.name}"


@dataclass(frozen=True)
class KpiCounts:
    """Published counts of a goal whose KPIs are not listed one by one."""

    total: int
    achieved: int


@dataclass(frozen=True)
class Goal:
    """A 基本目標 with its 数値目標 and 施策; ``own_kpis`` belong to no 施策.

    ``label`` is its number as printed (「基本目標Ⅰ」). ``was`` are the ids it had in earlier versions.
    """

    number: int
    title: str
    headlines: tuple[Indicator, ...] = ()
    measures: tuple[Measure, ...] = ()
    kpi_counts: KpiCounts | None = None
    own_kpis: tuple[Indicator, ...] = ()
    label: str = ""
    was: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return what its row is found by, whatever number is printed: 「基本目標1」."""
        return goal_id(self.number)

    @property
    def printed_number(self) -> str:
        """Return the number as the strategy prints it: 「基本目標Ⅰ」, else 「基本目標1」."""
        return self.label or f"{GOAL_WORD}{self.number}"

    @property
    def mark(self) -> str:
        """Return the part of the number that tells it from others: 「Ⅰ」 of 「基本目標Ⅰ」."""
        found = _MARK.search(self.printed_number)
        return found[0] if found else self.printed_number

    @property
    def printed_title(self) -> str:
        """Return the title, behind the number where the strategy prints another than its id."""
        return f"{self.label} {self.title}" if self.label else self.title

    @cached_property
    def kpis(self) -> tuple[Indicator, ...]:
        """Return every KPI: those of the goal itself, then those of its 施策."""
        return (*self.own_kpis, *(kpi for measure in self.measures for kpi in measure.kpis))


@dataclass(frozen=True)
class Derived:
    """``id`` is the sum of ``plus`` less the sum of ``minus``."""

    id: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Same:
    """The same figure printed in several places."""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """``part`` cannot exceed ``whole``."""

    part: str
    whole: str


@dataclass(frozen=True)
class Together:
    """Several values that are one indicator (男性・女性), counted once."""

    name: str
    ids: tuple[str, ...]


Relation = Derived | Same | Part | Together


@dataclass(frozen=True)
class Grade:
    """A grade of the plan: given from ``at_least`` per cent of ``of`` on; None takes the rest."""

    name: str
    at_least: Decimal | None = None
    of: GradeOf = "progress"


@dataclass(frozen=True)
class Judging:
    """How a plan judges (判定のしかた); ``rounds`` are those in which values may be entered."""

    judged_against: JudgedAgainst = "final"
    progress: ProgressKind = "baseline"
    rounding: Rounding = "truncate"
    grades: tuple[Grade, ...] = ()
    rounds: tuple[FiscalYear, ...] = ()

    def has_progress(self, indicator: Indicator) -> bool:
        """Return whether progress is defined for the indicator's own target."""
        return indicator.has_ratio if self.progress == "ratio" else indicator.has_progress


USUAL: Final = Judging()
"""How plans judge that say nothing else."""


@dataclass(frozen=True)
class PlanField:
    """What is typed beside the figures of a goal, 施策 or indicator (決算額, 意見).

    A blank of an ``is_optional`` one is asked of nobody. ``role`` says which one holds what a
    council said and which one what is answered to it.
    """

    key: str
    name: str
    at: FieldPlace
    type: FieldType = "text"
    unit: str = ""
    by: FieldBy = "department"
    is_printed: bool = False
    choices: tuple[str, ...] = ()
    is_optional: bool = False
    role: FieldRole = "note"


def _alone(indicator: Indicator) -> str:
    return indicator.label


@dataclass(frozen=True)
class Plan:
    """A 総合戦略: period, goals, rounds of evaluation, relations between figures."""

    id: str
    title: str
    short_title: str
    municipality: str
    period: tuple[FiscalYear, FiscalYear]
    rounds: tuple[FiscalYear, ...]
    round: FiscalYear
    goals: tuple[Goal, ...]
    relations: tuple[Relation, ...] = ()
    departments: tuple[str, ...] = ()
    stated_kpi_total: int | None = None
    judged_against: JudgedAgainst = "final"
    progress: ProgressKind = "baseline"
    rounding: Rounding = "truncate"
    grades: tuple[Grade, ...] = ()
    fields: tuple[PlanField, ...] = ()
    fingerprint: str = field(default="", compare=False)

    def indicators(self) -> Iterator[Indicator]:
        """Yield every indicator: per goal the 数値目標, then the KPIs by 施策."""
        for goal in self.goals:
            yield from goal.headlines
            yield from goal.kpis

    @cached_property
    def by_id(self) -> Mapping[str, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators()}

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Return the 施策 of all goals by id (``4-08``)."""
        return {measure.id: measure for goal in self.goals for measure in goal.measures}

    @cached_property
    def printed_numbers(self) -> Mapping[str, str]:
        """Return by which number documents name each indicator: as the strategy prints it, else its id.

        Where the strategy counts anew in each 施策 or 基本目標 (①, ②), the number of that stands before
        it; the shortest way of which no two are alike is taken for all.
        """
        labelled = [each for each in self.indicators() if each.label]
        for number in (_alone, self._in_measure, self._in_goal, self._in_both):
            printed = {each.id: number(each) for each in labelled}
            if len({*printed.values()}) == len(printed):
                break
        else:
            printed = {}
        return {id_: printed.get(id_, id_) for id_ in self.by_id}

    def _in_measure(self, indicator: Indicator) -> str:
        own = self.measure_of(indicator)
        return f"{own.label if own else ''}{indicator.label}"

    def _in_goal(self, indicator: Indicator) -> str:
        return f"{self._goal_mark(indicator)}-{indicator.label}"

    def _in_both(self, indicator: Indicator) -> str:
        return f"{self._goal_mark(indicator)}{self._in_measure(indicator)}"

    def _goal_mark(self, indicator: Indicator) -> str:
        return next(each.mark for each in self.goals if each.number == indicator.goal)

    @cached_property
    def by_goal(self) -> Mapping[str, Goal]:
        """Return the goals by id (``基本目標1``)."""
        return {goal.id: goal for goal in self.goals}

    def with_each(self, change: Callable[[Indicator], Indicator]) -> Plan:
        """Return the plan with every indicator as ``change`` returns it."""

        def own(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
            return tuple(map(change, indicators))

        goals = (
            replace(
                goal,
                headlines=own(goal.headlines),
                measures=tuple(replace(each, kpis=own(each.kpis)) for each in goal.measures),
                own_kpis=own(goal.own_kpis),
            )
            for goal in self.goals
        )
        return replace(self, goals=tuple(goals))

    def name_of(self, id_: str) -> str:
        """Return the name of the indicator, 施策 or goal of that id; "" for an unknown one."""
        if known := self.by_id.get(id_) or self.measures.get(id_):
            return known.name
        goal = self.by_goal.get(id_)
        return goal.title if goal else ""

    def measure_of(self, indicator: Indicator) -> Measure | None:
        """Return the 施策 of an indicator; None for a 数値目標 and a KPI of the goal itself."""
        return self.measures.get(indicator.measure_id)

    @cached_property
    def judging(self) -> Judging:
        return Judging(self.judged_against, self.progress, self.rounding, self.grades, self.rounds)

    @property
    def together(self) -> tuple[Together, ...]:
        """Return the indicators that are made of several values."""
        return tuple(each for each in self.relations if isinstance(each, Together))

    @cached_property
    def printed(self) -> frozenset[str]:
        """Return which of the texts that only some plans print an indicator of this one has."""
        names = ("label", "printed_baseline", "printed_target", "revised")
        return frozenset(n for n in names if any(getattr(own, n) for own in self.indicators()))

    @cached_property
    def printed_of_measures(self) -> frozenset[str]:
        """Return which of the texts that only some plans print a 施策 of this one has."""
        names, every = ("label", "group"), self.measures.values()
        return frozenset(n for n in names if any(getattr(own, n) for own in every))

    @cached_property
    def joins(self) -> bool:
        """Return whether the values of some indicator are joined over the rounds."""
        return any(indicator.aggregate != "latest" for indicator in self.indicators())

    @cached_property
    def target_rounds(self) -> tuple[FiscalYear, ...]:
        """Return the rounds for which some indicator has a target of its own."""
        given = {round_ for own in self.indicators() for round_, _ in own.targets}
        return tuple(round_ for round_ in self.rounds if round_ in given)

    def same_figures(self) -> tuple[tuple[str, ...], ...]:
        """Return the ids of each figure that stands under several numbers, in the plan's order."""
        groups: list[set[str]] = []
        for relation in self.relations:
            if isinstance(relation, Same):
                ids = {id_ for id_ in relation.ids if id_ in self.by_id}
                joined = [group for group in groups if group & ids]
                groups = [group for group in groups if not group & ids]
                groups.append(ids.union(*joined))
        order = {id_: number for number, id_ in enumerate(self.by_id)}
        return tuple(tuple(sorted(group, key=order.__getitem__)) for group in groups)

    def repeats(self, goal: Goal, kind: Kind) -> frozenset[str]:
        """Return ids that are counted with an earlier one of the same goal and kind.

        Their figure stands there already, or both are one indicator (together).
        """
        own = goal.headlines if kind == "headline" else goal.kpis
        place = {indicator.id: number for number, indicator in enumerate(own)}
        found: set[str] = set()
        for relation in self.relations:
            if isinstance(relation, Same | Together):
                here = sorted({id_ for id_ in relation.ids if id_ in place}, key=place.__getitem__)
                found.update(here[1:])
        return frozenset(found)
