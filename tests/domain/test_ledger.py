"""From cells to figures, once."""

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import R8, R9, indicator, ledger_of, plan_of, third

from aso_xl.domain import figures
from aso_xl.domain.cells import Cell
from aso_xl.domain.checks import check
from aso_xl.domain.entry import Reading
from aso_xl.domain.entry import read as read_cell
from aso_xl.domain.plan import Indicator
from aso_xl.domain.summary import summarize
from aso_xl.report.content.fingerprint import fingerprint


def test_each_cell_is_read_once_whatever_is_made_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(cell: Cell, indicator: Indicator) -> Reading:
        read.append(cell.address)
        return read_cell(cell, indicator)

    monkeypatch.setattr(figures, "read", counted)
    plan = third()
    ledger = ledger_of(plan, {"1-01-1": {"R8": 5, "R9": "△1"}})
    check(ledger, plan.round)
    summarize(plan, ledger.actuals, plan.round, ledger.settings)
    fingerprint(ledger, plan.round)
    assert [figure.cell.address for figure in ledger.every_figure()] == read
    assert [a.value for a in list(ledger.actuals["1-01-1"].values())[1:3]] == [5, -1]


def test_a_changed_ledger_is_read_anew() -> None:
    plan = third()
    first = ledger_of(plan, {"1-01-1": {"R8": 5}})
    second = replace(first, rows=ledger_of(plan, {"1-01-1": {"R8": 6}}).rows)
    r8 = plan.rounds[1]
    assert [x.actuals["1-01-1"][r8].value for x in (first, second, first)] == [5, 6, 5]


def test_a_row_is_found_by_the_id_of_an_indicator_or_a_measure() -> None:
    ledger = ledger_of(third())
    assert ledger.row("1-01-1") is ledger.rows["1-01-1"]
    assert ledger.row("1-01") is ledger.measures["1-01"]
    goals = {"1": ledger.rows["1-H1"]}
    assert replace(ledger, goals=goals).row("1") is goals["1"]
    assert ledger.row("9-99") is None


def test_a_round_in_which_nothing_is_asked_has_no_figure() -> None:
    asked = indicator(since=R8, until=R9)
    typed = {"1-01-1": {"R7": 1, "R8": 2, "R9": None, "R10": 4}}
    ledger = ledger_of(plan_of(asked), typed)
    assert {str(r): a.value for r, a in ledger.actuals["1-01-1"].items()} == {"R8": 2, "R9": None}
    (first, _) = ledger.every_figure()
    assert first.show(Decimal(-1200)) == "△1,200人"
