"""Which indicators of the next strategy go on from those of the one before, and with which value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from builders import R8, R9, indicator, ledger_of, plan_of

from aso_xl.domain.cells import Cell
from aso_xl.domain.confirming import record_of
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.plan import Indicator
from aso_xl.domain.record_heads import ID, REASON, YEAR
from aso_xl.domain.succession import Succession, Successor, Treatment, succession

Figures = Mapping[str, int | float | str]


def before(*olds: Indicator, figures: Figures = {"R8": 95, "R9": 101}) -> Ledger:  # noqa: B006
    """Return a workbook of the strategy before, R9 confirmed: every indicator has the figures."""
    ledger = ledger_of(plan_of(*olds), {old.id: dict(figures) for old in olds})
    ledger = replace(ledger, settings=replace(ledger.settings, round=R9))
    return replace(ledger, records={R9: record_of(ledger, R9, "2028-05-01 10:00", "田中")})


def new(**entries: object) -> Indicator:
    """Return an indicator of the next strategy, without a baseline."""
    own = replace(indicator("94", "120"), baseline=None, baseline_year=None)
    return replace(own, **entries)  # type: ignore[arg-type]


def going_on(own: Indicator, ledger: Ledger) -> Successor:
    (found,) = succession(plan_of(own), ledger, R9).successors
    return found


def test_the_last_confirmed_value_is_offered() -> None:
    found = going_on(new(), before(indicator("94", "120")))
    assert found.last and (found.last.value, found.last.year) == (Decimal(101), R9)
    assert (found.treatment, found.old and found.old.id) == (Treatment.OFFERED, "1-01-1")
    assert found.judged and found.judged.label == "未達成"


def test_of_a_year_without_a_number_the_one_before_is_offered() -> None:
    found = going_on(new(), before(indicator("94", "120"), figures={"R8": 95, "R9": "未公表"}))
    assert found.last and (found.last.value, found.last.year) == (Decimal(95), R8)


def test_a_value_that_is_late_is_of_its_own_year() -> None:
    found = going_on(new(lag=2), before(replace(indicator("94", "120"), lag=2)))
    assert found.last and found.last.year == R9 + -2


def test_what_was_published_since_is_offered() -> None:
    ledger = before(indicator("94", "120"), figures={"R8": 95, "R9": "未公表"})
    now = ledger_of(ledger.plan, {"1-01-1": {"R8": 95, "R9": 99}})
    found = going_on(new(), replace(ledger, rows=now.rows))
    assert found.last and found.last.value == Decimal(99)


@pytest.mark.parametrize(("reason", "value"), [("集計の誤り", 99), ("", 101)])
def test_a_correction_counts_where_it_has_a_reason(reason: str, value: int) -> None:
    ledger = before(indicator("94", "120"))
    now = ledger_of(ledger.plan, {"1-01-1": {"R8": 95, "R9": 99}})
    said = {YEAR: "R9", ID: "1-01-1", REASON: reason}
    lines = ({head: Cell("確定記録", "A1", text) for head, text in said.items()},)
    found = going_on(new(), replace(ledger, rows=now.rows, record_lines=lines))
    assert found.last and found.last.value == value


@pytest.mark.parametrize(
    ("own", "treatment"),
    [
        (new(baseline=Decimal(101)), Treatment.SAME),
        (new(baseline=Decimal(100)), Treatment.STATED),
        (new(printed_baseline="新規"), Treatment.PRINTED),
        (new(name=" 従事者数　"), Treatment.OFFERED),
    ],
)
def test_a_baseline_that_is_written_stays(own: Indicator, treatment: Treatment) -> None:
    assert going_on(own, before(indicator("94", "120"))).treatment is treatment


def test_without_a_number_nothing_is_offered() -> None:
    found = going_on(new(), before(indicator("94", "120"), figures={"R9": "対象外"}))
    assert (found.treatment, found.last) == (Treatment.NONE, None)


def test_values_that_are_joined_are_shown_and_not_offered() -> None:
    old = replace(indicator("94", "300"), aggregate="sum")
    ledger = before(old, figures={"R7": 4, "R8": 95, "R9": 101})
    found = going_on(new(aggregate="sum"), ledger)
    assert found.last and (found.treatment, found.last.value) == (Treatment.JOINED, Decimal(200))


def test_a_joined_value_is_of_its_last_year() -> None:
    old = replace(indicator("94", "300"), aggregate="sum", lag=1)
    ledger = before(old, figures={"R7": 4, "R8": 95, "R9": "未公表"})
    found = going_on(new(aggregate="sum", lag=1), ledger)
    assert found.last and (found.last.value, found.last.year) == (Decimal(99), R8 + -1)


def test_a_value_that_is_gone_from_the_sheet_is_that_of_the_record() -> None:
    ledger = before(indicator("94", "120"))
    now = ledger_of(ledger.plan, {"1-01-1": {"R8": 95}})
    found = going_on(new(), replace(ledger, rows=now.rows))
    assert found.last and found.last.value == Decimal(101)


def test_of_two_of_one_name_the_one_of_its_kind_is_taken() -> None:
    kpi = indicator("94", "120")
    headline = replace(kpi, id="1-H1", kind="headline", measure=None)
    goal = replace(plan_of(kpi).goals[0], headlines=(headline,))
    plan = replace(plan_of(kpi), goals=(goal,))
    ledger = ledger_of(plan, {"1-01-1": {"R9": 101}, "1-H1": {"R9": 77}})
    ledger = replace(ledger, settings=replace(ledger.settings, round=R9))
    ledger = replace(ledger, records={R9: record_of(ledger, R9, "2028-05-01 10:00", "田中")})
    found = going_on(new(), ledger)
    assert found.old and found.last
    assert (found.old.id, found.last.value) == ("1-01-1", Decimal(101))


@pytest.mark.parametrize(
    ("factor", "value", "treatment"),
    [
        (None, Decimal(101), Treatment.UNITS),
        (Decimal("0.001"), Decimal("0.101"), Treatment.OFFERED),
    ],
)
def test_another_unit_is_converted_where_it_says_how(
    factor: Decimal | None, value: Decimal, treatment: Treatment
) -> None:
    own = new(unit="千人", was=("1-01-1",), factor=factor)
    found = going_on(own, before(indicator("94", "120")))
    assert found.last and (found.last.value, found.treatment) == (value, treatment)


def found_of(news: tuple[Indicator, ...], *olds: Indicator) -> Succession:
    return succession(plan_of(*news), before(*olds), R9)


def test_who_names_a_number_goes_on_from_it_and_nobody_else() -> None:
    old = indicator("94", "120")
    named = new(id="1-01-1", name="別の名前", was=("1-01-1",))
    same_name = new(id="1-01-2")
    found = found_of((named, same_name), old, replace(old, id="1-01-9", name="終わるもの"))
    assert [(s.new.id, s.old and s.old.id) for s in found.successors] == [("1-01-1", "1-01-1")]
    assert [own.id for own in found.begun] == ["1-01-2"]
    assert [own.id for own in found.ended] == ["1-01-9"]


def test_of_several_of_one_name_none_is_taken() -> None:
    old = indicator("94", "120")
    found = found_of((new(),), old, replace(old, id="1-01-2"))
    (own,) = found.successors
    assert (own.treatment, own.old, own.last) == (Treatment.UNCLEAR, None, None)
    assert found.ended == ()


def test_another_unit_is_another_indicator() -> None:
    found = found_of((new(unit="千人"),), indicator("94", "120"))
    assert (found.successors, len(found.begun), len(found.ended)) == ((), 1, 1)
