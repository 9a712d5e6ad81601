"""用語: what the words of a report mean, with the thresholds in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....domain.ledger import Ledger
from ....domain.plan import Plan
from ....domain.settings import Settings
from ....domain.words import KEPT
from ..blocks import Block, DataTable, Heading, TableCell, TableColumn
from .late import is_paced, reaching
from .near import is_measured, near_rule

COLUMNS: Final = (TableColumn("用語", 30), TableColumn("説明", 135))

_KEPT: Final = (
    "維持する目標(基準値がすでに満たしている目標)を、目標年度の前の評価で満たしていることです。"
    "達成の数に含めます。基準値と最も新しい実績値を結ぶ直線が目標年度に目標を外れるときは、注で示します。"
)

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
            (TableCell(word), TableCell(text, figure=f"term_{name}")) for name, word, text in terms
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
    has_kpis = any(goal.kpis for goal in plan.goals)
    yield "rate", "達成率", _rate(settings, detailed=has_kpis)
    if is_paced(plan):
        yield (
            "progress",
            "進捗率",
            "(実績値−基準値)÷(目標値−基準値)です。小数第2位以下を切り捨てます。"
            f"{reaching(plan)}維持する目標など、定義できないものは「－」で示します。",
        )
        yield "pace", "進み具合", _pace(settings)
    if is_measured(plan):
        yield "near", "あと少し", f"未達成の指標のうち、{near_rule(settings)}です。"
    if has_kpis:
        yield from _marks(settings)


def _result(plan: Plan) -> str:
    """Return how an indicator is judged: by its target, or as typed for a 定性 one."""
    parts = []
    if is_measured(plan):
        parts.append(
            "評価年度の実績値が目標値を満たすかどうかです。途中の年度も、最終の目標値で判定します。"
        )
    if any(indicator.is_rank for indicator in plan.indicators()):
        parts.append("順位は、数が小さいほど上位です。")
    if any(indicator.rule.is_typed for indicator in plan.indicators()):
        parts.append("数値で測らない指標は、入力された判定によります。")
    return "".join(parts)


def _rate(settings: Settings, *, detailed: bool) -> str:
    text = "達成したKPIの項目数÷KPIの項目数です。小数第2位以下を切り捨てます。"
    if not detailed:
        return text
    waiting = "含めません" if settings.exclude_unpublished else "含めます"
    return f"{text}未公表・集計中の項目は項目数に{waiting}。未入力の項目は含め、対象外の項目は含めません。"


def _pace(settings: Settings) -> str:
    return (
        f"{settings.pace.describe()}経過割合は、基準年度から目標年度までのうち、"
        "評価年度までに過ぎた年数の割合です。"
    )


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
