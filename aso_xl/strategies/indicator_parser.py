"""One 数値目標 or KPI of a definition, with everything that is wrong in it."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from ..domain.numerals import FiscalYear, decimals_of
from ..domain.plan import Indicator, Kind, Revision
from ..domain.revising import held
from ..domain.rule import Rule
from . import shapes
from .more import AGGREGATE
from .shapes import FLAGS, TEXTS, Table
from .values import Values, WrittenId

RULES: Final = {rule.label: rule for rule in Rule}
CHANGES: Final = tuple(key for key in shapes.REVISION if key not in ("from", "reason"))
"""What a revision may change of an indicator."""

WAS: Final = WrittenId(re.compile(r"[0-9]{1,9}-(?:[HK]|[0-9]{2,9}-)[0-9]{1,5}"), "1-01-2")

Targets = tuple[tuple[FiscalYear, Decimal], ...]


class IndicatorParser:
    """Reads indicators; ``defaults`` are the years of the plan, for those that say none."""

    def __init__(self, values: Values, defaults: Table) -> None:
        self.values, self.defaults = values, defaults

    def indicator(
        self, place: str, goal: int, kind: Kind, raw: Any, measure: int | None = None
    ) -> Indicator:
        """Return the indicator of a table, with blanks where it is wrong."""
        values = self.values
        id_ = raw.get("id") if isinstance(raw, dict) else None
        entry = id_ if isinstance(id_, str) and id_.strip() else place
        raw = values.fitting(entry, raw, shapes.INDICATOR)
        id_ = raw.get("id", "")
        prefix = _prefix(goal, kind, measure)
        if not re.fullmatch(re.escape(prefix) + "[0-9]{1,5}", id_):
            values.problem(entry, f"id は {prefix}1 のように半角で書いてください")
        baseline = values.number(entry, raw, "baseline")
        target = values.number(entry, raw, "target")
        indicator = Indicator(
            id_,
            goal,
            kind,
            values.text(entry, raw, "name"),
            self._rule(entry, raw, baseline, target),
            measure,
            baseline=baseline,
            target=target,
            baseline_year=self._default_year(entry, raw, "baseline_year", baseline),
            target_year=self._default_year(entry, raw, "target_year", target),
            lag=raw.get("lag", 0),
            targets=self._targets(entry, raw.get("targets", {})),
            aggregate=values.choice(entry, raw, "aggregate", AGGREGATE),
            since=self._asked(entry, raw, "from"),
            until=self._asked(entry, raw, "until"),
            revised=self._revised(entry, raw.get("revised", ())),
            was=values.was(entry, raw, WAS),
            factor=values.number(entry, raw, "factor"),
            **{key: raw.get(key, False) for key in FLAGS},
            **{key: raw.get(key, "") for key in TEXTS},
        )
        if indicator.rule.is_typed and not indicator.statement:
            values.problem(entry, "定性の指標には statement(検証の表に印字する文)を書いてください")
        if not indicator.rule.is_typed and target is None:
            values.problem(entry, "target(目標値)を書いてください")
        self._together(entry, indicator)
        return indicator

    def _together(self, entry: str, indicator: Indicator) -> None:
        """Complain of entries that contradict each other."""
        problem = self.values.problem
        if indicator.since and indicator.until and indicator.until < indicator.since:
            problem(entry, f"until({indicator.until})が from({indicator.since})より前です")
        if indicator.rule.is_typed and (indicator.targets or indicator.aggregate != "latest"):
            problem(entry, "定性の指標に targets や aggregate は書けません")
        if indicator.aggregate != "latest" and indicator.cumulative:
            problem(entry, "cumulative(累計を入れる)と aggregate はどちらか一方にしてください")
        versions = (indicator, *(held(indicator, each.since) for each in indicator.revised))
        for key in ("baseline", "target"):
            ranks = [getattr(own, key) for own in versions if own.rule is Rule.WITHIN]
            if any(rank is not None and (rank < 1 or decimals_of(rank)) for rank in ranks):
                problem(entry, f"以内(順位)の {key} は 1 以上の整数で書いてください")
        if indicator.factor is not None and indicator.factor <= 0:
            problem(entry, "factor は 0 より大きい数で書いてください")
        if indicator.factor is not None and indicator.rule.is_typed:
            problem(entry, "定性の指標に factor は書けません")
        if indicator.rule.is_typed and any(each.target is not None for each in indicator.revised):
            problem(entry, "定性の指標の revised に target は書けません")
        rules = (indicator.rule, *(each.rule for each in indicator.revised if each.rule))
        if len({rule.is_typed for rule in rules}) > 1:
            message = "定性と数値の間では変えられません。前の指標を until で終え、新しい指標を書いてください"
            problem(entry, f"revised の rule は{message}")
        last = indicator.target_round
        for year, _ in indicator.targets:
            if last and year > last:
                problem(f"{entry} targets", f"{year} は最終の目標({last})より後です")

    def _rule(self, id_: str, raw: Table, baseline: Decimal | None, target: Decimal | None) -> Rule:
        if (label := raw.get("rule")) in RULES:
            return RULES[label]
        hint = "以上、以下、未満、超、定性、以内のどれかを書いてください"
        if baseline is not None and target is not None and baseline != target:
            usual = "以上" if target > baseline else "以下"
            hint += f"(基準値{baseline}・目標値{target}なら、ふつうは {usual})"
        self.values.problem(id_, f"rule(判定方法)に {hint}")
        return Rule.AT_LEAST

    def _targets(self, entry: str, raw: Table) -> Targets:
        """Return the targets by round, in the order of the rounds."""
        targets: dict[FiscalYear, Decimal] = {}
        for key in raw:
            year = self.values.year(f"{entry} targets", key)
            value = self.values.number(f"{entry} targets", raw, key)
            if year in targets:
                self.values.problem(f"{entry} targets", f"{year} が 2 回あります")
            if year and value is not None:
                targets[year] = value
        return tuple(sorted(targets.items()))

    def _revised(self, entry: str, raw: Any) -> tuple[Revision, ...]:
        """Return what revisions changed, the oldest first."""
        revisions = [
            self._revision(f"{entry} revised の {n} 番目", r) for n, r in enumerate(raw, 1)
        ]
        made = sorted(filter(None, revisions), key=lambda revision: revision.since)
        for before, after in pairwise(made):
            if before.since == after.since:
                self.values.problem(f"{entry} revised", f"from({after.since})が 2 回あります")
        return tuple(made)

    def _revision(self, entry: str, raw: Any) -> Revision | None:
        values = self.values
        raw = values.fitting(entry, raw, shapes.REVISION)
        since = values.year(f"{entry} from", raw.get("from", ""))
        if not any(key in raw for key in CHANGES):
            values.problem(entry, f"変わったもの({'、'.join(CHANGES)})を 1 つ以上書いてください")
        if (label := raw.get("rule")) is not None and label not in RULES:
            values.problem(entry, f"rule には {'、'.join(RULES)} のどれかを書いてください")
        if since is None:
            return None
        return Revision(
            since,
            values.number(entry, raw, "baseline"),
            self._asked(entry, raw, "baseline_year"),
            values.number(entry, raw, "target"),
            self._asked(entry, raw, "target_year"),
            RULES.get(label) if label else None,
            raw.get("printed_target", ""),
            raw.get("reason", ""),
        )

    def _asked(self, entry: str, raw: Table, key: str) -> FiscalYear | None:
        return self.values.year(f"{entry} {key}", raw[key]) if key in raw else None

    def _default_year(
        self, entry: str, raw: Table, key: str, value: Decimal | None
    ) -> FiscalYear | None:
        """Return the year of a value: the indicator's own, or the plan's; None where no value is."""
        if value is None:
            return None
        return self.values.year(f"{entry} {key}", raw.get(key, self.defaults.get(key, "")))


def _prefix(goal: int, kind: Kind, measure: int | None) -> str:
    if measure is not None:
        return f"{goal}-{measure:02d}-"
    return f"{goal}-H" if kind == "headline" else f"{goal}-K"
