"""Every kind of report says what was last agreed on, word for word."""

from __future__ import annotations

import pytest
from golden_texts import BOOKS, PLANS, WORKBOOKS, golden, text_of
from plan_ledgers import ledger_of_plan

from aso_xl.domain.settings import ReportKind
from aso_xl.workbook.read.reading import read


@pytest.mark.parametrize("kind", ReportKind)
@pytest.mark.parametrize("book", BOOKS)
def test_the_text_of_a_report_is_the_golden_one(book: str, kind: ReportKind) -> None:
    made = text_of(read(WORKBOOKS / f"{book}.xlsx"), kind)
    assert made.splitlines() == golden(book, kind).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("kind", ReportKind)
@pytest.mark.parametrize("plan", PLANS)
def test_the_text_of_a_report_of_any_plan_is_the_golden_one(plan: str, kind: ReportKind) -> None:
    made = text_of(ledger_of_plan(plan), kind)
    assert made.splitlines() == golden(plan, kind).read_text(encoding="utf-8").splitlines()
