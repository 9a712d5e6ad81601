"""照合表: what Python counts, beside what the formulas of 集計 show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..domain import words
from ..domain.summary import Summary


def cross_check_rows(summary: Summary, shown: Mapping[str, str] | None = None) -> list[list[Any]]:
    """Return Python's counts per goal and overall; ``shown`` says what the sheet differs in."""
    rows: list[list[Any]] = []
    counts = [(g.goal.id, g.goal.title, g.kpi) for g in summary.goals]
    for label, name, kpi in [*counts, (words.TOTAL, "", summary.kpi)]:
        rate = words.NONE if kpi.rate is None else float(kpi.rate)
        said = (shown or {}).get(label, "一致")
        rows.append([label, name, kpi.total, kpi.achieved, rate, said])
    return rows
