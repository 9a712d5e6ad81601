"""A confirmation that nobody has signed, or of figures that are still to come."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from builders import R9, indicator, ledger_of, plan_of

from aso_xl.domain.cells import Cell, CellValue
from aso_xl.domain.checks import check
from aso_xl.domain.slip import CONFIRMED, STATE, TYPING, Slip

PLAN = plan_of(indicator())
SIGNED = Slip(True, "田中", dt.date(2027, 9, 25))


def found(slip: Slip | None, value: CellValue) -> dict[str, tuple[str | None, str]]:
    """Return the findings on a slip, by code: their cell and words."""
    cell = Cell("提出票", "B7", CONFIRMED if slip and slip.is_confirmed else TYPING)
    ledger = ledger_of(PLAN, {"1-01-1": {"R9": value}})
    ledger = replace(ledger, slip=slip, slip_cells={STATE: cell} if slip else {})
    issues = [i for i in check(ledger, R9) if i.code.startswith("slip-")]
    return {i.code: (i.cell, i.finding) for i in issues}


@pytest.mark.parametrize("value", [100, 0, "未公表"])
@pytest.mark.parametrize("slip", [None, Slip(), SIGNED])
def test_nothing_is_said_of_a_signed_one_or_of_one_still_typed(
    slip: Slip | None, value: CellValue
) -> None:
    assert found(slip, value) == {}


def test_who_and_when_are_asked_for() -> None:
    assert found(Slip(True), 100) == {
        "slip-unsigned": ("B7", "状態は「課長確認済」ですが、確認者と確認日が空欄です。")
    }
    assert "確認日が空欄" in found(replace(SIGNED, on=None), 100)["slip-unsigned"][1]
    assert "、確認者が空欄" in found(replace(SIGNED, by=""), 100)["slip-unsigned"][1]


def test_what_is_confirmed_although_it_is_blank_is_told() -> None:
    words = "状態は「課長確認済」ですが、R9の未入力が 1 件あります。"
    assert found(SIGNED, None) == {"slip-unfinished": ("B7", words)}
    assert found(Slip(), None) == {}
