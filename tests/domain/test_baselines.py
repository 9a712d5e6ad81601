"""Baselines that were published otherwise: which reasons are read, and what they change."""

from __future__ import annotations

from decimal import Decimal

import pytest
from builders import R9, R10, indicator, ledger_of, plan_of
from hypothesis import given
from hypothesis import strategies as st

from aso_xl.domain.baseline_reasons import read_reasons
from aso_xl.domain.baselines import corrected
from aso_xl.domain.cells import CellValue
from aso_xl.domain.plan import Plan, Revision
from aso_xl.domain.record import Correction
from aso_xl.domain.setting_declaration import Reasons

ONE, TWO = indicator(), indicator(id="1-01-12", name="別の指標")
PLAN = plan_of(ONE, TWO)


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("1-01-1 県の集計の改定", (("1-01-1", "県の集計の改定"),)),
        (
            "1-01-12: 国勢調査の確報\n1-01-1 改定",
            (("1-01-12", "国勢調査の確報"), ("1-01-1", "改定")),
        ),
        ("1-01-1 改定、1-01-12 改定(R7)", (("1-01-1", "改定"), ("1-01-12", "改定(R7)"))),
    ],
)
def test_what_is_read(text: str, reasons: tuple[tuple[str, str], ...]) -> None:
    assert read_reasons(text, PLAN) == reasons
    shown = Reasons().shown(reasons)
    assert shown and Reasons().read(shown, PLAN) == reasons


@pytest.mark.parametrize(
    "text", ["改定のため", "9-99-9 改定", "1-01-1", "1-01-1 、1-01-12 改定", "x 1-01-1 改定"]
)
def test_what_is_no_reason(text: str) -> None:
    with pytest.raises(ValueError):
        read_reasons(text, PLAN)


def found(value: CellValue, plan: Plan = PLAN) -> tuple[Plan, tuple[Correction, ...]]:
    rows = ledger_of(plan, {"1-01-1": {"baseline": value}}).rows
    return corrected(plan, rows, {"1-01-1": "改定"})


@pytest.mark.parametrize(("value", "baseline"), [(96, "96"), ("９６人", "96"), (95.5, "95.5")])
def test_a_typed_baseline_with_a_reason_holds(value: CellValue, baseline: str) -> None:
    plan, (correction,) = found(value)
    assert plan.by_id["1-01-1"].baseline == Decimal(baseline)
    assert plan.by_id["1-01-12"] == PLAN.by_id["1-01-12"]
    assert (correction.id, correction.round, correction.reason) == ("1-01-1", None, "改定")
    assert (correction.before.value, correction.now.value) == (Decimal(94), Decimal(baseline))


@pytest.mark.parametrize("value", [94, "94人", "", None, "不明", True])
def test_nothing_is_corrected(value: CellValue) -> None:
    assert found(value) == (PLAN, ())


def test_without_a_reason_the_definition_holds() -> None:
    rows = ledger_of(PLAN, {"1-01-1": {"baseline": 96}}).rows
    assert corrected(PLAN, rows, {"1-01-12": "改定"}) == (PLAN, ())


def test_a_baseline_that_a_revision_sets_is_not_typed() -> None:
    revised = plan_of(indicator(revised=(Revision(R9, baseline=Decimal(97)),)))
    assert found(96, revised) == (revised, ())
    other = plan_of(indicator(revised=(Revision(R10, target=Decimal(130)),)))
    plan, _ = found(96, other)
    assert plan.by_id["1-01-1"].baseline == Decimal(96)


@given(
    st.lists(
        st.tuples(st.sampled_from(("1-01-1", "1-01-12")), st.text("改定国県のR78", min_size=1)),
        min_size=1,
    )
)
def test_reasons_come_back_from_their_cell(reasons: list[tuple[str, str]]) -> None:
    text = Reasons().shown(tuple(reasons))
    assert text and Reasons().read(text, PLAN) == tuple(reasons)
