"""Comparing what 集計 shows with what Python counts."""

from __future__ import annotations

from typing import Any

from ...domain.cells import CellValue
from ...domain.ledger import Ledger
from ...domain.summary import Count, Summary
from ...domain.words import NONE, TOTAL
from ...errors import WorkbookError
from ...workbook.cross_check import cross_check_rows
from ...workbook.layout import CROSS_CHECK_TABLE
from . import live


def differences(ledger: Ledger, summary: Summary) -> dict[str, str]:
    """Return, by row label of 集計, what the sheet shows otherwise than Python; none if all agree."""
    counts = {g.goal.id: g.kpi for g in summary.goals} | {TOTAL: summary.kpi}
    differing = {}
    for label, count in counts.items():
        shown = ledger.shown_counts.get(label, {})
        wrong = [
            f"{head} {_text(shown.get(head))}"
            for head, value in _expected(count).items()
            if not _same(shown.get(head), value)
        ]
        if wrong:
            differing[label] = f"シートの式: {'、'.join(wrong)}"
    return differing


def write(book: Any, ledger: Ledger, summary: Summary, differing: dict[str, str]) -> None:
    """Write Python's counts into the table 照合表 of the workbook.

    Raise WorkbookError if the table is gone.
    """
    area = ledger.areas.get(CROSS_CHECK_TABLE)
    if area is None:
        raise WorkbookError(
            "「集計」シートの照合表が見つかりません。配布されたブックの「集計」シートを使ってください。"
        )
    sheet = book.sheets[area.sheet]
    rows = [[_cell(value) for value in row] for row in cross_check_rows(summary, differing)]
    live.write_body(sheet, area, rows)


def words(summary: Summary, differing: dict[str, str]) -> str:
    """Return the counts and whether the sheet's formulas agree with them, as staff read it."""
    if not differing:
        return f"{counted(summary)}\n「集計」シートの式と一致しています。"
    lines = "\n".join(f"・{label}: {text}" for label, text in differing.items())
    return f"{counted(summary)}\n「集計」シートの式と違うところがあります。\n{lines}"


def counted(summary: Summary) -> str:
    """Return how many KPIs were achieved, over all and per goal."""
    head = f"{summary.round.label}の評価: KPI {_share(summary.kpi)}"
    goals = (f"・{each.goal.printed_number}: {_share(each.kpi)}" for each in summary.goals)
    return "\n".join([head, *goals])


def _share(count: Count) -> str:
    rate = NONE if count.rate is None else f"{count.rate}%"
    return f"{count.achieved}項目/{count.total}項目(達成率 {rate})"


def _cell(value: Any) -> Any:
    return live.as_text(value) if isinstance(value, str) else value


def _expected(count: Count) -> dict[str, float | str]:
    rate: float | str = NONE if count.rate is None else float(count.rate)
    return {"項目数": count.total, "達成": count.achieved, "達成率": rate}


def _same(shown: CellValue, expected: float | str) -> bool:
    if isinstance(expected, str) or not isinstance(shown, int | float):
        return shown == expected
    return abs(shown - expected) < 1e-9


def _text(value: CellValue) -> str:
    return "なし" if value is None else str(value)
