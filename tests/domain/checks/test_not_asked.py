"""Rounds in which nothing is asked: what is typed there is named and not judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import R7, R8, R9, R10, indicator, issues_of, ledger_of, plan_of, stored
from hypothesis import given, settings
from hypothesis import strategies as st

from aso_xl.domain.achievement import Result
from aso_xl.domain.cells import Cell, CellValue
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.summary import summarize


@pytest.mark.parametrize("value", [100, "100人くらい", "未公表", 0, stored("#N/A", is_error=True)])
def test_what_is_typed_where_nothing_is_asked_is_named_once(value: CellValue | Cell) -> None:
    [found] = issues_of(plan_of(indicator(since=R9)), {"1-01-1": {"R8": value}})
    assert (found.code, found.cell, found.round) == ("not-asked", "J5", R8)
    assert "この年度には尋ねない指標(R9から)に" in found.finding
    assert "判定には使いません" in found.finding


@pytest.mark.parametrize(
    ("more", "words"),
    [({"since": R9, "until": R10}, "(R9からR10まで)"), ({"until": R7}, "(R7まで)")],
)
def test_it_is_said_when_it_is_asked(more: dict[str, FiscalYear], words: str) -> None:
    typed = {"1-01-1": {"R7": 100, "R8": 100}}
    [found] = [i for i in issues_of(plan_of(indicator(**more)), typed) if i.round == R8]
    assert (found.code, words in found.finding) == ("not-asked", True)


@pytest.mark.parametrize("value", [None, "", "－", "-"])
def test_a_blank_or_a_dash_where_nothing_is_asked_is_silent(value: CellValue) -> None:
    assert issues_of(plan_of(indicator(since=R9)), {"1-01-1": {"R8": value}}) == ()
    assert issues_of(plan_of(indicator(until=R7)), {"1-01-1": {"R7": 100, "R8": value}}) == ()


def test_where_it_is_asked_a_dash_still_needs_a_reason() -> None:
    [found] = issues_of(plan_of(indicator(since=R8)), {"1-01-1": {"R8": "－"}})
    assert found.code == "no-value-mark"


@settings(deadline=None)
@given(st.sampled_from([R7, R8, R9, None]), st.sampled_from([R8, R9, R10, None]), st.booleans())
def test_what_is_not_asked_counts_nowhere(
    since: FiscalYear | None, until: FiscalYear | None, is_typed: bool
) -> None:
    more: dict[str, Any] = {"since": since, "until": until}
    own = plan_of(indicator(**more), replace(indicator(), id="1-01-2"))
    typed = {"1-01-2": {"R8": 130}, "1-01-1": {"R8": 130} if is_typed else {}}
    ledger = ledger_of(own, typed)
    found = summarize(own, ledger.actuals, R8, ledger.settings)
    asked = (since or R8) <= R8 <= (until or R8)
    assert found.kpi.total == 1 + asked
    assert found.kpi.achieved == 1 + (asked and is_typed)
    assert found.kpi.excluded == 0
    assert (found.achievements["1-01-1"].result is Result.NOT_ASKED) is not asked
