"""用語: what the words of a report mean, with the thresholds in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....domain.ledger import Ledger
from ....domain.plan import Plan
from ....domain.rule import Rule
from ....domain.sentences import AGGREGATES
from ....domain.settings import Settings
from ....domain.words import KEPT, UNGRADED
from ..blocks import Block, DataTable, Heading, TableCell, TableColumn
from ..origins import OF_PACE, OfRules
from .by_rule import (
    ELAPSED_WORDS,
    GRADE_WORD,
    PACE_WORD,
    UNDEFINED,
    formula,
    grade_rule,
    has_joined_values,
    has_progress,
    has_targets_by_year,
    is_judged_by_year,
    is_paced,
    rounded,
)
from .late import reaching
from .near import is_measured, near_rule

COLUMNS: Final = (TableColumn("用語", 30), TableColumn("説明", 135))

_KEPT: Final = (
    "維持する目標(基準値がすでに満たしている目標)を、目標年度の前の評価で満たしていることです。"
    "達成の数に含めます。基準値と最も新しい実績値を結ぶ直線が目標年度に目標を外れるときは、注で示します。"
)

_OF_THE_ROUND: Final = "評価年度の目標(その年度になければ、次に定めのある年度の目標)"

_SETTINGS: Final = {
    "joined": (("use_earlier",),),
    "rate": (("exclude_unpublished",),),
    "pace": OF_PACE.settings,
    "near": (("near_percent",),),
    "unpublished": (("use_earlier",),),
}
"""The settings that the meaning of a word goes by."""

Term = tuple[str, str, str]
"""A key, the word, and what it means."""


def glossary(ledger: Ledger) -> Iterator[Block]:
    """Yield the words that the report of this plan uses."""
    terms = tuple(_terms(ledger))
    yield Heading("用語の説明")
    yield DataTable(
        "用語の説明",
        COLUMNS,
        tuple(
            (
                TableCell(word),
                TableCell(text, figure=f"term_{name}", origin=OfRules(_SETTINGS.get(name, ()))),
            )
            for name, word, text in terms
        ),
        "この文書で使う用語とその意味。",
        "terms",
        tuple(name for name, _, _ in terms),
    )


def _terms(ledger: Ledger) -> Iterator[Term]:
    plan, settings = ledger.plan, ledger.settings
    yield "result", "達成・未達成", _result(plan)
    if any(indicator.is_kept for indicator in plan.indicators()):
        yield "kept", KEPT, _KEPT
    if plan.together:
        yield "together", "あわせて1項目とする指標", _together(plan)
    if has_joined_values(plan):
        yield "joined", _joined_words(plan), _joined(plan, settings)
    has_kpis = any(goal.kpis for goal in plan.goals)
    yield "rate", "達成率", _rate(plan, settings, detailed=has_kpis)
    if has_progress(plan):
        yield (
            "progress",
            "進捗率",
            f"{formula(plan)}です。{rounded(plan, 'ます')}。"
            f"{reaching(plan)}{UNDEFINED[plan.progress]}など、定義できないものは「－」で示します。",
        )
    if plan.grades:
        yield "grade", GRADE_WORD, _grade(plan)
    elif is_paced(plan):
        yield "pace", PACE_WORD, _pace(settings)
    if is_measured(plan):
        yield "near", "あと少し", f"未達成の指標のうち、{near_rule(settings)}です。"
    if has_kpis:
        yield from _marks(settings)


def _result(plan: Plan) -> str:
    """Return how an indicator is judged: by its target, or as typed for a 定性 one."""
    parts = []
    if is_measured(plan):
        parts.append(_judged_against(plan))
    if any(indicator.is_rank for indicator in plan.indicators()):
        parts.append("順位は、数が小さいほど上位です。")
    if any(indicator.rule is Rule.WITHIN for indicator in plan.indicators()):
        parts.append("「以内」は、目標の順位か、それより上位であれば達成です。")
    if any(indicator.printed_target for indicator in plan.indicators()):
        parts.append("目標値を言葉で示す指標は、資料にかっこ書きで示す数値で判定します。")
    if any(indicator.since or indicator.until for indicator in plan.indicators()):
        parts.append(
            "評価する年度が決まっている指標は、ほかの年度では判定せず、項目数に含めません。"
        )
    if any(indicator.rule.is_typed for indicator in plan.indicators()):
        parts.append("数値で測らない指標は、入力された判定によります。")
    return "".join(parts)


def _judged_against(plan: Plan) -> str:
    """Return which of the targets is judged."""
    if is_judged_by_year(plan):
        return (
            f"評価年度の実績値が、{_OF_THE_ROUND}を満たすかどうかです。"
            "年度ごとの目標がない指標は、最終の目標値で判定します。"
            "最終の目標値に対する結果は、かっこ書きで示します。"
        )
    beside = f"年度ごとの目標がある指標は、{_OF_THE_ROUND}に対する結果をかっこ書きで示します。"
    return (
        "評価年度の実績値が目標値を満たすかどうかです。途中の年度も、最終の目標値で判定します。"
        + (beside if has_targets_by_year(plan) else "")
    )


def _together(plan: Plan) -> str:
    names = "".join(f"「{relation.name}」" for relation in plan.together)
    return (
        f"{names}は、複数の値からなる1つの指標です。1項目と数え、すべての値が目標を満たすときに達成とします。"
        + (
            f"{GRADE_WORD}は、最も低い値の区分です(区分のない値があれば、{UNGRADED})。"
            if plan.grades
            else ""
        )
    )


def _joined_words(plan: Plan) -> str:
    """Return the words of the ways in which the plan joins values: 「合計・平均」."""
    used = {indicator.aggregate for indicator in plan.indicators()}
    return "・".join(word for way, word in AGGREGATES.items() if way in used)


def _joined(plan: Plan, settings: Settings) -> str:
    words = _joined_words(plan)
    left_out = "未公表・対象外の年度" if settings.use_earlier else "対象外の年度"
    mean = "平均が割り切れないときは、2桁多い位までを四捨五入して示します。"
    mean = mean if AGGREGATES["mean"] in words else ""
    return (
        "年度ごとの値を合わせて判定する指標では、最初の評価年度(指標に定めがあれば、その年度)から"
        f"評価年度までの実績値の{words}を、目標値と比べます。{left_out}は除き、集計中・未入力の年度があれば判定しません。{mean}"
        "合わせた値は、資料に注で示します。"
    )


def _grade(plan: Plan) -> str:
    return (
        f"{grade_rule(plan)}端数を処理する前の値で比べます。区分を決める値を定義できない指標は、達成であれば100%とみなし、"
        "未達成であれば区分を付けません。判定していない指標には、区分がありません。"
    )


def _rate(plan: Plan, settings: Settings, *, detailed: bool) -> str:
    text = f"達成したKPIの項目数÷KPIの項目数です。{rounded(plan, 'ます')}。"
    if not detailed:
        return text
    waiting = "含めません" if settings.exclude_unpublished else "含めます"
    return f"{text}未公表・集計中の項目は項目数に{waiting}。未入力の項目は含め、対象外の項目は含めません。"


def _pace(settings: Settings) -> str:
    return f"{settings.pace.describe()}{ELAPSED_WORDS}です。"


def _marks(settings: Settings) -> Iterator[Term]:
    earlier = (
        "計画期間内の直近の公表値があれば、その値で判定し、注で示します。"
        if settings.use_earlier
        else "公表されるまで判定しません。"
    )
    yield "unpublished", "未公表", f"数値がまだ公表されていないものです。{earlier}"
    yield "pending", "集計中", "数値を集計している途中で、まだ判定できないものです。"
    yield "excluded", "対象外", "その年度には調査をしないものです。"
    yield "blank", "未入力", "実績値が入力されていないものです。"
