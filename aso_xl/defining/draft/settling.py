"""Writing beside the printed figures what they say: ids, units, rules."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ...domain.numerals import FiscalYear
from ...domain.rule import Rule
from ..book import Book, BookCell
from ..to_tables import tables_of


def settle(book: Book) -> None:
    """Fill blank ids, units and rules; one by the targets of rounds is a guess."""
    tables = tables_of(book)
    for goal in tables.raw.get("goals", ()):
        groups = [goal, *goal.get("measures", ())]
        for own in (*goal.get("headlines", ()), *(k for g in groups for k in g.get("kpis", ()))):
            _, row = tables.places[own["id"]]
            for key in ("id", "unit", "rule"):
                if key in own and row[key].is_blank:
                    row.cells[key] = BookCell(own[key], hint=row[key].hint)
            if row["rule"].is_blank and (rule := _way_of(own.get("targets", {}))):
                row.cells["rule"] = BookCell(rule, hint="年度ごとの目標値の増減による")


def _way_of(targets: Mapping[str, str]) -> str:
    """Return the rule that targets by round go by; "" where they go no one way."""
    values = [Decimal(value) for _, value in sorted(targets.items(), key=_round)]
    if len(values) > 1 and values == sorted(values) != values[::-1]:
        return Rule.AT_LEAST.label
    falling = len(values) > 1 and values[::-1] == sorted(values) != values
    return Rule.AT_MOST.label if falling else ""


def _round(target: tuple[str, str]) -> FiscalYear:
    return FiscalYear.parse(target[0])
