"""Coming home: what looks the same is no change, and one impossible number stops nobody else."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from exchange_tools import Town, typed

from aso_xl.domain.checks import check
from aso_xl.exchange.status import status
from aso_xl.workbook.read.reading import read

REMARK = ("1-01-1", "remark")


def test_a_text_saved_on_a_mac_is_no_change(town: Town) -> None:
    town.send("農政課", {REMARK: "がんばった プラン"})
    assert len(town.merge().merged.applied) == 1
    for text in (
        unicodedata.normalize("NFD", "がんばった プラン"),
        "が\u200bんばった\u00a0プラン\ufeff",
        "がんばった プラン \n",
    ):
        town.send("農政課", {REMARK: text})
        outcome = town.merge()
        assert (outcome.merged.applied, outcome.open_conflicts) == ((), ())
    assert town.value(*REMARK) == "がんばった プラン"


@pytest.mark.parametrize("value", [1e308, -1e308, 1e-300])
def test_an_extreme_number_in_one_file_stops_no_other(town: Town, value: float) -> None:
    town.send("農政課", {("1-01-1", "R9"): value})
    town.send("観光課", {("2-01-1", "R9"): 1500})
    outcome = town.merge()
    assert len(outcome.merged.applied) == 2
    assert town.value("2-01-1", "R9") == Decimal(1500)
    ledger = read(town.master)
    found = [i for i in check(ledger, ledger.settings.round) if i.code == "extreme"]
    assert [(i.indicator, i.value) for i in found] == [("1-01-1", f"{Decimal(value):.0E}")]


def test_a_department_written_to_look_the_same_is_the_same(town: Town) -> None:
    before = {each.name: each.asked for each in status(town.master, [town.inbox]).departments}
    town.send("観光課", {("2-01-1", "R9"): 1500})
    cells = {
        ("2-01-1", "department"): "観\u200b光課\u00a0",
        ("2-H1", "department"): " 観光課\ufeff",
    }
    typed(town.master, cells, town.master)
    found = status(town.master, [town.inbox]).departments
    assert {each.name: each.asked for each in found} == before
    assert [each.name for each in found if each.file] == ["観光課"]
