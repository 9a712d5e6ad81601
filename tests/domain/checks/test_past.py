"""Figures of earlier rounds that are others than when the workbook was sent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from builders import R8, R9, indicator, ledger_of, plan_of, stored

from aso_xl.domain.catalogue import STRUCK_CELL
from aso_xl.domain.cells import Cell, CellValue
from aso_xl.domain.checks import check
from aso_xl.domain.ledger import PastFigures

PLAN = plan_of(indicator())


def changed(then: str | Decimal | None, now: CellValue | Cell, round_: str = "R8") -> list[str]:
    """Return what is said of a figure of R8, evaluated in R9, that was another when it was sent."""
    figures = {} if then is None else {"1-01-1": {round_: then}}
    past = PastFigures("R8の配布", figures)
    ledger = ledger_of(PLAN, {"1-01-1": {"R9": 100, round_: now}}, past=past)
    return [i.finding for i in check(ledger, R9) if i.code == "past-changed"]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (Decimal(100), 100),
        (Decimal(100), "100人"),
        ("未公表", 100),
        ("百人", " 百人"),
        (None, 100),
    ],
)
def test_what_is_as_it_was_or_only_now_known_is_no_change(
    then: str | Decimal | None, now: CellValue
) -> None:
    assert changed(then, now) == []


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (Decimal(100), 101),
        (Decimal(100), None),
        ("未公表", "対象外"),
        ("百人", "二百人"),
        ("百人", None),
    ],
)
def test_another_figure_of_a_past_round_is_said_with_what_it_was(
    then: str | Decimal, now: CellValue
) -> None:
    (finding,) = changed(then, now)
    assert str(then) in finding
    assert str(now or "空欄") in finding


def test_a_figure_of_the_round_itself_or_one_that_cannot_be_read_is_no_past_one() -> None:
    assert changed(Decimal(100), 101, "R9") == []
    assert changed(Decimal(100), stored(101, flaw=STRUCK_CELL, left_out="101")) == []
    later = ledger_of(PLAN, {"1-01-1": {"R8": 101}})
    assert [i.code for i in check(later, R8) if i.code == "past-changed"] == []
