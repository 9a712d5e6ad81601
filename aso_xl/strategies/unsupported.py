"""What a definition may say and the sheets do not know yet: such a workbook is not built.

Whoever teaches the sheets, checks and documents an entry takes its line out of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ..domain.plan import Indicator, Plan, Together
from ..domain.rule import Rule
from ..errors import Finding

IN_PLAN: Final[Mapping[str, Callable[[Plan], bool]]] = {
    "年度ごとの目標値での判定(judged_against)": lambda plan: plan.judged_against != "final",
    "実績÷目標の進捗率(progress)": lambda plan: plan.progress != "baseline",
    "四捨五入(rounding)": lambda plan: plan.rounding != "truncate",
    "評価区分(grades)": lambda plan: bool(plan.grades),
    "いくつかの値で1つの指標(together)": lambda plan: any(
        isinstance(relation, Together) for relation in plan.relations
    ),
}
IN_INDICATOR: Final[Mapping[str, Callable[[Indicator], bool]]] = {
    "順位の目標(以内)": lambda own: own.rule is Rule.WITHIN,
    "年度ごとの目標値(targets)": lambda own: bool(own.targets),
    "印字する基準値・目標値(printed_baseline・printed_target)": lambda own: bool(
        own.printed_baseline or own.printed_target
    ),
    "値の合わせ方(aggregate)": lambda own: own.aggregate != "latest",
    "尋ねる年度(from・until)": lambda own: bool(own.since or own.until),
}


def misfits(plan: Plan, source: str) -> Iterator[Finding]:
    """Yield one finding that names all entries of the plan that no workbook can be made of yet."""
    used = [words for words, uses in IN_PLAN.items() if uses(plan)]
    used += [words for words, uses in IN_INDICATOR.items() if any(map(uses, plan.indicators()))]
    if used:
        message = (
            f"{'、'.join(used)}を使う評価ブックは、この版ではまだ作れません。"
            "定義はこのまま残し、新しい版で作ってください"
        )
        yield Finding(source, "定義", message)
