"""Definition workbooks as staff leave them: made by the builder, then typed into by openpyxl."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from aso_xl.defining import any_definition
from aso_xl.defining.any_definition import Examined
from aso_xl.defining.book import Book
from aso_xl.defining.build import build

HEAD = 4
PLAN = {
    "番号": "x-1",
    "名称": "X市総合戦略",
    "略称": "総合戦略",
    "市町村": "X市",
    "計画期間": "R8～R11",
    "評価年度": "R7～R11",
    "はじめの評価年度": "R8",
    "基準年度": "R6",
    "目標年度": "R10",
}
GOALS = ({"基本目標": 1, "名称": "仕事"}, {"基本目標": 1, "施策": 1, "名称": "農業"})
Rows = tuple[Mapping[str, Any], ...]


def saved(path: Path, book: Book | None = None) -> Path:
    path.write_bytes(build(book or Book()))
    return path


def typed(
    path: Path,
    indicators: Rows = (),
    goals: Rows = GOALS,
    plan: Mapping[str, Any] = PLAN,
    **others: Rows,
) -> Path:
    """Save a definition workbook with values typed under the headings of its sheets."""
    workbook = openpyxl.load_workbook(saved(path))
    sheet = workbook["総合戦略"]
    for row in sheet.iter_rows(min_row=HEAD + 1, max_row=40):
        if row[0].value in plan:
            row[1].value = plan[row[0].value]
    for title, rows in {"基本目標と施策": goals, "指標": indicators, **others}.items():
        sheet = workbook[title]
        heads = {cell.value: cell.column for cell in sheet[HEAD]}
        for number, values in enumerate(rows, start=HEAD + 1):
            for head, value in values.items():
                column = heads.get(head)
                if column is None:  # a column of targets: its heading is typed too
                    column = max(c for h, c in heads.items() if h) + 1
                    heads[head] = column
                    sheet.cell(HEAD, column, head)
                sheet.cell(number, column, value)
    workbook.save(path)
    return path


def kpi(
    name: str = "農家", baseline: Any = "3戸", target: Any = "5戸", **more: Any
) -> dict[str, Any]:
    """Return a row of 指標: a KPI of 施策 1-1."""
    usual = {"基本目標": 1, "施策": 1, "種類": "KPI", "名称": name}
    return {**usual, "基準値": baseline, "目標値": target, **more}


def examined(path: Path) -> Examined:
    return any_definition.examine(str(path))


def cells_of(path: Path) -> dict[str, str]:
    """Return the findings by sheet and cell."""
    return {f"{f.sheet} {f.cell or ''}".strip(): f.message for f in examined(path).found}
